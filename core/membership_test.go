package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestAMembershipIsOfOneDirectoryAndOnce(t *testing.T) {
	w := newWorld(t)
	d, e := directory(t, w, "d"), directory(t, w, "e")
	ann, g, far := w.Person(t, d.ID, "ann@example.com"), group(t, w, d.ID, "g"), group(t, w, e.ID, "g")
	join(t, w, ann.ID, g.ID)
	for _, c := range []struct {
		acc  core.ID[core.Account]
		grp  core.ID[core.Group]
		want string
	}{
		{ann.ID, g.ID, "taken"}, {ann.ID, far.ID, "invalid_reference"}, {"", g.ID, "required"}, {ann.ID, "", "required"},
		{"nobody", g.ID, "invalid_reference"}, {ann.ID, "nothing", "invalid_reference"}, {ann.ID, core.ID[core.Group](ann.ID), "invalid_reference"},
	} {
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.Put(tx, &core.GroupMembership{Account: c.acc, Group: c.grp}) })
		wantCode(t, string(c.acc)+" in "+string(c.grp), err, c.want)
	}
	is := func(want bool) {
		t.Helper()
		w.View(t, func(tx *core.Tx) error {
			if in, err := core.IsMember(tx, ann.ID, g.ID); in != want || err != nil {
				t.Errorf("IsMember = %v, %v", in, err)
			}
			return nil
		})
	}
	is(true)
	ok(t, remove(w, g.ID))
	is(false)
}
