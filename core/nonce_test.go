package core_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// signed is a request of the owner's key with a nonce, valid for an hour.
func signed(w *coretest.World, nonce string) context.Context {
	actor := core.Actor{Kind: core.ByKey, Tenant: w.Tenant, Account: w.Owner.ID, Key: w.Key.ID, Role: core.Owner, Caps: core.AllCaps}
	return core.AsOnce(context.Background(), actor, core.Nonce{By: string(w.Key.ID), Text: nonce, Until: w.Clock.Now().Add(time.Hour)})
}

// makes is an Update that makes a directory.
func makes(w *coretest.World, ctx context.Context, name string) error {
	return w.App.Update(ctx, func(tx *core.Tx) error {
		d := core.Make[core.Directory]()
		d.Name = name
		return core.Put(tx, d)
	})
}

// spentNonces are the keys in the store that remember nonces.
func spentNonces(t *testing.T, s store.Store) (keys []string) {
	t.Helper()
	ok(t, s.View(context.Background(), func(tx store.Tx) error {
		keys = nil
		for it, err := range tx.Scan("", "\xff") {
			if err != nil {
				return err
			}
			if strings.Contains(it.Key, "/seen/") {
				keys = append(keys, it.Key)
			}
		}
		return nil
	}))
	return keys
}

// A request that was sent twice does what it asks for once, whatever the engine
// does with its transactions; a request may have several of them.
func TestClass04_ANonceIsSpentWithWhatItsRequestDid(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		first := signed(w, "n")
		ok(t, w.App.View(first, func(*core.Tx) error { return nil }))
		ok(t, makes(w, first, "one"))
		ok(t, makes(w, first, "two"))
		ok(t, w.App.View(first, func(*core.Tx) error { return nil }))
		for what, err := range map[string]error{
			"a write": makes(w, signed(w, "n"), "three"),
			"a read": w.App.View(signed(w, "n"), func(*core.Tx) error {
				t.Error("it read")
				return nil
			}),
			"as the server itself": makes(w, core.AsSystem(signed(w, "n"), w.Tenant), "four"),
		} {
			wantCode(t, what+" of another with the nonce", err, "unauthenticated")
		}
		ok(t, makes(w, signed(w, "m"), "three"))
		ok(t, makes(w, core.AsSystem(signed(w, "o"), w.Tenant), "four"))
		wantCode(t, "a nonce spent by the server itself", makes(w, signed(w, "o"), "five"), "unauthenticated")
	})
}

func TestClass04_OfManyAtOnceWithANonceOneIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		var wait sync.WaitGroup
		errs := make([]error, 50)
		for i := range errs {
			wait.Go(func() { errs[i] = makes(w, signed(w, "n"), fmt.Sprint("directory ", i)) })
		}
		wait.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				wantCode(t, "a later one", err, "unauthenticated")
			}
		}
		if done != 1 {
			t.Errorf("%d were kept", done)
		}
	})
}

// What is refused has done nothing, and leaves no nonce; what is refused and
// remembered has.
func TestANonceIsKeptOrNotAsItsTransactionIs(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	wantCode(t, "a refusal", makes(w, signed(w, "n"), ""), "required")
	ok(t, makes(w, signed(w, "n"), "one"))
	refused := core.Errorf(core.Invalid, "wrong_password", "Wrong.")
	wantCode(t, "a refusal that is kept", w.App.Update(signed(w, "k"), func(*core.Tx) error { return core.Keep(refused) }), "wrong_password")
	wantCode(t, "again", makes(w, signed(w, "k"), "two"), "unauthenticated")
	if len(spentNonces(t, s)) != 3 {
		t.Errorf("%q", spentNonces(t, s))
	}
}

// Nonces are of one key and of one tenant.
func TestANonceOfOneIsNoOthers(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	ok(t, makes(w, signed(w, "n"), "one"))
	ok(t, makes(other, signed(other, "n"), "one"))
	mine := signed(w, "m")
	theirs := core.As(mine, core.Actor{Kind: core.System, Tenant: other.Tenant})
	ok(t, makes(other, theirs, "two"))
	ok(t, makes(w, mine, "two"))
}

// A nonce is remembered across a restart, and forgotten once its signature would be
// refused for its age.
func TestNoncesAreForgottenHourByHour(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	early := w.Clock.Now()
	for i := range 1200 {
		ok(t, w.App.Update(signed(w, fmt.Sprint(i)), func(*core.Tx) error { return nil }))
	}
	again := signed(w, "7")
	w = w.Again(t, s)
	wantCode(t, "after a restart", makes(w, again, "x"), "unauthenticated")
	w.Clock.Turn(time.Hour)
	ok(t, w.App.Update(signed(w, "late"), func(*core.Tx) error { return nil }))
	if n := len(spentNonces(t, s)); n != 1203 { // and a mark for each of the two hours
		t.Errorf("%d keys after an hour", n)
	}
	for _, step := range []struct {
		turn time.Duration
		keys int
	}{{time.Hour, 1203}, {time.Hour, 2}, {time.Hour, 0}} {
		w.Clock.Turn(step.turn)
		w.Settle(t)
		if keys := spentNonces(t, s); len(keys) != step.keys {
			t.Errorf("after %v: %d keys, want %d: %.3q", w.Clock.Now().Sub(early), len(keys), step.keys, keys)
		}
	}
	w.Sound(t)
}
