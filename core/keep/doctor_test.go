package keep

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// worst is what a doctor says of a section at its worst.
func worst(all []Finding, section string) (f Finding) {
	rank := map[Level]int{"": 0, Fine: 1, Warn: 2, Bad: 3}
	for _, one := range all {
		if one.Section == section && rank[one.Level] > rank[f.Level] {
			f = one
		}
	}
	return f
}

func TestADoctorFindsAndMends(t *testing.T) {
	h := newHouse(t)
	must(t, os.Chmod(h.folder.Dir, 0o700))
	now := time.Now()
	h.Clock.Turn(now.Sub(h.Clock.Now()) + time.Hour)
	all, err := h.keeper.Examine(t.Context())
	must(t, err)
	for _, section := range []string{"pages", "form", "system", "records", "master key", "jobs", "disk", "readers", "clock", "files", "owner"} {
		if f := worst(all, section); f.Level != Fine {
			t.Errorf("a sound folder: %+v", f)
		}
	}
	if f := worst(all, "backup"); f.Level != Warn || f.Hint == "" {
		t.Errorf("without a backup: %+v", f)
	}
	coretest.Plant(t, h.store, "s"+string(h.Tenant)+"/#app", "9")
	coretest.Plant(t, h.store, "s-/host/nobody.example.com", "nobody")
	must(t, os.Chmod(h.folder.in(keyEntry), 0o644))
	h.Clock.Turn(-24 * time.Hour)
	all, err = h.keeper.Examine(t.Context())
	must(t, err)
	for _, section := range []string{"system", "records", "files", "clock"} {
		if f := worst(all, section); f.Level != Bad || f.Hint == "" {
			t.Errorf("damage of %s is not found: %+v", section, f)
		}
	}
	mended, err := h.keeper.Repair(t.Context())
	if err != nil || len(mended) != 3 {
		t.Errorf("%q, %v", mended, err)
	}
	all, err = h.keeper.Examine(t.Context())
	must(t, err)
	for _, section := range []string{"system", "records", "files"} {
		if f := worst(all, section); f.Level != Fine {
			t.Errorf("after the repair: %+v", f)
		}
	}
}

func TestBackupsThatFailOrAreOldAreTold(t *testing.T) {
	now := time.Unix(1e9, 0)
	k := &Keeper{Folder: Folder{Dir: "/data"}}
	for want, s := range map[string]core.BackupState{
		"none":   {},
		"failed": {Last: core.At(now), Failures: 2, Failed: "no route"},
		"of 2":   {Last: core.At(now.Add(-26 * time.Hour))},
		"in the": {Last: core.At(now), Place: "/data/backups"},
	} {
		if f := k.backups(s, now); f.Level != Warn || !strings.Contains(f.Text, want) {
			t.Errorf("%+v", f)
		}
	}
	for _, place := range []string{"/backups", "/data2", "s3://data/x"} {
		if f := k.backups(core.BackupState{Last: core.At(now.Add(-time.Hour)), Place: place}, now); f.Level != Fine {
			t.Errorf("%+v", f)
		}
	}
}

func TestKernelsThatMayLoseData(t *testing.T) {
	path := filepath.Join(t.TempDir(), "release")
	for version, want := range map[string]Level{"5.9.1": Fine, "5.10.0-8-amd64": Warn, "5.10.94": Fine, "5.13.0": Warn, "5.15.26": Warn,
		"5.15.27-generic": Fine, "5.17.0": Fine, "6.1.0": Fine, "odd": Fine} {
		must(t, os.WriteFile(path, []byte(version+"\n"), 0o600))
		if f := kernel(path); f.Level != want {
			t.Errorf("%s: %+v", version, f)
		}
	}
	if f := kernel(path + "x"); f.Level != Fine {
		t.Errorf("no Linux: %+v", f)
	}
}
