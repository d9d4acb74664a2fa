package crashtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/hooks"
)

// mailVariable is the URL of the mail server of a child that sends what is queued, and
// holdVariable has it stop between the server's 250 and its commit.
const (
	mailVariable = "STORMKEEP_CRASHTEST_SMTP"
	holdVariable = "STORMKEEP_CRASHTEST_HOLD"
)

// posting opens the data as a server does that sends by a mail server.
func posting(dir, url string) (*core.App, error) {
	app, _, err := folder(dir)()
	if err != nil {
		return nil, err
	}
	c, err := mail.ParseURL(url)
	if err != nil {
		return nil, errors.Join(err, app.Close())
	}
	sender := mail.NewSMTP(c)
	app.PublicURL, app.Mail.From.Addr = "https://id.example.com", "no-reply@id.example.com"
	app.Mail.Use("crashtest", func(*core.Tx) (mail.Sender, error) { return sender, nil })
	return app, nil
}

// postman is the child that sends until it is killed. It says each mail that the server
// has taken.
func postman(dir, url string, hold bool) error {
	app, err := posting(dir, url)
	if err != nil {
		return err
	}
	app.Hooks.Mail.Send.Use(func(e *core.MailEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		fmt.Println(e.Mail.To)
		if hold {
			select {}
		}
		return nil
	}, hooks.ID("crashtest"))
	if err := app.Start(background); err != nil {
		return err
	}
	io.Copy(io.Discard, os.Stdin) // ends with the parent
	return errors.New("the parent has gone")
}

// deliver runs a postman until it is killed: once it has said that a mail was taken, or
// after a while.
func deliver(t *testing.T, dir, url string, hold bool, after time.Duration) (taken string) {
	t.Helper()
	me, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(me)
	cmd.Env = append(os.Environ(), childVariable+"="+dir, mailVariable+"="+url)
	if hold {
		cmd.Env = append(cmd.Env, holdVariable+"=1")
	}
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer late.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if taken = lines.Text(); hold {
			break
		}
	}
	cmd.Process.Kill()
	if err := cmd.Wait(); !killed(err) {
		t.Fatalf("the child ended by itself: %v", err)
	}
	return taken
}

// nobody sends nothing, until the app ends.
type nobody struct{}

func (nobody) Send(ctx context.Context, _ *mail.Message) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func (nobody) Close() error { return nil }

// queue posts a mail to each of n accounts, while nobody sends.
func queue(t *testing.T, dir string, n int) *plan {
	t.Helper()
	p, err := begin(folder(dir), 1)
	if err != nil {
		t.Fatal(err)
	}
	app, _, err := folder(dir)()
	if err != nil {
		t.Fatal(err)
	}
	app.Mail.Use("crashtest", func(*core.Tx) (mail.Sender, error) { return nobody{}, nil })
	if err := app.Start(background); err != nil {
		t.Fatal(err)
	}
	err = app.Update(core.AsMachine(background, p.Tenant), func(tx *core.Tx) error {
		for i := range n {
			a := core.Make[core.Account]()
			a.Directory, a.Username = p.Shared, fmt.Sprint("user", i)
			a.Email = a.Username + "@example.com"
			if err := core.Put(tx, a); err != nil {
				return err
			}
			if err := core.Post(tx, core.Letter{Template: "passwordReset", Account: a, Token: a.Username}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, app.Close()); err != nil {
		t.Fatal(err)
	}
	return p
}

// unsent is how many mails of a folder are not sent, and how many were given up.
func unsent(t *testing.T, dir string, p *plan) (queued, failed int) {
	t.Helper()
	app, _, err := folder(dir)()
	if err != nil {
		t.Fatal(err)
	}
	err = app.View(core.AsSystem(background, p.Tenant), func(tx *core.Tx) error {
		all, err := core.List[core.Mail](tx, nil, core.Query{Limit: everything})
		for _, m := range all.Items {
			switch m.Status {
			case core.MailQueued:
				queued++
			case core.MailFailed:
				failed++
			}
		}
		return err
	})
	if err := errors.Join(err, app.Close()); err != nil {
		t.Fatal(err)
	}
	return queued, failed
}

// No mail is lost by a kill, whenever it comes. One that the server had taken before the
// kill, and that was not written down, comes again and is the same to whoever gets it:
// of a kill at most once.
func TestAKilledServerLosesNoMail(t *testing.T) {
	for _, hold := range []bool{true, false} {
		t.Run(map[bool]string{true: "between 250 and the commit", false: "at any time"}[hold], func(t *testing.T) {
			server := mailtest.Options{Plain: true}.Start(t)
			dir := t.TempDir()
			if _, err := secret.CreateFile(filepath.Join(dir, "master.key")); err != nil {
				t.Fatal(err)
			}
			const mails, kills = 60, 5
			p := queue(t, dir, mails)
			again := map[string]bool{} // taken before a kill, and not written down
			for range kills {
				after := 30 * time.Second
				if !hold {
					after = time.Duration(60+rand.IntN(200)) * time.Millisecond
				}
				if to := deliver(t, dir, server.URL(), hold, after); hold {
					if to == "" {
						t.Fatal("no mail was taken")
					}
					again[to] = true
				}
			}
			for limit := time.Now().Add(time.Minute); ; {
				deliver(t, dir, server.URL(), false, 2*time.Second)
				queued, failed := unsent(t, dir, p)
				if failed > 0 {
					t.Fatalf("%d mails were given up", failed)
				}
				if queued == 0 {
					break
				}
				if time.Now().After(limit) {
					t.Fatalf("%d mails are left", queued)
				}
			}
			times, ids := map[string]int{}, map[string]string{}
			for _, m := range server.Mails() {
				id := m.Header.Get("Message-ID")
				if was, ok := ids[m.To]; ok && was != id || id == "" {
					t.Errorf("the mail to %s was %s and is %s", m.To, was, id)
				}
				ids[m.To] = id
				times[m.To]++
			}
			twice := 0
			for to, n := range times {
				if n > 1 {
					twice++
				}
				if n > kills+1 || again[to] && n < 2 {
					t.Errorf("the mail to %s came %d times", to, n)
				}
			}
			if len(times) != mails {
				t.Errorf("mails to %d of %d have come", len(times), mails)
			}
			t.Logf("%d mails, %d of them more than once, %d in all, %d kills", len(times), twice, len(server.Mails()), kills)
		})
	}
}
