package core_test

import (
	"iter"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatAnApplicationSeesThroughItsStores(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	w.View(t, func(tx *core.Tx) error {
		stores, overlap, err := core.ApplicationStores(tx, s.app.ID)
		if err != nil || len(stores) != 2 || stores[0] != core.RefTo(s.dir.ID) || stores[1] != core.RefTo(s.vip.ID) || !overlap {
			t.Errorf("%v, %v, %v", stores, overlap, err)
		}
		for _, c := range []struct {
			store core.Ref
			want  []core.ID[core.Account]
		}{
			{core.RefTo(s.dir.ID), []core.ID[core.Account]{s.ann.ID}},
			{core.RefTo(s.vip.ID), []core.ID[core.Account]{s.vic.ID}},
			{core.RefTo(s.club.ID), []core.ID[core.Account]{s.vic.ID, s.out.ID}},
		} {
			if got := gather(t, core.AccountsIn(tx, c.store)); got != gather(t, listed(c.want...)) {
				t.Errorf("accounts in %s: %s", c.store, got)
			}
			if n, err := core.CountAccounts(tx, c.store); n != len(c.want) || err != nil {
				t.Errorf("count of %s: %d, %v", c.store, n, err)
			}
		}
		for store, want := range map[core.Ref]string{core.RefTo(s.club.ID): string(s.vip.ID), core.RefTo(s.vip.ID): string(s.vip.ID), core.RefTo(s.dir.ID): ""} {
			if got := gather(t, core.GroupsIn(tx, store)); got != want {
				t.Errorf("groups in %s: %s", store, got)
			}
		}
		for _, c := range []struct {
			store core.Ref
			names core.Names
			want  int
		}{
			{core.RefTo(s.dir.ID), core.Names{Username: "ANN@example.com"}, 1},
			{core.RefTo(s.dir.ID), core.Names{Email: "ann@EXAMPLE.com"}, 1},
			{core.RefTo(s.dir.ID), core.Names{Username: "ann@example.com", Email: "vic@example.com"}, 0},
			{core.RefTo(s.vip.ID), core.Names{Email: "vic@example.com"}, 1},
			{core.RefTo(s.vip.ID), core.Names{Email: "out@example.com"}, 0},
		} {
			if all, err := core.FindAccountsIn(tx, c.store, c.names); err != nil || len(all) != c.want {
				t.Errorf("%+v in %s: %d, %v", c.names, c.store, len(all), err)
			}
		}
		held, err := core.StoresHolding(tx, s.vic)
		if err != nil || len(held) != 2 || held[0] != core.RefTo(s.club.ID) || held[1] != core.RefTo(s.vip.ID) {
			t.Errorf("%v, %v", held, err)
		}
		apps, err := core.ApplicationsOf(tx, append(held, core.RefTo(s.dir.ID))...)
		if err != nil || len(apps) != 1 || apps[0].ID != s.app.ID {
			t.Errorf("%v, %v", apps, err)
		}
		return nil
	})
}

func TestAKeyIsSeenOnlyWhereItsAccountSignsIn(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	for acc, want := range map[core.ID[core.Account]]string{s.ann.ID: "", s.vic.ID: "", s.out.ID: "not_found"} {
		w.Update(t, func(tx *core.Tx) error {
			k := core.Make[core.ApiKey]()
			k.Account = acc
			if err := core.CreateApiKey(tx, k); err != nil {
				return err
			}
			_, err := core.KeyIn(tx, s.app.ID, k.ID)
			wantCode(t, string(acc), err, want)
			return nil
		})
	}
}

func TestListsAreChainedOrUnited(t *testing.T) {
	a, b := listed[core.Account]("a", "b"), listed[core.Account]("b", "c")
	if got := gather(t, core.Chain(a, b)); got != "a b b c" {
		t.Errorf("chained: %s", got)
	}
	if got := gather(t, core.Union(a, b)); got != "a b c" {
		t.Errorf("united: %s", got)
	}
	for _, list := range []iter.Seq2[core.ID[core.Account], error]{core.Chain(a, b), core.Union(a, b)} {
		for range list {
			break // must not go on
		}
	}
}

func listed[T any](ids ...core.ID[T]) iter.Seq2[core.ID[T], error] {
	return func(yield func(core.ID[T], error) bool) {
		for _, id := range ids {
			if !yield(id, nil) {
				return
			}
		}
	}
}

func gather[T any](t *testing.T, ids iter.Seq2[core.ID[T], error]) string {
	t.Helper()
	var all []string
	for id, err := range ids {
		ok(t, err)
		all = append(all, string(id))
	}
	return strings.Join(all, " ")
}
