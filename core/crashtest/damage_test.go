package crashtest

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// written is a file that writers in this process have written, with what they said
// and with what was stored before their last deletions.
type written struct {
	dir  string
	plan *plan
	l    *ledger
	was  map[string][]byte // by key, of records since deleted
}

// write has one writer do some hundred things, so that the file holds one of
// everything.
func write(t *testing.T) *written {
	t.Helper()
	w := &written{dir: t.TempDir(), l: newLedger(), was: map[string][]byte{}}
	_, err := secret.CreateFile(filepath.Join(w.dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if w.plan, err = begin(folder(w.dir), 1); err != nil {
		t.Fatal(err)
	}
	if w.l.Kept[0], err = first(folder(w.dir), w.plan, newTrail()); err != nil {
		t.Fatal(err)
	}
	app, s, err := open(w.dir, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	listen(app, func(line) {}) // and do not start: jobs stay pending
	one := w.plan.writer(1, app, w.l.note)
	for i := range 400 {
		if err := one.step(small); err != nil {
			t.Fatal(err)
		}
		if i == 200 {
			scan(t, s, func(key string, value []byte) { w.was[key] = bytes.Clone(value) })
		}
	}
	scan(t, s, func(key string, _ []byte) { delete(w.was, key) })
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	return w
}

func scan(t *testing.T, s store.Store, fn func(key string, value []byte)) {
	t.Helper()
	err := s.View(background, func(tx store.Tx) error {
		for it, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			fn(it.Key, it.Value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// again is a copy of the file and of the ledger, to be damaged.
func (w *written) again(t *testing.T) *written {
	t.Helper()
	c := &written{dir: t.TempDir(), plan: w.plan, l: newLedger(), was: w.was}
	for n, kept := range w.l.Kept {
		c.l.Kept[n] = maps.Clone(kept)
	}
	maps.Copy(c.l.gone, w.l.gone)
	for _, name := range []string{"master.key", filepath.Base(dataFile(w.dir))} {
		b, err := os.ReadFile(filepath.Join(w.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(c.dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// harm changes keys of the file, below the core.
func (w *written) harm(t *testing.T, fn func(tx store.Tx) error) {
	t.Helper()
	_, s, err := open(w.dir, os.Stderr)
	if err == nil {
		err = s.Update(background, fn)
		s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// key is the last key of the file that contains part, and its value. The counts of the
// numbers of accounts and groups are none: they name kinds, too.
func key(t *testing.T, tx store.Tx, part string) (string, []byte) {
	t.Helper()
	for it, err := range tx.ScanBack("", "") {
		if err == nil && strings.Contains(it.Key, part) && !strings.Contains(it.Key, "/#number/") {
			return it.Key, bytes.Clone(it.Value)
		}
	}
	t.Fatalf("no key contains %q", part)
	return "", nil
}

func TestTheCheckSeesDamage(t *testing.T) {
	whole := write(t)
	lose := func(part string) func(*testing.T, *written) {
		return func(t *testing.T, w *written) {
			w.harm(t, func(tx store.Tx) error {
				k, _ := key(t, tx, part)
				return tx.Delete(k)
			})
		}
	}
	put := func(part string, change func(old []byte) []byte) func(*testing.T, *written) {
		return func(t *testing.T, w *written) {
			w.harm(t, func(tx store.Tx) error {
				k, v := key(t, tx, part)
				return tx.Put(k, change(v))
			})
		}
	}
	for _, c := range []struct {
		name, says string
		do         func(*testing.T, *written)
	}{
		{"nothing", "", func(*testing.T, *written) {}},
		{"a lost index entry", "is missing", lose("/acc.username/")},
		{"a lost list entry", "is missing", lose("/mem.grp/")},
		{"an index entry of nothing", "has no record", func(t *testing.T, w *written) {
			w.harm(t, func(tx store.Tx) error {
				k, v := key(t, tx, "/acc.email/")
				return tx.Put(k[:len(k)-1]+"!", v)
			})
		}},
		{"a wrong counter", "counter", put("/#acc", func([]byte) []byte { return []byte("7") })},
		{"a lost counter", "counter", lose("/#grp")},
		{"a lost account", "acknowledged was", lose("/acc/")},
		{"a lost membership", "acknowledged was", lose("/mem/")},
		{"a lost piece of custom data", "bytes are missing", lose("/cd/")},
		{"a lost password", "acknowledged was", lose("/sec/")},
		{"an old value", "acknowledged was", put("/grp/", func(old []byte) []byte {
			return bytes.Replace(old, []byte(`"description":"`), []byte(`"description":"old `), 1)
		})},
		{"another password", "acknowledged was", put("/sec/", func(old []byte) []byte {
			return bytes.Replace(old, []byte(`"passwordHash":"$argon2id$v=19$m=64`), []byte(`"passwordHash":"$argon2id$v=19$m=128`), 1)
		})},
		{"a lost job", "acknowledged was", lose("/job/000")},
		{"a lost end of the sequence", "sequence", func(t *testing.T, w *written) {
			lose("/aud/0000")(t, w)
			lose("/evt/0000")(t, w)
		}},
		{"a lost audit line", "sequence", lose("/aud/000000000000003")},
		{"a lost event", "sequence", lose("/evt/000000000000003")},
		{"a lost login", "acknowledged was", func(t *testing.T, w *written) {
			w.l.Kept[1]["logins/"+doorPrefix+"x"] = "auth.login"
		}},
		{"a deleted account that is back", "nobody wrote it", func(t *testing.T, w *written) {
			w.harm(t, func(tx store.Tx) error {
				for k, v := range w.was {
					if strings.Contains(k, "/acc/") && bytes.Contains(v, []byte(w.plan.Shared)) {
						return tx.Put(k, v)
					}
				}
				t.Fatal("no account was deleted")
				return nil
			})
		}},
		{"half a transaction", "half a transaction", func(t *testing.T, w *written) {
			names := slices.Sorted(maps.Keys(w.l.Kept[1]))
			a, b := names[0], names[1]
			w.l.open[1] = values{a: w.l.Kept[1][a], b: "another"}
			w.l.Kept[1][a] = "as it was"
		}},
		{"an event that never was", "was heard", func(t *testing.T, w *written) { w.l.heard[1<<40] = "account.create accounts/x" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := whole.again(t)
			c.do(t, w)
			wrong, err := examine(folder(w.dir), w.plan, w.l, newTrail())
			if err != nil {
				wrong = append(wrong, err.Error())
			}
			if c.says == "" && len(wrong) > 0 || !strings.Contains(strings.Join(wrong, "\n"), c.says) {
				t.Errorf("the check said %q, want %q", show(wrong), c.says)
			}
		})
	}
	t.Run("a file cut off", func(t *testing.T) {
		w := whole.again(t)
		if err := os.Truncate(dataFile(w.dir), 40_000); err != nil {
			t.Fatal(err)
		}
		if _, err := examine(folder(w.dir), w.plan, w.l, newTrail()); err == nil {
			t.Error("it opened")
		}
	})
	t.Run("a deletion that left something", func(t *testing.T) {
		w := whole.again(t)
		w.harm(t, func(tx store.Tx) error {
			for id := range w.l.gone {
				return tx.Put("s"+string(w.plan.Tenant)+"/cd/"+id+"/key1\x000000", []byte("1"))
			}
			return nil
		})
		if wrong, err := finish(folder(w.dir), w.plan, w.l, newTrail()); err != nil || !strings.Contains(show(wrong), "a deletion left") {
			t.Errorf("the check said %q, %v", show(wrong), err)
		}
	})
	t.Run("a job that is never done", func(t *testing.T) {
		w := whole.again(t)
		lose("/job/000")(t, w)
		wrong, err := finish(folder(w.dir), w.plan, w.l, newTrail())
		if err != nil || !strings.Contains(show(wrong), "was never done") {
			t.Errorf("the check said %q, %v", show(wrong), err)
		}
	})
}

// A writer may have been killed before its write, or between it and saying so:
// both are right, and the ledger goes on from what there is.
func TestOneWriteInFlightMayBeThereOrNot(t *testing.T) {
	for _, c := range []struct {
		name     string
		is, then values
		wrong    int
	}{
		{"not written", values{"a/1": "old", "a/2": "x"}, values{"a/1": "old", "a/2": "x"}, 0},
		{"written", values{"a/1": "new", "a/3": "y"}, values{"a/1": "new", "a/3": "y"}, 0},
		{"half written", values{"a/1": "new", "a/2": "x"}, values{"a/1": "old", "a/2": "x"}, 2},
		{"something else", values{"a/1": "else", "a/2": "x"}, values{"a/1": "old", "a/2": "x"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.note(line{W: 1, Try: values{"a/1": "old", "a/2": "x"}})
			l.note(line{W: 1, OK: true})
			l.note(line{W: 1, Try: values{"a/1": "new", "a/2": "", "a/3": "y"}})
			if wrong := l.compare(c.is); len(wrong) != c.wrong {
				t.Errorf("got %q, want %d", wrong, c.wrong)
			}
			if !maps.Equal(l.Kept[1], c.then) {
				t.Errorf("the ledger goes on with %v, want %v", l.Kept[1], c.then)
			}
			if len(l.open) > 0 {
				t.Errorf("still in flight: %v", l.open)
			}
		})
	}
}
