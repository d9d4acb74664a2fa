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
