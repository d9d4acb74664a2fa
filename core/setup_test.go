package core_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// signsIn tells whether a login and a password open the administrators' application.
func (f *fresh) signsIn(t *testing.T, login, pw string) bool {
	t.Helper()
	_, err := f.App.Authenticate(f.Machine(), core.Attempt{Application: f.Application(t, "Stormpath").ID, Login: login, Password: pw})
	return err == nil
}

func TestSetupMakesTheOwnerOrCompletesTheOneThatIsThere(t *testing.T) {
	for name, before := range map[string]func(t *testing.T, f *fresh) core.ID[core.Account]{
		"nobody is there": func(*testing.T, *fresh) core.ID[core.Account] { return "" },
		"of a key that was made on the command line": func(t *testing.T, f *fresh) core.ID[core.Account] {
			owner, _, err := f.App.OwnerFor(f.Machine(), "", "")
			ok(t, err)
			return owner.ID
		},
	} {
		t.Run(name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, st store.Store) {
				f := newFresh(t, st)
				was := before(t, f)
				owner, key := f.setUp(t)
				if was != "" && owner.ID != was {
					t.Errorf("another owner beside %s", was)
				}
				got, err := get(f.World, owner.ID)
				ok(t, err)
				if got.Email != "hannah@example.com" || got.Username != "hannah@example.com" || got.FullName() != "Hannah Goldberg" || got.PasswordModifiedAt.IsZero() {
					t.Errorf("%+v", got)
				}
				if !f.signsIn(t, "hannah@example.com", hannah.Password) {
					t.Error("she does not sign in")
				}
				app := f.Application(t, "Larkspur")
				if d := f.Directory(t, "Larkspur Directory"); app.ID == "" || d.ID == "" {
					t.Errorf("%+v %+v", app, d)
				}
				if of, err := f.App.SetupOwner(f.holder(), key); err != nil || of.ID != owner.ID {
					t.Errorf("%+v, %v", of, err)
				}
				k, plain, err := f.App.SpendSetupKey(f.holder(), key, "made at setup")
				ok(t, err)
				actor, err := f.App.KeyActor(t.Context(), string(k.ID), func(tx *core.Tx, k *core.ApiKey) bool {
					kept, err := k.Plain(tx)
					return err == nil && kept == plain
				})
				if err != nil || actor.Account != owner.ID || actor.Role != core.Owner || actor.Caps != core.AllCaps {
					t.Errorf("%+v, %v", actor, err)
				}
				_, _, err = f.App.SpendSetupKey(f.holder(), key, "again")
				wantCode(t, "a second key", err, "dead_link")
				f.View(t, func(tx *core.Tx) error {
					keys, err := core.List(tx, core.ApiKeysOf, core.Query{Owner: string(owner.ID)})
					if len(keys.Items) != 1 {
						t.Errorf("%d keys", len(keys.Items))
					}
					return err
				})
			})
		})
	}
}

func TestSetupSaysAllThatIsWrongAndLeavesTheLink(t *testing.T) {
	for _, c := range []struct {
		name   string
		in     func(s *core.Setup)
		before func(t *testing.T, f *fresh)
		want   map[string]string
	}{
		{"nothing", func(s *core.Setup) { *s = core.Setup{} }, nil,
			map[string]string{"email": "required", "username": "required", "password": "required", "application": "required"}},
		{"no address", func(s *core.Setup) { s.Email = "hannah" }, nil, map[string]string{"email": "invalid_format"}},
		{"a short password", func(s *core.Setup) { s.Password = "short" }, nil, map[string]string{"password": "too_short"}},
		{"a long password", func(s *core.Setup) { s.Password = strings.Repeat("x", 256) }, nil, map[string]string{"password": "too_long"}},
		{"a breached password", func(s *core.Setup) { s.Password = "Password1" }, nil, map[string]string{"password": "weak_password"}},
		{"no text", func(s *core.Setup) { s.Password = "correct horse \xff" }, nil, map[string]string{"password": "bad_encoding"}},
		{"the rules of the directory", func(*core.Setup) {}, func(t *testing.T, f *fresh) {
			change(t, f.World, core.ID[core.Strength](f.Directory(t, "Stormpath Administrators").ID), func(s *core.Strength) { s.MinLength = 40 })
		}, map[string]string{"password": "too_short"}},
		{"a long name", func(s *core.Setup) { s.GivenName = strings.Repeat("x", 256) }, nil, map[string]string{"givenName": "too_long"}},
		{"the administrators' application", func(s *core.Setup) { s.Application = "stormpath" }, nil, map[string]string{"application": "taken"}},
		{"a taken address", func(*core.Setup) {}, func(t *testing.T, f *fresh) {
			f.Person(t, f.Directory(t, "Stormpath Administrators").ID, "hannah@example.com")
		}, map[string]string{"email": "taken"}},
		{"two things", func(s *core.Setup) { s.Email, s.Application = "x", "" }, nil,
			map[string]string{"email": "invalid_format", "application": "required"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFresh(t, mem.Open())
			if c.before != nil {
				c.before(t, f)
			}
			in := hannah
			c.in(&in)
			_, _, err := f.App.SpendSetup(f.holder(), f.link, in)
			if got := fieldCodes(err); !maps.Equal(got, c.want) {
				t.Errorf("%v (%v), want %v", got, err, c.want)
			}
			in = hannah
			in.Email, in.Password = "other@example.com", strings.Repeat("a good password ", 3)
			ok(t, second2(f.App.SpendSetup(f.holder(), f.link, in)))
		})
	}
}

// fieldCodes are the codes of the joined errors of fields.
func fieldCodes(err error) map[string]string {
	if err == nil {
		return nil
	}
	all, many := err.(interface{ Unwrap() []error })
	if !many {
		return map[string]string{"": err.Error()}
	}
	codes := map[string]string{}
	for _, err := range all.Unwrap() {
		e := core.AsError(err)
		for field := range e.Fields {
			codes[field] = e.Code
		}
	}
	return codes
}

func second2[A, B any](_ A, _ B, err error) error { return err }

func TestARefusingHookLeavesTheLinkToo(t *testing.T) {
	var deaf atomic.Bool
	w := *newWorld(t, func(a *core.App) {
		a.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
			if deaf.Load() {
				return core.Refuse("email", "must be an acme.com address")
			}
			return nil
		})
	})
	var err error
	w.Tenant, err = w.App.CreateTenant(t.Context(), "Fresh", "fresh")
	ok(t, err)
	f := &fresh{World: &w}
	f.link = f.setupLink(t)
	deaf.Store(true)
	_, _, err = f.App.SpendSetup(f.holder(), f.link, hannah)
	wantCode(t, "a hook that refuses", err, "invalid_value")
	deaf.Store(false)
	f.setUp(t)
}

func TestSetupLeavesWhatHasANameAlone(t *testing.T) {
	f := newFresh(t, mem.Open())
	change(t, f.World, f.Application(t, "My Application").ID, func(a *core.Application) { a.Name = "Shop" })
	f.setUp(t)
	if f.Application(t, "Shop").ID == "" || f.Directory(t, "My Application Directory").ID == "" {
		t.Error("they were renamed")
	}

	f = newFresh(t, mem.Open())
	directory(t, f.World, "Larkspur Directory")
	f.setUp(t)
	if d := f.Directory(t, "Larkspur Directory (2)"); d.ID == "" {
		t.Error("a taken name of a directory")
	}

	f = newFresh(t, mem.Open())
	change(t, f.World, f.Directory(t, "My Application Directory").ID, func(d *core.Directory) { d.Name = "People" })
	f.setUp(t)
	if f.Directory(t, "People").ID == "" {
		t.Error("a directory with a name of its own was renamed")
	}
}

// Class 4 and 16: whatever comes at once, and whatever the engine does, one owner
// results, and one key.
func TestClass16_SetupRace(t *testing.T) {
	onEngines(t, func(t *testing.T, st store.Store) {
		f := newFresh(t, st)
		race := func(what string, spend func(ctx context.Context) error) {
			var wg sync.WaitGroup
			var won atomic.Int32
			for range 100 {
				wg.Go(func() {
					switch err := spend(f.holder()); {
					case err == nil:
						won.Add(1)
					case code(err) != "dead_link" && code(err) != "busy":
						t.Errorf("%s: %v", what, err)
					}
				})
			}
			wg.Wait()
			if won.Load() != 1 {
				t.Errorf("%s: %d succeeded", what, won.Load())
			}
		}
		keys := make(chan string, 100)
		race("setup", func(ctx context.Context) error {
			_, key, err := f.App.SpendSetup(ctx, f.link, hannah)
			if err == nil {
				keys <- key
			}
			return err
		})
		var owners []*core.Account
		f.View(t, func(tx *core.Tx) (err error) {
			owners, err = core.Owners(tx)
			return err
		})
		if len(owners) != 1 {
			t.Fatalf("%d owners", len(owners))
		}
		key := <-keys
		race("key", func(ctx context.Context) error { return second2(f.App.SpendSetupKey(ctx, key, "")) })
		recovery := f.recoveryLink(t, owners[0].ID)
		race("recovery", func(ctx context.Context) error {
			return second(f.App.SpendRecovery(ctx, recovery, "a wholly new one"))
		})
	})
}

func TestRecoverySetsANewPasswordAndEndsWhatTheOldOneGave(t *testing.T) {
	f := newFresh(t, mem.Open())
	owner, key := f.setUp(t)
	recovery := f.recoveryLink(t, owner.ID)
	_, err := f.App.SpendRecovery(f.holder(), recovery, "short")
	wantCode(t, "a short one", err, "too_short")
	before := stampOf(t, f, owner.ID)
	ok(t, second(f.App.SpendRecovery(f.holder(), recovery, "a wholly new one")))
	if stampOf(t, f, owner.ID) == before {
		t.Error("what the old password gave lives on")
	}
	if f.signsIn(t, owner.Email, hannah.Password) || !f.signsIn(t, owner.Email, "a wholly new one") {
		t.Error("the passwords")
	}
	_, _, err = f.App.SpendSetupKey(f.holder(), key, "")
	wantCode(t, "the key that setup offered", err, "dead_link")
	_, err = f.App.SpendRecovery(f.holder(), recovery, "yet another one")
	wantCode(t, "again", err, "dead_link")
}

func stampOf(t *testing.T, f *fresh, id core.ID[core.Account]) (stamp core.Stamp) {
	t.Helper()
	acc, err := get(f.World, id)
	ok(t, err)
	f.View(t, func(tx *core.Tx) error {
		stamp, err = core.StampOf(tx, acc, nil)
		return err
	})
	return stamp
}

func TestARecoveryLinkDiesWithWhatItIsBoundTo(t *testing.T) {
	for name, before := range map[string]func(t *testing.T, f *fresh, id core.ID[core.Account]){
		"too late":     func(_ *testing.T, f *fresh, _ core.ID[core.Account]) { f.Clock.Turn(30 * time.Minute) },
		"another link": func(t *testing.T, f *fresh, id core.ID[core.Account]) { f.recoveryLink(t, id) },
		"a new password": func(t *testing.T, f *fresh, id core.ID[core.Account]) {
			setPassword(t, f.App, f.Machine, id, "a wholly new one")
		},
		"no owner any more": func(t *testing.T, f *fresh, id core.ID[core.Account]) {
			other := f.Person(t, f.Directory(t, "Stormpath Administrators").ID, "other@example.com")
			f.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, other.ID, core.Owner) })
			f.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, id, core.Admin) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFresh(t, mem.Open())
			owner, _ := f.setUp(t)
			link := f.recoveryLink(t, owner.ID)
			before(t, f, owner.ID)
			wantCode(t, "spending it", second(f.App.SpendRecovery(f.holder(), link, "the newest of all")), "dead_link")
		})
	}
}

func TestASetupRefusalIsNotAFault(t *testing.T) {
	f := newFresh(t, mem.Open())
	ctx, cancel := context.WithCancel(f.holder())
	cancel()
	_, _, err := f.App.SpendSetup(ctx, f.link, hannah)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	f.setUp(t)
}
