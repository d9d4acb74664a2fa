package apis_test

import "testing"

func TestTenants(t *testing.T) {
	each(t, []row{
		{Name: "current redirects with an empty body", Path: "/v1/tenants/current", Status: 302,
			Want: w{"Location={base}/tenants/{tenant}", "Content-Length=0"}},
		{Name: "current repeats the query", Path: "/v1/tenants/current?expand=applications&x=%20y", Status: 302,
			Want: w{"Location={base}/tenants/{tenant}?expand=applications&x=%20y"}},
		{Name: "current repeats a doubled query", Path: "/v1/tenants/current?a=b?a=b", Status: 302,
			Want: w{"Location={base}/tenants/{tenant}?a=b?a=b"}},
		{Name: "current needs a key", As: "nobody", Path: "/v1/tenants/current", Status: 401},
		{Name: "read", Path: "/v1/tenants/{tenant}",
			Want: w{"name=Stormkeep", "key=storm-keep", "href={base}/tenants/{tenant}", "applications.href={base}/tenants/{tenant}/applications",
				"customData.href={base}/tenants/{tenant}/customData", "idSites.href={base}/tenants/{tenant}/idSites"},
			Not: w{"wrappedKey", "aliases", "epoch", "adminApp", "adminDir"}},
		{Name: "read with expansions", Path: "/v1/tenants/{tenant}?expand=applications(limit:1),customData",
			Want: w{"applications.size=2", "applications.limit=1", "applications.items.#=1", "customData.href={base}/tenants/{tenant}/customData"}},
		{Name: "another's is not found", Path: "/v1/tenants/{othertenant}", Status: 404, Want: w{"code=404", "message=The requested resource does not exist."}},
		{Name: "an unknown one is not found", Path: "/v1/tenants/nope", Status: 404},
		{Name: "change", Path: "/v1/tenants/{tenant}", Body: `{"name":"New","customData":{"a":1}}`,
			Want: w{"name=New"}, Events: w{"tenant.update", "customData.update"}},
		{Name: "its key is fixed", Path: "/v1/tenants/{tenant}", Body: `{"key":"evil","status":"DISABLED","id":"x","aliases":["http://evil"]}`,
			Want: w{"key=storm-keep"}},
		{Name: "a name is required", Path: "/v1/tenants/{tenant}", Body: `{"name":" "}`, Status: 400, Want: w{"code=2000"}},
		{Name: "only owners change it", As: "admin", Path: "/v1/tenants/{tenant}", Body: `{"name":"New"}`, Status: 403, Want: w{"code=403"}},
		{Name: "an empty change is 2000 (safe choice of 2.4)", Method: "POST", Path: "/v1/tenants/{tenant}", Status: 400, Want: w{"code=2000"}},
		{Name: "an empty object is 2000 (safe choice of 2.4)", Path: "/v1/tenants/{tenant}", Body: `{}`, Status: 400, Want: w{"code=2000"}},
		{Name: "it is not deleted here", Method: "DELETE", Path: "/v1/tenants/{tenant}", Status: 405, Want: w{"code=1100"}},

		{Name: "its applications", Path: "/v1/tenants/{tenant}/applications",
			Want: w{"href={base}/tenants/{tenant}/applications", "offset=0", "limit=25", "size=2", "items.#=2", "items.0.name=Stormpath", "items.1.name=My Application"}},
		{Name: "an application by name, in any case", Path: "/v1/tenants/{tenant}/applications?name=my%20APPLICATION",
			Want: w{"size=1", "items.0.href={base}/applications/{app}", "href={base}/tenants/{tenant}/applications"}},
		{Name: "no application by that name", Path: "/v1/tenants/{tenant}/applications?name=none", Want: w{"size=0", "items=[]"}},
		{Name: "its directories", Path: "/v1/tenants/{tenant}/directories?name=My+Application+Directory", Want: w{"size=1", "items.0.href={base}/directories/{dir}"}},
		{Name: "its groups", Path: "/v1/tenants/{tenant}/groups", Want: w{"size=1", "items.0.name=Staff"}},
		{Name: "a group by name", Path: "/v1/tenants/{tenant}/groups?name=staff", Want: w{"size=1"}},
		{Name: "its accounts", Path: "/v1/tenants/{tenant}/accounts", Want: w{"size=6"}},
		{Name: "an account by user name and e-mail", Path: "/v1/tenants/{tenant}/accounts?username=ANN&email=ann@example.com", Want: w{"size=1", "items.0.href={base}/accounts/{ann}"}},
		{Name: "an account whose e-mail differs", Path: "/v1/tenants/{tenant}/accounts?username=ann&email=bob@example.com", Want: w{"size=0"}},
		{Name: "another's lists are not found", Path: "/v1/tenants/{othertenant}/accounts", Status: 404},
	})
}
