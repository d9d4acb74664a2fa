package apitest_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestATenantGoesIntoAnotherAPI(t *testing.T) {
	for _, all := range []bool{true, false} {
		a := apitest.New(t)
		to := a.Into(t, mem.Open(), core.ExportOptions{Secrets: all, Operators: all})
		to.Run(t, []apitest.Scenario{
			{Name: "what was there", Path: "/v1/accounts/{ann}", Want: []string{"href={base}/accounts/{ann}"}},
			{Name: "the tenant", Path: "/v1/tenants/current", Status: 302},
		})
		if (to.Tenant == a.Tenant) != all {
			t.Errorf("it is tenant %s, and was %s", to.Tenant, a.Tenant)
		}
		to.Sound(t)
	}
}
