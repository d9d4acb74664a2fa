package core_test

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatAnApplicationSeesThroughItsStores(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	w.View(t, func(tx *core.Tx) error {
		stores, overlap, err := core.StoresOf(tx, core.RefTo(s.app.ID))
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

// An organization stands in an application's order as its own stores do, each store
// where it comes first.
func TestOrganizationsAreExpandedInPlace(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	org, empty := organization(t, w, "bank"), organization(t, w, "empty")
	late := directory(t, w, "late")
	for _, store := range []core.Ref{core.RefTo(s.club.ID), core.RefTo(s.dir.ID)} {
		mapOrg(t, w, org.ID, store)
	}
	for _, store := range []core.Ref{core.RefTo(empty.ID), core.RefTo(org.ID), core.RefTo(late.ID)} {
		s.mapTo(t, store)
	}
	w.View(t, func(tx *core.Tx) error {
		for owner, want := range map[core.Ref][]core.Ref{
			core.RefTo(s.app.ID): {core.RefTo(s.dir.ID), core.RefTo(s.vip.ID), core.RefTo(s.club.ID), core.RefTo(late.ID)},
			core.RefTo(org.ID):   {core.RefTo(s.club.ID), core.RefTo(s.dir.ID)},
			core.RefTo(empty.ID): nil,
		} {
			got, overlap, err := core.StoresOf(tx, owner)
			if err != nil || !slices.Equal(got, want) || overlap != (owner == core.RefTo(s.app.ID)) {
				t.Errorf("%s: %v, %v, %v, want %v", owner, got, overlap, err, want)
			}
		}
		if _, _, err := core.StoresOf(tx, core.RefTo(s.dir.ID)); !core.IsNotFound(err) {
			t.Errorf("the stores of a directory: %v", err)
		}
		for store, want := range map[core.Ref]int{core.RefTo(s.club.ID): 1, core.RefTo(late.ID): 1, core.RefTo(s.dir.ID): 1, core.RefTo(empty.ID): 1} {
			if apps, err := core.ApplicationsOf(tx, store, store); err != nil || len(apps) != want || apps[0].ID != s.app.ID {
				t.Errorf("the applications of %s: %v, %v", store, apps, err)
			}
		}
		if orgs, err := core.OrganizationsOf(tx, core.RefTo(s.club.ID), core.RefTo(s.dir.ID)); err != nil || len(orgs) != 1 || orgs[0].ID != org.ID {
			t.Errorf("the organizations: %v, %v", orgs, err)
		}
		return nil
	})
}

func TestAKeyIsSeenThroughAnOrganization(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	org := organization(t, w, "bank")
	mapOrg(t, w, org.ID, core.RefTo(s.club.ID))
	seen := func() error {
		return undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			k := core.Make[core.ApiKey]()
			k.Account = s.out.ID
			if err := core.CreateApiKey(tx, k); err != nil {
				return err
			}
			return second(core.KeyIn(tx, s.app.ID, k.ID))
		})
	}
	wantCode(t, "before", seen(), "not_found")
	s.mapTo(t, core.RefTo(org.ID))
	wantCode(t, "after", seen(), "")
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
