package apis_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

func TestTheMachineReadsAndVerifiesTheAuditLog(t *testing.T) {
	a := api(t)
	a.Run(t, []apitest.Scenario{
		{Name: "before the first checkpoint", As: apitest.Machine, Method: "GET", Path: "/console/api/audit/checkpoints", Want: []string{"items.#=0", "key=null"}},
		{Name: "a page", As: apitest.Machine, Method: "GET", Path: "/console/api/audit?limit=2", Want: []string{"items.#=2", "items.0.seq=1", "items.0.actor.kind=system"}},
		{Name: "no number", As: apitest.Machine, Method: "GET", Path: "/console/api/audit?after=x", Status: 400, Want: []string{"after must be"}},
		{Name: "below zero", As: apitest.Machine, Method: "GET", Path: "/console/api/audit?after=-1", Status: 400, Want: []string{"after must be"}},
		{Name: "too many", As: apitest.Machine, Method: "GET", Path: "/console/api/audit?limit=1001", Status: 400, Want: []string{"limit must be"}},
		{Name: "nothing", As: apitest.Machine, Method: "GET", Path: "/console/api/audit/checkpoints?limit=0", Status: 400, Want: []string{"limit"}},
		{Name: "verified", As: apitest.Machine, Method: "POST", Path: "/console/api/audit/verify", Want: []string{"runs=0", "faults.#=0"}},
		{Name: "what is no body", As: apitest.Machine, Method: "POST", Path: "/console/api/audit/verify", Body: `{"x":1}`, Status: 400, Want: []string{"unknown field"}},
		{Name: "an operator over the network", As: apitest.Owner, Method: "GET", Path: "/console/api/audit", Status: 401},
	})
	if err := a.App.SealAudit(a.Machine()); err != nil {
		t.Fatal(err)
	}
	ans := a.Do(t, apitest.Machine, "GET", "/console/api/audit/checkpoints", "", nil)
	var got struct {
		Items []core.AuditCheckpoint `json:"items"`
		Key   []byte                 `json:"key"`
	}
	if err := json.Unmarshal(ans.Body, &got); err != nil || len(got.Items) != 1 || !got.Items[0].Authentic(got.Key) {
		t.Fatalf("%s: %v", ans.Body, err)
	}
	known, err := json.Marshal(map[string]any{"known": got.Items})
	if err != nil {
		t.Fatal(err)
	}
	last := got.Items[0]
	got.Items[0].Hash = last.Prev
	forged, err := json.Marshal(map[string]any{"known": got.Items})
	if err != nil {
		t.Fatal(err)
	}
	a.Run(t, []apitest.Scenario{
		{Name: "with what was kept", As: apitest.Machine, Method: "POST", Path: "/console/api/audit/verify", Body: string(known),
			Want: []string{"runs=1", fmt.Sprint("lines=", last.Count), fmt.Sprint("to=", last.To), "faults.#=0"}},
		{Name: "with something else", As: apitest.Machine, Method: "POST", Path: "/console/api/audit/verify", Body: string(forged),
			Want: []string{"faults.0.what=forged"}},
		{Name: "the next page", As: apitest.Machine, Method: "GET", Path: fmt.Sprintf("/console/api/audit?after=%d", last.To), Want: []string{"items.#=0"}},
	})
}
