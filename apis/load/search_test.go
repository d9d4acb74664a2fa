package main

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

func TestSeededAccountsAreFoundByTheirCustomData(t *testing.T) {
	dir, ctx := fresh(t), context.Background()
	app := opened(t, dir)
	tenant, err := app.FirstTenant(ctx)
	if err != nil {
		t.Fatal(err)
	}
	machine := core.AsMachine(ctx, tenant)
	sub := &subject{data: dir}
	err = app.View(machine, func(tx *core.Tx) error {
		mine, err := core.Find(tx, core.ApplicationName, "", core.Fold("My Application"))
		if err == nil {
			sub.application = string(mine.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := seed(sub, 120, true)
	if err != nil {
		t.Fatal(err)
	}
	app = opened(t, dir)
	defer app.Close()
	ring, err := secret.LoadFile(filepath.Join(dir, "master.key"))
	if err == nil {
		err = app.Unlock(ctx, ring)
	}
	if err != nil {
		t.Fatal(err)
	}
	err = app.View(machine, func(tx *core.Tx) error {
		for _, attr := range []string{"customData.score", "customData.level"} {
			p, err := core.Select[core.Account](tx, core.OwnedBy[core.Account](s.directory),
				core.Search{Terms: []core.Term{{Attr: attr, Numbers: &core.NumberRange{From: 7, To: 9}}}})
			if err != nil {
				return err
			}
			if p.Size != 3 || string(p.Items[0].ID) != s.accounts[7].id {
				t.Errorf("%s finds %d", attr, p.Size)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
