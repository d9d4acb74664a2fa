package apis_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestCommandsExportAndImport(t *testing.T) {
	a := api(t)
	const bad = "/console/api/import?onConflict=maybe"
	a.Run(t, []apitest.Scenario{
		{Name: "the first page says whose it is", As: apitest.Machine, Method: "GET", Path: "/console/api/export",
			Want: []string{"form=1", "tenant.key=storm-keep", "records.0.kind=tenants"}},
		{Name: "from nowhere", As: apitest.Machine, Method: "GET", Path: "/console/api/export?after=moons/1", Status: 400},
		{Name: "no such conflict", As: apitest.Machine, Method: "POST", Path: bad, Body: `{}`, Status: 400},
		{Name: "a line that is none", As: apitest.Machine, Method: "POST", Path: "/console/api/import", Body: "{\n", Want: []string{"refused.#=1", "made=0"}},
		{Name: "a newer form", As: apitest.Machine, Method: "POST", Path: "/console/api/import/target", Body: `{"form":99}`, Status: 400},
		{Name: "a directory by its name", As: apitest.Machine, Method: "GET", Path: "/console/api/import/accounts?directory=my+application+directory",
			Want: []string{"emailUnique=true"}},
		{Name: "no such directory", As: apitest.Machine, Method: "GET", Path: "/console/api/import/accounts?directory=moon", Status: 404},
		{Name: "the administrators'", As: apitest.Machine, Method: "GET", Path: "/console/api/import/accounts?directory=Stormpath+Administrators", Status: 403},
		{Name: "a group", As: apitest.Machine, Method: "POST", Path: "/console/api/import/groups?directory=x", Body: `{"name":7}`, Want: []string{"refused.#=1"}},
		{Name: "a directory of Django's rules", As: apitest.Machine, Method: "POST", Path: "/console/api/import/django", Body: `{"name":"Shop","application":"my application"}`,
			Want: []string{"emailUnique=false", "usernameCaseSensitive=true"}, Events: []string{"directory.create", "accountStoreMapping.create"}},
		{Name: "no such application", As: apitest.Machine, Method: "POST", Path: "/console/api/import/django", Body: `{"name":"Shop","application":"moon"}`, Status: 404},
		{Name: "a directory of other rules", As: apitest.Machine, Method: "POST", Path: "/console/api/import/django", Body: `{"name":"My Application Directory"}`, Status: 409},
		{Name: "a directory without a name", As: apitest.Machine, Method: "POST", Path: "/console/api/import/django", Body: `{}`, Status: 400},
		{Name: "an account that is none", As: apitest.Machine, Method: "POST", Path: "/console/api/import/accounts?directory=x", Body: `[]`, Want: []string{"refused.#=1"}},
	})
	ans := a.Do(t, apitest.Machine, "GET", "/console/api/export?secrets=true", "", nil)
	if ans.Status != http.StatusOK || strings.Contains(string(ans.Body), "Administrators") {
		t.Errorf("operators travel with secrets: %d", ans.Status)
	}
}
