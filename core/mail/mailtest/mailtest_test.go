package mailtest_test

import (
	"errors"
	"net/smtp"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

const message = "From: a@keep.example\r\nTo: b@example.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhttps://keep.example/x\r\n"

func send(t *testing.T, s *mailtest.Server, password string) error {
	t.Helper()
	c, err := smtp.Dial(s.Addr())
	if err != nil {
		return err
	}
	defer c.Close()
	config := s.TLS()
	config.ServerName = "localhost"
	if err := c.StartTLS(config); err != nil {
		return err
	}
	if password != "" {
		if err := c.Auth(smtp.PlainAuth("", "mailer", password, "127.0.0.1")); err != nil {
			return err
		}
	}
	if err := errors.Join(c.Mail("a@keep.example"), c.Rcpt("b@example.com")); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	w.Write([]byte(message))
	return w.Close()
}

func TestAServerKeepsWhatAnyClientSends(t *testing.T) {
	s := mailtest.Options{Demand: true, Username: "mailer", Password: "right"}.Start(t)
	if err := send(t, s, ""); err == nil || !strings.HasPrefix(err.Error(), "530") {
		t.Errorf("without a password: %v", err)
	}
	if err := send(t, s, "wrong"); err == nil || !strings.HasPrefix(err.Error(), "535") {
		t.Errorf("with a wrong one: %v", err)
	}
	if err := send(t, s, "right"); err != nil {
		t.Fatal(err)
	}
	got := s.Wait(t, 1)[0]
	if got.From != "a@keep.example" || got.To != "b@example.com" || got.Subject != "Grüße" || got.Links[0] != "https://keep.example/x" {
		t.Errorf("%+v", got)
	}
	if n := s.Connections(); n != 3 {
		t.Errorf("%d connections", n)
	}
}

func TestAServerFailsAsItIsTold(t *testing.T) {
	s := mailtest.Start(t)
	for _, stage := range []string{mailtest.AtHello, mailtest.AtAuth, mailtest.AtMail, mailtest.AtRcpt, mailtest.AtData, mailtest.AtDone} {
		for _, want := range []error{mailtest.Reply(451, "not now"), mailtest.Drop} {
			s.Fail(func(at string, n int) error {
				if at == stage {
					return want
				}
				return nil
			})
			err := send(t, s, "correct horse")
			if err == nil || (want != mailtest.Drop) != strings.Contains(err.Error(), "not now") {
				t.Errorf("%v at %s: %v", want, stage, err)
			}
		}
	}
	s.Fail(nil)
	if err := send(t, s, "correct horse"); err != nil {
		t.Error(err)
	}
	if n := len(s.Mails()); n != 3 {
		t.Errorf("%d mails are kept, want those whose answer was lost too", n)
	}
}

func TestAServerComesBackToItsPort(t *testing.T) {
	s := mailtest.Start(t)
	url := s.URL()
	s.Stop()
	if err := send(t, s, ""); err == nil {
		t.Error("a stopped server takes mail")
	}
	s.Restart(t)
	if err := send(t, s, ""); err != nil || s.URL() != url || s.Port() == 0 {
		t.Errorf("%v at %s, was %s", err, s.URL(), url)
	}
}
