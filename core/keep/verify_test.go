package keep

import (
	"bytes"
	"os"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestVerifyLooksInside(t *testing.T) {
	for _, c := range []struct {
		name string
		harm func(*testing.T, *house)
		want error
	}{
		{"a later form", func(t *testing.T, h *house) { coretest.Plant(t, h.store, "s-/form", "99") }, core.ErrNewerForm},
		{"no tenant", func(t *testing.T, h *house) { coretest.Plant(t, h.store, "s-/tenant/"+string(h.Tenant), "") }, ErrNotWhole},
		{"another master key", func(t *testing.T, h *house) {
			coretest.Plant(t, h.store, "s-/check", string(secret.NewMaster().CheckValue()))
		}, core.ErrNoMaster},
		{"nothing", func(*testing.T, *house) {}, nil},
	} {
		h := newHouse(t)
		c.harm(t, h)
		b := h.backup(t, true)
		dir := t.TempDir()
		_, err := Verify(t.Context(), bytes.NewReader(b), h.key, dir, engine)
		if !is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: it left %v, %v", c.name, left, err)
		}
	}
}

func TestVerifySeesDamagedPages(t *testing.T) {
	h := newHouse(t)
	c, err := Take(t.Context(), h.App, h.folder.Dir, true)
	must(t, err)
	defer c.Close()
	b, err := os.ReadFile(c.path())
	must(t, err)
	for at := 4 * 4096; at < len(b); at += 4096 { // the ids in the heads of pages
		b[at] ^= 0xff
	}
	must(t, os.WriteFile(c.path(), b, 0o600))
	path := t.TempDir() + "/damaged.db"
	must(t, os.WriteFile(path, b, 0o600))
	s, err := engine(path)
	if err == nil {
		_, err = examine(t.Context(), s, "")
		s.Close()
	}
	if !is(err, store.ErrDamaged) {
		t.Errorf("%v, want %v", err, store.ErrDamaged)
	}
}
