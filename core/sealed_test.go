package core_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// badge makes a badge with a print.
func badge(t *testing.T, w *coretest.World, dir core.ID[core.Directory], name, print string) (b *coretest.Badge) {
	t.Helper()
	w.Update(t, func(tx *core.Tx) error {
		b = core.Make[coretest.Badge]()
		b.Directory, b.Name, b.Print = dir, name, core.Seal(print)
		return core.Put(tx, b)
	})
	return b
}

func TestASecretIsNowhereInTheClear(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s, coretest.Badges)
		d := directory(t, w, "d")
		b := badge(t, w, d.ID, "b", "canary-one")
		w.Clock.Turn(1e9)
		change(t, w, b.ID, func(b *coretest.Badge) { b.Print = core.Seal("canary-two") })
		w.View(t, func(tx *core.Tx) error {
			got, err := core.Get(tx, b.ID)
			if err != nil {
				return err
			}
			plain, err := got.Print.Open(tx, b.ID, "print")
			if err != nil || plain != "canary-two" {
				t.Errorf("Open = %q, %v", plain, err)
			}
			if text := js(got); strings.Contains(text, "canary") || strings.Contains(text, "Y2FuYXJ5") {
				t.Errorf("the record shows it: %s", text)
			}
			return nil
		})
		if err := remove(w, b.ID); err != nil && !core.IsNotFound(err) {
			t.Error(err)
		}
		for _, canary := range []string{"canary", "Y2FuYXJ5", w.Secret, coretest.Password, "correct horse"} {
			if keys := coretest.Holding(t, s, canary); len(keys) > 0 {
				t.Errorf("%q is in the clear at %q", canary, keys)
			}
		}
	})
}

func TestASecretOpensOnlyWhereItWasSealed(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s, coretest.Badges)
	other := w.Other(t, "other")
	d := directory(t, w, "d")
	a, b := badge(t, w, d.ID, "a", "of a"), badge(t, w, d.ID, "b", "of b")
	far := badge(t, other, directory(t, other, "d").ID, "far", "of far")
	key := func(w *coretest.World, b *coretest.Badge) string {
		return "o" + string(w.Tenant) + "/xbadge/" + string(b.ID)
	}
	all := coretest.Dump(t, s)
	print := func(key string) string {
		var m map[string]json.RawMessage
		ok(t, json.Unmarshal([]byte(all[key]), &m))
		return string(m["print"])
	}
	for name, from := range map[string]string{"another record": key(w, b), "another tenant": key(other, far)} {
		coretest.Plant(t, s, key(w, a), strings.Replace(all[key(w, a)], print(key(w, a)), print(from), 1))
		w.View(t, func(tx *core.Tx) error {
			got, err := core.Get(tx, a.ID)
			if err != nil {
				return err
			}
			if plain, err := got.Print.Open(tx, a.ID, "print"); err == nil {
				t.Errorf("the secret of %s opens: %q", name, plain)
			}
			return nil
		})
	}
	w.View(t, func(tx *core.Tx) error {
		got, err := core.Get(tx, b.ID)
		if err != nil {
			return err
		}
		if plain, err := got.Print.Open(tx, b.ID, "colour"); err == nil {
			t.Errorf("it opens as another field: %q", plain)
		}
		return nil
	})
	coretest.Plant(t, s, key(w, a), all[key(w, a)])
}

func TestASealedFieldIsNeverWrittenInTheClear(t *testing.T) {
	if b, err := json.Marshal(core.Seal("canary")); err == nil {
		t.Errorf("Marshal = %s", b)
	}
	var s core.Sealed
	for _, bad := range []string{`"***"`, `7`, `{}`} {
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
	if ok := s.IsZero(); !ok || js(s) != `""` {
		t.Errorf("the zero secret is %s", js(s))
	}
}

func TestAWrongMasterKeyIsRefusedAtTheStart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	b := coretest.Dump(t, s)
	app := core.New(s)
	err := app.Unlock(t.Context(), &secret.Keyring{Current: secret.NewMaster()})
	if !errors.Is(err, core.ErrNoMaster) {
		t.Errorf("Unlock = %v", err)
	}
	if err := app.Start(t.Context()); err == nil {
		t.Error("it starts all the same")
	}
	if len(coretest.Dump(t, s)) != len(b) {
		t.Error("it wrote something")
	}
	ok(t, core.New(s).Unlock(t.Context(), w.Ring))
	rotated := &secret.Keyring{Current: secret.NewMaster(), Older: []*secret.Master{w.Ring.Current}}
	ok(t, core.New(s).Unlock(t.Context(), rotated))
	for store, want := range map[store.Store]bool{s: true, mem.Open(): false} {
		if locked, err := core.Locked(t.Context(), store); locked != want || err != nil {
			t.Errorf("Locked = %v, %v", locked, err)
		}
	}
}
