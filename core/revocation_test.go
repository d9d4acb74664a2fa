package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// revoked are the entries of the feed but those of accounts, which other changes write
// as well.
func revoked(t *testing.T, w *coretest.World) (all []core.Revocation) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		all = nil
		for r, err := range tx.Revocations(0) {
			if err != nil {
				return err
			}
			if r.Account == "" {
				all = append(all, r)
			}
		}
		return nil
	})
	return all
}

func TestATokenIsDeniedUntilItExpires(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		exp := w.Clock.Now().Add(10 * time.Minute)
		denied := func(jti string, exp time.Time) (yes bool) {
			w.View(t, func(tx *core.Tx) (err error) {
				yes, err = tx.Denied(jti, exp)
				return err
			})
			return yes
		}
		for range 2 {
			w.Update(t, func(tx *core.Tx) error { return tx.Deny("a/../b", exp) })
		}
		w.Update(t, func(tx *core.Tx) error { return tx.Deny("late", w.Clock.Now()) })
		if !denied("a/../b", exp) || denied("a", exp) || denied("b", exp) || denied("late", w.Clock.Now()) {
			t.Error("what was denied")
		}
		all := revoked(t, w)
		if len(all) != 1 || all[0].Token != "a/../b" || !all[0].Until.Equal(exp) {
			t.Fatalf("%+v", all)
		}
		w.View(t, func(tx *core.Tx) error {
			for r := range tx.Revocations(all[0].Seq) {
				t.Errorf("after the last: %+v", r)
			}
			return nil
		})
		w.App.SweepOld(t.Context())
		if !denied("a/../b", exp) || len(revoked(t, w)) != 1 {
			t.Error("swept while it counts")
		}
		w.Clock.Turn(3 * time.Hour)
		w.App.SweepOld(t.Context())
		if keys := coretest.Holding(t, s, "/deny/"); len(keys) > 0 {
			t.Errorf("%q", keys)
		}
		if len(revoked(t, w)) != 1 {
			t.Error("the feed was swept too soon")
		}
		w.Clock.Turn(23 * time.Hour)
		w.App.SweepOld(t.Context())
		if all := revoked(t, w); len(all) > 0 {
			t.Errorf("%+v", all)
		}
	})
}

// The jti of an assertion counts once, whatever the engine does.
func TestClass04_ANonceOfATransactionIsSpentOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		n := core.Nonce{By: "client", Text: "jti", Until: w.Clock.Now().Add(5 * time.Minute)}
		spend := func(n core.Nonce) error {
			return w.App.Update(w.Machine(), func(tx *core.Tx) error { return n.Spend(tx) })
		}
		ok(t, spend(n))
		wantCode(t, "again", spend(n), "ended")
		other := n
		other.By = "another"
		wantCode(t, "another's", spend(other), "")
		w.Clock.Turn(3 * time.Hour)
		w.Settle(t)
		if keys := spentNonces(t, s); len(keys) > 0 {
			t.Errorf("%q", keys)
		}
	})
}
