package apis_test

import (
	"strings"
	"testing"
)

func TestTheConsoleFindsRecords(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "by a part of an address", As: "console auditor", Path: "/console/api/search?q=NN@exam", Want: w{"items.#=1", "items.0.kind=accounts", "items.0.id={ann}", "items.0.name=Ann Ames", "items.0.detail=ann@example.com", "items.0.href={base}/accounts/{ann}"}},
		{Name: "by a name, in all kinds", As: "console", Path: "/console/api/search?q=my+application", Want: w{`"kind":"applications"`, `"kind":"directories"`}},
		{Name: "by an id", As: "console", Path: "/console/api/search?q={grp}", Want: w{"items.#=1", "items.0.kind=groups", "items.0.name=Staff"}},
		{Name: "nothing", As: "console", Path: "/console/api/search?q=zebra", Want: w{"items.#=0"}},
		{Name: "nothing of another tenant", As: "console", Path: "/console/api/search?q={otherann}", Want: w{"items.#=0"}},
		{Name: "by nothing", As: "console", Path: "/console/api/search?q=+", Status: 400, Want: w{"error=bad_query_value"}},
		{Name: "by too much", As: "console", Path: "/console/api/search?q=" + strings.Repeat("x", 201), Status: 400},
		{Name: "no path", As: "console", Path: "/console/api/search?q=../../x%00%2F", Want: w{"items.#=0"}},
		{Name: "a key finds nothing", Path: "/console/api/search?q=ann", Status: 401},
	})
}
