package apis

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
)

// The bounds of imports that are under way in the console. A dry run holds a file of its
// own, and waits for nobody's leave but makes others wait.
const (
	maxImports    = 100
	maxDryImports = 4
	importIdle    = 30 * time.Minute // without a batch
)

// importRun is an import of accounts that somebody began in the console, whose batches come
// one after the other. It is of one process: where that ends the console begins another.
type importRun struct {
	id     string
	tenant core.ID[core.Tenant]
	by     core.ID[core.Account]
	into   core.AccountImport
	form   rows.Form
	dry    bool

	mu        sync.Mutex // held while a batch is done
	rehearsal rehearsal  // of a dry one
	ended     bool
	used      time.Time // guarded by the lock of importRuns
}

// importRuns are those under way.
type importRuns struct {
	mu  sync.Mutex
	all []*importRun // guarded by mu, the longest unused first
}

// begin adds a run. Whoever begins a dry one ends her former one; those that were left are
// ended. Where there is no room for a dry one, that is said.
func (rs *importRuns) begin(run *importRun, now time.Time) error {
	run.used = now
	rs.mu.Lock()
	var over []*importRun
	dry := 0
	rs.all = slices.DeleteFunc(rs.all, func(r *importRun) bool {
		old := now.Sub(r.used) > importIdle || run.dry && r.dry && r.by == run.by && r.tenant == run.tenant
		if old {
			over = append(over, r)
		} else if r.dry {
			dry++
		}
		return old
	})
	full := run.dry && dry >= maxDryImports
	if !full {
		if len(rs.all) >= maxImports {
			over = append(over, rs.all[0])
			rs.all = rs.all[1:]
		}
		rs.all = append(rs.all, run)
	}
	rs.mu.Unlock()
	for _, r := range over {
		r.end()
	}
	if full {
		return &core.Error{Kind: core.Limited, Code: "rate_limited", Msg: "Too many dry runs are under way; try again later.", RetryAfter: time.Minute}
	}
	return nil
}

// find is the run of that id, if it is of who asks; with drop it is no longer found then.
func (rs *importRuns) find(id string, who core.Actor, now time.Time, drop bool) (*importRun, error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	i := slices.IndexFunc(rs.all, func(r *importRun) bool { return r.id == id && r.tenant == who.Tenant && r.by == who.Account })
	if i < 0 {
		return nil, core.Errorf(core.NotFound, "not_found", "There is no such import under way.")
	}
	run := rs.all[i]
	rs.all = slices.Delete(rs.all, i, i+1)
	if !drop {
		run.used = now
		rs.all = append(rs.all, run)
	}
	return run, nil
}

// close ends all of them.
func (rs *importRuns) close() {
	rs.mu.Lock()
	all := rs.all
	rs.all = nil
	rs.mu.Unlock()
	for _, r := range all {
		r.end()
	}
}

// end waits for the batch under way, and throws away what a dry run wrote. What cannot be
// thrown away lies in the system's temporary folder, which is emptied without us.
func (r *importRun) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.dry && !r.ended {
		_ = r.rehearsal.end()
	}
	r.ended = true
}

// within calls do in the rehearsal of a dry run, else in earnest; one batch at a time.
func (r *importRun) within(ctx context.Context, do func(context.Context) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		return core.Errorf(core.NotFound, "not_found", "There is no such import under way.")
	}
	if r.dry {
		ctx = core.AsRehearsal(ctx, r.rehearsal.store)
	}
	return do(ctx)
}
