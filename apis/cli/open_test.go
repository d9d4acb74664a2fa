package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

func TestTheDataFolderIsGuarded(t *testing.T) { scripts(t, "data") }

func TestWhatKeepsDataFromOpeningIsExplained(t *testing.T) {
	for _, c := range []struct {
		err        error
		want, hint string
	}{
		{fmt.Errorf("open x: %w: is a server running on it?", store.ErrLocked), "dir is in use by another process", "stop the server"},
		{fmt.Errorf("open x: %w: invalid page", store.ErrDamaged), "stormkeep.db is damaged: invalid page", "backup"},
		{fmt.Errorf("open x: %w: 2", bolt.ErrNewer), "newer form", "newer program"},
		{fmt.Errorf("open x: %w", store.ErrFull), "disk full", "make room"},
		{&core.Error{Msg: "No room.", Err: store.ErrFull}, "No room.", "make room"},
		{errors.Join(core.ErrNoMaster, secret.ErrWrongKey), "the master key does not fit the data in dir", "made with this data"},
		{&fs.PathError{Op: "mkdir", Path: "dir", Err: fs.ErrPermission}, "permission", "must own"},
		{&fs.PathError{Op: "mkdir", Path: "dir", Err: errors.New("read-only file system")}, "read-only", "--data"},
		{&problem{errors.New("as it is"), "do", failed}, "as it is", "do"},
	} {
		p, _ := explain(c.err, "dir").(*problem)
		if p == nil || !strings.Contains(p.Error(), c.want) || !strings.Contains(p.hint, c.hint) || strings.Contains(p.Error(), "\n") {
			t.Errorf("explain(%v) = %+v", c.err, p)
		}
	}
	other := errors.New("other")
	if err := explain(other, "dir"); err != other {
		t.Error(err)
	}
}
