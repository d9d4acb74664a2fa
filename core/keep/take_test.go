package keep

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestACopyLeavesNothingBehind(t *testing.T) {
	h := newHouse(t)
	before := ls(t, h.folder.Dir)
	h.backup(t, true)
	if after := ls(t, h.folder.Dir); after != before {
		t.Errorf("%s became %s", before, after)
	}
	h.App.Hooks.App.Backup.Before(func(*core.CopyEvent) error { return context.Canceled })
	if _, err := Take(t.Context(), h.App, h.folder.Dir, true); err == nil {
		t.Error("a hook cannot refuse")
	}
	if after := ls(t, h.folder.Dir); after != before {
		t.Errorf("refused, %s became %s", before, after)
	}
}

func TestTheNextStartRemovesWhatADeadBackupLeft(t *testing.T) {
	h := newHouse(t)
	before := ls(t, h.folder.Dir)
	c, err := Take(t.Context(), h.App, h.folder.Dir, true)
	must(t, err)
	if info, err := os.Stat(c.path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a snapshot others may read: %v, %v", info, err)
	}
	must(t, os.Mkdir(filepath.Join(h.folder.Dir, stageFolder), 0o700)) // a restore that never got ready
	must(t, Tidy(h.folder.Dir))
	if after := ls(t, h.folder.Dir); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

func ls(t *testing.T, dir string) (names string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range all {
		names += e.Name() + " "
	}
	return names
}
