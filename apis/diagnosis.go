package apis

import (
	"context"
	"net"
	"net/url"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// Exposed says why what people send may be read on the way, "" if it may not: TLS
// ends in front of the server, or nothing leaves the machine. address is where plain
// http is served, host:port.
func Exposed(publicURL, address string) string {
	u, err := url.Parse(publicURL)
	if err != nil || u.Scheme == "https" {
		return ""
	}
	if !isLoopback(u.Host) {
		return "the public URL is plain http: passwords and keys cross the network readable by others"
	}
	if !isLoopback(address) {
		return "plain http is served to other machines: passwords and keys cross the network readable by others"
	}
	return ""
}

// diagnosis is what a server knows of itself, beside what the data folder tells: how
// it is reached. One that serves nobody knows none of it.
func (s *Server) diagnosis() (all []keep.Finding) {
	address := s.address.Load()
	if address == nil {
		return []keep.Finding{{Section: "settings", Level: keep.Skip,
			Text: "no server lives on the data: what it would be asked about proxies, certificates and settings is not known"}}
	}
	for _, line := range s.ProxyDiagnosis() {
		all = append(all, keep.Finding{Section: "proxies", Level: keep.Warn, Text: line, Hint: "name the addresses of your proxies, and no others, with --trusted-proxies"})
	}
	if len(all) == 0 {
		all = []keep.Finding{{Section: "proxies", Level: keep.Fine, Text: "nobody spoke for others who is not trusted to"}}
	}
	return append(append(all, s.examineCertificates()...), s.examineSettings(*address)...)
}

// examineSettings tells of settings that do not fit together. Each is allowed.
func (s *Server) examineSettings(address string) (all []keep.Finding) {
	warn := func(text, hint string) {
		all = append(all, keep.Finding{Section: "settings", Level: keep.Warn, Text: text, Hint: hint})
	}
	if why := Exposed(s.publicURL, address); why != "" && s.TLS == nil {
		warn(why, "serve by TLS: --https, or --tls-cert and --tls-key; or end it in front and set --public-url https://…")
	}
	if s.secure && s.TLS == nil {
		if !isLoopback(address) {
			warn("the public URL is https, and plain http is served to other machines at "+address+": who asks there goes past TLS",
				"listen where only the proxy reaches it, such as --http 127.0.0.1:8080")
		}
		if len(s.proxies.trusted) == 0 {
			warn("the public URL is https, TLS ends in front, and no proxy is trusted: all callers seem to come from one address, which limits them together",
				"name the proxy with --trusted-proxies")
		}
	}
	if host, _, err := net.SplitHostPort(address); err == nil && isLoopback(s.publicHost) && !isLoopback(host) && s.TLS != nil {
		warn("the public URL leads people to their own machine, and the server answers others", "set --public-url to the name by which people come")
	}
	if s.steered.Load().source == nil {
		warn("--rate-source is off: nothing holds back who tries keys", "leave the setting out, for its default")
	}
	if len(all) == 0 {
		all = []keep.Finding{{Section: "settings", Level: keep.Fine, Text: "the public URL, what is served and the limits fit together"}}
	}
	return all
}

// writeBackups writes what is known of backups.
func (s *Server) writeBackups(ctx context.Context, x *exposition) error {
	b, err := s.App.BackupState(ctx)
	if err != nil {
		return err
	}
	x.one("stormkeep_backup_last_success_time_seconds", gauge, "When the data of the last backup that is whole in its place were copied, in Unix time; 0 for never.", unix(b.Last))
	x.one("stormkeep_backup_last_failure_time_seconds", gauge, "When a scheduled backup failed last, in Unix time; 0 for never.", unix(b.FailedAt))
	x.one("stormkeep_backup_failures", gauge, "Scheduled backups that failed since one succeeded.", float64(b.Failures))
	if s.keeper != nil && !s.keeper.Schedule.IsZero() {
		x.one("stormkeep_backup_next_time_seconds", gauge, "When the next scheduled backup is due, in Unix time; 0 for at once.", unix(core.At(s.keeper.Next(b))))
	}
	return nil
}

func unix(t core.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1e3
}

// note is what a server that is ready wants known nevertheless.
type note struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// notes tell of backups and certificates. They make no server unready: it does its
// work, and sending its requests elsewhere, or starting it anew, would mend neither.
func (s *Server) notes(ctx context.Context) (all []note) {
	if b, err := s.App.BackupState(ctx); err == nil && b.Failures > 0 {
		all = append(all, note{"backup", "scheduled backups have failed since " + b.FailedSince.Format(time.RFC3339)})
	}
	for _, f := range s.examineCertificates() {
		if f.Level != keep.Fine {
			all = append(all, note{f.Section, f.Text})
		}
	}
	return all
}
