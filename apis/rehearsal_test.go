package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestARehearsalIsSeenByWhoNamesIt(t *testing.T) {
	a := api(t)
	ans := a.Do(t, apitest.Machine, "POST", "/console/api/rehearsals", `{}`, nil)
	a.Vars["trial"], _ = ans.JSON.(map[string]any)["id"].(string)
	in := map[string]string{apis.RehearsalHeader: "{trial}"}
	a.Run(t, []apitest.Scenario{
		{Name: "a change", As: apitest.Machine, Method: "POST", Path: "/v1/accounts/{ann}", Body: `{"givenName":"Rehearsed"}`, Header: in,
			Want: []string{"givenName=Rehearsed"}},
		{Name: "inside", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{ann}", Header: in, Want: []string{"givenName=Rehearsed"}},
	})
	if got := a.Get(t, "/v1/accounts/{ann}").JSON.(map[string]any)["givenName"]; got == "Rehearsed" {
		t.Error("it is seen outside")
	}
	a.Run(t, []apitest.Scenario{
		{Name: "its end", As: apitest.Machine, Method: "DELETE", Path: "/console/api/rehearsals/{trial}", Status: 204},
		{Name: "after it", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{ann}", Header: in, Status: 404},
	})
}
