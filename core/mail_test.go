package core_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/store"
)

func post(t *testing.T, w *coretest.World, l core.Letter) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error { return core.Post(tx, l) })
}

// mailsOf are an account's mails, the first first.
func mailsOf(t *testing.T, w *coretest.World, id core.ID[core.Account]) (all []*core.Mail) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		page, err := core.List(tx, core.MailsOf, core.Query{Owner: string(id), Limit: 100})
		all = page.Items
		return err
	})
	return all
}

func TestAMailIsSentIfItsTransactionIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		sh := newShop(t, worldOn(t, s))
		w := sh.w
		w.App.Update(w.Machine(), func(tx *core.Tx) error {
			core.Post(tx, core.Letter{Template: "welcome", Account: sh.ann})
			return errNo
		})
		post(t, w, core.Letter{Template: "passwordReset", Account: sh.ann, Application: sh.app.ID, Token: "a-live-token"})
		got := w.Post.Wait(t, 1)[0]
		w.Settle(t)
		if got.To.Addr != "Ann@Example.com" || got.From.Addr != "no-reply@id.example.com" || got.Subject != "Reset your Password" || !got.Auto ||
			!strings.Contains(got.Text, "https://id.example.com/passwordReset?sptoken=a-live-token\n") || !strings.Contains(got.HTML, `href="https://id.example.com/passwordReset?sptoken=a-live-token"`) ||
			!strings.Contains(got.HTML, ">shop<") {
			t.Errorf("%+v", got)
		}
		all := mailsOf(t, w, sh.ann.ID)
		if len(all) != 1 || all[0].Status != core.MailSent || all[0].SentAt.IsZero() || all[0].Where != "kept" || all[0].Subject != got.Subject || !all[0].Content.IsZero() || got.ID != string(all[0].ID) {
			t.Errorf("%+v", all[0])
		}
		for key, value := range coretest.Dump(t, s) {
			if strings.Contains(string(value), "a-live-token") || strings.Contains(key, "a-live-token") {
				t.Errorf("the token lies open under %q", key)
			}
		}
	})
}

func TestAMailIsTriedForADayAndThenGivenUp(t *testing.T) {
	sh := newShop(t, newWorld(t))
	w := sh.w
	w.Post.Refuse(func(*mail.Message) error { return errors.New("421 come back later") })
	post(t, w, core.Letter{Template: "passwordReset", Account: sh.ann, Token: "x"})
	for hours := 0; ; hours++ {
		all := mailsOf(t, w, sh.ann.ID)
		if all[0].Status == core.MailFailed {
			if hours < 24 || all[0].Tries < 24 || all[0].Reason != "421 come back later" || !all[0].Content.IsZero() {
				t.Errorf("after %d hours: %+v", hours, all[0])
			}
			break
		}
		if hours > 30 {
			t.Fatalf("after %d hours it is %+v", hours, all[0])
		}
		w.Settle(t)
		w.Clock.Turn(time.Hour)
		w.Settle(t)
	}
	if jobs, dead := pending(t, w); len(jobs)+len(dead) > 0 {
		t.Errorf("jobs are left: %+v %+v", jobs, dead)
	}
}

func TestWhatBecomesOfAMail(t *testing.T) {
	refused := func(*mail.Message) error { return fmt.Errorf("550 no such box: %w", mail.ErrRefused) }
	for name, c := range map[string]struct {
		refuse func(*mail.Message) error
		before func(t *testing.T, sh *shop)
		want   core.MailStatus
		says   string
	}{
		"taken":   {nil, nil, core.MailSent, ""},
		"refused": {refused, nil, core.MailFailed, "550 no such box"},
		"of before a restore": {nil, func(t *testing.T, sh *shop) {
			ok(t, sh.w.App.Restored(t.Context(), core.Restoration{TakenAt: sh.w.Clock.Now()}))
		}, core.MailFailed, "restored"},
		"of a directory without the texts": {nil, func(t *testing.T, sh *shop) {
			change(t, sh.w, core.EmailTemplateOf(sh.dir.ID, "welcome"), func(e *core.EmailTemplate) { e.HTMLBody = "<p>${account.username}" })
		}, core.MailSent, ""},
	} {
		sh := newShop(t, newWorld(t))
		first := true
		sh.w.Post.Refuse(func(m *mail.Message) error {
			if first {
				first = false
				return errors.New("not yet")
			}
			if c.refuse != nil {
				return c.refuse(m)
			}
			return nil
		})
		post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
		eventually(t, "it is tried", func() bool { return sh.w.Post.Tries() == 1 })
		sh.w.Settle(t)
		if c.before != nil {
			c.before(t, sh)
		}
		sh.w.Clock.Turn(time.Minute)
		sh.w.Settle(t)
		all := mailsOf(t, sh.w, sh.ann.ID)
		if len(all) != 1 || all[0].Status != c.want || !strings.Contains(all[0].Reason, c.says) {
			t.Errorf("%s: %+v", name, all[0])
		}
	}
}

func TestAMailGoesWithItsAccount(t *testing.T) {
	sh := newShop(t, newWorld(t))
	sh.w.Post.Refuse(func(*mail.Message) error { return errNo })
	post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
	eventually(t, "it is tried", func() bool { return sh.w.Post.Tries() == 1 })
	sh.w.Settle(t) // the failure is written before the clock is turned
	ok(t, remove(sh.w, sh.ann.ID))
	sh.w.Clock.Turn(time.Minute)
	sh.w.Settle(t)
	sh.w.Sound(t)
	if jobs, dead := pending(t, sh.w); len(jobs)+len(dead) > 0 || sh.w.Post.Tries() != 1 {
		t.Errorf("%d tries; jobs are left: %+v %+v", sh.w.Post.Tries(), jobs, dead)
	}
}

func TestAnAddressIsNotFloodedWithMails(t *testing.T) {
	sh := newShop(t, newWorld(t))
	for range 10 {
		post(t, sh.w, core.Letter{Template: "passwordReset", Account: sh.ann, Token: "x"})
	}
	for _, name := range core.EmailPurposes() {
		for range 10 {
			post(t, sh.w, core.Letter{Template: name, Account: sh.ann, Token: "x"})
		}
	}
	sh.w.Settle(t)
	byTemplate := map[string]int{}
	all := mailsOf(t, sh.w, sh.ann.ID)
	for _, m := range all {
		byTemplate[m.Template]++
	}
	if len(all) != 20 || byTemplate["passwordReset"] != 5 {
		t.Errorf("%d mails, by template %v", len(all), byTemplate)
	}
	post(t, sh.w, core.Letter{Template: "welcome", Account: sh.vic})
	sh.w.Clock.Turn(time.Hour)
	post(t, sh.w, core.Letter{Template: "passwordReset", Account: sh.ann, Token: "x"})
	sh.w.Settle(t)
	if n, other := len(mailsOf(t, sh.w, sh.ann.ID)), len(mailsOf(t, sh.w, sh.vic.ID)); n != 21 || other != 1 {
		t.Errorf("an hour later %d mails, another's %d", n, other)
	}
}

func TestNobodyIsWrittenToWithoutAnAddress(t *testing.T) {
	sh := newShop(t, newWorld(t))
	for _, to := range []string{"", "owner@localhost.invalid"} {
		acc := *sh.ann
		acc.Email = to
		post(t, sh.w, core.Letter{Template: "welcome", Account: &acc})
	}
	sh.w.Update(t, func(tx *core.Tx) error {
		return core.PostNothing(tx, core.Letter{Template: "passwordReset", To: "nobody@example.com"})
	})
	sh.w.Settle(t)
	if n := len(mailsOf(t, sh.w, sh.ann.ID)); n != 0 || sh.w.Post.Tries() != 0 {
		t.Errorf("%d mails, %d tries", n, sh.w.Post.Tries())
	}
	if err := sh.w.App.Update(sh.w.Machine(), func(tx *core.Tx) error {
		return core.Post(tx, core.Letter{Template: "unknown", Account: sh.ann})
	}); err == nil {
		t.Error("a mail of no template was taken")
	}
}

func TestHooksChangeAndRefuseMails(t *testing.T) {
	sh := newShop(t, newWorld(t, func(a *core.App) {
		a.Hooks.Mail.Render.Before(func(e *core.MailEvent) error { e.Message.Subject = "[test] " + e.Message.Subject; return nil })
		a.Hooks.Mail.Send.Before(func(e *core.MailEvent) error {
			if e.Mail.Template == "passwordChanged" {
				return fmt.Errorf("not this one: %w", mail.ErrRefused)
			}
			return nil
		})
		a.Mail.Add("mine", core.MailTemplate{Make: func(tx *core.Tx, d *core.Draft) error {
			d.Message.Subject, d.Message.Text = "Mine for "+d.Account.Username, d.Values["x"]+d.Link
			return nil
		}})
	}))
	post(t, sh.w, core.Letter{Template: "mine", Account: sh.ann, To: "other@example.com", Link: "https://app.example/x", Values: map[string]string{"x": "y "}})
	got := sh.w.Post.Wait(t, 1)[0]
	if got.Subject != "[test] Mine for Ann@Example.com" || got.Text != "y https://app.example/x" || got.To.Addr != "other@example.com" {
		t.Errorf("%+v", got)
	}
	post(t, sh.w, core.Letter{Template: "passwordChanged", Account: sh.ann})
	sh.w.Settle(t)
	if all := mailsOf(t, sh.w, sh.ann.ID); all[1].Status != core.MailFailed || !strings.HasPrefix(all[1].Reason, "not this one") {
		t.Errorf("%+v", all[1])
	}
}

func TestMailsWaitUntilThereIsAWayToSendThem(t *testing.T) {
	sh := newShop(t, newWorld(t, func(a *core.App) {
		a.Mail.Use("none", func(*core.Tx) (mail.Sender, error) { return nil, errors.New("no SMTP server is set up") })
	}))
	post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
	eventually(t, "it is tried", func() bool { return mailsOf(t, sh.w, sh.ann.ID)[0].Tries == 1 })
	if m := mailsOf(t, sh.w, sh.ann.ID)[0]; m.Status != core.MailQueued || m.Reason != "no SMTP server is set up" || m.Content.IsZero() {
		t.Errorf("%+v", m)
	}
}

func TestOperatorsReadMailsAndWriteNone(t *testing.T) {
	sh := newShop(t, newWorld(t))
	post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
	sh.w.Settle(t)
	id := mailsOf(t, sh.w, sh.ann.ID)[0].ID
	if err := sh.w.App.View(sh.w.As(core.Auditor), func(tx *core.Tx) error { _, err := core.Get(tx, id); return err }); err != nil {
		t.Error(err)
	}
	if err := sh.w.App.View(core.As(context.Background(), core.Actor{Kind: core.ByKey, Tenant: sh.w.Tenant}), func(tx *core.Tx) error { _, err := core.Get(tx, id); return err }); err == nil {
		t.Error("a key without a role reads mails")
	}
}
