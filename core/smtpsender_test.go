package core_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

// relay makes a test server the tenant's own.
func relay(t *testing.T, sh *shop, s *mailtest.Server) core.ID[core.SmtpServer] {
	t.Helper()
	rec := core.Make[core.SmtpServer]()
	rec.Host, rec.Port, rec.Username, rec.Password = "127.0.0.1", s.Port(), "user", core.Seal("password")
	sh.w.Update(t, func(tx *core.Tx) error { return core.Put(tx, rec) })
	return rec.ID
}

func TestATenantsMailsGoByItsOwnServer(t *testing.T) {
	server := mailtest.Options{Plain: true, Username: "user", Password: "password"}.Start(t)
	sh := newShop(t, newWorld(t, coretest.Private))
	id := relay(t, sh, server)
	post(t, sh.w, core.Letter{Template: "passwordReset", Account: sh.ann, Application: sh.app.ID, Token: "the-token"})
	got := server.Wait(t, 1)[0]
	if got.To != "Ann@Example.com" || got.Header.Get("Subject") != "Reset your Password" || len(got.Links) == 0 || !strings.HasSuffix(got.Links[0], "sptoken=the-token") {
		t.Errorf("%+v", got)
	}
	sh.w.Settle(t)
	if m := mailsOf(t, sh.w, sh.ann.ID)[0]; m.Status != core.MailSent || !strings.Contains(m.Where, "250") {
		t.Errorf("%+v", m)
	}
	change(t, sh.w, id, func(s *core.SmtpServer) { s.Status = core.Disabled })
	post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
	if got := sh.w.Post.Wait(t, 1)[0]; got.Subject != "Your registration was successful" || len(server.Mails()) != 1 {
		t.Errorf("%+v, and %d mails by the server", got, len(server.Mails()))
	}
}

func TestMailsOutliveTheirServer(t *testing.T) {
	server := mailtest.Options{Plain: true, Username: "user", Password: "password"}.Start(t)
	sh := newShop(t, newWorld(t, coretest.Private))
	relay(t, sh, server)
	server.Stop()
	for range 5 {
		post(t, sh.w, core.Letter{Template: "passwordReset", Account: sh.ann, Token: "x"})
	}
	eventually(t, "they are tried", func() bool {
		for _, m := range mailsOf(t, sh.w, sh.ann.ID) {
			if m.Tries == 0 {
				return false
			}
		}
		return true
	})
	server.Restart(t)
	var fails atomic.Int32
	server.Fail(func(stage string, n int) error { // the first conversations end before the answer
		if stage == mailtest.AtData && fails.Add(1) <= 2 {
			return mailtest.Reply(451, "try again")
		}
		return nil
	})
	for range 20 {
		sh.w.Clock.Turn(time.Hour)
		sh.w.Settle(t)
	}
	if n := len(server.Mails()); n != 5 {
		t.Errorf("%d of 5 mails have come", n)
	}
	for _, m := range mailsOf(t, sh.w, sh.ann.ID) {
		if m.Status != core.MailSent {
			t.Errorf("%+v", m)
		}
	}
}
