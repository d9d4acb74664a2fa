package apis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestTheConsoleTendsJobs(t *testing.T) {
	did := make(chan string, 100)
	bad := true
	a := hooked(t, func(app *core.App) {
		app.Jobs.Handle("test", core.JobKind{Do: func(_ context.Context, j core.Job) error {
			if bad {
				return fmt.Errorf("it is closed\nwith a stack: %w", core.ErrGiveUp)
			}
			did <- j.ID
			return nil
		}})
		app.Jobs.Handle("later", core.JobKind{Do: func(context.Context, core.Job) error { return nil }, Workers: 1})
	})
	a.Console(t, "console", a.Owner.ID)
	for _, role := range []string{"admin", "support", "auditor"} {
		a.Console(t, "console "+role, core.ID[core.Account](a.Vars[role]))
	}
	a.Update(t, func(tx *core.Tx) error {
		for range 3 {
			if err := core.Enqueue(tx, "test", "the secret payload", time.Time{}); err != nil {
				return err
			}
		}
		return core.Enqueue(tx, "later", nil, tx.Now.Add(time.Hour))
	})
	a.Settle(t)
	at := "/console/api/jobs"
	list := a.Do(t, "console auditor", "GET", at+"?state=dead", "", nil)
	if strings.Contains(string(list.Body), "secret") {
		t.Errorf("what they hold is shown: %s", list.Body)
	}
	for i := range 3 {
		a.Vars[fmt.Sprint("job", i)], _ = list.Value(fmt.Sprintf("items.%d.id", i)).(string)
	}
	a.Run(t, []row{
		{Name: "those given up", As: "console auditor", Path: at + "?state=dead&kind=test&limit=2", Want: w{"size=3", "whole=true", "items.#=2", "items.0.kind=test", "items.0.state=dead", "items.0.tries=1",
			"items.0.error=it is closed", "items.0.lane="}},
		{Name: "those that wait", As: "console auditor", Path: at + "?kind=later", Want: w{"size=1", "items.0.kind=later", "items.0.lane=later", "items.0.state=waiting"}},
		{Name: "of no kind", As: "console", Path: at + "?kind=none", Want: w{"size=0", "items.#=0"}},
		{Name: "in no state", As: "console", Path: at + "?state=done", Status: 400},
		{Name: "by kind", As: "console auditor", Path: at + "/kinds?x", Want: w{"whole=true"}},
		{Name: "by a key", Path: at, Status: 401},
		{Name: "retry, by support", As: "console support", Method: "POST", Path: at + "/{job0}/retry", Status: 403},
		{Name: "retry all, by an auditor", As: "console auditor", Path: at + "/retry", Body: `{"kind":"test"}`, Status: 403},
		{Name: "discard, by support", As: "console support", Method: "DELETE", Path: at + "/{job0}", Status: 403},
		{Name: "discard", As: "console admin", Method: "DELETE", Path: at + "/{job0}", Status: 204},
		{Name: "discard it twice", As: "console admin", Method: "DELETE", Path: at + "/{job0}", Status: 404},
		{Name: "retry what is no job", As: "console", Method: "POST", Path: at + "/x/retry", Status: 404},
		{Name: "retry what was discarded", As: "console", Method: "POST", Path: at + "/{job0}/retry", Status: 404},
		{Name: "the audit log tells", As: "console", Path: "/console/api/audit?q=job.discard", Want: w{"size=1", "items.0.action=job.discard", "items.0.note.kind=test"}},
	})
	bad = false
	a.Run(t, []row{
		{Name: "retry", As: "console admin", Method: "POST", Path: at + "/{job1}/retry", Status: 204},
		{Name: "retry it twice", As: "console admin", Method: "POST", Path: at + "/{job1}/retry", Status: 404},
		{Name: "retry all of another kind", As: "console", Path: at + "/retry", Body: `{"kind":"later"}`, Want: w{"retried=0", "more=false"}},
		{Name: "retry all", As: "console", Path: at + "/retry", Body: `{"kind":"test"}`, Want: w{"retried=1", "more=false"}},
		{Name: "retry nothing", As: "console", Path: at + "/retry", Body: `{}`, Want: w{"retried=0"}},
		{Name: "with something else", As: "console", Path: at + "/retry", Body: `{"all":true}`, Status: 400},
	})
	a.Settle(t)
	if len(did) != 2 {
		t.Errorf("%d were done", len(did))
	}
}
