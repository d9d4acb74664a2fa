package main

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// fresh is a data folder as init leaves it, without a key.
func fresh(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	ring, err := secret.CreateFile(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	app := opened(t, dir)
	if err := app.Unlock(context.Background(), ring); err != nil {
		t.Fatal(err)
	}
	if _, err := app.FirstTenant(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func opened(t *testing.T, dir string) *core.App {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "stormkeep.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return core.New(db)
}

func TestSeededAccountsCanSignIn(t *testing.T) {
	dir, ctx := fresh(t), context.Background()
	s, err := seed(&subject{data: dir}, 230, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.accounts) != 230 || s.file <= 0 || s.records <= 0 || s.indexes <= 0 || s.trail <= 0 {
		t.Errorf("%d accounts, file %d, records %d, indexes %d, trail %d", len(s.accounts), s.file, s.records, s.indexes, s.trail)
	}
	app := opened(t, dir)
	defer app.Close()
	ring, err := secret.LoadFile(filepath.Join(dir, "master.key"))
	if err == nil {
		err = app.Unlock(ctx, ring)
	}
	if err != nil {
		t.Fatal(err)
	}
	tenant, err := app.FirstTenant(ctx)
	if err != nil {
		t.Fatal(err)
	}
	machine := core.AsMachine(ctx, tenant)
	var mine *core.Application
	err = app.View(machine, func(tx *core.Tx) error {
		mine, err = core.Find(tx, core.ApplicationName, "", core.Fold("My Application"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []person{s.accounts[0], s.accounts[229]} {
		out, err := app.Authenticate(machine, core.Attempt{Application: mine.ID, Login: who.username, Password: password, Door: "bench"})
		if err != nil || out.Done == nil || string(out.Done.Account.ID) != who.id {
			t.Errorf("%s: %v, %v", who.username, out.Done, err)
		}
	}
}
