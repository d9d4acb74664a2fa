package core_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// tallies are those of the last 60 days, as "age in hours: sign-ins failures new".
func tallies(t *testing.T, w *coretest.World) (all []string) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		all = nil
		hours, err := tx.Tallies(tx.Now.Add(-60*day), tx.Now.Add(time.Hour))
		for _, h := range hours {
			all = append(all, fmt.Sprintf("%d: %d %d %d", int(tx.Now.Truncate(time.Hour).Sub(h.At.Time).Hours()), h.SignIns, h.Failures, h.NewAccounts))
		}
		return err
	})
	return all
}

// What is counted is what the log says, also where every function runs twice.
func TestSignInsAreCountedByTheHourAsTheLogHasThem(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		shop, other := newShop(t, w), newShop(t, w.Other(t, "other"))
		made := tallies(t, w)
		if len(made) != 1 || !strings.HasPrefix(made[0], "0: 0 0 ") {
			t.Fatalf("the hour of making: %q", made)
		}
		w.Clock.Turn(90 * time.Minute)
		shop.login("ann@example.com", "wrong")
		shop.login("nobody@example.com", "wrong")
		shop.login("ann@example.com", coretest.Password)
		w.Person(t, shop.dir.ID, "new@example.com")
		w.Clock.Turn(time.Hour)
		other.login("ann@example.com", coretest.Password)
		lines, _ := trail(t, w, 0)
		want := map[string]int{}
		for _, l := range lines {
			if l.At.Time.After(w.Clock.Now().Add(-2 * time.Hour)) {
				want[l.Type]++
			}
		}
		if all := tallies(t, w); len(all) != 2 || all[1] != fmt.Sprintf("1: %d %d %d", want["auth.login"], want["auth.failure"], want["account.create"]) || want["auth.failure"] < 2 {
			t.Errorf("%q, and the log %v", all, want)
		}
		if all := tallies(t, other.w); len(all) != 2 || !strings.HasPrefix(all[1], "0: ") {
			t.Errorf("of another tenant: %q", all)
		}
		w.Sound(t)
	})
}

func TestWhatIsCountedOutlivesARestartAndIsSweptInTime(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, coretest.Lasting{Store: s})
	newShop(t, w).login("ann@example.com", coretest.Password)
	before := tallies(t, w)
	if w = w.Again(t, coretest.Lasting{Store: s}); !slices.Equal(tallies(t, w), before) || len(before) != 1 {
		t.Errorf("%q, before %q", tallies(t, w), before)
	}
	key := "s" + string(w.Tenant) + "/stat/"
	w.Clock.Turn(59 * day)
	if w.App.SweepOld(t.Context()); len(coretest.Holding(t, s, key)) != 1 {
		t.Errorf("after 59 days: %q", coretest.Holding(t, s, key))
	}
	w.Clock.Turn(3 * day)
	if w.App.SweepOld(t.Context()); len(coretest.Holding(t, s, key)) != 0 {
		t.Errorf("after 62 days: %q", coretest.Holding(t, s, key))
	}
	w.Sound(t)
}

func TestTheDoctorComparesWhatWasCountedWithTheLog(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	newShop(t, w).login("ann@example.com", coretest.Password)
	w.Sound(t)
	prefix := "s" + string(w.Tenant) + "/stat/"
	key := coretest.Holding(t, s, prefix)[0]
	was := coretest.Dump(t, s)[key]
	for name, c := range map[string]struct{ key, value string }{
		"too many":      {key, `{"signIns":999}`},
		"lost":          {key, ""},
		"unreadable":    {key, "{"},
		"of no sign-in": {prefix + key[len(prefix):len(key)-6] + "ffffff", `{"signIns":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			coretest.Plant(t, s, c.key, c.value)
			wrong, err := w.App.Check(t.Context(), w.Tenant)
			if err != nil || len(wrong) != 1 || !strings.Contains(wrong[0], "the hour") {
				t.Fatalf("%q, %v", wrong, err)
			}
			mended, left, err := w.App.Repair(t.Context(), w.Tenant)
			if err != nil || len(left) > 0 || len(mended) != 1 {
				t.Errorf("%q, left %q, %v", mended, left, err)
			}
			if now := coretest.Dump(t, s); now[key] != was || c.key != key && now[c.key] != "" {
				t.Errorf("%q, want %q", now[key], was)
			}
		})
	}
}

// An account that is imported is not new, and the log from which older data are counted
// has no line of it either.
func TestAnImportMakesNoNewAccounts(t *testing.T) {
	from := newWorld(t)
	newShop(t, from)
	w, _ := imported(t, mem.Open(), from.Exported(t, core.ExportOptions{}), core.ImportOptions{})
	for _, hour := range tallies(t, w) {
		if !strings.HasSuffix(hour, " 0") && !strings.HasSuffix(hour, " 1") { // the owner's
			t.Errorf("%q", hour)
		}
	}
	w.Sound(t)
}

func TestAccountsAreCountedByTheirStatus(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	count := func(status core.Status) (n int) {
		w.View(t, func(tx *core.Tx) (err error) {
			n, err = core.Count(tx, core.AccountsByStatus, core.Query{Owner: string(status)})
			return err
		})
		return n
	}
	for _, step := range []struct {
		name                 string
		do                   func()
		disabled, unverified int
	}{
		{"at first", func() {}, 0, 0},
		{"one is disabled", func() { change(t, w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled }) }, 1, 0},
		{"one is unverified", func() { change(t, w, s.vic.ID, func(a *core.Account) { a.Status = core.Unverified }) }, 1, 1},
		{"one is verified", func() { change(t, w, s.vic.ID, func(a *core.Account) { a.Status = core.Enabled }) }, 1, 0},
		{"one is deleted", func() { ok(t, remove(w, s.ann.ID)) }, 0, 0},
	} {
		step.do()
		if d, u := count(core.Disabled), count(core.Unverified); d != step.disabled || u != step.unverified {
			t.Errorf("%s: %d disabled, %d unverified", step.name, d, u)
		}
	}
	w.Sound(t)
}

func TestDataOfBeforeAreCountedFromTheirLog(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, coretest.Lasting{Store: s})
	sh := newShop(t, w)
	sh.login("ann@example.com", coretest.Password)
	change(t, w, sh.vic.ID, func(a *core.Account) { a.Status = core.Disabled })
	w.Clock.Turn(2 * time.Hour)
	sh.login("ann@example.com", "wrong")
	before := tallies(t, w)
	for key := range coretest.Dump(t, s) {
		for _, of := range []string{"/stat/", "/acc.status/", "/#acc.status/"} {
			if strings.Contains(key, of) {
				coretest.Plant(t, s, key, "")
			}
		}
	}
	coretest.Plant(t, s, "s-/form", "3")
	w = w.Again(t, coretest.Lasting{Store: s})
	if now := tallies(t, w); !slices.Equal(now, before) || len(before) != 2 {
		t.Errorf("%q, before %q", now, before)
	}
	w.Sound(t)
}
