package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestTheMachineMakesAdministrators(t *testing.T) {
	m, at := apitest.Machine, "/console/api/administrators"
	each(t, []row{
		{Name: "list", As: m, Path: at, Want: w{"items.#=5", "items.0.role=owner", "items.0.hasPassword=true", "items.4.role="}},
		{Name: "find by address", As: m, Path: at + "?who=ADMIN%40example.com", Want: w{"items.#=1", "items.0.id={admin}", "items.0.role=admin"}},
		{Name: "find by id", As: m, Path: at + "?who={support}", Want: w{"items.0.role=support"}},
		{Name: "an end user is none", As: m, Path: at + "?who={ann}", Status: 404},
		{Name: "nor is another tenant's", As: m, Path: at + "?who={otherown}", Status: 404},
		{Name: "make without a password", As: m, Path: at, Body: `{"email":"new@example.com","role":"Auditor"}`, Want: w{"role=auditor", "hasPassword=false"},
			Events: w{"account.create", "operator.create"}},
		{Name: "make with one", As: m, Path: at, Body: `{"email":"new@example.com","role":"owner","password":"correct horse battery"}`, Want: w{"hasPassword=true"},
			Events: w{"account.create", "operator.create"}},
		{Name: "with a weak one", As: m, Path: at, Body: `{"email":"new@example.com","role":"owner","password":"password"}`, Status: 400},
		{Name: "of a role that is none", As: m, Path: at, Body: `{"email":"new@example.com","role":"king"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "an unknown member", As: m, Path: at, Body: `{"mail":"new@example.com"}`, Status: 400},
		{Name: "no body", As: m, Method: "POST", Path: at, Status: 400},
		{Name: "a link of a locked-out owner", As: m, Path: "/console/api/owner/link", Body: `{"account":"{own}"}`,
			Want: w{apitest.PublicURL + "/setup/password#"}, Events: w{"account.recoveryRequest"}},
		{Name: "of an operator who is no owner", As: m, Path: "/console/api/owner/link", Body: `{"account":"{admin}"}`, Status: 400},
		{Name: "the owner", As: m, Path: "/console/api/owner", Body: `{}`, Want: w{"id={own}"}},
	})
}
