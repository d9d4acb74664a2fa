package core_test

import (
	"bytes"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/mail"
)

// hostileNames are names that are something else elsewhere: a header, a template's
// action or macro, markup, a line of a log.
var hostileNames = []string{
	"Ann\r\nBcc: eve@evil.example", "Ann\nBcc: eve@evil.example", "Ann\rX: y", "Ann\r\n\r\nhello", "Ann\u2028Bcc: eve@evil.example", "Ann\x00\x1b[31m",
	"{{.}}", "{{ .Account }}", `{{printf "%s" .Token}}`, "${url}", "${sptoken}", "$!{account.email}", "${account.customData.secret}", "{% url %}", "{{ token }}",
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</p><a href=https://evil.example>", "<!--", "&lt;script&gt;", `" <eve@evil.example>, "`,
	"=?utf-8?q?=0D=0ABcc:_eve@evil.example?=", "time=2026-11-22 level=ERROR msg=forged", `x","level":"ERROR","msg":"forged`, "\u202eexe",
}

// Whatever somebody is called, a mail to them has the headers it has, one reader, the
// texts of its template and one link; and what is logged of it is one line.
func TestClass24_NamesAreTextInMailsAndLogs(t *testing.T) {
	taken := 0
	for _, name := range hostileNames {
		var log bytes.Buffer
		w := coretest.New(t, func(app *core.App) { app.Log = slog.New(slog.NewTextHandler(&log, nil)) })
		sh := newShop(t, w)
		change(t, w, core.EmailTemplateOf(sh.dir.ID, "passwordReset"), func(e *core.EmailTemplate) {
			e.Subject, e.TextBody, e.HTMLBody = "To ${account.givenName}", "Dear ${account.fullName}\n${url}\n", `<p>${account.fullName}</p><a href="${url}">set it</a>`
		})
		acc := core.Make[core.Account]()
		acc.Email, acc.GivenName, acc.Surname = "eve@example.com", name, name
		_, err := w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(sh.dir.ID), Account: acc, Password: coretest.Password})
		if err != nil && core.AsError(err).Kind == core.Invalid {
			continue // a name that is refused comes into no mail
		}
		ok(t, err)
		taken++
		var token string
		ask := func() {
			w.Update(t, func(tx *core.Tx) (err error) {
				token, _, err = core.RequestReset(tx, sh.app.ID, "eve@example.com", "")
				return err
			})
		}
		ask()
		m := w.Post.Wait(t, 1)[0]
		raw, err := mail.Compose(&m)
		ok(t, err)
		read, err := netmail.ReadMessage(bytes.NewReader(raw))
		ok(t, err)
		if to, err := read.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "eve@example.com" || len(read.Header["Bcc"])+len(read.Header["X"]) > 0 || len(read.Header["Subject"]) != 1 {
			t.Errorf("%q: %v %v", name, read.Header, err)
		}
		for _, bad := range []string{"<script", "<img", "<a href=https://evil", "<!--"} {
			if strings.Contains(m.HTML, bad) {
				t.Errorf("%q: %s in %s", name, bad, m.HTML)
			}
		}
		if strings.Count(m.Text, token) != 1 || strings.Count(m.HTML, token) != 1 {
			t.Errorf("%q: the token of one link in\n%s\n%s", name, m.Text, m.HTML)
		}
		w.Post.Refuse(func(*mail.Message) error { return fmt.Errorf("550 %s: %w", name, mail.ErrRefused) })
		ask()
		w.Settle(t)
		if err := w.App.Close(); err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(strings.TrimSpace(log.String()), "\n"); !strings.Contains(log.String(), "mail given up") || lines+1 != strings.Count("\n"+log.String(), "\ntime=") {
			t.Errorf("%q: the log has\n%s", name, log.String())
		}
	}
	if taken < 10 {
		t.Errorf("only %d names were taken: the others show nothing", taken)
	}
}
