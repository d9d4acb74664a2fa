package core_test

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/password"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// shop is an application with a directory and a group of another as its stores.
type shop struct {
	w         *coretest.World
	app       *core.Application
	dir, club *core.Directory
	vip       *core.Group
	ann, vic  *core.Account // of dir, and of club in vip
	out       *core.Account // of club, not in vip
}

func newShop(t testing.TB, w *coretest.World) *shop {
	t.Helper()
	s := &shop{w: w}
	w.Update(t, func(tx *core.Tx) error {
		s.app = core.Make[core.Application]()
		s.app.Name = "shop"
		return core.Put(tx, s.app)
	})
	s.dir, s.club = directory(t, w, "customers"), directory(t, w, "club")
	s.vip = group(t, w, s.club.ID, "vip")
	s.ann = w.Person(t, s.dir.ID, "Ann@Example.com")
	s.vic, s.out = w.Person(t, s.club.ID, "vic@example.com"), w.Person(t, s.club.ID, "out@example.com")
	join(t, w, s.vic.ID, s.vip.ID)
	s.mapTo(t, core.RefTo(s.dir.ID))
	s.mapTo(t, core.RefTo(s.vip.ID))
	return s
}

func (s *shop) mapTo(t testing.TB, store core.Ref) {
	t.Helper()
	s.w.Update(t, func(tx *core.Tx) error {
		return core.SaveMapping(tx, &core.AccountStoreMapping{Application: s.app.ID, Store: store, ListIndex: core.AtEnd})
	})
}

func (s *shop) login(login, pw string, store ...core.Ref) (core.Outcome, error) {
	at := core.Attempt{Application: s.app.ID, Login: login, Password: pw, Door: "test"}
	if len(store) > 0 {
		at.Store = store[0]
	}
	return s.w.App.Authenticate(s.w.Machine(), at)
}

func TestWhoMaySignIn(t *testing.T) {
	const right = coretest.Password
	unmapped := func(t *testing.T, s *shop) core.Ref { return core.RefTo(directory(t, s.w, "unmapped").ID) }
	for _, c := range []struct {
		name   string
		login  string
		pw     string
		before func(t *testing.T, s *shop)
		store  func(t *testing.T, s *shop) core.Ref
		want   string
	}{
		{name: "by e-mail", login: "ann@example.com"},
		{name: "by e-mail in another case", login: "ANN@EXAMPLE.COM"},
		{name: "by user name", login: "boss", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Username = "Boss" })
		}},
		{name: "through a group", login: "vic@example.com"},
		{name: "wrong password", login: "ann@example.com", pw: "Wrong1234", want: "wrong_password"},
		{name: "no password", login: "ann@example.com", pw: "\x00", want: "wrong_password"},
		{name: "unknown", login: "nobody@example.com", want: "unknown_login"},
		{name: "nothing", login: "", want: "unknown_login"},
		{name: "not in the group", login: "out@example.com", want: "unknown_login"},
		{name: "in the store named", login: "ann@example.com", store: func(_ *testing.T, s *shop) core.Ref { return core.RefTo(s.dir.ID) }},
		{name: "in another than the store named", login: "ann@example.com", want: "unknown_login",
			store: func(_ *testing.T, s *shop) core.Ref { return core.RefTo(s.vip.ID) }},
		{name: "in a store not mapped", login: "ann@example.com", store: unmapped, want: "store_not_mapped"},
		{name: "in a store that is not there", login: "ann@example.com", want: "invalid_reference",
			store: func(*testing.T, *shop) core.Ref { return "directories/nobody" }},
		{name: "account disabled", login: "ann@example.com", want: "account_disabled", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
		}},
		{name: "account disabled, wrong password", login: "ann@example.com", pw: "Wrong1234", want: "wrong_password", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
		}},
		{name: "account unverified", login: "ann@example.com", want: "account_unverified", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Unverified })
		}},
		{name: "directory disabled", login: "ann@example.com", want: "directory_disabled", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.dir.ID, func(d *core.Directory) { d.Status = core.Disabled })
		}},
		{name: "directory of the group disabled", login: "vic@example.com", want: "directory_disabled", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.club.ID, func(d *core.Directory) { d.Status = core.Disabled })
		}},
		{name: "group disabled", login: "vic@example.com", want: "group_disabled", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.vip.ID, func(g *core.Group) { g.Status = core.Disabled })
		}},
		{name: "application disabled", login: "ann@example.com", want: "application_disabled", before: func(t *testing.T, s *shop) {
			change(t, s.w, s.app.ID, func(a *core.Application) { a.Status = core.Disabled })
		}},
		{name: "account deleted", login: "ann@example.com", want: "unknown_login", before: func(t *testing.T, s *shop) { ok(t, remove(s.w, s.ann.ID)) }},
		{name: "group deleted", login: "vic@example.com", want: "unknown_login", before: func(t *testing.T, s *shop) { ok(t, remove(s.w, s.vip.ID)) }},
		{name: "application deleted", login: "ann@example.com", want: "not_found", before: func(t *testing.T, s *shop) { ok(t, remove(s.w, s.app.ID)) }},
		{name: "no stores", login: "ann@example.com", want: "no_stores", before: func(t *testing.T, s *shop) {
			ok(t, remove(s.w, s.dir.ID))
			ok(t, remove(s.w, s.vip.ID))
		}},
		{name: "a hook refuses", login: "ann@example.com", want: "invalid_value", before: func(t *testing.T, s *shop) {
			s.w.App.Hooks.Auth.Login.Before(func(e *core.AuthEvent) error { return core.Refuse("login", "not today") })
		}},
		{name: "a hook refuses before the password", login: "ann@example.com", want: "invalid_value", before: func(t *testing.T, s *shop) {
			s.w.App.Hooks.Auth.Identify.Before(func(e *core.AuthEvent) error { return core.Refuse("login", "not from there") })
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, newWorld(t))
			if c.before != nil {
				c.before(t, s)
			}
			pw, store := right, core.Ref("")
			if c.pw != "" {
				pw = strings.Trim(c.pw, "\x00")
			}
			if c.store != nil {
				store = c.store(t, s)
			}
			out, err := s.login(c.login, pw, store)
			wantCode(t, "login", err, c.want)
			if done := out.Done != nil; done != (c.want == "") || len(out.Needs) > 0 {
				t.Errorf("%+v", out)
			}
			if done := out.Done; done != nil && (done.Account == nil || done.AuthTime != core.At(s.w.Clock.Now()) || strings.Join(done.AMR, " ") != "pwd") {
				t.Errorf("%+v", done)
			}
		})
	}
}

func TestAMissingPasswordProvesNothing(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other") // whose owner has no password
	for _, pw := range []string{"", "x"} {
		_, err := w.App.Authenticate(other.Machine(), core.Attempt{Application: other.Application(t, "Stormpath").ID,
			Login: "owner@other.example", Password: pw})
		wantCode(t, "an account without a password", err, "wrong_password")
	}
}

func TestTheFirstStoreThatHasTheLoginDecides(t *testing.T) {
	s := newShop(t, newWorld(t))
	twin := s.w.Person(t, s.club.ID, "ann@example.com")
	join(t, s.w, twin.ID, s.vip.ID)
	out, err := s.login("ann@example.com", coretest.Password)
	if err != nil || out.Done.Account.ID != s.ann.ID || out.Done.Store != core.RefTo(s.dir.ID) {
		t.Errorf("%+v, %v", out.Done, err)
	}
	change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled })
	_, err = s.login("ann@example.com", coretest.Password)
	wantCode(t, "the first is disabled", err, "account_disabled")
	s.w.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, s.app.ID)
		if err != nil {
			return err
		}
		all[1].ListIndex = 0
		return core.SaveMapping(tx, all[1])
	})
	out, err = s.login("ann@example.com", coretest.Password)
	if err != nil || out.Done.Account.ID != twin.ID {
		t.Errorf("%+v, %v", out.Done, err)
	}
}

func TestASharedAddressSignsNobodyIn(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	d := directory(t, w, "shared", func(d *core.Directory) { d.EmailUnique, d.UsernameDefault = false, false })
	for _, name := range []string{"one", "two"} {
		acc := core.Make[core.Account]()
		acc.Username, acc.Email = name, "family@example.com"
		ok(t, second(w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(d.ID), Account: acc, Password: coretest.Password})))
	}
	s.mapTo(t, core.RefTo(d.ID))
	_, err := s.login("family@example.com", coretest.Password)
	wantCode(t, "a shared address", err, "unknown_login")
	if _, err = s.login("two", coretest.Password); err != nil {
		t.Error(err)
	}
}

func TestClass15_AKnownAndAnUnknownLoginCostTheSame(t *testing.T) {
	counting := &coretest.Counting{Store: mem.Open()}
	w := worldOn(t, counting)
	s := newShop(t, w)
	s.login("warm up", "x")
	measure := func(login, pw string) (least coretest.Work, hashes uint64, err error) {
		for n := range 3 { // a worker that has just begun may read meanwhile
			before, hashed := counting.Work(), w.App.Passwords.Count()
			_, err = s.login(login, pw)
			hashes = w.App.Passwords.Count() - hashed
			if work := counting.Since(before); n == 0 || work.Scans < least.Scans {
				least = work
			}
		}
		return least, hashes, err
	}
	want, hashes, _ := measure("nobody@example.com", "Wrong1234")
	if hashes != 1 || want.Commits != 1 {
		t.Errorf("an unknown login: %+v, %d hashes", want, hashes)
	}
	change(t, w, s.out.ID, func(a *core.Account) { a.Status = core.Disabled })
	for _, login := range []string{"ann@example.com", "vic@example.com", "out@example.com", "nobody", "x\x00y"} {
		got, hashes, err := measure(login, "Wrong1234")
		if err == nil || got != want || hashes != 1 {
			t.Errorf("%s: %+v, %d hashes, want %+v", login, got, hashes, want)
		}
	}
}

func TestAPasswordChangedMeanwhileIsNoProof(t *testing.T) {
	s := newShop(t, newWorld(t))
	hash, err := s.w.App.HashPassword(t.Context(), "An0therPassword")
	ok(t, err)
	for name, meanwhile := range map[string]struct {
		do   func()
		want string
	}{
		"password": {func() {
			s.w.Update(t, func(tx *core.Tx) error {
				a, err := core.Get(tx, s.ann.ID)
				return orElse(err, core.SetPassword(tx, a, hash))
			})
		}, "wrong_password"},
		"status": {func() { change(t, s.w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled }) }, "account_disabled"},
		"name":   {func() { change(t, s.w, s.ann.ID, func(a *core.Account) { a.Email, a.Username = "b@example.com", "b" }) }, "unknown_login"},
		"life":   {func() { ok(t, remove(s.w, s.ann.ID)) }, "unknown_login"},
	} {
		s = newShop(t, newWorld(t))
		s.w.App.Hooks.Auth.Login.Before(func(*core.AuthEvent) error { meanwhile.do(); return nil })
		_, err := s.login("ann@example.com", coretest.Password)
		wantCode(t, "its "+name+" changed", err, meanwhile.want)
	}
}

func TestAnImportedHashIsRenewedOnceAtTheFirstLogin(t *testing.T) {
	slow, err := bcrypt.GenerateFromPassword([]byte(coretest.Password), bcrypt.MinCost)
	ok(t, err)
	for name, hash := range map[string]string{
		"bcrypt": string(slow),
		"django": "pbkdf2_sha256$1000$seasalt$" + djangoHash(coretest.Password, "seasalt", 1000),
	} {
		w := newWorld(t)
		s := newShop(t, w)
		w.Update(t, func(tx *core.Tx) error {
			a, err := core.Get(tx, s.ann.ID)
			return orElse(err, core.SetPassword(tx, a, hash))
		})
		if _, err := s.login("ann@example.com", "Wrong1234"); code(err) != "wrong_password" {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range []uint64{2, 1} {
			before := w.App.Passwords.Count()
			if _, err := s.login("ann@example.com", coretest.Password); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := w.App.Passwords.Count() - before; got != want {
				t.Errorf("%s: %d hashes, want %d", name, got, want)
			}
		}
	}
}

func TestABusyServerSaysSo(t *testing.T) {
	w := newWorld(t, func(a *core.App) {
		a.Passwords = &password.Hasher{Params: password.Params{Memory: 32 << 10, Iterations: 6, Parallelism: 1}, Workers: 1, Queue: 1}
	})
	app := w.Application(t, "My Application")
	errs := make(chan error, 8)
	for range cap(errs) {
		go func() {
			_, err := w.App.Authenticate(w.Machine(), core.Attempt{Application: app.ID, Login: "x", Password: "y"})
			errs <- err
		}()
	}
	limited := 0
	for range cap(errs) {
		e := core.AsError(<-errs)
		if e.Kind == core.Limited && e.Code == "busy" && e.RetryAfter > 0 {
			limited++
		} else if e.Code != "unknown_login" {
			t.Errorf("%+v", e)
		}
	}
	if limited == 0 {
		t.Error("nobody was sent away")
	}
}

func TestEachAttemptIsWrittenDown(t *testing.T) {
	s := newShop(t, newWorld(t))
	var reasons []string
	s.w.App.Hooks.Auth.Failure.After(func(e *core.AuthEvent) error {
		reasons = append(reasons, fmt.Sprint(e.Reason, " ", e.Account != nil))
		return nil
	})
	for _, c := range []struct{ login, pw, line, ref, note string }{
		{"ann@example.com", coretest.Password, "auth.login", "accounts", `"store":"directories/` + string(s.dir.ID)},
		{"ann@example.com", "Wrong1234", "auth.failure", "applications", `"account":"` + string(s.ann.ID)},
		{"nobody", "Wrong1234", "auth.failure", "applications", `"reason":"unknown_login"`},
	} {
		from := now(t, s.w)
		s.login(c.login, c.pw)
		lines, events := trail(t, s.w, from)
		if len(lines) != 1 || len(events) != 1 || lines[0].Type != c.line || events[0].Type != c.line || lines[0].Ref.Kind() != c.ref || !strings.Contains(js(lines[0]), c.note) {
			t.Errorf("%s: %s %s", c.login, js(lines), js(events))
		}
	}
	if got := strings.Join(reasons, ", "); got != "wrong_password true, unknown_login false" {
		t.Errorf("failures: %s", got)
	}
}

func TestAnonymousCallersDoNotAuthenticateByTheManagementDoor(t *testing.T) {
	s := newShop(t, newWorld(t))
	ctx := core.As(context.Background(), core.Actor{Kind: core.Anonymous, Tenant: s.w.Tenant})
	_, err := s.w.App.Authenticate(ctx, core.Attempt{Application: s.app.ID, Login: "ann@example.com", Password: coretest.Password})
	wantCode(t, "nobody", err, "unauthenticated")
}

// djangoHash is the last part of a hash as Django stores it.
func djangoHash(pw, salt string, iterations int) string {
	key, err := pbkdf2.Key(sha256.New, pw, []byte(salt), iterations, 32)
	if err != nil {
		return err.Error()
	}
	return base64.StdEncoding.EncodeToString(key)
}
