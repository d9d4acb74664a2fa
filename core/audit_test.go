package core_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestALineSaysWhoDidWhatToWhatFromWhere(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	from := now(t, w)
	w.Clock.Turn(1e9)
	actor := core.Actor{Kind: core.ByKey, Tenant: w.Tenant, Account: w.Owner.ID, Key: w.Key.ID, Role: core.Owner, Caps: core.AllCaps,
		IP: "192.0.2.1", UserAgent: "test/1", RequestID: "req-1"}
	ok(t, w.App.Update(core.As(t.Context(), actor), func(tx *core.Tx) error {
		d, err := core.Get(tx, d.ID)
		if err != nil {
			return err
		}
		d.Name, d.Description = "e", "new"
		return core.Put(tx, d)
	}))
	lines, events := trail(t, w, from)
	if len(lines) != 1 || len(events) != 1 {
		t.Fatalf("%d lines, %d events", len(lines), len(events))
	}
	l := lines[0]
	actor.Tenant, actor.Caps = "", core.Caps{}
	if l.Actor != actor || l.Type != "directory.update" || l.Ref != core.RefTo(d.ID) || l.At != core.At(w.Clock.Now()) {
		t.Errorf("%+v", l)
	}
	if js(l.Before) != `{"name":"d"}` || js(l.After) != `{"description":"new","name":"e"}` {
		t.Errorf("before %s, after %s", js(l.Before), js(l.After))
	}
	if events[0].Actor != actor {
		t.Errorf("%+v", events[0].Actor)
	}
	from = now(t, w)
	ok(t, remove(w, d.ID))
	lines, _ = trail(t, w, from)
	if l := lines[0]; l.Type != "directory.delete" || !strings.Contains(js(l.Before), `"name":"e"`) || l.After != nil {
		t.Errorf("%s", js(l))
	}
}

func TestHiddenAndSealedMembersShowOnlyThatTheyChanged(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	b := badge(t, w, directory(t, w, "d").ID, "b", "canary")
	from := now(t, w)
	change(t, w, b.ID, func(b *coretest.Badge) { b.Hits, b.Print = 12345, core.Seal("canary2") })
	lines, events := trail(t, w, from)
	if js(lines[0].Before) != `{"print":"changed"}` || js(lines[0].After) != `{"hits":"changed","print":"changed"}` {
		t.Errorf("%s", js(lines[0]))
	}
	if !slices.Equal(events[0].Fields, []string{"hits", "print"}) {
		t.Errorf("%s", js(events[0]))
	}
	lines, _ = trail(t, w, 0)
	text := js(lines)
	for _, secret := range []string{"canary", "12345", `"hash":"`, w.Secret} {
		if strings.Contains(text, secret) && !strings.Contains(text, `"hash":"changed"`) {
			t.Errorf("%q is in the audit log", secret)
		}
	}
}

func TestLinesAreInTheOrderOfCommitsAndShareItWithEvents(t *testing.T) {
	w := newWorld(t)
	w.Clock.Turn(-1e12) // the order is not the clock's
	directory(t, w, "d")
	lines, events := trail(t, w, 0)
	seen := map[uint64]bool{}
	last := uint64(0)
	for _, l := range lines {
		if l.Seq <= last || seen[l.Seq] {
			t.Errorf("seq %d after %d", l.Seq, last)
		}
		last, seen[l.Seq] = l.Seq, true
	}
	for _, e := range events {
		if seen[e.Seq] {
			t.Errorf("seq %d is a line's and an event's", e.Seq)
		}
		seen[e.Seq] = true
	}
	for seq := uint64(1); seq <= uint64(len(seen)); seq++ {
		if !seen[seq] {
			t.Errorf("seq %d is missing", seq)
		}
	}
}

func TestAHookMayAddToALineAndRefuseItsTransaction(t *testing.T) {
	w := newWorld(t, func(a *core.App) {
		a.Hooks.Audit.Before(func(e *core.AuditEvent) error {
			if e.Line.Note == nil {
				e.Line.Note = map[string]string{}
			}
			e.Line.Note["ticket"] = "T-1"
			return nil
		})
	})
	directory(t, w, "d")
	lines, _ := trail(t, w, 0)
	if l := lines[len(lines)-1]; l.Note["ticket"] != "T-1" {
		t.Errorf("%s", js(l))
	}
	w.App.Hooks.Audit.Before(func(e *core.AuditEvent) error { return errNo })
	if err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return putDirectory(tx, "e") }); err == nil {
		t.Error("what cannot be audited is kept")
	}
}

func TestAnUnknownLoginNameIsNeverInTheClear(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	app := w.Application(t, "My Application")
	for range 2 {
		_, err := w.App.Authenticate(w.Machine(), core.Attempt{Application: app.ID, Login: "My-P4ssword-typed-here", Password: "canary", Door: "test"})
		wantCode(t, "nobody", err, "unknown_login")
	}
	lines, _ := trail(t, w, 0)
	a, b := lines[len(lines)-2].Note, lines[len(lines)-1].Note
	if a["login"] == "" || a["login"] != b["login"] || a["length"] != "22 bytes" || a["reason"] != "unknown_login" || a["door"] != "test" {
		t.Errorf("%v, %v", a, b)
	}
	for _, text := range []string{"P4ssword", "p4ssword", "canary"} {
		if keys := coretest.Holding(t, s, text); len(keys) > 0 {
			t.Errorf("%q is at %q", text, keys)
		}
	}
}
