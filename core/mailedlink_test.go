package core_test

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// holder is a context of whoever holds a mailed link.
func holder(w *coretest.World) context.Context {
	return core.As(context.Background(), core.Actor{Kind: core.ByLink, Tenant: w.Tenant})
}

var tokens = regexp.MustCompile(`sptoken=(\S+)`)
var codes = regexp.MustCompile(`(?:code, it is|Er lautet) (\d{6})\.`)

// letterTo is the token and the code in the last mail to an address.
func letterTo(t *testing.T, w *coretest.World, address string) (token, code string) {
	t.Helper()
	w.Settle(t)
	all := w.Post.All()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].To.Addr != address {
			continue
		}
		if m := tokens.FindStringSubmatch(all[i].Text); m != nil {
			token = m[1]
		}
		if m := codes.FindStringSubmatch(all[i].Text); m != nil {
			code = m[1]
		}
		return token, code
	}
	t.Fatalf("no mail to %s among %d", address, len(all))
	return "", ""
}

// waiting is a person of the shop who is yet to verify an address.
func waiting(t *testing.T, sh *shop) *core.Account {
	t.Helper()
	change(t, sh.w, core.ID[core.AccountCreationPolicy](sh.dir.ID), func(p *core.AccountCreationPolicy) {
		p.VerificationEmailStatus, p.VerificationSuccessEmailStatus, p.WelcomeEmailStatus = core.Enabled, core.Enabled, core.Enabled
	})
	change(t, sh.w, sh.app.ID, func(a *core.Application) {})
	acc := core.Make[core.Account]()
	acc.Email = "new@example.com"
	sh.w.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, sh.app.ID)
		if err != nil {
			return err
		}
		all[0].DefaultAccounts = true
		return core.SaveMapping(tx, all[0])
	})
	made, err := sh.w.App.Register(sh.w.Machine(), core.Registration{Through: core.RefTo(sh.app.ID), Account: acc, Password: coretest.Password})
	ok(t, err)
	return made
}

func TestAnAddressIsConfirmedByCodeOrPassword(t *testing.T) {
	for name, c := range map[string]struct {
		with   func(code string) core.Confirmation
		before func(t *testing.T, sh *shop, acc *core.Account)
		want   string
	}{
		"the code":            {func(code string) core.Confirmation { return core.Confirmation{Code: code} }, nil, ""},
		"the code, in groups": {func(code string) core.Confirmation { return core.Confirmation{Code: " " + code[:3] + " " + code[3:]} }, nil, ""},
		"the password":        {func(string) core.Confirmation { return core.Confirmation{Password: coretest.Password} }, nil, ""},
		"nothing":             {func(string) core.Confirmation { return core.Confirmation{} }, nil, "required"},
		"another code":        {func(code string) core.Confirmation { return core.Confirmation{Code: flip(code)} }, nil, "wrong_code"},
		"another password":    {func(string) core.Confirmation { return core.Confirmation{Password: "N0tMine!"} }, nil, "wrong_password"},
		"a disabled account": {func(code string) core.Confirmation { return core.Confirmation{Password: coretest.Password} }, func(t *testing.T, sh *shop, acc *core.Account) {
			change(t, sh.w, acc.ID, func(a *core.Account) { a.Status = core.Disabled })
		}, "wrong_password"},
		"another address now": {func(code string) core.Confirmation { return core.Confirmation{Code: code} }, func(t *testing.T, sh *shop, acc *core.Account) {
			change(t, sh.w, acc.ID, func(a *core.Account) { a.Email = "x@example.com" })
		}, "dead_link"},
		"verified by somebody": {func(code string) core.Confirmation { return core.Confirmation{Code: code} }, func(t *testing.T, sh *shop, acc *core.Account) {
			change(t, sh.w, acc.ID, func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified })
		}, "dead_link"},
		"of a restored state": {func(code string) core.Confirmation { return core.Confirmation{Code: code} }, func(t *testing.T, sh *shop, _ *core.Account) {
			ok(t, sh.w.App.Restored(t.Context(), core.Restoration{TakenAt: sh.w.Clock.Now()}))
		}, "dead_link"},
	} {
		sh := newShop(t, newWorld(t))
		acc := waiting(t, sh)
		if acc.Status != core.Unverified {
			t.Fatalf("%+v", acc)
		}
		token, code := letterTo(t, sh.w, "new@example.com")
		if c.before != nil {
			c.before(t, sh, acc)
		}
		_, err := sh.w.App.ConfirmAddress(holder(sh.w), token, c.with(code))
		wantCode(t, name, err, c.want)
		now, err := get(sh.w, acc.ID)
		ok(t, err)
		if c.want != "" {
			continue
		}
		var proof *core.EmailProof
		sh.w.View(t, func(tx *core.Tx) (err error) { proof, err = core.EmailProofOf(tx, now); return err })
		if now.Status != core.Enabled || now.EmailVerificationStatus != core.AddressVerified || proof == nil || proof.Method != core.ByMail {
			t.Errorf("%s: %+v %+v", name, now, proof)
		}
		if _, err := sh.w.App.ConfirmAddress(holder(sh.w), token, c.with(code)); err == nil {
			t.Errorf("%s: it works twice", name)
		}
		if all := sh.w.Post.Wait(t, 3); all[1].Subject != "Your account has been confirmed" && all[2].Subject != "Your account has been confirmed" {
			t.Errorf("%s: %v", name, all)
		}
	}
}

func flip(code string) string { return code[:5] + string('0'+(code[5]-'0'+1)%10) }

func TestClass06_FiveWrongCodesEndALink(t *testing.T) {
	sh := newShop(t, newWorld(t))
	waiting(t, sh)
	token, code := letterTo(t, sh.w, "new@example.com")
	for range 5 {
		_, err := sh.w.App.ConfirmAddress(holder(sh.w), token, core.Confirmation{Code: flip(code)})
		wantCode(t, "wrong", err, "wrong_code")
	}
	_, err := sh.w.App.ConfirmAddress(holder(sh.w), token, core.Confirmation{Code: code})
	wantCode(t, "the right one, too late", err, "dead_link")
	ok(t, sh.w.App.Update(sh.w.Machine(), func(tx *core.Tx) error { return core.RequestVerification(tx, sh.app.ID, "new@example.com", "") }))
	token, code = letterTo(t, sh.w, "new@example.com")
	_, err = sh.w.App.ConfirmAddress(holder(sh.w), token, core.Confirmation{Code: code})
	wantCode(t, "another link", err, "")
}

// Of a hundred who hold one token at once, one spends it, whichever way it is shown.
func TestClass04_AMailedLinkIsSpentOnce(t *testing.T) {
	reset := func(t *testing.T, sh *shop) (token, code string) { return sh.reset(t), "" }
	verification := func(t *testing.T, sh *shop) (token, code string) {
		verifying(t, sh)
		return letterTo(t, sh.w, "bob@example.com")
	}
	confirm := func(sh *shop, token, code string) error {
		_, err := sh.w.App.ConfirmAddress(holder(sh.w), token, core.Confirmation{Code: code})
		return err
	}
	for name, c := range map[string]struct {
		make  func(t *testing.T, sh *shop) (token, code string)
		spend func(sh *shop, token, code string) error
		event string
	}{
		"reset link": {reset, func(sh *shop, token, _ string) error {
			return second(sh.w.App.SpendResetLink(holder(sh.w), token, "N3wPassword"))
		}, "account.reset"},
		"reset token": {reset, func(sh *shop, token, _ string) error {
			return second(sh.w.App.SpendReset(sh.w.Machine(), sh.app.ID, token, "N3wPassword"))
		}, "account.reset"},
		"verification link":  {verification, confirm, "account.verify"},
		"verification token": {verification, func(sh *shop, token, _ string) error { return second(sh.verify(token)) }, "account.verify"},
		"change of address": {func(t *testing.T, sh *shop) (token, code string) {
			sh.w.Update(t, func(tx *core.Tx) error {
				return core.RequestEmailChange(tx, sh.ann.ID, sh.app.ID, "", "next@example.com")
			})
			return letterTo(t, sh.w, "next@example.com")
		}, confirm, "account.verify"},
	} {
		t.Run(name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				sh := newShop(t, worldOn(t, s))
				token, code := c.make(t, sh)
				from := now(t, sh.w)
				var won atomic.Int32
				var wg sync.WaitGroup
				for range 100 {
					wg.Go(func() {
						if c.spend(sh, token, code) == nil {
							won.Add(1)
						}
					})
				}
				wg.Wait()
				_, events := types(t, sh.w, from)
				if done := strings.Count(" "+events+" ", " "+c.event+" "); won.Load() != 1 || done != 1 {
					t.Errorf("it was spent %d times, and did its work %d times", won.Load(), done)
				}
			})
		})
	}
}

func TestClass03_ALinkIsGoodForItsPurposeAndTenant(t *testing.T) {
	sh := newShop(t, newWorld(t))
	waiting(t, sh)
	verify, code := letterTo(t, sh.w, "new@example.com")
	ok(t, sh.w.App.Update(sh.w.Machine(), func(tx *core.Tx) error {
		_, _, err := core.RequestReset(tx, sh.app.ID, "ann@example.com", "")
		return err
	}))
	reset, _ := letterTo(t, sh.w, "Ann@Example.com")
	other := sh.w.Other(t, "other")
	for name, c := range map[string]struct {
		do   func() error
		want string
	}{
		"a verification as a reset": {func() error { _, err := sh.w.App.SpendResetLink(holder(sh.w), verify, "N3wPassword"); return err }, "dead_link"},
		"a reset as a verification": {func() error {
			_, err := sh.w.App.ConfirmAddress(holder(sh.w), reset, core.Confirmation{Code: code})
			return err
		}, "dead_link"},
		"at another tenant":            {func() error { _, err := sh.w.App.ReadMailedLink(holder(other), reset); return err }, "dead_link"},
		"nothing":                      {func() error { _, err := sh.w.App.ReadMailedLink(holder(sh.w), ""); return err }, "dead_link"},
		"another secret":               {func() error { _, err := sh.w.App.ReadMailedLink(holder(sh.w), reset[:22]+verify[22:]); return err }, "dead_link"},
		"a weak password":              {func() error { _, err := sh.w.App.SpendResetLink(holder(sh.w), reset, "x"); return err }, "too_short"},
		"and the token is still there": {func() error { _, err := sh.w.App.ReadMailedLink(holder(sh.w), reset); return err }, ""},
	} {
		if name == "and the token is still there" {
			continue
		}
		wantCode(t, name, c.do(), c.want)
	}
	l, err := sh.w.App.ReadMailedLink(holder(sh.w), reset)
	if err != nil || l.Purpose != core.PasswordReset || l.Account.ID != sh.ann.ID || l.Application.ID != sh.app.ID || l.Address != "Ann@Example.com" {
		t.Errorf("%+v, %v", l, err)
	}
	sh.w.Clock.Turn(24 * time.Hour)
	_, err = sh.w.App.ReadMailedLink(holder(sh.w), reset)
	wantCode(t, "a day later", err, "dead_link")
}

func TestNothingIsToldToWhoHoldsNoLink(t *testing.T) {
	sh := newShop(t, newWorld(t))
	err := sh.w.App.View(holder(sh.w), func(tx *core.Tx) error { _, err := core.Get(tx, sh.ann.ID); return err })
	if err == nil || strings.Contains(err.Error(), "ann") {
		t.Errorf("%v", err)
	}
}
