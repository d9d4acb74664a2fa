package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestTheMachineSeesAllTenants(t *testing.T) {
	api(t).Run(t, []apitest.Scenario{
		{Name: "list", As: apitest.Machine, Method: "GET", Path: "/console/api/tenants",
			Want: []string{"items.#=2", "items.0.key=storm-keep", "items.1.key=other", "items.1.id={othertenant}", "items.1.status=ENABLED"}},
	})
}

func TestTheMachineManagesTenants(t *testing.T) {
	m := apitest.Machine
	each(t, []row{
		{Name: "make one of a taken key", As: m, Path: "/console/api/tenants", Body: `{"key":"other","name":"Acme"}`, Status: 409},
		{Name: "make one of a bad key", As: m, Path: "/console/api/tenants", Body: `{"key":"A b","name":"Acme"}`, Status: 400},
		{Name: "an unknown member", As: m, Path: "/console/api/tenants", Body: `{"keys":"a"}`, Status: 400},
		{Name: "read", As: m, Path: "/console/api/tenants/other", Want: w{"id={othertenant}"}},
		{Name: "none", As: m, Path: "/console/api/tenants/nobody", Status: 404},
		{Name: "a host", As: m, Path: "/console/api/tenants/storm-keep/hosts", Body: `{"add":["https://a.example"]}`, Want: w{"urls.0=https://a.example", "hosts.0=a.example"}, Events: w{"tenant.update"}},
		{Name: "a host that is none", As: m, Path: "/console/api/tenants/storm-keep/hosts", Body: `{"add":["a.example/x"]}`, Status: 400},
		{Name: "a host that it has not", As: m, Path: "/console/api/tenants/storm-keep/hosts", Body: `{"remove":["https://a.example"]}`, Status: 404},
		{Name: "disable", As: m, Path: "/console/api/tenants/other/status", Body: `{"status":"DISABLED"}`, Want: w{"status=DISABLED"}, Events: w{"tenant.update"}},
		{Name: "disable the first", As: m, Path: "/console/api/tenants/storm-keep/status", Body: `{"status":"DISABLED"}`, Status: 400, Want: w{"--yes"}},
		{Name: "disable the first for sure", As: m, Path: "/console/api/tenants/storm-keep/status", Body: `{"status":"DISABLED","sure":true}`, Want: w{"status=DISABLED"}, Events: w{"tenant.update"}},
		{Name: "a status that is none", As: m, Path: "/console/api/tenants/other/status", Body: `{"status":"GONE"}`, Status: 400},
		{Name: "delete", As: m, Method: "DELETE", Path: "/console/api/tenants/other", Status: 204},
		{Name: "delete none", As: m, Method: "DELETE", Path: "/console/api/tenants/nobody", Status: 404},
	})
}

func TestTheMachineMakesATenant(t *testing.T) {
	ans := api(t).Do(t, apitest.Machine, "POST", "/console/api/tenants", `{"key":"acme","name":"Acme"}`, nil)
	if ans.Status != 200 || ans.Value("key") != "acme" || ans.Value("status") != "ENABLED" {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
}

// The key of a tenant that is disabled or gone opens nothing, from the next request on.
func TestTheKeysOfATenantEndWithIt(t *testing.T) {
	a := api(t)
	mine := row{Name: "its key", As: "other", Path: "/v1/accounts/{otherann}"}
	refused := mine
	refused.Name, refused.Status = "its key, refused", 401
	status := func(to string) row {
		return row{Name: to, As: apitest.Machine, Path: "/console/api/tenants/other/status", Body: `{"status":"` + to + `"}`, Events: w{"tenant.update"}}
	}
	a.Run(t, []row{mine, status("DISABLED"), refused, status("ENABLED"), mine,
		{Name: "delete", As: apitest.Machine, Method: "DELETE", Path: "/console/api/tenants/other", Status: 204}, refused,
		{Name: "the other tenant goes on", Path: "/v1/accounts/{ann}"}})
}
