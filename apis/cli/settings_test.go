package cli

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestEverySettingHasARuleOfTheConsole(t *testing.T) {
	if len(rules) != len(settings) {
		t.Errorf("%d rules of %d settings", len(rules), len(settings))
	}
	for _, s := range settings {
		r, ok := rules[s.name]
		if !ok || s.secret && r.bars == "" || r.bars != "" && (r.live || r.more != nil) {
			t.Errorf("%s: %+v", s.name, r)
		}
		if r.bars == "" && s.def != "" && (config{}).fits(s, s.def) != nil {
			t.Errorf("%s: the console does not take its default %s", s.name, s.def)
		}
	}
}

func TestTheConsoleTakesWhatHarmsNobody(t *testing.T) {
	saved := config{Backup: backupConfig{To: "/b", Recipients: "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"}}
	for _, c := range []struct {
		in          config
		name, value string
		want        string // what is wrong, "" for nothing
	}{
		{config{}, "session-idle", "30m", ""},
		{config{}, "session-idle", "1m", "is no time from 5m"},
		{config{}, "session-idle", "soon", "is no time"},
		{config{}, "session-idle", "", "is no time"},
		{config{}, "session-lifetime", "14m", "is no time from 15m"},
		{config{}, "keep-audit", "90d", ""},
		{config{}, "keep-audit", "forever", ""},
		{config{}, "keep-audit", "89d", "is less than 90d"},
		{config{}, "keep-events", "6d", "is less than 7d"},
		{config{}, "rate-source", "50/s,1000", ""},
		{config{}, "rate-source", "off", "is off or below"},
		{config{}, "rate-source", "1/s,1000", "is off or below"},
		{config{}, "rate-key", "10/s,1", "is off or below"},
		{config{}, "rate-key", "many", "is neither off nor a rate"},
		{config{}, "log-level", "loud", "is none of"},
		{config{}, "mail-from", "Shop <shop@example.com>", ""},
		{config{}, "mail-from", "shop", "is no address"},
		{config{}, "backup-every", "24h", "where is not set"},
		{config{Backup: backupConfig{To: "/b"}}, "backup-every", "24h", "cannot hold"},
		{saved, "backup-every", "24h", ""},
		{saved, "backup-every", "1s", "is less than"},
		{config{}, "egress-allow", "127.0.0.1", "is not set in the console"},
		{config{}, "smtp-url", "smtp://x:25", "is not set in the console"},
	} {
		s, _ := settingOf(c.name)
		err := c.in.fits(s, c.value)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: %v, want %q", c.name, c.value, err, c.want)
		}
	}
}

// held is serve with what the console keeps on the data of a folder.
func held(t *testing.T, dir string, kept string, args ...string) *instance {
	t.Helper()
	if kept != "" {
		s, err := openStore(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Update(t.Context(), func(kv store.Tx) error { return kv.Put("s-/settings", []byte(kept)) }); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	flags := flagsOf(t)
	addSettings(flags, []string{"session-idle", "backup-every", "mail-from"})
	if err := flags.Parse(append([]string{"--data", dir}, args...)); err != nil {
		t.Fatal(err)
	}
	c, err := resolve(flags, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.PublicURL = "http://localhost:1"
	said := &output{more: make(chan struct{}, 1)}
	in, err := (&Program{Name: "stormkeep", Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: said}).open(t.Context(), c, c.PublicURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		if kept != "" && strings.Contains(kept, "wrong") != strings.Contains(said.String(), "not used") {
			t.Errorf("the log: %s", said)
		}
	})
	in.lifetimes(in.settled.now.Lives)
	return in
}

func told(t *testing.T, in *instance, kept map[string]core.KeptSetting, name string) (value, wrong string, waits bool) {
	t.Helper()
	for _, s := range in.settled.All(kept) {
		if s.Name == name {
			return s.Value, s.Wrong, s.Waits
		}
	}
	t.Fatalf("there is no %s", name)
	return "", "", false
}

// A value that was kept by another version keeps no server from starting.
func TestAWrongValueThatIsKeptStopsNoStart(t *testing.T) {
	for kept, want := range map[string]time.Duration{
		`{"session-idle":{"value":"2h"}}`: 2 * time.Hour,
		`{"session-idle":{"value":"wrong"},"backup-every":{"value":"24h"},"http":{"value":":1"},"flux":{"value":"1"}}`: 8 * time.Hour,
		`["wrong"]`: 8 * time.Hour,
	} {
		in := held(t, filepath.Join(t.TempDir(), "d"), kept)
		if got := in.Tuned().Lifetimes.SessionIdle; got != want {
			t.Errorf("%s: %v, want %v", kept, got, want)
		}
	}
}

func TestASettingOfTheConsoleHoldsAtOnceOrFromTheNextStart(t *testing.T) {
	in := held(t, filepath.Join(t.TempDir(), "d"), "", "--mail-from", "a@example.com")
	kept := map[string]core.KeptSetting{"session-idle": {Value: "1h"}, "log-level": {Value: "debug"}, "keep-audit": {Value: "100d"}, "code-lifetime": {Value: "2m"},
		"signing-key-rotation": {Value: "5d"}, "mail-from": {Value: "b@example.com"}}
	in.settled.Use(kept)
	now := in.Tuned()
	if now.Lifetimes.SessionIdle != time.Hour || now.Lifetimes.Code != 2*time.Minute || now.Lifetimes.Session != 7*day || now.Keep.Audit != 100*day || now.KeyRotation != 5*day || !in.Log.Enabled(t.Context(), levels["debug"]) {
		t.Errorf("%+v", now)
	}
	if value, _, waits := told(t, in, kept, "session-idle"); value != "1h" || waits {
		t.Errorf("session-idle: %s, %v", value, waits)
	}
	if value, _, waits := told(t, in, kept, "mail-from"); value != "a@example.com" || waits {
		t.Errorf("a flag is stronger: %s, %v", value, waits)
	}
	in.settled.Use(nil)
	if in.Tuned().Lifetimes.SessionIdle != 8*time.Hour || in.Log.Enabled(t.Context(), levels["debug"]) {
		t.Error("what is taken back holds on")
	}

	in = held(t, filepath.Join(t.TempDir(), "d"), "")
	in.settled.Use(kept)
	if value, _, waits := told(t, in, kept, "mail-from"); value != "" || !waits {
		t.Errorf("mail-from: %q, waits: %v", value, waits)
	}
	if _, wrong, _ := told(t, in, map[string]core.KeptSetting{"session-idle": {Value: "1s"}}, "session-idle"); wrong == "" {
		t.Error("what is wrong is not told")
	}
	if value, _, _ := told(t, in, nil, "data"); !strings.HasSuffix(value, "d") {
		t.Error(value)
	}
}
