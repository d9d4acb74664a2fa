package core_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// What is bound to the making of a record hears of one that comes from elsewhere, and
// may refuse it; what belongs to that record is then refused too.
func TestHooksRefuseWhatIsImported(t *testing.T) {
	lines := lived(t, mem.Open()).Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	w := coretest.New(t, coretest.Badges, func(a *core.App) {
		a.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
			if strings.HasPrefix(e.New.EmailKey, "person0@") {
				return core.Refuse("email", "Not this one.")
			}
			return nil
		})
	})
	to, err := w.App.PrepareImport(w.Machine(), lines[0], true)
	if err != nil {
		t.Fatal(err)
	}
	w.Tenant = to.Tenant
	r, err := w.App.Import(w.Machine(), lines, core.ImportOptions{Operators: true})
	if err != nil || len(r.Refused) < 3 || r.Refused[0].Why != "Not this one." || !strings.Contains(r.Refused[1].Why, "not there") {
		t.Errorf("%+v, %v", r, err)
	}
	w.Sound(t)
}

func TestAHashOfElsewhereIsHeldToTheCaps(t *testing.T) {
	lines := lived(t, mem.Open()).Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	for i := range lines {
		lines[i] = bytes.ReplaceAll(lines[i], []byte("$2a$10$"), []byte("$2a$30$"))
	}
	_, r := imported(t, mem.Open(), lines, core.ImportOptions{Operators: true})
	if len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Why, "costs too much") {
		t.Errorf("%+v", r.Refused)
	}
}
