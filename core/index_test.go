package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestAUniqueNameIsTakenOnceHoweverItIsWritten(t *testing.T) {
	w := newWorld(t)
	for i, c := range []struct {
		first, second string
		taken         bool
	}{
		{"Acme", "acme", true},
		{"STRASSE", "straße", true},
		{"Kelvin", "\u212Aelvin", true},        // the Kelvin sign
		{"ﬁle", "file", true},                  // a ligature
		{"cafe\u0301", "café", true},           // composed or not
		{"ΣΑΣ", "σας", true},                   // a final sigma
		{"İ", "i\u0307", true},                 // a dotted capital
		{"ａｄｍｉｎ", "admin", true},               // full width
		{"admin", "аdmin", false},              // a Cyrillic a is another letter
		{"a", "a/b", false},                    //
		{"x/", "x", false},                     //
		{"x\x01", "x\x01\x01", false},          // what escapes a NUL
		{"x\x01\x01", "x\x01\x02", false},      //
		{"t", "t ", false},                     //
		{strings.Repeat("ﷺ", 255), "ﷺ", false}, // eighteen times as long when folded
	} {
		d := directory(t, w, fmt.Sprint("names ", i))
		group(t, w, d.ID, c.first)
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
			g := core.Make[core.Group]()
			g.Directory, g.Name = d.ID, c.second
			return core.Put(tx, g)
		})
		want := ""
		if c.taken {
			want = "taken"
		}
		wantCode(t, fmt.Sprintf("%q beside %q", c.second, c.first), err, want)
		w.View(t, func(tx *core.Tx) error {
			g, err := core.Find(tx, core.GroupName, string(d.ID), core.Fold(c.first))
			if err != nil || g.Name != c.first {
				t.Errorf("Find %q = %+v, %v", c.first, g, err)
			}
			return nil
		})
	}
}

func TestANameIsFreeAgainOnceItsRecordIsRenamedOrGone(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	a := group(t, w, d.ID, "a")
	change(t, w, a.ID, func(g *core.Group) { g.Name = "b" })
	group(t, w, d.ID, "a")
	ok(t, remove(w, a.ID))
	group(t, w, d.ID, "b")
	other := directory(t, w, "other")
	group(t, w, other.ID, "a") // names are of one directory
	change(t, w, other.ID, func(d *core.Directory) { d.Name = "OTHER" })
}

func TestAnEntryCannotBeForgedByHostileText(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	d := directory(t, w, "d")
	victim := group(t, w, d.ID, "victim")
	for _, name := range []string{
		"victim\x00" + string(victim.ID), "/victim", "victim/../x", "../" + string(d.ID) + "/victim",
		"v\xffictim", "\x00", "victim\x00",
	} {
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
			g := core.Make[core.Group]()
			g.Directory, g.Name = d.ID, name
			return core.Put(tx, g)
		})
		bad := strings.ContainsAny(name, "\x00\xff") || strings.Contains(name, "\xff")
		if (err != nil) != bad {
			t.Errorf("%q: %v", name, err)
		}
	}
	// A noun that checks less cannot do more.
	for _, c := range []struct{ colour, holder string }{
		{"red\x00" + string(victim.ID), ""}, {"\x00", ""}, {"\x01", ""}, {"red/", ""}, {"red\xff", ""}, {"red", ""}, {"re", ""},
	} {
		w.Update(t, func(tx *core.Tx) error {
			b := core.Make[coretest.Badge]()
			b.Directory, b.Name, b.Colour = d.ID, "b"+c.colour, c.colour
			b.Name = strings.Map(func(r rune) rune {
				if r == 0 || r == '\uFFFD' {
					return 'z'
				}
				return r
			}, b.Name)
			return core.Put(tx, b)
		})
		w.View(t, func(tx *core.Tx) error {
			all, err := core.FindAll(tx, coretest.BadgeColour, "", c.colour, 0)
			if c.colour != "red\xff" && (err != nil || len(all) != 1 || all[0].Colour != c.colour) {
				t.Errorf("%q finds %d badges, %v", c.colour, len(all), err)
			}
			return nil
		})
	}
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
		b := core.Make[coretest.Badge]()
		b.Directory, b.Name, b.Holder = d.ID, "holder", "x/y\x00z"
		return core.Put(tx, b)
	})
	if err == nil {
		t.Error("an owner of hostile text was filed")
	}
}

func TestAnEMailIsUniqueWhereItsDirectoryWantsItSo(t *testing.T) {
	w := newWorld(t)
	for _, unique := range []bool{true, false} {
		d := directory(t, w, fmt.Sprint("unique ", unique), func(d *core.Directory) { d.EmailUnique = unique })
		add := func(name string) error {
			return w.App.Update(w.Machine(), func(tx *core.Tx) error {
				a := core.Make[core.Account]()
				a.Directory, a.Username, a.Email = d.ID, name, "Shared@Example.com"
				return core.Put(tx, a)
			})
		}
		ok(t, add("ann"))
		want := map[bool]string{true: "taken"}[unique]
		wantCode(t, "a second account with the address", add("bob"), want)
	}
}

func TestPrefixesAndOrderAreThoseOfTheText(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	for _, name := range []string{"b", "a/2", "a", "ab", "B2", "a/1", "é", "Z", "a\x01"} {
		group(t, w, d.ID, name)
	}
	for _, c := range []struct {
		prefix, want string
		desc         bool
	}{
		{"", "a a\x01 a/1 a/2 ab b B2 Z é", false},
		{"", "é Z B2 b ab a/2 a/1 a\x01 a", true},
		{"a", "a a\x01 a/1 a/2 ab", false},
		{"a/", "a/1 a/2", false},
		{"b", "b B2", false},
		{"é", "é", false},
		{"zz", "", false},
	} {
		w.View(t, func(tx *core.Tx) error {
			page, err := core.List(tx, core.GroupName, core.Query{Owner: string(d.ID), Prefix: c.prefix, Desc: c.desc})
			if err != nil {
				return err
			}
			var names []string
			for _, g := range page.Items {
				names = append(names, g.Name)
			}
			if got := strings.Join(names, " "); got != c.want || page.Size != len(names) {
				t.Errorf("prefix %q desc %v: %q of %d, want %q", c.prefix, c.desc, got, page.Size, c.want)
			}
			return nil
		})
	}
}

func TestCountsFollowEveryChange(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	d := directory(t, w, "d")
	ann, bob := w.Person(t, d.ID, "ann@example.com"), w.Person(t, d.ID, "bob@example.com")
	count := func(owner core.ID[core.Account]) (n int) {
		w.View(t, func(tx *core.Tx) (err error) {
			n, err = core.Count(tx, coretest.BadgesHeld, core.Query{Owner: string(owner)})
			return err
		})
		return n
	}
	var b *coretest.Badge
	w.Update(t, func(tx *core.Tx) error {
		b = core.Make[coretest.Badge]()
		b.Directory, b.Name, b.Holder = d.ID, "b", ann.ID
		return core.Put(tx, b)
	})
	for _, c := range []struct {
		holder   core.ID[core.Account]
		ann, bob int
	}{{ann.ID, 1, 0}, {bob.ID, 0, 1}, {"", 0, 0}, {bob.ID, 0, 1}} {
		change(t, w, b.ID, func(b *coretest.Badge) { b.Holder = c.holder })
		if a, b := count(ann.ID), count(bob.ID); a != c.ann || b != c.bob {
			t.Errorf("held by %q: %d and %d, want %d and %d", c.holder, a, b, c.ann, c.bob)
		}
	}
	ok(t, remove(w, b.ID))
	if n := count(bob.ID); n != 0 {
		t.Errorf("a deleted badge counts: %d", n)
	}
}

func TestABrokenCounterIsAnErrorNotANumber(t *testing.T) {
	s := mem.Open()
	w := coretest.On(t, s)
	key := "s" + string(w.Tenant) + "/#grp"
	coretest.Plant(t, s, key, "many")
	err := w.App.View(w.Machine(), func(tx *core.Tx) error {
		_, err := core.Count[core.Group](tx, nil, core.Query{})
		return err
	})
	if err == nil || !strings.Contains(err.Error(), key) {
		t.Errorf("Count = %v", err)
	}
}
