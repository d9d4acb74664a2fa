package core_test

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// crowd fills a directory: people in groups, with keys and custom data.
func crowd(t *testing.T, w *coretest.World, dir core.ID[core.Directory], n int) (last core.ID[core.Account], grp core.ID[core.Group]) {
	t.Helper()
	for from := 0; from < n; from += 500 {
		w.Update(t, func(tx *core.Tx) error {
			g := core.Make[core.Group]()
			g.Directory, g.Name = dir, fmt.Sprint("group ", from)
			if err := core.Put(tx, g); err != nil {
				return err
			}
			grp = g.ID
			for i := from; i < min(from+500, n); i++ {
				a := core.Make[core.Account]()
				a.Directory, a.Email = dir, fmt.Sprintf("person%d@example.com", i)
				if err := core.Put(tx, a); err != nil {
					return err
				}
				last = a.ID
				if err := core.Put(tx, &core.GroupMembership{Account: a.ID, Group: g.ID}); err != nil {
					return err
				}
				if i%3 == 0 {
					k := core.Make[core.ApiKey]()
					k.Account = a.ID
					if err := core.CreateApiKey(tx, k); err != nil {
						return err
					}
				}
				if i%5 == 0 {
					if err := core.MergeCustomData(tx, core.RefTo(a.ID), custom("k", fmt.Sprint(i))); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return last, grp
}

func TestADeletedDirectoryTakesAllWithItAlsoAcrossARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	var once sync.Once
	stop := make(chan struct{})
	w := coretest.On(t, s, coretest.Badges, func(a *core.App) {
		left := 1500
		a.Hooks.Account.Delete.Before(func(e *core.RecordEvent[core.Account]) error {
			if left--; left == 0 {
				once.Do(func() { close(stop) }) // in the middle of the sweep
			}
			return nil
		})
	})
	empty := coretest.Dump(t, s)
	d := directory(t, w, "doomed")
	last, grp := crowd(t, w, d.ID, 3000)
	b := badge(t, w, d.ID, "b", "canary")
	app := w.Application(t, "My Application")
	w.Update(t, func(tx *core.Tx) error {
		if err := core.MergeCustomData(tx, core.RefTo(b.ID), custom("k", "1")); err != nil {
			return err
		}
		return core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(d.ID), ListIndex: 0})
	})
	w.Sound(t)

	ok(t, remove(w, d.ID))
	w.View(t, func(tx *core.Tx) error {
		for name, err := range map[string]error{
			"directory": second(core.Get(tx, d.ID)), "account": second(core.Get(tx, last)), "group": second(core.Get(tx, grp)),
			"badge":    second(core.Get(tx, b.ID)),
			"strength": second(core.Get(tx, core.ID[core.Strength](d.ID))),
			"custom":   second(core.GetCustomData(tx, core.RefTo(last))),
			"by name":  second(core.Find(tx, core.AccountUsername, string(d.ID), "person2999@example.com")),
		} {
			if !core.IsNotFound(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		page, err := core.List(tx, core.AccountsOf, core.Query{Owner: string(d.ID)})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("a list of %d, %v", len(page.Items), err)
		}
		return nil
	})
	<-stop
	w = w.Again(t, s, coretest.Badges)
	w.Settle(t)
	w.Sound(t)
	for key := range coretest.Dump(t, s) {
		trail := strings.Contains(key, "/aud/") || strings.Contains(key, "/evt/") || strings.HasSuffix(key, "/seq") || strings.Contains(key, "/due/") || strings.Contains(key, "/rev/")
		if _, was := empty[key]; !was && !trail {
			t.Errorf("%q is left", key)
		}
	}
	deleted := 0
	lines, _ := trail(t, w, 0)
	for _, l := range lines {
		if l.Type == "account.delete" {
			deleted++
		}
	}
	if deleted != 3000 {
		t.Errorf("%d deletions are in the audit log", deleted)
	}
}

func second[T any](_ T, err error) error { return err }

func TestASweepIsDoneWhateverHooksSayAndSaysWhatItDid(t *testing.T) {
	var log strings.Builder
	for _, c := range []struct {
		name string
		bind func(*core.App)
	}{
		{"refused before", func(a *core.App) {
			a.Hooks.Group.Delete.Before(func(*core.RecordEvent[core.Group]) error { return core.Refuse("x", "never") })
		}},
		{"refused by an error of another kind", func(a *core.App) {
			a.Hooks.Group.Delete.Before(func(*core.RecordEvent[core.Group]) error { return errNo })
		}},
		{"refused afterwards", func(a *core.App) {
			a.Hooks.Group.Delete.Use(func(e *core.RecordEvent[core.Group]) error {
				if err := e.Next(); err != nil {
					return err
				}
				return errNo
			})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, c.bind, func(a *core.App) { a.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			w.App.Log = slog.New(slog.NewTextHandler(&log, nil))
			d := directory(t, w, "d")
			g := group(t, w, d.ID, "g")
			if err := remove(w, g.ID); err == nil {
				t.Error("the hook did not refuse the deletion itself")
			}
			from := now(t, w)
			log.Reset()
			ok(t, remove(w, d.ID))
			w.Settle(t)
			if _, err := get(w, g.ID); !core.IsNotFound(err) {
				t.Errorf("the group: %v", err)
			}
			lines, events := types(t, w, from)
			if want := "group.delete directory.delete"; lines != want || events != want {
				t.Errorf("audit %q, events %q, want %q", lines, events, want)
			}
			if !strings.Contains(log.String(), "refused the sweep") {
				t.Errorf("log: %s", log.String())
			}
		})
	}
}

func TestWhatIsOnlyListedUnderARecordOutlivesIt(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	d := directory(t, w, "d")
	ann := w.Person(t, d.ID, "ann@example.com")
	b := badge(t, w, d.ID, "b", "x")
	change(t, w, b.ID, func(b *coretest.Badge) { b.Holder = ann.ID })
	ok(t, remove(w, ann.ID))
	w.Settle(t)
	if _, err := get(w, b.ID); err != nil {
		t.Error(err)
	}
}

func TestAGroupTakesItsMembershipsAndMappingsButNotItsAccounts(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	ann, g := w.Person(t, d.ID, "ann@example.com"), group(t, w, d.ID, "g")
	m := join(t, w, ann.ID, g.ID)
	app := w.Application(t, "My Application")
	mapping := &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(g.ID)}
	w.Update(t, func(tx *core.Tx) error { return core.SaveMapping(tx, mapping) })
	ok(t, remove(w, g.ID))
	w.Settle(t)
	if _, err := get(w, m.ID); !core.IsNotFound(err) {
		t.Errorf("membership: %v", err)
	}
	if _, err := get(w, mapping.ID); !core.IsNotFound(err) {
		t.Errorf("mapping: %v", err)
	}
	if _, err := get(w, ann.ID); err != nil {
		t.Errorf("account: %v", err)
	}
}
