package apis_test

import (
	"strings"
	"testing"
)

func TestBodies(t *testing.T) {
	const path = "/v1/groups/{grp}"
	as := func(kind string) map[string]string { return map[string]string{"Content-Type": kind} }
	nest := func(n int) string {
		return `{"x":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `,"name":"Crew"}`
	}
	changed := w{"group.update"}
	each(t, []row{
		{Name: "plain text", Path: path, Body: `{"name":"x"}`, Header: as("text/plain"), Status: 415, Want: w{"code=1101"}},
		{Name: "a form", Path: path, Body: `name=x`, Header: as("application/x-www-form-urlencoded"), Status: 415, Want: w{"code=1101"}},
		{Name: "a type that only begins like JSON", Path: path, Body: `{"name":"x"}`, Header: as("application/jsonp"), Status: 415, Want: w{"code=1101"}},
		{Name: "a charset", Path: path, Body: `{"name":"Crew"}`, Header: as("Application/JSON; charset=utf-8"), Events: changed},
		{Name: "a Content-Type on a GET", Path: path, Header: as("application/json")},
		{Name: "a compressed body", Path: path, Body: `{"name":"x"}`, Header: map[string]string{"Content-Encoding": "gzip"}, Status: 415, Want: w{"code=1101"}},
		{Name: "no JSON", Path: path, Body: `{"name":`, Status: 400, Want: w{"code=2100"}},
		{Name: "more than JSON", Path: path, Body: `{"name":"x"} {}`, Status: 400, Want: w{"code=2100"}},
		{Name: "a list", Path: path, Body: `[{"name":"x"}]`, Status: 400, Want: w{"code=2100"}},
		{Name: "a null", Path: path, Body: `null`, Status: 400, Want: w{"code=2100"}},
		{Name: "a string", Path: path, Body: `"name"`, Status: 400, Want: w{"code=2100"}},
		{Name: "white space", Path: path, Body: " \n", Status: 400, Want: w{"code=2000"}},
		{Name: "not UTF-8", Path: path, Body: "{\"name\":\"\xff\"}", Status: 400, Want: w{"code=2005"}},
		{Name: "nested 32 deep", Path: path, Body: nest(32), Events: changed},
		{Name: "nested 33 deep", Path: path, Body: nest(33), Status: 400, Want: w{"code=2100"}},
		{Name: "brackets in text are not depth", Path: path, Body: `{"name":"` + strings.Repeat("[{", 100) + `"}`, Events: changed},
		{Name: "a name given twice is its last", Path: path, Body: `{"name":"One","name":"Two"}`, Want: w{"name=Two"}, Events: changed},
		{Name: "names are compared exactly", Path: path, Body: `{"NAME":"One","Name":"Two"}`, Want: w{"name=Staff"}},
		{Name: "unknown names are ignored (safe choice of 2.4)", Path: path, Body: `{"nmae":"x","name":"Crew"}`, Want: w{"name=Crew"}, Events: changed},
		{Name: "but not for the strict", Path: path, Body: `{"nmae":"x"}`, Header: map[string]string{"Stormkeep-Strict": "1"}, Status: 400, Want: w{"code=2015"}},
		{Name: "who may post back what they hold", Path: path, Header: map[string]string{"Stormkeep-Strict": "1"},
			Body: `{"href":"x","name":"Crew","createdAt":"x","directory":{},"accounts":{},"customData":{"a":1},"tenant":null}`, Events: w{"group.update", "customData.update"}},
	})
}

// A strict caller can send all that a body may hold, and nothing else, wherever
// one is read.
func TestStrictBodies(t *testing.T) {
	strict := map[string]string{"Stormkeep-Strict": "1"}
	each(t, []row{
		{Name: "an account", Path: "/v1/directories/{dir}/accounts", Header: strict, Body: `{"email":"b@example.com","password":"Passw0rd1!","fullName":"x","customData":{}}`, Status: 201, Events: w{"account.create"}},
		{Name: "an account with a misspelt name", Path: "/v1/directories/{dir}/accounts", Header: strict, Body: `{"email":"b@example.com","password":"Passw0rd1!","username_":"x"}`, Status: 400, Want: w{"code=2015"}},
		{Name: "a new password", Path: "/v1/accounts/{ann}", Header: strict, Body: `{"password":"N3w passw0rd"}`, Events: w{"account.update"}},
		{Name: "a key", Path: "/v1/accounts/{ann}/apiKeys", Header: strict, Body: `{"name":"x","id":"y","secret":"z"}`, Status: 201, Events: w{"apiKey.create"}},
		{Name: "a key of a kind", Path: "/v1/accounts/{ann}/apiKeys", Header: strict, Body: `{"kind":"MANAGEMENT"}`, Status: 400, Want: w{"code=2015"}},
		{Name: "a mapping of the Go SDK", Path: "/v1/accountStoreMappings", Header: strict, Body: mapping + `,"collectionResourceIndex":1}`, Status: 201, Events: w{"accountStoreMapping.create"}},
		{Name: "a login attempt", Path: "/v1/applications/{app}/loginAttempts", Header: strict, Body: login("ann:Passw0rd!", `,"acountStore":null`), Status: 400, Want: w{"code=2015"}},
		{Name: "a reset", Path: "/v1/applications/{app}/passwordResetTokens", Header: strict, Body: `{"email":"ann","store":1}`, Status: 400, Want: w{"code=2015"}},
	})
}

func TestExpansion(t *testing.T) {
	const path = "/v1/accounts/{ann}"
	each(t, []row{
		{Name: "several", Path: path + "?expand=directory,groups", Want: w{"directory.name=My Application Directory", "groups.size=1"}},
		{Name: "spaces", Path: path + "?expand=%20directory%20,%20groups%20(%20limit%20:%201%20,%20offset:0%20)%20", Want: w{"directory.name=My Application Directory", "groups.limit=1"}},
		{Name: "a page in either order", Path: path + "?expand=groups(limit:1,offset:1),groupMemberships(offset:0,limit:2)", Want: w{"groups.offset=1", "groups.items=[]", "groupMemberships.limit=2"}},
		{Name: "a limit above 100 is clamped", Path: path + "?expand=groups(limit:101)", Want: w{"groups.limit=100"}},
		{Name: "repeated parameters add up", Path: path + "?expand=directory&expand=groups(limit:3)&expand=directory", Want: w{"directory.name=My Application Directory", "groups.limit=3"}},
		{Name: "nothing", Path: path + "?expand=", Want: w{`directory={"href":"{base}/directories/{dir}"}`}},
		{Name: "one level", Path: path + "?expand=directory", Want: w{`directory.tenant={"href":"{base}/tenants/{tenant}"}`}},
		{Name: "deeper is not there", Path: path + "?expand=directory.tenant", Status: 400, Want: w{"code=2107"}},
		{Name: "what is no link", Path: path + "?expand=email", Status: 400, Want: w{"code=2107"}},
		{Name: "what is nothing", Path: path + "?expand=directory,nope", Status: 400, Want: w{"code=2107"}},
		{Name: "in any case is nothing", Path: path + "?expand=Directory", Status: 400, Want: w{"code=2107"}},
		{Name: "of an object that is no record", Path: "/v1/passwordPolicies/{dir}?expand=strength,resetEmailTemplates", Want: w{"strength.minLength=8", "resetEmailTemplates.size=1"}},
		{Name: "what is no link of it", Path: "/v1/passwordPolicies/{dir}?expand=nope", Status: 400, Want: w{"code=2107"}},
		{Name: "of custom data", Path: path + "/customData?expand=nope", Status: 400, Want: w{"code=2107"}},
		{Name: "of a login", Path: "/v1/applications/{app}/loginAttempts?expand=account", Body: login("ann:Passw0rd!"), Want: w{"account.username=ann"}, Events: w{"auth.login"}},
		{Name: "of the items of a collection", Path: "/v1/directories/{dir}/accounts?expand=groups(limit:1),directory", Want: w{"items.0.groups.limit=1", "items.0.directory.name=My Application Directory"}},
		{Name: "of the items, what is nothing", Path: "/v1/directories/{dir}/accounts?expand=nope", Status: 400, Want: w{"code=2107"}},
		{Name: "items of an expanded collection are not expanded", Path: "/v1/groups/{grp}?expand=accounts", Want: w{`accounts.items.0.directory={"href":"{base}/directories/{dir}"}`}},
		{Name: "on a change", Path: "/v1/groups/{grp}?expand=directory", Body: `{"name":"Crew"}`, Want: w{"directory.name=My Application Directory"}, Events: w{"group.update"}},
		{Name: "on a change, what is nothing: and nothing changes", Path: "/v1/groups/{grp}?expand=nope", Body: `{"name":"Crew"}`, Status: 400, Want: w{"code=2107"}},
		{Name: "on registering, what is nothing: and nobody is made", Path: "/v1/directories/{dir}/accounts?expand=nope", Body: `{"email":"b@example.com","password":"Passw0rd1!"}`, Status: 400, Want: w{"code=2107"}},
		{Name: "on registering", Path: "/v1/directories/{dir}/accounts?expand=apiKeys,tenant", Body: `{"email":"b@example.com","password":"Passw0rd1!"}`, Status: 201, Want: w{"apiKeys.size=0"}, Events: w{"account.create"}},
		{Name: "of a login, what is nothing: and nobody signs in", Path: "/v1/applications/{app}/loginAttempts?expand=groups", Body: login("ann:Passw0rd!"), Status: 400, Want: w{"code=2107"}},
		{Name: "on making", Path: "/v1/directories/{dir}/groups?expand=directory,accounts", Body: `{"name":"Crew"}`, Status: 201, Want: w{"directory.name=My Application Directory", "accounts.size=0"}, Events: w{"group.create"}},
		{Name: "on making, what is nothing: and nothing is made", Path: "/v1/directories/{dir}/groups?expand=nope", Body: `{"name":"Crew"}`, Status: 400, Want: w{"code=2107"}},
		{Name: "on making a key, its secret is shown", Path: "/v1/accounts/{ann}/apiKeys?expand=account", Method: "POST", Status: 201, Want: w{"account.username=ann"}, Events: w{"apiKey.create"}},
		{Name: "on a change, the record as it has become", Path: "/v1/directories/{dir}?expand=groups,tenant", Body: `{"name":"New"}`, Want: w{"name=New", "groups.size=1", "tenant.key=storm-keep", "ETag=\"2\""}, Events: w{"directory.update"}},
		{Name: "no closing parenthesis", Path: path + "?expand=groups(limit:1", Status: 400, Want: w{"code=2100"}},
		{Name: "text behind a parenthesis", Path: path + "?expand=groups(limit:1)x", Status: 400, Want: w{"code=2100"}},
		{Name: "neither offset nor limit", Path: path + "?expand=groups(size:1)", Status: 400, Want: w{"code=2100"}},
		{Name: "a limit of nothing", Path: path + "?expand=groups(limit:0)", Status: 400, Want: w{"code=2103"}},
		{Name: "a name missing", Path: path + "?expand=,groups", Status: 400, Want: w{"code=2100"}},
	})
}
