package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func requestChange(sh *shop, to string) error {
	return sh.w.App.Update(sh.w.Machine(), func(tx *core.Tx) error { return core.RequestEmailChange(tx, sh.ann.ID, sh.app.ID, "", to) })
}

func TestAnAddressChangesOnceTheNewOneIsProved(t *testing.T) {
	sh := newShop(t, newWorld(t))
	change(t, sh.w, sh.ann.ID, func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified })
	ok(t, requestChange(sh, "Ann@New.example"))
	if now, err := get(sh.w, sh.ann.ID); err != nil || now.Email != "Ann@Example.com" {
		t.Errorf("before it is proved: %+v %v", now, err)
	}
	token, code := letterTo(t, sh.w, "Ann@New.example")
	_, err := sh.w.App.ConfirmAddress(holder(sh.w), token, core.Confirmation{Code: code})
	ok(t, err)
	now, err := get(sh.w, sh.ann.ID)
	if err != nil || now.Email != "Ann@New.example" || now.EmailVerificationStatus != core.AddressVerified {
		t.Errorf("%+v %v", now, err)
	}
	all := sh.w.Post.Wait(t, 2)
	if all[1].To.Addr != "Ann@Example.com" || all[1].Subject != "The address of your account was changed" {
		t.Errorf("%+v", all[1])
	}
}

func TestWhatEndsAnEmailChange(t *testing.T) {
	for name, c := range map[string]struct {
		before func(t *testing.T, sh *shop)
		want   string
	}{
		"nothing":         {func(*testing.T, *shop) {}, ""},
		"a day":           {func(_ *testing.T, sh *shop) { sh.w.Clock.Turn(24 * time.Hour) }, "dead_link"},
		"another request": {func(t *testing.T, sh *shop) { ok(t, requestChange(sh, "third@example.com")) }, "dead_link"},
		"another address": {func(t *testing.T, sh *shop) {
			change(t, sh.w, sh.ann.ID, func(a *core.Account) { a.Email = "x@example.com" })
		}, "dead_link"},
		"a disabled owner": {func(t *testing.T, sh *shop) {
			change(t, sh.w, sh.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
		}, "dead_link"},
		"a new password":    {func(t *testing.T, sh *shop) { newPassword(t, sh) }, "dead_link"},
		"somebody has it":   {func(t *testing.T, sh *shop) { sh.w.Person(t, sh.dir.ID, "ann@new.example") }, "taken"},
		"the owner is gone": {func(t *testing.T, sh *shop) { ok(t, remove(sh.w, sh.ann.ID)) }, "dead_link"},
	} {
		sh := newShop(t, newWorld(t))
		ok(t, requestChange(sh, "ann@new.example"))
		token, code := letterTo(t, sh.w, "ann@new.example")
		c.before(t, sh)
		_, err := sh.w.App.ConfirmAddress(holder(sh.w), token, core.Confirmation{Code: code})
		wantCode(t, name, err, c.want)
	}
}

func newPassword(t *testing.T, sh *shop) {
	t.Helper()
	hash, err := sh.w.App.ChangePassword(sh.w.Machine(), sh.ann.ID, "N3wPassword")
	ok(t, err)
	sh.w.Update(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, sh.ann.ID)
		if err != nil {
			return err
		}
		return core.SetPassword(tx, acc, hash)
	})
}

func TestAnEmailChangeIsRefusedAtOnceWhereItCannotBe(t *testing.T) {
	for to, want := range map[string]string{"": "required", "no address": "invalid_format", "ann@example.com": "same_address", "else@example.com": "taken", "fine@example.com": ""} {
		sh := newShop(t, newWorld(t))
		sh.w.Person(t, sh.dir.ID, "else@example.com")
		wantCode(t, to, requestChange(sh, to), want)
	}
}

func TestOwnersHearOfNewPasswordsAndAddressesAtProvedOnes(t *testing.T) {
	for _, proved := range []bool{true, false} {
		sh := newShop(t, newWorld(t))
		if proved {
			change(t, sh.w, sh.ann.ID, func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified })
		}
		newPassword(t, sh)
		change(t, sh.w, sh.ann.ID, func(a *core.Account) { a.Email = "" + "other@example.com" })
		sh.w.Settle(t)
		want := 0
		if proved {
			want = 2
		}
		if all := sh.w.Post.All(); len(all) != want {
			t.Errorf("proved %t: %d mails", proved, len(all))
		}
	}
}
