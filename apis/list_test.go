package apis_test

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestCollections(t *testing.T) {
	a := api(t)
	a.Update(t, func(tx *core.Tx) error {
		for i := range 130 {
			g := core.Make[core.Group]()
			g.Directory, g.Name = core.ID[core.Directory](a.Vars["dir"]), fmt.Sprintf("group %03d", i)
			if err := core.Put(tx, g); err != nil {
				return err
			}
		}
		return nil
	})
	const path = "/v1/directories/{dir}/groups"
	bare := "href={base}/directories/{dir}/groups"
	a.Run(t, []row{
		{Name: "25 by default, in the order of making, and the href is bare", Path: path, Want: w{bare, "offset=0", "limit=25", "size=131", "items.#=25", "items.0.name=Staff", "items.1.name=group 000"}},
		{Name: "a page", Path: path + "?offset=30&limit=10", Want: w{bare, "offset=30", "limit=10", "size=131", "items.#=10", "items.0.name=group 029"}},
		{Name: "a limit above 100 is clamped (safe choice of 2.6)", Path: path + "?limit=1000", Want: w{"limit=100", "items.#=100"}},
		{Name: "the last page", Path: path + "?offset=130", Want: w{"items.#=1", "items.0.name=group 129"}},
		{Name: "beyond the end", Path: path + "?offset=131", Want: w{"offset=131", "size=131", "items=[]"}},
		{Name: "far beyond the end", Path: path + "?offset=9223372036854775807&limit=100", Want: w{"size=131", "items=[]"}},
		{Name: "an offset too large for a number", Path: path + "?offset=9223372036854775808", Status: 400, Want: w{"code=2103"}},
		{Name: "a negative offset", Path: path + "?offset=-1", Status: 400, Want: w{"code=2103"}},
		{Name: "a limit of nothing", Path: path + "?limit=0", Status: 400, Want: w{"code=2103"}},
		{Name: "a limit that is no number", Path: path + "?limit=ten", Status: 400, Want: w{"code=2103"}},
		{Name: "an offset twice, the same", Path: path + "?offset=1&offset=1&limit=1", Want: w{"offset=1"}},
		{Name: "an offset twice, different", Path: path + "?offset=1&offset=2", Status: 400, Want: w{"code=2103"}},
		{Name: "an unknown filter is refused (safe choice of 2.8)", Path: path + "?nmae=x", Status: 400, Want: w{"code=2105"}},
		{Name: "a filter by the exact name", Path: path + "?name=GROUP%20042", Want: w{"size=1", "items.0.name=group 042"}},
		{Name: "a plus is a space", Path: path + "?name=group+042", Want: w{"size=1"}},
		{Name: "a filter and a page beyond", Path: path + "?name=group+042&offset=1", Want: w{"size=1", "items=[]"}},
		{Name: "a filter with nothing in it", Path: path + "?name=", Status: 400, Want: w{"code=2101"}},
		{Name: "a query that is malformed", Path: path + "?name=%zz", Status: 400, Want: w{"code=2100"}},
		{Name: "a trailing slash before the query", Path: path + "/?limit=1", Want: w{bare, "limit=1"}},
		{Name: "a second question mark", Path: path + "?limit=1?offset=2", Want: w{"limit=1", "offset=2"}},
		{Name: "an empty collection", Path: "/v1/directories/{admindir}/groups", Want: w{"size=0", "items=[]"}},
		{Name: "of the tenant", Path: "/v1/tenants/{tenant}/groups?limit=1&offset=100", Want: w{"size=131", "items.#=1"}},
		{Name: "of an application", Path: "/v1/applications/{app}/groups?limit=1&offset=130", Want: w{"size=131", "items.#=1"}},
	})
}
