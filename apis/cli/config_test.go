package cli

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/stormkeep/stormkeep/core/keep"
)

func flagsOf(t testing.TB, args ...string) *pflag.FlagSet {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	addSettings(flags, []string{"http", "data", "public-url", "log-level", "egress-allow", "config"})
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return flags
}

func fileOf(t testing.TB, text string) string {
	path := filepath.Join(t.TempDir(), "stormkeep.yml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFlagWinsOverAVariableOverTheFile(t *testing.T) {
	file := fileOf(t, "http: 127.0.0.1:1\ndata: file\npublic-url: https://FILE.example.com\n")
	env := []string{"STORMKEEP_HTTP=127.0.0.1:2", "STORMKEEP_DATA=env", "STORMKEEP_PUBLIC_URL=", "PATH=/bin"}
	for _, c := range []struct {
		name  string
		flags []string
		env   []string
		want  config
	}{
		{"nothing", nil, nil, config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data"}},
		{"file", []string{"--config", file}, nil, config{HTTP: "127.0.0.1:1", Data: "file", PublicURL: "https://file.example.com"}},
		{"a file named by a variable", nil, []string{"STORMKEEP_CONFIG=" + file},
			config{HTTP: "127.0.0.1:1", Data: "file", PublicURL: "https://file.example.com"}},
		{"file and variables, an empty one of them", []string{"--config", file}, env,
			config{HTTP: "127.0.0.1:2", Data: "env", PublicURL: "https://file.example.com"}},
		{"all", []string{"--config", file, "--data", "flag"}, env,
			config{HTTP: "127.0.0.1:2", Data: "flag", PublicURL: "https://file.example.com"}},
		{"a flag that says the default", []string{"--data", "./stormkeep_data"}, env,
			config{HTTP: "127.0.0.1:2", Data: "./stormkeep_data"}},
		{"a level", []string{"--log-level", "warn"}, []string{"STORMKEEP_LOG_LEVEL=debug"},
			config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data", LogLevel: slog.LevelWarn}},
		{"hosts that are not public", []string{"--egress-allow", "127.0.0.1"}, []string{"STORMKEEP_EGRESS_ALLOW=10.0.0.0/8"},
			config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data", EgressAllow: "127.0.0.1"}},
		{"the master key", nil, []string{"STORMKEEP_MASTER_KEY=k"},
			config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data", Master: "k", HasMaster: true}},
		{"an empty master key", nil, []string{"STORMKEEP_MASTER_KEY="},
			config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data", HasMaster: true}},
		{"headers for a collector", nil, []string{"OTEL_EXPORTER_OTLP_HEADERS=a=b"},
			config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data", OTLPKeys: "a=b"}},
		{"a service of Kubernetes", nil, []string{"STORMKEEP_PORT=tcp://10.0.0.1:8080", "STORMKEEP_SERVICE_HOST=10.0.0.1",
			"STORMKEEP_SERVICE_PORT=8080", "STORMKEEP_SERVICE_PORT_HTTP=8080", "STORMKEEP_PORT_8080_TCP_ADDR=10.0.0.1"},
			config{HTTP: "127.0.0.1:8080", Data: "./stormkeep_data"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := resolve(flagsOf(t, c.flags...), c.env)
			c.want.KeepAudit, c.want.KeepEvents = "400d", "30d" // which none of them sets
			got.sources = nil                                   // which sources_test.go looks at
			c.want.Mail.DKIMSelector, c.want.HostedApplication = "stormkeep", "My Application"
			if err != nil || got != withBackups(c.want) {
				t.Errorf("got %+v, %v, want %+v", got, err, c.want)
			}
		})
	}
}

func TestABadSettingNamesWhereItCameFrom(t *testing.T) {
	for _, c := range []struct {
		name, file string
		flags, env []string
		want, hint string
	}{
		{"flag", "", []string{"--http", "8080"}, nil, `--http: "8080"`, "correct --http"},
		{"variable", "", nil, []string{"STORMKEEP_HTTP=x:y"}, `STORMKEEP_HTTP: "x:y"`, "correct STORMKEEP_HTTP"},
		{"file", "http: 8080", nil, nil, `stormkeep.yml: "8080"`, "correct http in "},
		{"empty flag", "", []string{"--data", ""}, nil, `--data: "" names no folder`, "correct --data"},
		{"unknown key", "htpp: x", nil, nil, `unknown key "htpp"`, "did you mean http?"},
		{"a key in another spelling", "publicUrl: x", nil, nil, `unknown key "publicUrl"`, "did you mean public-url?"},
		{"a key like none", "smtp_server: x", nil, nil, `unknown key "smtp_server"`, "there are http, data, public-url, log-level"},
		{"the file names itself", "config: x", nil, nil, `unknown key "config"`, "there are"},
		{"no value", "data:", nil, nil, "data has no value", "YAML"},
		{"no text", "data: [a]", nil, nil, "data is no text", "YAML"},
		{"nested", "http: {port: 1}", nil, nil, "http is no text", "YAML"},
		{"no YAML", "{{", nil, nil, "yaml", "YAML"},
		{"a list", "- http", nil, nil, "yaml", "YAML"},
		{"twice", "data: a\ndata: b", nil, nil, "already defined", "YAML"},
		{"unknown variable", "", nil, []string{"STORMKEEP_PUBLICURL=x"}, "STORMKEEP_PUBLICURL", "did you mean STORMKEEP_PUBLIC_URL?"},
		{"what there was before", "", nil, []string{"STORMKEEP_ALLOW_PRIVATE=true"}, "STORMKEEP_ALLOW_PRIVATE", "egress-allow"},
		{"what there was before, in the file", "allow-private: true", nil, nil, `unknown key "allow-private"`, "egress-allow"},
		{"what is no setting any more", "rate-account: off", nil, nil, `unknown key "rate-account"`, "leave it out"},
		{"networks that are none", "egress-allow: true", nil, nil, `stormkeep.yml: "true"`, "correct egress-allow in "},
		{"a port that is no service's", "", nil, []string{"STORMKEEP_PORT=80"}, "STORMKEEP_PORT", "there are STORMKEEP_MASTER_KEY, STORMKEEP_HTTP"},
		{"a level that is none", "log-level: loud", nil, nil, `stormkeep.yml: "loud"`, "correct log-level in "},
		{"no such file", "", []string{"--config", "no/such.yml"}, nil, "no/such.yml", "--config"},
		{"a folder", "", []string{"--config", "."}, nil, "directory", "--config"},
		{"a home that no shell replaced", "data: ~/keep", nil, nil, "~", "correct data in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file != "" {
				c.flags = append(c.flags, "--config", fileOf(t, c.file))
			}
			_, err := resolve(flagsOf(t, c.flags...), c.env)
			p, _ := asProblem(err).(*problem)
			if p == nil || p.code != misused || !strings.Contains(p.Error(), c.want) || !strings.Contains(p.hint, c.hint) {
				t.Errorf("got %+v, want %q, hint %q", p, c.want, c.hint)
			}
		})
	}
}

func TestAnAddressHasAPort(t *testing.T) {
	for value, ok := range map[string]bool{
		"127.0.0.1:8080": true, ":8080": true, "[::1]:0": true, "localhost:65535": true,
		"": false, "8080": false, "localhost": false, ":": false, ":65536": false, ":-1": false, ":http": false, ":08": false,
		"http://localhost:80": false, "::1:80": false, "a b:1": false,
	} {
		if err := checkAddress(value); (err == nil) != ok {
			t.Errorf("checkAddress(%q) = %v", value, err)
		}
	}
}

func FuzzConfig(f *testing.F) {
	for _, text := range []string{"", "http: 127.0.0.1:8080\n", "data: [a, b]", "? {a: b}\n: c", "a: &x [*x]", "http: !!binary aGk=",
		"1: 2", "public-url: https://id.example.com", "---\ndata: x\n---\ndata: y", "data: \"\\0\"", "<<: {data: x}", "http: 2001-01-01"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		values, err := parseFile(text)
		if err != nil {
			return
		}
		for key, v := range values {
			s, ok := settingOf(key)
			value, isText := v.(string)
			if !ok || s.flagOnly || !isText {
				t.Fatalf("%q came through with %T", key, v)
			}
			if key == "public-url" && s.check(value) == nil && strings.ContainsAny(value, " ?#@\"'<>\\\r\n") {
				t.Fatalf("public URL %q", value)
			}
		}
	})
}

// withBackups are settings with the defaults of keeping, which keeping_test.go has.
func withBackups(c config) config {
	c.Lives = lifeConfig{90 * day, 8 * time.Hour, 7 * day, time.Minute}
	c.Backup = backupConfig{Keep: "7", Bucket: keep.Bucket{Region: "us-east-1"}}
	return c
}
