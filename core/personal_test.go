package core_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// linesOf are the audit lines about a record.
func linesOf(t *testing.T, w *coretest.World, ref core.Ref) (lines []core.AuditLine) {
	t.Helper()
	all, _ := trail(t, w, 0)
	for _, l := range all {
		if l.Ref == ref {
			lines = append(lines, l)
		}
	}
	return lines
}

// auditBytes are the stored lines that hold a text.
func auditBytes(t *testing.T, s store.Store, text string) (keys []string) {
	for _, key := range coretest.Holding(t, s, text) {
		if strings.Contains(key, "/aud/") {
			keys = append(keys, key)
		}
	}
	return keys
}

func TestPersonalValuesAreSealedInTheAuditLogAndReadWhileTheAccountIs(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		acc := w.Person(t, directory(t, w, "d").ID, "canary@example.com")
		change(t, w, acc.ID, func(a *core.Account) { a.Surname, a.Status = "Canary", core.Disabled })
		lines := linesOf(t, w, core.RefTo(acc.ID))
		last := lines[len(lines)-1]
		for _, l := range lines {
			if l.Type == "account.update" {
				last = l
			}
		}
		if js(last.After) != `{"status":"DISABLED","surname":"Canary"}` || js(last.Before) != `{"status":"ENABLED"}` {
			t.Errorf("before %s, after %s", js(last.Before), js(last.After))
		}
		if !strings.Contains(js(lines[0].After), `"email":"canary@example.com"`) {
			t.Errorf("%s", js(lines[0]))
		}
		for _, canary := range []string{"canary", "Canary", "salt"} {
			if keys := auditBytes(t, s, canary); len(keys) > 0 {
				t.Errorf("%q is in the clear at %q", canary, keys)
			}
		}
		if keys := auditBytes(t, s, `"status":"DISABLED"`); len(keys) == 0 {
			t.Error("what says nothing of the person is sealed too")
		}
	})
}

// Deletion and the loss of the directory take the key with them; the log still
// verifies, since what it is chained over stays.
func TestErasingAnAccountErasesItsPersonalValuesAndNotTheChain(t *testing.T) {
	for name, gone := range map[string]func(t *testing.T, w *coretest.World, acc *core.Account){
		"the account": func(t *testing.T, w *coretest.World, acc *core.Account) { ok(t, remove(w, acc.ID)) },
		"its directory": func(t *testing.T, w *coretest.World, acc *core.Account) {
			ok(t, remove(w, acc.Directory))
			w.Settle(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := mem.Open()
			w := worldOn(t, s)
			acc := w.Person(t, directory(t, w, "d").ID, "canary@example.com")
			other := w.Person(t, w.Directory(t, "My Application Directory").ID, "other@example.com")
			ok(t, w.App.SealAudit(w.Machine()))
			gone(t, w, acc)
			lines := linesOf(t, w, core.RefTo(acc.ID))
			if len(lines) < 2 || !strings.Contains(js(lines[0].After), `"email":"erased"`) || !strings.Contains(js(lines[0].After), `"status":"ENABLED"`) {
				t.Errorf("%s", js(lines))
			}
			last := lines[len(lines)-1]
			if last.Type != "account.delete" || !strings.Contains(js(last.Before), `"username":"erased"`) {
				t.Errorf("%s", js(last))
			}
			if keys := coretest.Holding(t, s, "canary"); len(keys) > 0 {
				t.Errorf("it is still at %q", keys)
			}
			if lines := linesOf(t, w, core.RefTo(other.ID)); !strings.Contains(js(lines[0].After), `"email":"other@example.com"`) {
				t.Errorf("another's: %s", js(lines[0]))
			}
			sound(t, w)
		})
	}
}

func TestAPersonalValueThatWasAlteredIsUnreadableAndTheListingGoesOn(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	acc := w.Person(t, directory(t, w, "d").ID, "ann@example.com")
	for _, key := range auditBytes(t, s, `"of":"`+string(acc.ID)+`"`) {
		line := coretest.Dump(t, s)[key]
		at := strings.Index(line, `"box":"`) + 40
		was := line[at : at+1]
		with := "A"
		if was == with {
			with = "B"
		}
		coretest.Plant(t, s, key, line[:at]+with+line[at+1:])
	}
	if lines := linesOf(t, w, core.RefTo(acc.ID)); !strings.Contains(js(lines[0].After), `"email":"unreadable"`) {
		t.Errorf("%s", js(lines[0]))
	}
	if err := w.App.View(w.Machine(), func(tx *core.Tx) error { return second(tx.AuditPage(0, 1000)) }); err != nil {
		t.Error(err)
	}
}

// Data of before have personal values in the clear: they are sealed before any run
// holds them, and those of accounts that are gone are erased.
func TestLinesOfAnEarlierVersionAreSealedReadAndVerified(t *testing.T) {
	app, db := old(t, "form0")
	tenant, err := app.FirstTenant(context.Background())
	ok(t, err)
	w := &coretest.World{App: app, Tenant: tenant}
	lines, _ := trail(t, w, 0)
	emails := 0
	for _, l := range lines {
		if l.Type == "account.create" && strings.Contains(js(l.After), "@") {
			emails++
		}
	}
	if emails == 0 {
		t.Errorf("no address can be read: %s", js(lines))
	}
	if keys := auditBytes(t, db, "@"); len(keys) > 0 {
		t.Errorf("addresses are in the clear at %q", keys)
	}
	ok(t, app.SealAudit(w.Machine()))
	if r := sound(t, w); r.Lines != len(lines) || r.Unsealed != 0 {
		t.Errorf("%d lines: %s", len(lines), js(r))
	}
}
