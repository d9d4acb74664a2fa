package core_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// old opens a copy of the data that an earlier version left in testdata.
func old(t *testing.T, name string) (*core.App, *bolt.DB) {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Open("testdata/" + name + ".db.gz")
	ok(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	ok(t, err)
	b, err := io.ReadAll(z)
	ok(t, err)
	ok(t, os.WriteFile(filepath.Join(dir, "data"), b, 0o600))
	key, err := os.ReadFile("testdata/" + name + ".key")
	ok(t, err)
	ok(t, os.WriteFile(filepath.Join(dir, "key"), key, 0o600))
	db, err := bolt.Open(filepath.Join(dir, "data"), bolt.Options{})
	ok(t, err)
	app := core.New(db)
	app.Log = slog.New(slog.DiscardHandler)
	t.Cleanup(func() { app.Close() })
	ring, err := secret.LoadFile(filepath.Join(dir, "key"))
	ok(t, err)
	ok(t, app.Unlock(t.Context(), ring))
	return app, db
}

func TestDataOfEarlierVersionsOpen(t *testing.T) {
	for _, name := range []string{"form0", "form2"} {
		t.Run(name, func(t *testing.T) {
			app, db := old(t, name)
			for range 2 { // the second time there is nothing to do
				tenant, err := app.FirstTenant(context.Background())
				ok(t, err)
				if wrong, err := app.Check(t.Context(), tenant); err != nil || len(wrong) > 0 {
					t.Errorf("%q, %v", wrong, err)
				}
				if log, err := app.VerifyAudit(core.AsSystem(t.Context(), tenant), core.AuditCheck{}); err != nil || !log.Sound() {
					t.Errorf("its audit log: %+v, %v", log, err)
				}
				w := &coretest.World{App: app, Tenant: tenant}
				for _, terms := range [][]core.Term{{text("surname", "old")}, {text("customData.plan", "gold")}, {text("", "*bob@*")}} {
					if got := found[core.Account](t, w, core.Everywhere[core.Account](), core.Search{Terms: terms}); len(got) != 1 {
						t.Errorf("%s finds %q", js(terms), got)
					}
				}
				if got := found[core.Group](t, w, core.Everywhere[core.Group](), core.Search{Terms: []core.Term{text("description", "of before")}}); len(got) != 1 {
					t.Errorf("groups %q", got)
				}
			}
			if got := coretest.Dump(t, db)["s-/form"]; got == "" || got == "0" {
				t.Errorf("the data say form %q", got)
			}
		})
	}
}

func TestDataOfALaterVersionAreRefused(t *testing.T) {
	s := mem.Open()
	worldOn(t, s)
	coretest.Plant(t, s, "s-/form", "999")
	app := core.New(coretest.Lasting{Store: s})
	if _, err := app.FirstTenant(context.Background()); !errors.Is(err, core.ErrNewerForm) {
		t.Errorf("FirstTenant = %v", err)
	}
}
