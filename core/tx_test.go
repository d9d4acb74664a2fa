package core_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

var errNo = errors.New("no")

func putDirectory(tx *core.Tx, name string) error {
	d := core.Make[core.Directory]()
	d.Name = name
	return core.Put(tx, d)
}

func TestATransactionIsKeptOrNot(t *testing.T) {
	refused := core.Refuse("name", "not that name")
	for _, c := range []struct {
		name string
		fn   func(app *core.App, tx *core.Tx) error
		kept bool
		err  error
	}{
		{"nil keeps", func(_ *core.App, tx *core.Tx) error { return putDirectory(tx, "x") }, true, nil},
		{"an error does not", func(_ *core.App, tx *core.Tx) error { putDirectory(tx, "x"); return errNo }, false, errNo},
		{"Keep keeps and refuses", func(_ *core.App, tx *core.Tx) error { putDirectory(tx, "x"); return core.Keep(refused) }, true, refused},
		{"an inner Update is part of the outer", func(app *core.App, tx *core.Tx) error {
			return app.Update(tx.Ctx, func(tx *core.Tx) error { return putDirectory(tx, "x") })
		}, true, nil},
		{"an inner error fails the outer, also when swallowed", func(app *core.App, tx *core.Tx) error {
			app.Update(tx.Ctx, func(tx *core.Tx) error { putDirectory(tx, "x"); return errNo })
			return nil
		}, false, errNo},
		{"an inner View's error too", func(app *core.App, tx *core.Tx) error {
			app.View(tx.Ctx, func(tx *core.Tx) error { return errNo })
			return putDirectory(tx, "x")
		}, false, errNo},
		{"Keep passes outward", func(app *core.App, tx *core.Tx) error {
			return app.Update(tx.Ctx, func(tx *core.Tx) error { putDirectory(tx, "x"); return core.Keep(refused) })
		}, true, refused},
		{"Keep passes outward when swallowed", func(app *core.App, tx *core.Tx) error {
			app.Update(tx.Ctx, func(tx *core.Tx) error { putDirectory(tx, "x"); return core.Keep(refused) })
			return nil
		}, true, refused},
		{"what was done in part is not kept by an outer Keep", func(app *core.App, tx *core.Tx) error {
			app.Update(tx.Ctx, func(tx *core.Tx) error { putDirectory(tx, "x"); return errNo })
			return core.Keep(refused)
		}, false, errNo},
		{"nor by an inner one", func(app *core.App, tx *core.Tx) error {
			app.Update(tx.Ctx, func(tx *core.Tx) error { return core.Keep(refused) })
			app.Update(tx.Ctx, func(tx *core.Tx) error { putDirectory(tx, "x"); return errNo })
			return nil
		}, false, errNo},
		{"a View inside an Update sees its writes", func(app *core.App, tx *core.Tx) error {
			if err := putDirectory(tx, "x"); err != nil {
				return err
			}
			return app.View(tx.Ctx, func(tx *core.Tx) error {
				_, err := core.Find(tx, core.DirectoryName, "", "x")
				return err
			})
		}, true, nil},
	} {
		onEngines(t, func(t *testing.T, s store.Store) {
			t.Run(c.name, func(t *testing.T) {
				w := worldOn(t, s)
				err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return c.fn(w.App, tx) })
				if !errors.Is(err, c.err) || c.err == nil && err != nil {
					t.Errorf("Update = %v, want %v", err, c.err)
				}
				w.View(t, func(tx *core.Tx) error {
					_, err := core.Find(tx, core.DirectoryName, "", "x")
					if kept := err == nil; kept != c.kept {
						t.Errorf("kept = %v (%v), want %v", kept, err, c.kept)
					}
					return nil
				})
			})
		})
	}
}

func TestATransactionInTheWrongPlaceIsRefusedNotWaitedFor(t *testing.T) {
	w := newWorld(t)
	nothing := func(*core.Tx) error { return nil }
	var ended context.Context
	w.View(t, func(tx *core.Tx) error { ended = tx.Ctx; return nil })
	outer := w.Machine()
	for _, c := range []struct {
		name string
		do   func(context.Context, func(*core.Tx) error) error
		in   func(tx *core.Tx) error
		want string
	}{
		{"Update in a View", w.App.View, func(tx *core.Tx) error { return w.App.Update(tx.Ctx, nothing) }, "Update inside a View"},
		{"Update with the outer context", w.App.Update, func(*core.Tx) error { return w.App.Update(outer, nothing) }, "tx.Ctx"},
		{"View with the outer context", w.App.Update, func(*core.Tx) error { return w.App.View(outer, nothing) }, "tx.Ctx"},
		{"Update as another, from inside", w.App.Update, func(tx *core.Tx) error {
			return w.App.Update(core.AsSystem(tx.Ctx, tx.Tenant), nothing)
		}, "tx.Ctx"},
		{"no actor", w.App.Update, func(*core.Tx) error { return w.App.View(context.Background(), nothing) }, "core.As"},
		{"no tenant", w.App.Update, func(*core.Tx) error { return w.App.View(core.As(t.Context(), core.Actor{Kind: core.System}), nothing) }, "tenant"},
		{"the space outside tenants", w.App.Update, func(*core.Tx) error { return w.App.View(core.AsSystem(t.Context(), "-"), nothing) }, "tenant"},
		{"a transaction that has ended", w.App.Update, func(*core.Tx) error { return w.App.View(ended, nothing) }, "ended"},
		{"Put in a View", w.App.View, func(tx *core.Tx) error { return putDirectory(tx, "x") }, "Put in a View"},
		{"Delete in a View", w.App.View, func(tx *core.Tx) error { return core.Delete(tx, w.Key) }, "Delete in a View"},
	} {
		t.Run(c.name, func(t *testing.T) {
			done := make(chan error, 1)
			go func() { done <- c.do(outer, c.in) }()
			select {
			case err := <-done:
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v, want %q in it", err, c.want)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("it waits for itself")
			}
		})
	}
	ok(t, w.App.Update(outer, nothing)) // the context serves again
}

func TestAfterRunsOnceAndOnlyForWhatIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		for _, c := range []struct {
			name string
			err  error
			want int
		}{{"kept", nil, 1}, {"refused", errNo, 0}, {"kept with a refusal", core.Keep(core.Refuse("a", "b")), 1}} {
			ran := 0
			w.App.Update(w.Machine(), func(tx *core.Tx) error {
				tx.After(func() { ran++ })
				return c.err
			})
			if ran != c.want {
				t.Errorf("%s: After ran %d times, want %d", c.name, ran, c.want)
			}
		}
	})
}

func TestAPanicAfterTheCommitIsOnlyLogged(t *testing.T) {
	var log strings.Builder
	w := newWorld(t, func(a *core.App) { a.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	second := false
	ok(t, w.App.Update(w.Machine(), func(tx *core.Tx) error {
		tx.After(func() { panic("ouch") })
		tx.After(func() { second = true })
		return nil
	}))
	if !second || !strings.Contains(log.String(), "ouch") {
		t.Errorf("second ran: %v, log: %s", second, log.String())
	}
}

func TestAPanicInATransactionKeepsNothingAndFreesItsContext(t *testing.T) {
	w := newWorld(t)
	ctx := w.Machine()
	func() {
		defer func() { recover() }()
		w.App.Update(ctx, func(tx *core.Tx) error { putDirectory(tx, "x"); panic("ouch") })
	}()
	ok(t, w.App.View(ctx, func(tx *core.Tx) error {
		if _, err := core.Find(tx, core.DirectoryName, "", "x"); !core.IsNotFound(err) {
			t.Errorf("Find = %v", err)
		}
		return nil
	}))
}

func TestRerunsMakeOneRecordOneAuditLineAndOneEvent(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		dir := w.Directory(t, "My Application Directory").ID
		from := now(t, w)
		outside := core.Make[core.Directory]()
		outside.Name = "outside"
		var ids []string
		w.Update(t, func(tx *core.Tx) error {
			d, g := core.Make[core.Directory](), core.Make[core.Group]()
			d.Name = "made inside"
			if err := core.Put(tx, d); err != nil {
				return err
			}
			g.Directory, g.Name = d.ID, "g"
			ids = append(ids, string(d.ID))
			return errors.Join(core.Put(tx, g), core.Put(tx, outside))
		})
		for _, id := range ids {
			if id != ids[0] {
				t.Errorf("another run made another id: %v", ids)
			}
		}
		lines, events := types(t, w, from)
		if want := "directory.create group.create directory.create"; lines != want || events != want {
			t.Errorf("audit %q, events %q, want %q", lines, events, want)
		}
		from = now(t, w)
		acc := w.Person(t, dir, "ann@example.com")
		lines, events = types(t, w, from)
		if want := "account.create"; lines != want || events != want {
			t.Errorf("registration: audit %q, events %q, want %q", lines, events, want)
		}
		from = now(t, w)
		w.Clock.Turn(time.Second)
		change(t, w, acc.ID, func(a *core.Account) { a.GivenName = "Ann" })
		lines, events = types(t, w, from)
		if want := "account.update"; lines != want || events != want {
			t.Errorf("change: audit %q, events %q, want %q", lines, events, want)
		}
		from = now(t, w)
		if err := remove(w, acc.ID); err != nil && !core.IsNotFound(err) { // the second run finds it gone
			t.Error(err)
		}
		if _, events = types(t, w, from); events != "account.delete" {
			t.Errorf("delete: events %q", events)
		}
	})
}

func TestAKeyMadeUnderAnUnknownOutcomeHasOneSecret(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		k, plain, err := w.App.ManagementKeyFor(w.Machine(), w.Owner.ID, "again")
		ok(t, err)
		actor, err := w.App.KeyActor(t.Context(), string(k.ID), func(tx *core.Tx, k *core.ApiKey) bool {
			stored, err := k.Plain(tx)
			return err == nil && stored == plain
		})
		if err != nil || actor.Account != w.Owner.ID {
			t.Errorf("KeyActor = %+v, %v", actor, err)
		}
	})
}

func TestAFullStoreSaysSoAndRecovers(t *testing.T) {
	s := storetest.Failing(mem.Open())
	w := worldOn(t, s)
	s.FailNext(store.ErrFull)
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return putDirectory(tx, "x") })
	e := core.AsError(err)
	if e.Kind != core.Unavailable || e.Code != "store_full" || e.RetryAfter <= 0 || !errors.Is(err, store.ErrFull) {
		t.Errorf("%+v", e)
	}
	ok(t, w.App.Update(w.Machine(), func(tx *core.Tx) error { return putDirectory(tx, "x") }))
}

func TestAClosedStoreSaysSo(t *testing.T) {
	w := coretest.New(t)
	ok(t, w.App.Close())
	for _, do := range []func(context.Context, func(*core.Tx) error) error{w.App.View, w.App.Update} {
		if err := do(w.Machine(), func(*core.Tx) error { return nil }); code(err) != "closing" {
			t.Errorf("%v", err)
		}
	}
}

func TestARefusedPutLeavesNothingBehindWhoeverSwallowsIt(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	w.Person(t, d.ID, "ann@example.com")
	w.Update(t, func(tx *core.Tx) error {
		a := core.Make[core.Account]()
		a.Directory, a.Email = d.ID, "ann@example.com"
		wantCode(t, "a taken name", core.Put(tx, a), "taken")
		a.Email, a.Username = "bob@example.com", "" // and the same record again, mended
		return core.Put(tx, a)
	})
	refuse := w.App.Hooks.Group.Create.Use
	refuse(func(e *core.RecordEvent[core.Group]) error {
		if err := e.Next(); err != nil {
			return err
		}
		return errNo // what was written must go with the transaction
	})
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
		g := core.Make[core.Group]()
		g.Directory, g.Name = d.ID, "g"
		core.Put(tx, g)
		return nil
	})
	if !errors.Is(err, errNo) {
		t.Errorf("Update = %v", err)
	}
}

func TestNothingIsMadeForAnOwnerThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	gone := directory(t, w, "gone")
	ann := w.Person(t, gone.ID, "ann@example.com")
	ok(t, remove(w, gone.ID))
	for _, dir := range []core.ID[core.Directory]{"", "nobody", gone.ID, "../../x", core.ID[core.Directory](w.Owner.ID)} {
		for name, put := range map[string]func(tx *core.Tx) error{
			"account": func(tx *core.Tx) error {
				a := core.Make[core.Account]()
				a.Directory, a.Email = dir, "x@example.com"
				return core.Put(tx, a)
			},
			"group": func(tx *core.Tx) error {
				return core.Put(tx, &core.Group{Directory: dir, Name: "g", Status: core.Enabled})
			},
			"strength": func(tx *core.Tx) error {
				s := core.Make[core.Strength]()
				s.ID = core.ID[core.Strength](dir)
				return core.Put(tx, s)
			},
			"key": func(tx *core.Tx) error {
				k := core.Make[core.ApiKey]()
				k.Account = core.ID[core.Account](dir)
				return core.CreateApiKey(tx, k)
			},
			"operator": func(tx *core.Tx) error { return core.MakeOperator(tx, core.ID[core.Account](dir), core.Admin) },
		} {
			if dir == core.ID[core.Directory](w.Owner.ID) && (name == "key" || name == "operator") {
				continue
			}
			if err := w.App.Update(w.Machine(), put); err == nil {
				t.Errorf("a %s was made for %q", name, dir)
			}
		}
	}
	for name, do := range map[string]func(tx *core.Tx) error{
		"put":    func(tx *core.Tx) error { a := *ann; a.GivenName = "A"; return core.Put(tx, &a) },
		"delete": func(tx *core.Tx) error { return core.Delete(tx, ann) },
	} {
		if err := w.App.Update(w.Machine(), do); !core.IsNotFound(err) {
			t.Errorf("%s of what has lost its owner: %v", name, err)
		}
	}
}

func TestAPutWithSomebodyElsesIDReadsNothing(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	for _, actor := range []core.Actor{{Kind: core.Machine}, {Kind: core.Anonymous}} {
		actor.Tenant = w.Tenant
		err := w.App.Update(core.As(t.Context(), actor), func(tx *core.Tx) error {
			mine := core.Make[core.Directory]()
			mine.ID, mine.Name = d.ID, "mine"
			err := core.Put(tx, mine)
			if mine.Name != "mine" {
				t.Errorf("%s was given the record", actor.Kind)
			}
			return err
		})
		if err == nil {
			t.Errorf("%s: no error", actor.Kind)
		}
	}
}

func TestAnAbsentPartCannotBeDeleted(t *testing.T) {
	w := newWorld(t)
	ann := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
		op, err := core.Get(tx, core.ID[core.Operator](ann.ID))
		if err != nil {
			return err
		}
		return core.Delete(tx, op)
	})
	if !core.IsNotFound(err) {
		t.Errorf("Delete = %v", err)
	}
}

func TestAttemptNamesOneCallOfUpdate(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		seen := map[string]bool{}
		for range 2 {
			w.Update(t, func(tx *core.Tx) error { seen[tx.Attempt()] = true; return nil })
		}
		if len(seen) != 2 {
			t.Errorf("two calls have %d names", len(seen))
		}
	})
}
