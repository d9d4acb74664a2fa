package core_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// verify is what a verification finds.
func verify(t *testing.T, w *coretest.World, known ...core.AuditCheckpoint) *core.AuditReport {
	t.Helper()
	r, err := w.App.VerifyAudit(w.Machine(), core.AuditCheck{Known: known})
	ok(t, err)
	return r
}

// sound demands an audit log without a fault.
func sound(t *testing.T, w *coretest.World) *core.AuditReport {
	t.Helper()
	r := verify(t, w)
	if !r.Sound() {
		t.Errorf("the audit log: %s", js(r))
	}
	return r
}

// under are the keys of a tenant's range, in order.
func under(t *testing.T, s store.Store, w *coretest.World, part string) (keys []string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(coretest.Dump(t, s))) {
		if strings.HasPrefix(key[1:], string(w.Tenant)+"/"+part) {
			keys = append(keys, key)
		}
	}
	return keys
}

// sealedWorld is a world whose audit log has three runs and a few lines after them.
func sealedWorld(t *testing.T) (*coretest.World, store.Store) {
	t.Helper()
	s := mem.Open()
	w := worldOn(t, s)
	for i := range 3 {
		for j := range 4 {
			directory(t, w, fmt.Sprint("d", i, j))
		}
		ok(t, w.App.SealAudit(w.Machine()))
	}
	directory(t, w, "unsealed")
	return w, s
}

func TestAnUntouchedLogVerifies(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		if r := sound(t, w); r.Runs != 0 || r.Unsealed == 0 {
			t.Errorf("before the first run: %s", js(r))
		}
		ok(t, w.App.SealAudit(w.Machine()))
		ok(t, w.App.SealAudit(w.Machine())) // with nothing to seal
		directory(t, w, "d")
		lines, _ := trail(t, w, 0)
		var told []uint64
		r, err := w.App.VerifyAudit(w.As(core.Auditor), core.AuditCheck{Progress: func(at, last uint64) { told = append(told, at, last) }})
		ok(t, err)
		if !r.Sound() || r.Runs != 1 || r.Lines+r.Unsealed != len(lines) || r.Unsealed == 0 || r.Head == nil || r.Head.Run != 1 {
			t.Errorf("%s", js(r))
		}
		if len(told) != 2 || told[0] != r.To || told[1] <= told[0] {
			t.Errorf("progress %v", told)
		}
	})
}

func TestWhatIsDoneToTheLogIsFound(t *testing.T) {
	type world = map[string]string
	for _, c := range []struct {
		name   string
		tamper func(all world, aud, audc, audm []string) world // what is put in the place of what; "" deletes
		want   string
	}{
		{"an altered byte", func(all world, aud, _, _ []string) world {
			return world{aud[5]: strings.Replace(all[aud[5]], `"at":"2026`, `"at":"2025`, 1)}
		}, "altered 1"},
		{"a removed line", func(_ world, aud, _, _ []string) world { return world{aud[5]: ""} }, "removed 1"},
		{"two swapped lines", func(all world, aud, _, _ []string) world {
			return world{aud[4]: all[aud[5]], aud[5]: all[aud[4]]}
		}, "reordered 2"},
		{"an added line", func(all world, aud, _, _ []string) world {
			return world{aud[5] + "0": "", beside(aud[5]): all[aud[5]]}
		}, "added 1"},
		{"a line and its mark altered", func(all world, aud, _, audm []string) world {
			return world{aud[2]: strings.Replace(all[aud[2]], "a", "b", 1), audm[0]: ""}
		}, "altered 1"},
		{"a line removed, and the marks", func(_ world, aud, _, audm []string) world { return world{aud[2]: "", audm[0]: ""} }, "removed 1"},
		{"a run's checkpoint removed", func(_ world, _, audc, _ []string) world { return world{audc[1]: ""} }, "removed 1"},
		{"a run removed with its lines", func(all world, aud, audc, audm []string) world {
			gone := world{audc[1]: "", audm[1]: ""}
			for _, key := range sealedBy(t, all[audc[1]], aud) {
				gone[key] = ""
			}
			return gone
		}, "removed 1"},
		{"the first run removed with its lines", func(all world, aud, audc, audm []string) world {
			gone := world{audc[0]: "", audm[0]: ""}
			for _, key := range sealedBy(t, all[audc[0]], aud) {
				gone[key] = ""
			}
			return gone
		}, "removed 1"},
		{"a forged checkpoint", func(all world, _, audc, _ []string) world {
			return world{audc[1]: strings.Replace(all[audc[1]], `"at":"2026`, `"at":"2025`, 1)}
		}, "forged 1"},
		{"a checkpoint that is none", func(_ world, _, audc, _ []string) world { return world{audc[2]: "nonsense"} }, "forged 1"},
		{"a checkpoint in another's place", func(all world, _, audc, _ []string) world { return world{audc[2]: all[audc[0]]} }, "forged 1"},
		{"a run cut at its end", func(all world, aud, audc, _ []string) world {
			lines := sealedBy(t, all[audc[2]], aud)
			return world{lines[len(lines)-1]: ""}
		}, "removed 1"},
		{"the last run cut off, and its lines", func(all world, aud, audc, audm []string) world {
			gone := world{audc[2]: "", audm[2]: ""}
			for _, key := range sealedBy(t, all[audc[2]], aud) {
				gone[key] = ""
			}
			return gone
		}, "removed 5"}, // the run, and each line of it
		{"the floor forged", func(all world, _, audc, _ []string) world {
			c := parse[core.AuditCheckpoint](t, all[audc[0]])
			return world{"s" + string(c.Tenant) + "/audfloor": js(map[string]any{"run": 1, "to": c.To, "hash": c.Hash, "at": c.At, "signature": c.Signature})}
		}, "forged 1"},
		{"the record of the end removed", func(all world, _, audc, _ []string) world {
			return world{"s" + string(parse[core.AuditCheckpoint](t, all[audc[0]]).Tenant) + "/audhead": ""}
		}, "removed 1"},
		{"the checkpoint of the last run cut off", func(_ world, _, audc, _ []string) world { return world{audc[2]: ""} }, "removed 1"},
		{"an unsealed line removed", func(_ world, aud, _, _ []string) world { return world{aud[len(aud)-1]: ""} }, "removed 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := sealedWorld(t)
			sound(t, w)
			for key, value := range c.tamper(coretest.Dump(t, s), under(t, s, w, "aud/"), under(t, s, w, "audc/"), under(t, s, w, "audm/")) {
				coretest.Plant(t, s, key, value)
			}
			if got := summary(verify(t, w)); got != c.want {
				t.Errorf("found %q, want %q: %s", got, c.want, js(verify(t, w).Faults))
			}
		})
	}
}

// beside is a key of the sequence one above that of key, which an event has.
func beside(key string) string {
	var seq uint64
	at := strings.LastIndexByte(key, '/') + 1
	fmt.Sscanf(key[at:], "%x", &seq)
	return fmt.Sprintf("%s%016x", key[:at], seq+1)
}

// sealedBy are the lines of a checkpoint.
func sealedBy(t *testing.T, checkpoint string, lines []string) (keys []string) {
	t.Helper()
	c := parse[core.AuditCheckpoint](t, checkpoint)
	for _, key := range lines {
		at := key[strings.LastIndexByte(key, '/')+1:]
		if at >= fmt.Sprintf("%016x", c.From) && at <= fmt.Sprintf("%016x", c.To) {
			keys = append(keys, key)
		}
	}
	return keys
}

// summary counts the faults by what they are.
func summary(r *core.AuditReport) string {
	n := map[string]int{}
	for _, f := range r.Faults {
		n[f.What]++
	}
	var all []string
	for _, what := range slices.Sorted(maps.Keys(n)) {
		all = append(all, fmt.Sprint(what, " ", n[what]))
	}
	return strings.Join(all, ", ")
}

// Who cuts the end off and lets the server go on is found by what was remembered of
// it, and, whatever he did to the store, by a copy kept elsewhere.
func TestAnEndThatWasReplacedIsFoundAfterTheLogHasGrown(t *testing.T) {
	w, s := sealedWorld(t)
	last := verify(t, w).Head
	coretest.Plant(t, s, under(t, s, w, "audc/")[2], "")
	ok(t, w.App.SealAudit(w.Machine()))
	directory(t, w, "later")
	ok(t, w.App.SealAudit(w.Machine()))
	if r := verify(t, w); summary(r) != "removed 1" {
		t.Errorf("%s", js(r))
	}
	for _, key := range under(t, s, w, "audlost/") {
		coretest.Plant(t, s, key, "")
	}
	sound(t, w)
	if r := verify(t, w, *last); summary(r) != "forged 1" || r.Compared != 1 {
		t.Errorf("with what was kept elsewhere: %s", js(r))
	}
}

func TestAKeyThatTheServerDidNotMakeSignsNothing(t *testing.T) {
	w, s := sealedWorld(t)
	other, t2 := sealedWorld(t)
	key := under(t, s, w, "audkey")[0]
	coretest.Plant(t, s, key, coretest.Dump(t, t2)[under(t, t2, other, "audkey")[0]])
	if r := verify(t, w); r.Sound() {
		t.Error("another server's audit key is taken for ours")
	}
}

func TestNobodyWithoutAuthorityVerifies(t *testing.T) {
	w := newWorld(t)
	_, err := w.App.VerifyAudit(core.As(t.Context(), core.Actor{Kind: core.Anonymous, Tenant: w.Tenant}), core.AuditCheck{})
	wantCode(t, "verify", err, "unauthenticated")
	wantCode(t, "seal", w.App.SealAudit(core.As(t.Context(), core.Actor{Kind: core.Anonymous, Tenant: w.Tenant})), "unauthenticated")
}

// Tenants have logs and keys of their own.
func TestALogIsOfOneTenant(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "other")
	for _, x := range []*coretest.World{w, other} {
		ok(t, x.App.SealAudit(x.Machine()))
		if r := sound(t, x); r.Head.Tenant != x.Tenant || r.Head.Run != 1 {
			t.Errorf("%s", js(r))
		}
	}
	a, err := w.App.AuditKey(w.Machine())
	ok(t, err)
	b, err := w.App.AuditKey(other.Machine())
	ok(t, err)
	if a.Equal(b) {
		t.Error("two tenants have one audit key")
	}
	w.Clock.Turn(time.Minute)
}
