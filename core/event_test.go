package core_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// ears are a handler of events that remembers them.
type ears struct {
	mu    sync.Mutex
	heard []core.Event
	deaf  func(core.Event) error // refuses an event
}

func (e *ears) hear(_ context.Context, ev core.Event) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.deaf != nil {
		if err := e.deaf(ev); err != nil {
			return err
		}
	}
	e.heard = append(e.heard, ev)
	return nil
}

func (e *ears) all() []core.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.heard)
}

func (e *ears) types() string {
	var all []string
	for _, ev := range e.all() {
		all = append(all, ev.Type)
	}
	return strings.Join(all, " ")
}

// eventually waits until what holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for limit := time.Now().Add(20 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

func TestEventsAreHeardInTheOrderOfTheirCommits(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		all, groups := &ears{}, &ears{}
		w := worldOn(t, s, func(a *core.App) {
			a.Events.On("*", all.hear, "test.all")
			a.Events.On("group.*", groups.hear, "test.groups")
		})
		d := directory(t, w, "d")
		from := len(all.all())
		_ = from
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				g := core.Make[core.Group]()
				g.Directory, g.Name = d.ID, fmt.Sprint("g", i)
				if err := w.App.Update(w.Machine(), func(tx *core.Tx) error { g := *g; return core.Put(tx, &g) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		_, outbox := trail(t, w, 0)
		eventually(t, "all events are heard", func() bool { return len(groups.all()) >= 20 && len(all.all()) >= len(outbox) })
		for _, e := range []*ears{all, groups} {
			if !slices.IsSortedFunc(e.all(), func(a, b core.Event) int { return int(a.Seq) - int(b.Seq) }) {
				t.Error("events came out of order")
			}
		}
		e := groups.all()[0]
		if e.Type != "group.create" || e.Tenant != w.Tenant || e.Ref.Kind() != "groups" || e.Rev != 1 || e.Actor.Kind != core.Machine || e.At.IsZero() {
			t.Errorf("%+v", e)
		}
	})
}

func TestAnUpdateNamesTheFieldsThatChanged(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	from := now(t, w)
	change(t, w, d.ID, func(d *core.Directory) { d.Name, d.Status = "e", core.Disabled })
	_, events := trail(t, w, from)
	if len(events) != 1 || !slices.Equal(events[0].Fields, []string{"epoch", "name", "status"}) || events[0].Rev != 2 {
		t.Errorf("%+v", events)
	}
}

func TestAFailingHandlerIsTriedAgainAndHoldsUpOnlyItself(t *testing.T) {
	fails := 3
	bad := &ears{}
	bad.deaf = func(e core.Event) error {
		if e.Type == "group.create" && fails > 0 {
			if fails--; fails == 1 {
				panic("ouch")
			}
			return errNo
		}
		return nil
	}
	good := &ears{}
	w := newWorld(t, func(a *core.App) {
		a.Events.On("group.*", bad.hear, "test.bad")
		a.Events.On("group.*", good.hear, "test.good")
	})
	d := directory(t, w, "d")
	g := group(t, w, d.ID, "g")
	change(t, w, g.ID, func(g *core.Group) { g.Name = "h" })
	eventually(t, "the other handler hears", func() bool { return good.types() == "group.create group.update" })
	if got := bad.types(); got != "" {
		t.Errorf("the failing one heard %s", got)
	}
	eventually(t, "the failing one hears when its pause is over", func() bool {
		w.Clock.Turn(time.Second)
		return bad.types() == "group.create group.update"
	})
	if good.types() != "group.create group.update" {
		t.Errorf("the good one heard %s", good.types())
	}
}

func TestAFailingHandlerIsNotTriedBeforeItsPauseIsOver(t *testing.T) {
	var mu sync.Mutex
	tries := 0
	good := &ears{}
	w := newWorld(t, func(a *core.App) {
		a.Events.On("group.*", func(context.Context, core.Event) error {
			mu.Lock()
			defer mu.Unlock()
			tries++
			return errNo
		}, "test.bad")
		a.Events.On("group.*", good.hear, "test.good")
	})
	d := directory(t, w, "d")
	for i := range 10 {
		group(t, w, d.ID, fmt.Sprint("g", i))
		eventually(t, "the good one hears", func() bool { return len(good.all()) == i+1 })
	}
	mu.Lock()
	defer mu.Unlock()
	if tries != 1 {
		t.Errorf("tried %d times while the clock stood still", tries)
	}
}

func TestEventsAreHeardAfterARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	deaf, fresh, late := &ears{deaf: func(core.Event) error { return errNo }}, &ears{}, &ears{}
	w := coretest.On(t, s, func(a *core.App) { a.Events.On("group.*", deaf.hear, "test.one") })
	d := directory(t, w, "d")
	group(t, w, d.ID, "a")
	group(t, w, d.ID, "b")
	w = w.Again(t, s, func(a *core.App) {
		a.Events.On("group.*", fresh.hear, "test.one")
		a.Events.On("group.*", late.hear, "test.late")
	})
	eventually(t, "what one has not heard before the restart", func() bool { return fresh.types() == "group.create group.create" })
	group(t, w, d.ID, "c")
	eventually(t, "a new handler hears all that is kept", func() bool { return len(late.all()) == 3 && len(fresh.all()) == 3 })
	again := &ears{}
	w = w.Again(t, s, func(a *core.App) { a.Events.On("group.*", again.hear, "test.one") })
	group(t, w, d.ID, "d")
	eventually(t, "only what is new", func() bool { return len(again.all()) > 0 })
	if all := again.all(); len(all) != 1 {
		t.Errorf("%d events were heard again", len(all)-1)
	}
	w.Sound(t)
}

func TestAHandlerMayWrite(t *testing.T) {
	w := newWorld(t, func(a *core.App) {
		a.Events.On("directory.create", func(ctx context.Context, e core.Event) error {
			return a.Update(ctx, func(tx *core.Tx) error {
				id, _ := core.IDOf[core.Directory](e.Ref)
				if _, err := core.Find(tx, core.GroupName, string(id), "everybody"); err == nil {
					return nil // heard before
				}
				return core.Put(tx, &core.Group{Directory: id, Name: "everybody", Status: core.Enabled})
			})
		}, "test.group")
	})
	d := directory(t, w, "d")
	eventually(t, "the group is made", func() (found bool) {
		w.View(t, func(tx *core.Tx) error {
			_, err := core.Find(tx, core.GroupName, string(d.ID), "everybody")
			found = err == nil
			return nil
		})
		return found
	})
}

func TestAnEventHandlerIsBoundOnceInTimeAndWithAName(t *testing.T) {
	a := core.New(mem.Open())
	fn := func(context.Context, core.Event) error { return nil }
	a.Events.On("*", fn, "one")
	w := newWorld(t)
	for name, bind := range map[string]func(){
		"twice":      func() { a.Events.On("*", fn, "one") },
		"no id":      func() { a.Events.On("*", fn, "") },
		"hostile id": func() { a.Events.On("*", fn, "a/b") },
		"late":       func() { w.App.Events.On("*", fn, "two") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			bind()
		}()
	}
}

func TestNobodyWithoutAuthorityReadsTheOutboxOrTheJobs(t *testing.T) {
	w := newWorld(t)
	ok(t, w.App.View(core.As(t.Context(), core.Actor{Kind: core.Anonymous, Tenant: w.Tenant}), func(tx *core.Tx) error {
		for name, all := range map[string]func(func(error) bool){
			"outbox": func(y func(error) bool) { tx.Outbox(0)(func(_ core.Event, err error) bool { return y(err) }) },
			"audit":  func(y func(error) bool) { tx.AuditLog(0)(func(_ core.AuditLine, err error) bool { return y(err) }) },
			"jobs":   func(y func(error) bool) { tx.Pending(func(_ core.Job, err error) bool { return y(err) }) },
			"dead":   func(y func(error) bool) { tx.Dead(func(_ core.Job, err error) bool { return y(err) }) },
		} {
			n := 0
			all(func(err error) bool {
				n++
				wantCode(t, name, err, "unauthenticated")
				return true
			})
			if n != 1 {
				t.Errorf("%s yielded %d", name, n)
			}
		}
		return nil
	}))
}
