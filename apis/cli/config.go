package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// setting is one thing that an operator sets. Its name is the flag --name, the
// key in the file, and, with the prefix and in capitals, the variable.
type setting struct {
	name, def, help string
	without         string // what an empty default comes to, for people
	bare            string // what the flag without a value says; "" demands one
	flagOnly        bool   // no key of the file
	secret          bool   // an error does not repeat it
	check           func(string) error
}

// settings are all there are. Flags, variables, keys of the file and the table
// in --help are made from this list.
var settings = []setting{
	{name: "http", def: "127.0.0.1:8080", check: checkAddress,
		help: "address to listen on; :8080 is every interface"},
	{name: "data", def: "./stormkeep_data", check: checkFolder,
		help: "data folder DIR; made if it is not there"},
	{name: "public-url", without: "http://localhost:PORT", check: checkPublicURL,
		help: "where people and programs reach the server: scheme://host[:port]"},
	{name: "log-level", def: "info", check: checkLevel,
		help: "least level to log: debug (every request), info, warn or error"},
	{name: "metrics-addr", without: "none", check: checkAddress,
		help: "address of its own for /metrics, /healthz and /readyz; else /metrics answers this machine only"},
	{name: "otlp-endpoint", without: "none", check: checkOTLP,
		help: "collector that traces are sent to: http://collector:4318"},
	{name: "keep-audit", def: "400d", check: checkDays,
		help: "for how long the audit log is kept: days such as 400d, or forever"},
	{name: "keep-events", def: "30d", check: checkDays,
		help: "for how long events are kept, delivered or not: days, or forever"},
	{name: "signing-key-rotation", def: "90d", check: between(core.MinKeyRotation, 1000*day),
		help: "for how long a key signs tokens before the next does: 2d or more"},
	{name: "session-idle", def: "8h", check: between(time.Minute, 1000*day),
		help: "after how long without use a session ends: 30m, 8h, 7d"},
	{name: "session-lifetime", def: "7d", check: between(time.Minute, 1000*day),
		help: "after how long a session ends in any case"},
	{name: "code-lifetime", def: "1m", check: between(10*time.Second, 10*time.Minute),
		help: "for how long a client may redeem an authorization code, at most 10m"},
	{name: "audit-checkpoints", without: "none", check: checkPlaces,
		help: "where signed checkpoints of the audit log go: file:///PATH, syslog://HOST:514, https://…; commas between several"},
	{name: "trusted-proxies", without: "none", check: checkProxies,
		help: "addresses and networks of the proxies in front: 10.0.0.0/8,::1"},
	{name: "hosted-application", def: "My Application", check: checkName,
		help: "application NAME that people sign in to at /login where no client sends them"},
	{name: "https", without: "off", check: checkDomains,
		help: "domains to get a certificate for by ACME: the server speaks TLS, on :443 if no address is set"},
	{name: "acme-email", without: "none", check: checkEmail,
		help: "where the CA writes to if something is wrong with a certificate"},
	{name: "acme-ca", without: "Let's Encrypt", check: checkCA,
		help: "URL of the ACME directory of the CA"},
	{name: "acme-root", without: "the machine's", check: checkFile,
		help: "PEM file of the root by which the CA's server is trusted"},
	{name: "tls-cert", without: "none", check: checkFile,
		help: "PEM file of a certificate: the server speaks TLS; read again when it changes"},
	{name: "tls-key", without: "none", check: checkFile,
		help: "PEM file of the certificate's key"},
	{name: "http-redirect", without: "none", check: checkRedirect,
		help: "with TLS, address where plain http is led to the public URL; or off"},
	{name: "rate-source", without: "50/s,1000", check: checkRate,
		help: "requests without a good key from one address, lasting and at once; a bad key counts as 5; or off"},
	{name: "rate-key", without: "2000/s,10000", check: checkRate,
		help: "requests with one API key; unless it is set, callers on this machine are spared; or off"},
	{name: "max-connections", without: "20000", check: checkCount,
		help: "connections that may be open at a time"},
	{name: "max-connections-per-source", without: "1000", check: checkCount,
		help: "of these, of one IPv4 address or /64 of IPv6; this machine and proxies have no such bound"},
	{name: "smtp-url", without: "none", secret: true, check: checkSMTP,
		help: "server that mails go out by: smtp://USER:PASSWORD@HOST:587, smtps://…; better in the environment, as it holds a password"},
	{name: "mail-from", without: "no-reply@ and the host of the public URL", check: checkFrom,
		help: "who mails are from: \"Example <no-reply@example.com>\""},
	{name: "mail-dir", without: "DIR/mail while the public URL is this machine's, else none", check: checkFolder,
		help: "folder that mails are written to as .eml files where there is no --smtp-url; or off"},
	{name: "dkim-key", without: "none", check: checkFile,
		help: "PEM file of the private key by which mails are signed"},
	{name: "dkim-selector", def: "stormkeep", check: func(string) error { return nil },
		help: "selector of the key: its public half is in DNS at SELECTOR._domainkey.DOMAIN"},
	{name: "dkim-domain", without: "that of --mail-from", check: func(string) error { return nil },
		help: "domain that the key signs for"},
	{name: "egress-allow", without: "none", check: checkEgress,
		help: "networks beside the public internet that tenants' webhooks, also by http, and SMTP servers may reach: 10.1.0.0/16,127.0.0.1"},
	{name: "backup-to", without: "none", check: checkPlace,
		help: "where backups go: a folder, or s3://BUCKET/PREFIX"},
	{name: "backup-every", without: "never", check: checkSchedule,
		help: "when the server makes a backup there: 24h, or at 03:30 UTC each day"},
	{name: "backup-keep", def: "7", check: checkRetention,
		help: "how many of them stay: 7, those of 30d, or 7,30d for both"},
	{name: "backup-recipient", without: "none", check: checkRecipients,
		help: "age recipients that can open backups, separated by commas"},
	{name: "backup-passphrase-file", without: "none", check: func(string) error { return nil },
		help: "file of the passphrase that opens backups, in place of recipients"},
	{name: "s3-endpoint", without: "Amazon's", check: keep.CheckEndpoint,
		help: "address of the S3 service; its keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"},
	{name: "s3-region", def: "us-east-1", check: func(string) error { return nil },
		help: "region of the S3 service"},
	{name: "s3-path-style", def: "false", bare: "true", check: checkSwitch,
		help: "write buckets into the path, as services of one's own often want it"},
	{name: "config", without: "none", flagOnly: true, check: func(string) error { return nil },
		help: "YAML file that holds the keys above"},
}

const (
	variablePrefix = "STORMKEEP_"
	masterVariable = variablePrefix + "MASTER_KEY"
	passVariable   = variablePrefix + "BACKUP_PASSPHRASE"
	configLimit    = 1 << 20 // bytes; keeps a wrong path from filling the memory
)

func (s setting) variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

func (s setting) key() string {
	if s.flagOnly {
		return ""
	}
	return s.name
}

func (s setting) shown() string {
	if s.def == "" {
		return s.without
	}
	return s.def
}

func settingOf(name string) (setting, bool) {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.name == name })
	if i < 0 {
		return setting{}, false
	}
	return settings[i], true
}

// everySetting names them all.
func everySetting() (names []string) {
	for _, s := range settings {
		names = append(names, s.name)
	}
	return names
}

func addSettings(flags *pflag.FlagSet, names []string) {
	for _, s := range settings {
		if slices.Contains(names, s.name) {
			flags.String(s.name, s.def, s.help)
			flags.Lookup(s.name).NoOptDefVal = s.bare
		}
	}
}

// config is the settings of one run, each found to be well formed.
type config struct {
	HTTP      string // host:port to listen on
	Data      string // the data folder
	PublicURL string // scheme://host[:port]; "" for http://localhost and the port
	Metrics   string // host:port of the metrics; "" for none of their own
	OTLP      string // URL of a collector of traces; "" sends none
	OTLPKeys  string // headers for it, which may hold its key
	LogLevel  slog.Level

	KeepAudit, KeepEvents string // days, as checkDays takes them
	EgressAllow           string // networks that tenants may name, separated by commas
	Lives                 lifeConfig
	Checkpoints           string // where those of the audit log go, "" for nowhere
	TrustedProxies        string // separated by commas
	HostedApplication     string // name

	RateSource, RateKey string // "N/s,burst", "off", or "" for the default

	MaxConnections, MaxOfSource int // 0 for the server's own

	HTTPS                       string // domains, separated by commas
	ACMEEmail, ACMECA, ACMERoot string

	TLSCert, TLSKey string // files
	HTTPRedirect    string // host:port, "off" or ""

	Backup backupConfig
	Mail   mailConfig

	Master    string // the master key itself
	HasMaster bool   // whether the environment holds one

	sources *sources
}

// resolve reads all sources: defaults < file < variables < flags.
func resolve(flags *pflag.FlagSet, environ []string) (config, error) {
	c := config{}
	fromFlags, err := flagLayer(flags)
	if err != nil {
		return c, err
	}
	fromEnv, err := envLayer(environ)
	if err != nil {
		return c, err
	}
	layers := []layer{defaults(), fromEnv, fromFlags}
	path := fromEnv.values.String("config")
	if fromFlags.values.Exists("config") {
		path = fromFlags.values.String("config")
	}
	if path != "" {
		file, err := fileLayer(path)
		if err != nil {
			return c, err
		}
		layers = slices.Insert(layers, 1, file)
	}
	all, err := merged(layers)
	if err != nil {
		return c, err
	}
	if err := check(all, layers); err != nil {
		return c, err
	}
	c = configOf(all, environ, layers)
	c.sources = &sources{layers, path, environ, &slog.LevelVar{}}
	c.sources.level.Set(c.LogLevel)
	return c, nil
}

// configOf is what settings say that have been checked.
func configOf(all *koanf.Koanf, environ []string, layers []layer) (c config) {
	c.HTTP, c.Data = all.String("http"), all.String("data")
	c.PublicURL = strings.ToLower(all.String("public-url"))
	c.Metrics, c.OTLP = all.String("metrics-addr"), all.String("otlp-endpoint")
	c.HTTPS, c.ACMEEmail = strings.ToLower(all.String("https")), all.String("acme-email")
	c.ACMECA, c.ACMERoot = all.String("acme-ca"), all.String("acme-root")
	if c.HTTPS != "" && !slices.ContainsFunc(layers[1:], func(l layer) bool { return l.values.Exists("http") }) {
		c.HTTP = ":443"
	}
	c.TLSCert, c.TLSKey, c.HTTPRedirect = all.String("tls-cert"), all.String("tls-key"), all.String("http-redirect")
	c.RateSource, c.RateKey = all.String("rate-source"), all.String("rate-key")
	c.MaxConnections, c.MaxOfSource = all.Int("max-connections"), all.Int("max-connections-per-source")
	c.TrustedProxies = all.String("trusted-proxies")
	c.HostedApplication = all.String("hosted-application")
	c.LogLevel = levels[all.String("log-level")]
	c.KeepAudit, c.KeepEvents = all.String("keep-audit"), all.String("keep-events")
	c.EgressAllow, c.Lives = all.String("egress-allow"), lifeSettings(all)
	c.Checkpoints = all.String("audit-checkpoints")
	c.Backup, c.Mail = backupSettings(all, environ), mailSettings(all)
	c.Master, c.HasMaster = lookup(environ, masterVariable)
	c.OTLPKeys, _ = lookup(environ, "OTEL_EXPORTER_OTLP_HEADERS") // as every sender of traces calls it
	return c
}

func check(all *koanf.Koanf, layers []layer) error {
	for _, s := range settings {
		value := all.String(s.name)
		if value == "" && s.def == "" {
			continue
		}
		if err := s.check(value); err != nil {
			from := ""
			for _, l := range layers {
				if l.values.Exists(s.name) {
					from = l.from(s)
				}
			}
			if s.secret {
				return wrongUse("correct "+from, "%s: %w", from, err)
			}
			return wrongUse("correct "+from, "%s: %q %w", from, value, err)
		}
	}
	return nil
}

func defaults() layer {
	l := layer{koanf.New("."), apis.FromDefault, func(s setting) string { return "the default of --" + s.name }}
	values := map[string]any{}
	for _, s := range settings {
		values[s.name] = s.def
	}
	l.values.Load(confmap.Provider(values, ""), nil)
	return l
}

func flagLayer(flags *pflag.FlagSet) (layer, error) {
	l := layer{koanf.New("."), apis.FromFlag, func(s setting) string { return "--" + s.name }}
	return l, l.values.Load(posflag.ProviderWithFlag(flags, ".", nil, func(f *pflag.Flag) (string, any) {
		if _, ok := settingOf(f.Name); !ok || !f.Changed {
			return "", nil
		}
		return f.Name, f.Value.String()
	}), nil)
}

// envLayer takes an empty variable as one that is not set: that is how templates
// of containers leave one out.
func envLayer(environ []string) (layer, error) {
	l := layer{koanf.New("."), apis.FromEnvironment, setting.variable}
	known := []string{masterVariable}
	for _, s := range settings {
		known = append(known, s.variable())
	}
	known = append(known, passVariable)
	unknown := []string{}
	err := l.values.Load(env.Provider(".", env.Opt{
		Prefix:      variablePrefix,
		EnvironFunc: func() []string { return environ },
		TransformFunc: func(k, v string) (string, any) {
			for _, s := range settings {
				if s.variable() == k && v != "" {
					return s.name, v
				}
			}
			if !slices.Contains(known, k) && !serviceLink(k, v) {
				unknown = append(unknown, k)
			}
			return "", nil
		},
	}), nil)
	if err == nil && len(unknown) > 0 {
		slices.Sort(unknown)
		err = wrongUse(suggest(unknown[0], known), "unknown variable %s in the environment", unknown[0])
	}
	return l, err
}

var serviceLinkName = regexp.MustCompile(`^STORMKEEP_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_[A-Z]+(_(PROTO|PORT|ADDR))?)$`)

// serviceLink tells the variables that Kubernetes gives every pod beside a
// service called stormkeep. They are nobody's settings.
func serviceLink(name, value string) bool {
	return serviceLinkName.MatchString(name) || name == "STORMKEEP_PORT" && strings.HasPrefix(value, "tcp://")
}

func fileLayer(path string) (layer, error) {
	l := layer{koanf.New("."), apis.FromFile, func(s setting) string { return s.name + " in " + path }}
	f, err := os.Open(path)
	if err != nil {
		return l, wrongUse("--config and STORMKEEP_CONFIG name a YAML file that exists and that you may read", "the settings file: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, configLimit+1))
	if err == nil && len(text) > configLimit {
		err = fmt.Errorf("it is over %d bytes", configLimit)
	}
	if err != nil {
		return l, wrongUse("--config and STORMKEEP_CONFIG name a YAML file", "the settings file %s: %w", path, err)
	}
	values, err := parseFile(text)
	if err != nil {
		hint := "the file is YAML, a line for each setting, such as http: \"127.0.0.1:8080\""
		if u, ok := errors.AsType[*unknownKey](err); ok {
			hint = suggest(u.key, u.known)
		}
		return l, wrongUse(hint, "the settings file %s: %w", path, err)
	}
	return l, l.values.Load(confmap.Provider(values, ""), nil)
}

// unknownKey says that the file holds what is no setting.
type unknownKey struct {
	key   string
	known []string
}

func (e *unknownKey) Error() string { return fmt.Sprintf("unknown key %q", e.key) }

// parseFile reads the keys of a settings file. All it returns are settings with
// a text.
func parseFile(text []byte) (map[string]any, error) {
	values, err := yaml.Parser().Unmarshal(text)
	if err != nil {
		return nil, err
	}
	keys := []string{}
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if s, ok := settingOf(key); !ok || s.flagOnly {
			return nil, newUnknownKey(key)
		}
		switch v := values[key].(type) {
		case string:
		case int:
			values[key] = strconv.Itoa(v)
		case bool:
			values[key] = strconv.FormatBool(v)
		case nil:
			return nil, fmt.Errorf("%s has no value", key)
		default:
			return nil, fmt.Errorf("%s is no text", key)
		}
	}
	return values, nil
}

func newUnknownKey(key string) *unknownKey {
	e := &unknownKey{key: key}
	for _, s := range settings {
		if !s.flagOnly {
			e.known = append(e.known, s.name)
		}
	}
	return e
}

// lookup is a variable's value, and whether it is set at all.
func lookup(environ []string, name string) (value string, ok bool) {
	for _, line := range environ {
		if k, v, _ := strings.Cut(line, "="); k == name {
			value, ok = v, true // the last one counts, as for os.Getenv of a child
		}
	}
	return value, ok
}

func checkAddress(value string) error {
	host, port, err := net.SplitHostPort(value)
	if err != nil {
		return errors.New("is no host:port, such as 127.0.0.1:8080")
	}
	if !validPort(port) {
		return errors.New("has no port from 0 to 65535")
	}
	if strings.ContainsAny(host, "/@ ") {
		return errors.New("is no host:port; the public address is --public-url")
	}
	return nil
}

func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && strconv.FormatUint(n, 10) == port
}

func checkFolder(value string) error {
	switch {
	case strings.TrimSpace(value) == "":
		return errors.New("names no folder")
	case value == "~" || strings.HasPrefix(value, "~/"):
		return errors.New("holds a ~ that no shell has replaced; write the path in full")
	case strings.ContainsRune(value, 0):
		return errors.New("is no path")
	}
	return nil
}

// checkName takes the name of a record.
func checkName(value string) error {
	if strings.TrimSpace(value) == "" || len(value) > 255 {
		return errors.New("is no name")
	}
	return nil
}
