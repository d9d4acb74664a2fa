package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestARegistrationIsWholeOrNotAtAll(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		w := worldOn(t, st)
		s := newShop(t, w)
		w.Update(t, func(tx *core.Tx) error {
			all, err := core.Mappings(tx, s.app.ID)
			if err != nil {
				return err
			}
			all[1].DefaultAccounts = true // the group vip
			return core.SaveMapping(tx, all[1])
		})
		acc := core.Make[core.Account]()
		acc.Email = "new@example.com"
		got, err := w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(s.app.ID), Account: acc,
			Password: coretest.Password, CustomData: custom("k", "1")})
		ok(t, err)
		if got != acc || acc.ID == "" || acc.Directory != s.club.ID || acc.Username != "new@example.com" || acc.PasswordModifiedAt.IsZero() {
			t.Errorf("%+v", acc)
		}
		w.View(t, func(tx *core.Tx) error {
			if in, err := core.IsMember(tx, acc.ID, s.vip.ID); !in || err != nil {
				t.Errorf("IsMember = %v, %v", in, err)
			}
			return nil
		})
		if got := js(customOf(t, w, core.RefTo(acc.ID)).Values); got != `{"k":1}` {
			t.Error(got)
		}
		if _, err := s.login("new@example.com", coretest.Password); err != nil {
			t.Error(err)
		}
		from, hashes := now(t, w), w.App.Passwords.Count()
		bad := core.Make[core.Account]()
		bad.Email = "bad@example.com"
		_, err = w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(s.app.ID), Account: bad, Password: coretest.Password, CustomData: custom("-", "1")})
		wantCode(t, "bad custom data", err, "custom_chars")
		if lines, events := types(t, w, from); lines+events != "" {
			t.Errorf("it left %s %s", lines, events)
		}
		_ = hashes
	})
}

func TestWhatIsRefusedIsRefusedBeforeThePasswordIsHashed(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	off := directory(t, w, "off")
	for _, c := range []struct {
		name    string
		through core.Ref
		email   string
		pw      string
		before  func()
		want    string
	}{
		{"a taken address", core.RefTo(s.dir.ID), "ann@example.com", coretest.Password, nil, "taken"},
		{"no address", core.RefTo(s.dir.ID), "", coretest.Password, nil, "required"},
		{"no password", core.RefTo(s.dir.ID), "new@example.com", "", nil, "required"},
		{"a short password", core.RefTo(s.dir.ID), "new@example.com", "Sh0rt", nil, "too_short"},
		{"a weak password", core.RefTo(s.dir.ID), "new@example.com", "passw0rd", nil, "weak_password"},
		{"through nothing", "", "new@example.com", coretest.Password, nil, "not_found"},
		{"through a group", core.RefTo(s.vip.ID), "new@example.com", coretest.Password, nil, "not_found"},
		{"through an application without a default", core.RefTo(s.app.ID), "new@example.com", coretest.Password, nil, "no_account_store"},
		{"through one whose default is disabled", core.RefTo(s.app.ID), "new@example.com", coretest.Password, func() {
			w.Update(t, func(tx *core.Tx) error {
				return core.SaveMapping(tx, &core.AccountStoreMapping{Application: s.app.ID, Store: core.RefTo(off.ID), DefaultAccounts: true})
			})
			change(t, w, off.ID, func(d *core.Directory) { d.Status = core.Disabled })
		}, "account_store_disabled"},
		{"through one whose default is gone", core.RefTo(s.app.ID), "new@example.com", coretest.Password,
			func() { ok(t, remove(w, off.ID)) }, "no_account_store"},
		{"a hook refuses", core.RefTo(s.dir.ID), "new@example.com", coretest.Password, func() {
			w.App.Hooks.Auth.Register.Before(func(e *core.RegisterEvent) error { return core.Refuse("email", "no") })
		}, "invalid_value"},
	} {
		if c.before != nil {
			c.before()
		}
		acc := core.Make[core.Account]()
		acc.Email = c.email
		hashes := w.App.Passwords.Count()
		_, err := w.App.Register(w.Machine(), core.Registration{Through: c.through, Account: acc, Password: c.pw})
		wantCode(t, c.name, err, c.want)
		if n := w.App.Passwords.Count() - hashes; n != 0 {
			t.Errorf("%s: %d hashes", c.name, n)
		}
	}
}

func TestWhoMayRegisterAndSetPasswords(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	for role, want := range map[core.Role]string{core.Owner: "", core.Admin: "", core.Support: "", core.Auditor: "forbidden", "": "forbidden"} {
		acc := core.Make[core.Account]()
		acc.Email = "by" + string(role) + "@example.com"
		_, err := w.App.Register(w.As(role), core.Registration{Through: core.RefTo(s.dir.ID), Account: acc, Password: coretest.Password})
		wantCode(t, "register by "+string(role), err, want)
		_, err = w.App.ChangePassword(w.As(role), s.ann.ID, "N3wPassword")
		wantCode(t, "password by "+string(role), err, want)
	}
	_, err := w.App.ChangePassword(w.As(core.Admin), w.Owner.ID, "N3wPassword"+strings.Repeat("x", 8))
	wantCode(t, "an owner's password by an admin", err, "forbidden")
	_, err = w.App.ChangePassword(w.Machine(), s.ann.ID, "weak")
	wantCode(t, "a weak one", err, "too_short")
}
