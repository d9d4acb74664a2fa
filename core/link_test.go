package core_test

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// link links two accounts.
func link(t *testing.T, w *coretest.World, left, right core.ID[core.Account]) (l *core.AccountLink) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		l = &core.AccountLink{LeftAccount: left, RightAccount: right}
		return core.Put(tx, l)
	})
	return l
}

func TestWhichAccountsMayBeLinked(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	third := directory(t, w, "third")
	zoe, yan := w.Person(t, third.ID, "zoe@example.com"), w.Person(t, third.ID, "yan@example.com")
	linked := link(t, w, s.ann.ID, s.vic.ID)
	bob := w.Person(t, s.dir.ID, "bob@example.com")
	foreign := w.Other(t, "other").Owner
	staff := staff(t, w)
	for _, c := range []struct {
		name        string
		left, right core.ID[core.Account]
		want        string
	}{
		{"two of different directories", s.ann.ID, zoe.ID, ""},
		{"the other way round", zoe.ID, s.ann.ID, ""},
		{"the same two again", s.ann.ID, s.vic.ID, "linked"},
		{"the same two, turned", s.vic.ID, s.ann.ID, "linked"},
		{"to another of the same directory", s.ann.ID, s.out.ID, "linked_to_another"},
		{"to another, turned", s.out.ID, s.ann.ID, "linked_to_another"},
		{"the other side's other", bob.ID, s.vic.ID, "linked_to_another"},
		{"of one directory", zoe.ID, yan.ID, "link_same_directory"},
		{"itself", zoe.ID, zoe.ID, "link_to_itself"},
		{"nobody", "", zoe.ID, "required"},
		{"with nobody", zoe.ID, "", "required"},
		{"one that is not there", zoe.ID, "nobody", "not_found"},
		{"one of another tenant", zoe.ID, foreign.ID, "not_found"},
		{"an owner", zoe.ID, w.Owner.ID, "protected"},
		{"an administrator without a role", staff[""].ID, zoe.ID, "protected"},
	} {
		for _, actor := range []core.Actor{{Kind: core.Machine, Tenant: w.Tenant}, by(w, core.Owner, w.Owner.ID, core.AllCaps)} {
			err := undone(w, actor, t, func(tx *core.Tx) error {
				return core.Put(tx, &core.AccountLink{LeftAccount: c.left, RightAccount: c.right})
			})
			wantCode(t, c.name, err, c.want)
			if c.want == "linked" && core.AsError(err).Existing != core.RefTo(linked.ID) {
				t.Errorf("%s: %+v does not say which", c.name, err)
			}
		}
	}
	wantCode(t, "moved", tryChange(w, linked.ID, func(l *core.AccountLink) { l.RightAccount = zoe.ID }), "protected")
}

func TestAnAccountHasAtMost100Links(t *testing.T) {
	w := newWorld(t)
	ann := w.Person(t, directory(t, w, "d").ID, "ann@example.com")
	for i := range 101 {
		other := w.Person(t, directory(t, w, fmt.Sprint("d", i)).ID, "ann@example.com")
		left, right := ann.ID, other.ID
		if i%2 == 0 {
			left, right = right, left
		}
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
			return core.Put(tx, &core.AccountLink{LeftAccount: left, RightAccount: right})
		})
		wantCode(t, fmt.Sprint("link ", i+1), err, map[bool]string{true: "too_many_links"}[i == 100])
	}
	w.View(t, func(tx *core.Tx) error {
		if n, err := core.CountLinks(tx, ann.ID); n != 100 || err != nil {
			t.Errorf("%d links, %v", n, err)
		}
		return nil
	})
}

func TestALinkGoesWithEitherAccount(t *testing.T) {
	for _, left := range []bool{true, false} {
		w := newWorld(t)
		s := newShop(t, w)
		l := link(t, w, s.ann.ID, s.vic.ID)
		gone, stays := s.ann.ID, s.vic.ID
		if !left {
			gone, stays = stays, gone
		}
		w.View(t, func(tx *core.Tx) error {
			if got := gather(t, core.LinkedAccounts(tx, gone)); got != string(stays) {
				t.Errorf("linked to %q", got)
			}
			return nil
		})
		ok(t, remove(w, gone))
		w.Settle(t)
		if _, err := get(w, l.ID); !core.IsNotFound(err) {
			t.Errorf("the link: %v", err)
		}
		w.View(t, func(tx *core.Tx) error {
			if got := gather(t, core.LinksOf(tx, stays)) + gather(t, core.LinkedAccounts(tx, stays)); got != "" {
				t.Errorf("linked to %q", got)
			}
			return nil
		})
		w.Sound(t)
	}
}
