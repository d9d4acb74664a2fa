package core_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// mailServer is one that may be put.
func mailServer(change ...func(*core.SmtpServer)) *core.SmtpServer {
	s := core.Make[core.SmtpServer]()
	s.Host, s.Port, s.Username, s.Password, s.SecurityProtocol = "mail.example.com", 587, "me", core.Seal("s3cret"), "tls"
	for _, f := range change {
		f(s)
	}
	return s
}

func TestWhichMailServersMayBeMade(t *testing.T) {
	w := newWorld(t)
	machine := core.Actor{Kind: core.Machine, Tenant: w.Tenant}
	for _, c := range []struct {
		name   string
		change func(*core.SmtpServer)
		want   string
	}{
		{"a good one", func(*core.SmtpServer) {}, ""},
		{"implicit TLS", func(s *core.SmtpServer) { s.SecurityProtocol = "Ssl" }, ""},
		{"no protocol", func(s *core.SmtpServer) { s.SecurityProtocol = "" }, ""},
		{"an address", func(s *core.SmtpServer) { s.Host = "2001:db8::1" }, ""},
		{"a domain of another script", func(s *core.SmtpServer) { s.Host = "bücher.example" }, ""},
		{"another protocol", func(s *core.SmtpServer) { s.SecurityProtocol = "starttls" }, "unsupported_value"},
		{"no host", func(s *core.SmtpServer) { s.Host = " " }, "required"},
		{"a port in the host", func(s *core.SmtpServer) { s.Host = "mail.example.com:25" }, "invalid_format"},
		{"a user in the host", func(s *core.SmtpServer) { s.Host = "me@mail.example.com" }, "invalid_format"},
		{"a command in the host", func(s *core.SmtpServer) { s.Host = "mail.example.com\r\nRSET" }, "invalid_format"},
		{"no port", func(s *core.SmtpServer) { s.Port = 0 }, "out_of_range"},
		{"a port that is none", func(s *core.SmtpServer) { s.Port = 65536 }, "out_of_range"},
		{"nobody", func(s *core.SmtpServer) { s.Username = "" }, "required"},
		{"no password", func(s *core.SmtpServer) { s.Password = core.Sealed{} }, "required"},
		{"an empty password", func(s *core.SmtpServer) { s.Password = core.Seal("") }, "required"},
		{"a status of accounts", func(s *core.SmtpServer) { s.Status = core.Unverified }, "unsupported_value"},
		{"a long name", func(s *core.SmtpServer) { s.Name = strings.Repeat("a", 256) }, "too_long"},
	} {
		wantCode(t, c.name, undone(w, machine, t, func(tx *core.Tx) error { return core.Put(tx, mailServer(c.change)) }), c.want)
	}
}

func TestATenantHasOneMailServer(t *testing.T) {
	w := newWorld(t)
	first := mailServer()
	w.Update(t, func(tx *core.Tx) error { return core.Put(tx, first) })
	err := undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error { return core.Put(tx, mailServer()) })
	wantCode(t, "a second", err, "smtp_server_taken")
	if e := core.AsError(err); e.Kind != core.Conflict || e.Existing != core.RefTo(first.ID) {
		t.Errorf("%+v", e)
	}
	w.Update(t, func(tx *core.Tx) error {
		found, err := core.Find(tx, core.TenantSmtpServer, "", "")
		if err != nil || found.ID != first.ID || found.SecurityProtocol != core.SmtpTLS {
			t.Errorf("%+v, %v", found, err)
		}
		return core.Delete(tx, found)
	})
	w.Update(t, func(tx *core.Tx) error { return core.Put(tx, mailServer()) })
}

func TestAPasswordGoesToNobodyElse(t *testing.T) {
	w := newWorld(t)
	s := mailServer()
	w.Update(t, func(tx *core.Tx) error { return core.Put(tx, s) })
	for _, c := range []struct {
		name   string
		change func(*core.SmtpServer)
		want   string
	}{
		{"another name", func(s *core.SmtpServer) { s.Name = "Post" }, ""},
		{"another host", func(s *core.SmtpServer) { s.Host = "evil.example" }, "required"},
		{"another port", func(s *core.SmtpServer) { s.Port = 2525 }, "required"},
		{"no encryption", func(s *core.SmtpServer) { s.SecurityProtocol = "" }, "required"},
		{"the same in other letters", func(s *core.SmtpServer) { s.SecurityProtocol = "TLS" }, ""},
		{"another host, with a password", func(s *core.SmtpServer) { s.Host, s.Password = "other.example", core.Seal("new") }, ""},
	} {
		err := undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			rec, err := core.Get(tx, s.ID)
			if err != nil {
				return err
			}
			c.change(rec)
			return core.Put(tx, rec)
		})
		wantCode(t, c.name, err, c.want)
	}
}

func TestAMailServerSaysHowItIsReached(t *testing.T) {
	w := newWorld(t)
	for protocol, want := range map[string]mail.Security{"tls": mail.STARTTLS, "SSL": mail.TLS, "": mail.Opportunistic} {
		w.Update(t, func(tx *core.Tx) error {
			c, err := core.PlanSmtpServer(tx, mailServer(func(s *core.SmtpServer) { s.SecurityProtocol = protocol }))
			if err != nil || c.Security != want || c.Password != "s3cret" || c.Dial == nil {
				t.Errorf("%q: %#v, %v", protocol, c, err)
			}
			return nil
		})
	}
	err := w.App.ReachSmtpServer(t.Context(), mail.Config{Host: "127.0.0.1", Port: 1})
	wantCode(t, "nobody listens", err, "smtp_unreachable")
	if e, ok := errors.AsType[*core.Error](err); !ok || !strings.Contains(e.Dev, "refused") || strings.Contains(e.Dev, "127.0.0.1") {
		t.Errorf("%+v", e)
	}
}
