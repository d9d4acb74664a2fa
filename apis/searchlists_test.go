package apis_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestEveryListIsSearched(t *testing.T) {
	a := people(t)
	a.Run(t, []row{
		{Name: "a mapping of the directory", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{people}"}}`, Status: 201, Events: w{"accountStoreMapping.create"}},
		{Name: "and of a group in it", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/groups/{team}"}}`, Status: 201, Events: w{"accountStoreMapping.create"}},
		{Name: "an application", Path: "/v1/applications", Body: `{"name":"Search me","description":"has nothing","customData":{"tier":2}}`, Status: 201, Keep: "me", Events: w{"application.create", "customData.update"}},
		{Name: "a key", Path: "/v1/accounts/{ada}/apiKeys", Body: `{"name":"CI","description":"builds"}`, Status: 201, Keep: "ci", Events: w{"apiKey.create"}},
		{Name: "another", Path: "/v1/accounts/{ada}/apiKeys", Body: `{"name":"cron","status":"DISABLED"}`, Status: 201, Keep: "cron", Events: w{"apiKey.create"}},

		finds("the tenant's applications", "/v1/tenants/{tenant}/applications?name=*ME", "name", "Search me"),
		finds("by description", "/v1/tenants/{tenant}/applications?q=NOTHING", "name", "Search me"),
		finds("in order", "/v1/tenants/{tenant}/applications?orderBy=name+desc", "name", "Stormpath", "Search me", "My Application"),
		finds("by custom data", "/v1/tenants/{tenant}/applications?customData.tier=[1,3]", "name", "Search me"),
		finds("by name and time", "/v1/tenants/{tenant}/applications?name=my*&createdAt=2026-11-21", "name", "My Application"),
		refused("by what they have not", "/v1/tenants/{tenant}/applications?username=x", 2105),
		finds("the tenant's directories", "/v1/tenants/{tenant}/directories?description=who*", "name", "People"),
		finds("by name", "/v1/tenants/{tenant}/directories?name=people", "name", "People"),
		finds("the tenant's groups", "/v1/tenants/{tenant}/groups?orderBy=name", "name", "Crew", "Staff", "Team A"),
		finds("by name", "/v1/tenants/{tenant}/groups?name=team+a", "name", "Team A"),
		finds("by status", "/v1/tenants/{tenant}/groups?status=disabled", "name", "Crew"),
		finds("by custom data", "/v1/tenants/{tenant}/groups?customData.n=[1,]", "name", "Team A"),
		finds("the tenant's accounts", "/v1/tenants/{tenant}/accounts?q=lovelace", "username", "ada", "zoe"),
		finds("by username", "/v1/tenants/{tenant}/accounts?username=ann", "username", "ann"),
		finds("by a part of it", "/v1/tenants/{tenant}/accounts?username=*nn", "username", "ann"),
		finds("by an e-mail that another tenant has too", "/v1/tenants/{tenant}/accounts?email=ANN@example.com", "username", "ann"),
		finds("by custom data", "/v1/tenants/{tenant}/accounts?customData.n=[5,]", "username", "ada", "bob"),
		finds("a directory's groups", "/v1/directories/{people}/groups?q=first", "name", "Team A"),
		finds("in order", "/v1/directories/{people}/groups?orderBy=name", "name", "Crew", "Team A"),
		finds("an application's accounts, each once", "/v1/applications/{app}/accounts?q=a&orderBy=username", "username", "ada", "ann", "bob", "cem", "zoe"),
		finds("by username in all stores", "/v1/applications/{app}/accounts?username=a*", "username", "ann", "ada"),
		finds("by custom data in all stores", "/v1/applications/{app}/accounts?customData.n=*5&status=enabled", "username", "ada", "cem"),
		{Name: "pages of both stores", Path: "/v1/applications/{app}/accounts?q=love&limit=1&offset=1", Want: w{"size=2", "items.#=1", "items.0.username=zoe", "href={base}/applications/{app}/accounts"}},
		finds("an application without stores", "/v1/applications/{me}/accounts?q=a", "username"),
		finds("an application's groups, each once", "/v1/applications/{app}/groups?q=a", "name", "Staff", "Team A"),
		finds("an application's groups by name", "/v1/applications/{app}/groups?name=TEAM*", "name", "Team A"),
		finds("a group's accounts", "/v1/groups/{team}/accounts?surname=lovelace", "username", "ada", "zoe"),
		finds("by username", "/v1/groups/{team}/accounts?username=zoe", "username", "zoe"),
		finds("by the username of one not in it", "/v1/groups/{team}/accounts?username=bob", "username"),
		finds("in order", "/v1/groups/{team}/accounts?orderBy=username+desc", "username", "zoe", "ada"),
		finds("an account's groups", "/v1/accounts/{ada}/groups?status=enabled", "name", "Team A"),
		finds("by name", "/v1/accounts/{ada}/groups?name=C*", "name", "Crew"),
		finds("by the name of one it is not in", "/v1/accounts/{zoe}/groups?name=Crew", "name"),
		finds("an account's applications", "/v1/accounts/{ada}/applications?name=my*", "name", "My Application"),
		finds("by the name of one it has not", "/v1/accounts/{ada}/applications?name=search*", "name"),
		finds("a directory's applications", "/v1/directories/{people}/applications?q=app", "name", "My Application"),
		finds("a directory's applications by name", "/v1/directories/{people}/applications?name=Stormpath", "name"),
		finds("a group's applications", "/v1/groups/{team}/applications?status=enabled&orderBy=name", "name", "My Application"),
		finds("a key by its id", "/v1/accounts/{ada}/apiKeys?id={ci}", "name", "CI"),
		finds("by name", "/v1/accounts/{ada}/apiKeys?name=c*&orderBy=name", "name", "CI", "cron"),
		finds("by description", "/v1/accounts/{ada}/apiKeys?q=BUILD", "name", "CI"),
		finds("by status", "/v1/accounts/{ada}/apiKeys?status=disabled", "name", "cron"),
		finds("an application's key", "/v1/applications/{app}/apiKeys?id={ci}", "name", "CI"),
		finds("of one who cannot sign in there", "/v1/applications/{me}/apiKeys?id={ci}", "name"),
		refused("an application's keys by name", "/v1/applications/{app}/apiKeys?name=CI", 2105),
		refused("an application's keys without an id (safe choice of 4)", "/v1/applications/{app}/apiKeys", 2101),
		refused("memberships are not searched", "/v1/accounts/{ada}/groupMemberships?createdAt=2026", 2105),
		refused("nor are mappings", "/v1/applications/{app}/accountStoreMappings?q=x", 2105),
		{Name: "nobody searches", As: "nobody", Path: "/v1/tenants/{tenant}/accounts?q=a", Status: 401},
		{Name: "an auditor does", As: "auditor", Path: "/v1/tenants/{tenant}/accounts?q=lovelace", Want: w{"size=2"}},
		{Name: "not in another tenant", As: "other", Path: inPeople + "q=a", Status: 404},
		{Name: "nor all of it", As: "other", Path: "/v1/tenants/{othertenant}/accounts?q=lovelace", Want: w{"size=0"}},
		{Name: "a directory that is not there", Path: "/v1/directories/nope/accounts?q=a", Status: 404},
		{Name: "expanded", Path: inPeople + "username=ada&expand=customData,groups", Want: w{"items.0.customData.plan=Pro", "items.0.groups.size=2"}},
	})
}

func TestWhatIsLongIsFoundToItsEnd(t *testing.T) {
	a := people(t)
	long := strings.Repeat("lorem ipsum ", 332) + "012 ipsum NEEDLE"
	name := strings.Repeat("é", 250) + "Nadel"
	a.Run(t, []row{
		{Name: "a long description", Path: "/v1/applications", Body: fmt.Sprintf(`{"name":"Long","description":%q}`, long), Status: 201, Events: w{"application.create"}},
		{Name: "long names", Path: "/v1/accounts/{bob}", Body: fmt.Sprintf(`{"givenName":%q,"surname":%q}`, name, name), Events: w{"account.update"}},
		{Name: "custom data beyond a row", Path: "/v1/accounts/{bob}/customData", Body: `{"big":["` + strings.Repeat("x", 1500) + `","Nadel",77],"n":10}`, Events: w{"customData.update"}},
		{Name: "custom data beyond what is flattened", Path: "/v1/accounts/{cem}/customData", Body: `{"big":["` + strings.Repeat("hay ", 20_000) + `","nadel",78]}`, Events: w{"customData.update"}},
		finds("a part at the end", "/v1/tenants/{tenant}/applications?q=needle", "name", "Long"),
		finds("the end", "/v1/tenants/{tenant}/applications?description=*2+ipsum+needle", "name", "Long"),
		finds("a name's end", inPeople+"surname=*NADEL", "username", "bob"),
		finds("a name that is whole", inPeople+"surname="+strings.Repeat("%C3%89", 250)+"nadel", "username", "bob"),
		finds("what the row still has", inPeople+"status=disabled&createdAt=2026-11-22", "username", "bob"),
		finds("in order of what is long", inPeople+"orderBy=givenName+desc&limit=100", "username", "bob", "cem", "zoe", "ada"),
		finds("custom data", inPeople+"customData.big=nadel", "username", "bob", "cem"),
		finds("numbers in it", inPeople+"customData.big=[78,]", "username", "cem"),
		finds("what is beside it", inPeople+"customData.n=10", "username", "bob"),
		finds("in its order", inPeople+"orderBy=customData.big&customData.big=*", "username", "cem", "bob"),
		{Name: "short again", Path: "/v1/accounts/{bob}", Body: `{"givenName":"Bob","surname":"S"}`, Events: w{"account.update"}},
		finds("the row is whole again", inPeople+"q=nadel", "username"),
	})
	a.Sound(t)
}

func TestSearchesWhereNamesDifferByCase(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Cased","usernameCaseSensitive":true,"emailUnique":false}`, Status: 201, Keep: "cased", Events: w{"directory.create"}},
		{Name: "one", Path: "/v1/directories/{cased}/accounts", Body: `{"username":"Eve","email":"eve@example.com","givenName":"A","surname":"B","password":"Passw0rd!"}`, Status: 201, Events: w{"account.create"}},
		{Name: "another", Path: "/v1/directories/{cased}/accounts", Body: `{"username":"eve","email":"EVE@example.com","givenName":"A","surname":"B","password":"Passw0rd!"}`, Status: 201, Events: w{"account.create"}},
		finds("both fit in any case", "/v1/directories/{cased}/accounts?username=EVE", "username", "Eve", "eve"),
		finds("also by the beginning", "/v1/directories/{cased}/accounts?username=ev*", "username", "Eve", "eve"),
		finds("in order", "/v1/directories/{cased}/accounts?orderBy=username+desc", "username", "Eve", "eve"),
		finds("by an e-mail that both have", "/v1/directories/{cased}/accounts?email=Eve@*", "username", "Eve", "eve"),
		finds("among all", "/v1/tenants/{tenant}/accounts?username=eVe", "username", "Eve", "eve"),
	})
}

// A directory's accounts go with it, though a job is still to sweep them.
func TestAccountsOfADeletedDirectoryAreNotFound(t *testing.T) {
	a := people(t)
	for i := range 80 { // more than a deletion takes along
		ans := a.Do(t, apitest.Owner, "POST", "/v1/directories/{people}/groups", fmt.Sprintf(`{"name":"g%d","customData":{"n":%d}}`, i, i), nil)
		if ans.Status != 201 {
			t.Fatal(string(ans.Body))
		}
	}
	rows := []row{}
	for _, query := range []string{"name=g*", "name=g7", "q=team", "customData.n=[0,100]", "q=g&status=enabled"} {
		rows = append(rows, finds(query, "/v1/tenants/{tenant}/groups?"+query, "name"), finds("of the application: "+query, "/v1/applications/{app}/groups?"+query, "name"))
	}
	rows = append(rows, finds("accounts", "/v1/tenants/{tenant}/accounts?q=lovelace", "username"), finds("accounts by an index", "/v1/tenants/{tenant}/accounts?username=ada", "username"),
		finds("what is left", "/v1/tenants/{tenant}/groups?orderBy=name", "name", "Staff"),
		row{Name: "its own list", Path: inPeople + "q=a", Status: 404})
	ans := a.Do(t, apitest.Owner, "DELETE", "/v1/directories/{people}", "", nil)
	if ans.Status != 204 {
		t.Fatal(string(ans.Body))
	}
	for _, r := range rows { // while the job runs, or not: its events would be counted
		ans := a.Do(t, apitest.Owner, "GET", r.Path, "", nil)
		for _, want := range r.Want {
			if err := ans.Has(a.Fill(want)); err != nil {
				t.Errorf("%s: %v", r.Name, err)
			}
		}
		if r.Status != 0 && ans.Status != r.Status {
			t.Errorf("%s: %d %s", r.Name, ans.Status, ans.Body)
		}
	}
	a.Settle(t)
	a.Sound(t)
}
