package mail_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

// sender sends to a server for tests.
func sender(t testing.TB, s *mailtest.Server, change ...func(*mail.Config)) *mail.SMTP {
	t.Helper()
	c, err := mail.ParseURL(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	c.TLS = s.TLS()
	for _, f := range change {
		f(&c)
	}
	out := mail.NewSMTP(c)
	t.Cleanup(func() { out.Close() })
	return out
}

// numbered is a letter with an id of its own.
func numbered(n int) *mail.Message {
	return with(func(m *mail.Message) { m.ID = fmt.Sprintf("mail-%d", n) })
}

func TestMailArrivesByEveryWay(t *testing.T) {
	for name, o := range map[string]mailtest.Options{
		"STARTTLS":      {Demand: true},
		"TLS":           {TLS: true, Demand: true},
		"plain":         {Plain: true, Demand: true},
		"LOGIN":         {Demand: true, Mechanisms: []string{"LOGIN"}},
		"PLAIN":         {Demand: true, Mechanisms: []string{"PLAIN"}},
		"without UTF-8": {ASCII: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := o.Start(t)
			m := with(func(m *mail.Message) { m.To.Addr = "ann@bücher.example" })
			where, err := sender(t, s).Send(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			if want := s.Addr() + " 250 2.0.0 OK: queued"; where != want {
				t.Errorf("told %q, want %q", where, want)
			}
			got := s.Wait(t, 1)[0]
			if got.From != m.From.Addr || got.To != "ann@xn--bcher-kva.example" || got.Text != m.Text || got.HTML != m.HTML || got.Subject != m.Subject {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestAConnectionServesManyMails(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s)
	for n := range 5 {
		if _, err := out.Send(t.Context(), numbered(n)); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Connections(); n != 1 || len(s.Mails()) != 5 {
		t.Errorf("%d connections for %d mails", n, len(s.Mails()))
	}
}

func TestThereAreOnlySoManyConnections(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s, func(c *mail.Config) { c.Connections = 2 })
	var wg sync.WaitGroup
	for n := range 12 {
		wg.Go(func() {
			if _, err := out.Send(t.Context(), numbered(n)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := s.Connections(); n > 2 || len(s.Mails()) != 12 {
		t.Errorf("%d connections for %d mails", n, len(s.Mails()))
	}
}

func TestAConnectionThatBrokeIsReplaced(t *testing.T) {
	for name, fail := range map[string]func(s *mailtest.Server){
		"the server was started again": func(s *mailtest.Server) { s.Restart(t) },
		"the server hung up": func(s *mailtest.Server) {
			s.Fail(func(stage string, n int) error {
				if stage == mailtest.AtMail && n == 2 {
					return mailtest.Drop
				}
				return nil
			})
		},
		"the server takes its leave": func(s *mailtest.Server) {
			s.Fail(func(stage string, n int) error {
				if stage == mailtest.AtRcpt && n == 2 {
					return mailtest.Reply(421, "so long")
				}
				return nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t)
			out := sender(t, s)
			if _, err := out.Send(t.Context(), numbered(1)); err != nil {
				t.Fatal(err)
			}
			fail(s)
			if _, err := out.Send(t.Context(), numbered(2)); err != nil {
				t.Fatal(err)
			}
			if n := s.Connections(); n != 2 || len(s.Mails()) != 2 {
				t.Errorf("%d connections for %d mails", n, len(s.Mails()))
			}
		})
	}
}

func TestAMailThatTheServerMayHaveIsNotSentAgain(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s)
	s.Fail(func(stage string, n int) error {
		if stage == mailtest.AtDone && n == 2 {
			return mailtest.Drop
		}
		return nil
	})
	if _, err := out.Send(t.Context(), numbered(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Send(t.Context(), numbered(2)); err == nil || errors.Is(err, mail.ErrRefused) {
		t.Errorf("a mail without an answer: %v", err)
	}
	if n := len(s.Mails()); n != 2 {
		t.Errorf("%d mails came", n)
	}
	if _, err := out.Send(t.Context(), numbered(3)); err != nil {
		t.Errorf("the next one: %v", err)
	}
}

func TestRepliesTellWhetherToTryAgain(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s)
	for _, stage := range []string{mailtest.AtMail, mailtest.AtRcpt, mailtest.AtData, mailtest.AtDone} {
		for code, refused := range map[int]bool{421: false, 450: false, 451: false, 452: false, 500: true, 550: true, 552: true, 554: true, 530: false, 535: false} {
			s.Fail(func(at string, n int) error {
				if at == stage {
					return mailtest.Reply(code, "not you")
				}
				return nil
			})
			_, err := out.Send(t.Context(), letter())
			if err == nil || errors.Is(err, mail.ErrRefused) != refused || !strings.Contains(err.Error(), "not you") {
				t.Errorf("%d at %s: %v", code, stage, err)
			}
			s.Fail(nil)
			if _, err := out.Send(t.Context(), letter()); err != nil {
				t.Errorf("the next one after %d at %s: %v", code, stage, err)
			}
		}
	}
}

func TestARefusalCostsNoConnection(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s)
	s.Fail(func(stage string, n int) error {
		if stage == mailtest.AtRcpt && n%2 == 1 {
			return mailtest.Reply(550, "nobody here")
		}
		return nil
	})
	for n := range 6 {
		if _, err := out.Send(t.Context(), numbered(n)); errors.Is(err, mail.ErrRefused) != (n%2 == 0) {
			t.Errorf("%d: %v", n, err)
		}
	}
	if n := s.Connections(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestAnAddressInUTF8NeedsAServerThatKnowsIt(t *testing.T) {
	m := with(func(m *mail.Message) { m.To.Addr = "jörg@bücher.example" })
	able := mailtest.Start(t)
	if _, err := sender(t, able).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if to := able.Mails()[0].To; to != "jörg@xn--bcher-kva.example" {
		t.Error(to)
	}
	s := mailtest.Options{ASCII: true}.Start(t)
	out := sender(t, s)
	for range 2 {
		if _, err := out.Send(t.Context(), m); !errors.Is(err, mail.ErrRefused) || !strings.Contains(err.Error(), "SMTPUTF8") {
			t.Error(err)
		}
	}
	if n := s.Connections(); n != 1 || len(s.Mails()) != 0 {
		t.Errorf("%d connections for %d mails", n, len(s.Mails()))
	}
}

func TestSendingEndsWithItsContext(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s, func(c *mail.Config) { c.Connections = 1 })
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	s.Fail(func(stage string, n int) error {
		if stage == mailtest.AtData && n == 1 {
			cancel()
			<-ended // the server never answers before
		}
		return nil
	})
	_, err := out.Send(ctx, letter())
	close(ended)
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := out.Send(t.Context(), letter()); err != nil {
		t.Errorf("the next one: %v", err)
	}
	if _, err := out.Send(ctx, letter()); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that had ended: %v", err)
	}
}

func TestAServerThatSaysNothingIsLeft(t *testing.T) {
	s := mailtest.Start(t)
	ended := make(chan struct{})
	s.Fail(func(stage string, n int) error {
		if stage == mailtest.AtMail && n == 1 {
			<-ended
		}
		return nil
	})
	out := sender(t, s, func(c *mail.Config) { c.Timeout = time.Second })
	_, err := out.Send(t.Context(), letter())
	close(ended)
	if err == nil || errors.Is(err, mail.ErrRefused) {
		t.Error(err)
	}
}

func TestAClosedSenderSendsNothing(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s)
	if _, err := out.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(out.Close(), out.Close()); err != nil {
		t.Error(err)
	}
	if _, err := out.Send(t.Context(), letter()); !errors.Is(err, mail.ErrClosed) || errors.Is(err, mail.ErrRefused) {
		t.Error(err)
	}
}

func TestAnIdleConnectionIsClosed(t *testing.T) {
	s := mailtest.Start(t)
	out := sender(t, s, func(c *mail.Config) { c.Idle = time.Nanosecond })
	for n := range 3 {
		if _, err := out.Send(t.Context(), numbered(n)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.Mails()); n != 3 {
		t.Errorf("%d mails came", n)
	}
}

func TestASenderNeverShowsItsPassword(t *testing.T) {
	c := mail.Config{Host: "mail.example", Username: "me", Password: "s3cret", Security: mail.TLS}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, c); got != "smtps://me@mail.example:465" {
			t.Errorf("%s: %s", verb, got)
		}
	}
}
