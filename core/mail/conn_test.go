package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

func TestCheckTellsWhichStepFailed(t *testing.T) {
	gone := mailtest.Start(t)
	gone.Stop()
	for _, c := range []struct {
		name   string
		server *mailtest.Server
		change func(*mail.Config)
		want   error
	}{
		{"all is well", mailtest.Start(t), nil, nil},
		{"without credentials", mailtest.Start(t), func(c *mail.Config) { c.Username = "" }, nil},
		{"opportunistic with TLS", mailtest.Start(t), func(c *mail.Config) { c.Security = mail.Opportunistic }, nil},
		{"opportunistic without", mailtest.Options{Plain: true}.Start(t), func(c *mail.Config) { c.Security = mail.Opportunistic }, nil},
		{"nobody listens", gone, nil, mail.ErrConnect},
		{"TLS is spoken and not expected", mailtest.Options{TLS: true}.Start(t), func(c *mail.Config) { c.Security, c.Timeout = mail.STARTTLS, time.Second }, mail.ErrConnect},
		{"TLS is expected and not spoken", mailtest.Start(t), func(c *mail.Config) { c.Security, c.Timeout = mail.TLS, time.Second }, mail.ErrSecurity},
		{"no STARTTLS", mailtest.Options{Plain: true}.Start(t), func(c *mail.Config) { c.Security = mail.STARTTLS }, mail.ErrSecurity},
		{"a certificate of somebody", mailtest.Start(t), func(c *mail.Config) { c.TLS = nil }, mail.ErrSecurity},
		{"a certificate of somebody, opportunistic", mailtest.Start(t), func(c *mail.Config) { c.TLS, c.Security = nil, mail.Opportunistic }, mail.ErrSecurity},
		{"a certificate for another name", mailtest.Start(t), func(c *mail.Config) { c.TLS.ServerName = "mail.example" }, mail.ErrSecurity},
		{"old TLS", mailtest.Start(t), func(c *mail.Config) { c.TLS.MaxVersion = tls.VersionTLS11 }, mail.ErrSecurity},
		{"no way to secure", mailtest.Start(t), func(c *mail.Config) { c.Security = "ssl" }, mail.ErrSecurity},
		{"a wrong password", mailtest.Start(t), func(c *mail.Config) { c.Password = "wrong" }, mail.ErrAuth},
		{"a wrong password by LOGIN", mailtest.Options{Mechanisms: []string{"LOGIN"}}.Start(t), func(c *mail.Config) { c.Password = "wrong" }, mail.ErrAuth},
		{"no way to authenticate", mailtest.Options{Mechanisms: []string{}}.Start(t), nil, mail.ErrAuth},
		{"a way that nobody knows", mailtest.Options{Mechanisms: []string{"GSSAPI"}}.Start(t), nil, mail.ErrAuth},
	} {
		t.Run(c.name, func(t *testing.T) {
			change := func(*mail.Config) {}
			if c.change != nil {
				change = c.change
			}
			err := sender(t, c.server, change).Check(t.Context())
			for _, step := range []error{mail.ErrConnect, mail.ErrSecurity, mail.ErrAuth, mail.ErrRefused} {
				if errors.Is(err, step) != (step == c.want) {
					t.Errorf("%v; want %v", err, c.want)
				}
			}
			if (err == nil) != (c.want == nil) || err != nil && strings.Contains(err.Error(), "wrong") {
				t.Errorf("%v; want %v", err, c.want)
			}
			if n := len(c.server.Mails()); n != 0 {
				t.Errorf("%d mails came", n)
			}
		})
	}
}

// elsewhere is a connection that pretends not to be to this machine.
type elsewhere struct{ net.Conn }

func (elsewhere) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 25} }

func TestAPasswordIsNotSentInTheClear(t *testing.T) {
	s := mailtest.Options{Plain: true}.Start(t)
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		return elsewhere{c}, err
	}
	asked := 0
	s.Fail(func(stage string, _ int) error {
		if stage == mailtest.AtAuth {
			asked++
		}
		return nil
	})
	for _, security := range []mail.Security{mail.Plain, mail.Opportunistic} {
		out := sender(t, s, func(c *mail.Config) { c.Dial, c.Security = dial, security })
		if err := out.Check(t.Context()); !errors.Is(err, mail.ErrSecurity) {
			t.Errorf("%s: %v", security, err)
		}
	}
	s.Stop()
	if asked != 0 {
		t.Errorf("the password was shown %d times", asked)
	}
	// Without one there is nothing to lose.
	s.Restart(t)
	out := sender(t, s, func(c *mail.Config) { c.Dial, c.Username = dial, "" })
	if err := out.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// says is a server that says a text to each line, and what it heard.
func says(t *testing.T, greeting string, answer func(line string) string) (host string, port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				c.Write([]byte(greeting))
				for s := bufio.NewScanner(c); s.Scan(); {
					if _, err := c.Write([]byte(answer(s.Text()))); err != nil {
						return
					}
				}
			}()
		}
	}()
	a := l.Addr().(*net.TCPAddr)
	return a.IP.String(), a.Port
}

func TestAServerThatNeverEndsCostsNoMemory(t *testing.T) {
	long := "220-" + strings.Repeat("x", 2<<20)
	for name, c := range map[string]struct {
		greeting, answer string
		want             error
	}{
		"a greeting":           {long, "", mail.ErrConnect},
		"an answer":            {"220 hello\r\n", "250-" + strings.Repeat("y", 2<<20), mail.ErrConnect},
		"answers without end":  {"220 hello\r\n", strings.Repeat("250-z\r\n", 100_000), mail.ErrConnect},
		"no SMTP":              {"SSH-2.0-OpenSSH\r\n", "", mail.ErrConnect},
		"a greeting that is a": {"554 go away\r\n", "", mail.ErrConnect},
	} {
		t.Run(name, func(t *testing.T) {
			host, port := says(t, c.greeting, func(string) string { return c.answer })
			out := mail.NewSMTP(mail.Config{Host: host, Port: port, Timeout: 2 * time.Second})
			defer out.Close()
			_, err := out.Send(t.Context(), letter())
			if !errors.Is(err, c.want) || errors.Is(err, mail.ErrRefused) || len(err.Error()) > 1000 {
				t.Errorf("%.300v", err)
			}
		})
	}
}

func TestCommandsOfAStrangerAreNotSent(t *testing.T) {
	var heard []string
	host, port := says(t, "220 hello\r\n", func(line string) string {
		heard = append(heard, line)
		if line == "DATA" {
			return "354 go\r\n"
		}
		return "250 fine\r\n"
	})
	out := mail.NewSMTP(mail.Config{Host: host, Port: port, Security: mail.Plain})
	defer out.Close()
	for _, addr := range []string{"ann@example.com>\r\nRCPT TO:<eve@example.com", "ann@example.com> SIZE=1", "ann\r\nRSET\r\n@example.com"} {
		if _, err := out.Send(t.Context(), with(func(m *mail.Message) { m.To.Addr = addr })); !errors.Is(err, mail.ErrRefused) {
			t.Errorf("%q: %v", addr, err)
		}
	}
	if len(heard) != 0 {
		t.Errorf("the server heard %q", heard)
	}
}
