package apis_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestApplications(t *testing.T) {
	each(t, []row{
		{Name: "make", Path: "/v1/applications", Body: `{"name":"Shop","description":"d","customData":{"a":1}}`, Status: 201,
			Want: w{"name=Shop", "description=d", "status=ENABLED", "authorizedCallbackUris=[]", "authorizedOriginUris=[]",
				"defaultAccountStoreMapping=null", "defaultGroupStoreMapping=null", "tenant.href={base}/tenants/{tenant}"},
			Events: w{"application.create", "customData.update"}},
		{Name: "make with a directory", Path: "/v1/applications?createDirectory=True", Body: `{"name":"Shop"}`, Status: 201,
			Not:    w{"defaultAccountStoreMapping=null", "defaultGroupStoreMapping=null"},
			Events: w{"application.create", "directory.create", "application.update", "accountStoreMapping.create"}},
		{Name: "make with a directory, expanded", Path: "/v1/applications?createDirectory=true&expand=defaultAccountStoreMapping", Body: `{"name":"Shop"}`, Status: 201,
			Want:   w{"defaultAccountStoreMapping.listIndex=0", "defaultAccountStoreMapping.isDefaultAccountStore=true", "defaultAccountStoreMapping.isDefaultGroupStore=true"},
			Events: w{"application.create", "directory.create", "application.update", "accountStoreMapping.create"}},
		{Name: "make without a directory", Path: "/v1/applications?createDirectory=FALSE", Body: `{"name":"Shop"}`, Status: 201, Events: w{"application.create"}},
		{Name: "make with a directory of a given name", Path: "/v1/applications?createDirectory=Folks", Body: `{"name":"Shop"}`, Status: 201,
			Events: w{"application.create", "directory.create", "application.update", "accountStoreMapping.create"}},
		{Name: "the directory's name is in use: nothing is made", Path: "/v1/applications?createDirectory=my%20application%20directory", Body: `{"name":"Shop"}`,
			Status: 400, Want: w{"code=5010"}},
		{Name: "createDirectory without a value", Path: "/v1/applications?createDirectory=", Body: `{"name":"Shop"}`, Status: 400, Want: w{"code=2000"}},
		{Name: "a name is required", Path: "/v1/applications", Body: `{"description":"x"}`, Status: 400,
			Want: w{"code=2000", "message=Application name is required; it cannot be null, empty, or blank."}},
		{Name: "an empty body lacks a name", Method: "POST", Path: "/v1/applications", Status: 400, Want: w{"code=2000"}},
		{Name: "a name in use", Path: "/v1/applications", Body: `{"name":"MY application"}`, Status: 409, Want: w{"code=2001"}},
		{Name: "a name too long", Path: "/v1/applications", Body: `{"name":"` + strings.Repeat("x", 256) + `"}`, Status: 400, Want: w{"code=2008"}},
		{Name: "a name of the wrong type", Path: "/v1/applications", Body: `{"name":7}`, Status: 400, Want: w{"code=2004"}},
		{Name: "a status that is none", Path: "/v1/applications", Body: `{"name":"Shop","status":"ON"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "a status in lower case", Path: "/v1/applications", Body: `{"name":"Shop","status":"disabled"}`, Status: 201, Want: w{"status=DISABLED"}, Events: w{"application.create"}},
		{Name: "callbacks", Path: "/v1/applications", Body: `{"name":"Shop","authorizedCallbackUris":["https://a.example/cb"]}`, Status: 201,
			Want: w{`authorizedCallbackUris=["https://a.example/cb"]`}, Events: w{"application.create"}},
		{Name: "callbacks over 4000 characters", Path: "/v1/applications", Body: `{"name":"Shop","authorizedCallbackUris":["` + strings.Repeat("x", 2001) + `","` + strings.Repeat("x", 2000) + `"]}`, Status: 400, Want: w{"code=2008"}},
		{Name: "support makes none", As: "support", Path: "/v1/applications", Body: `{"name":"Shop"}`, Status: 403},

		{Name: "read", Path: "/v1/applications/{app}",
			Want: w{"name=My Application", "defaultAccountStoreMapping.href={base}/accountStoreMappings/{map}", "loginAttempts.href={base}/applications/{app}/loginAttempts",
				"oAuthPolicy.href={base}/oAuthPolicies/{app}"},
			Not: w{"admin", "epoch"}},
		{Name: "read expanded", Path: "/v1/applications/{app}?expand=tenant,accounts,groups,customData,defaultAccountStoreMapping,defaultGroupStoreMapping,accountStoreMappings,oAuthPolicy,samlPolicy,accountLinkingPolicy,webConfig",
			Want: w{"tenant.name=Stormkeep", "accounts.items.0.username=ann", "groups.size=1", "accountStoreMappings.items.0.listIndex=0", "oAuthPolicy.accessTokenTtl=PT1H",
				"samlPolicy.href={base}/samlPolicies/{app}", "webConfig.status=DISABLED", "accountLinkingPolicy.status=DISABLED", "accounts.items.0.directory={\"href\":\"{base}/directories/{dir}\"}"}},
		{Name: "null links stay null when expanded", Path: "/v1/applications/{adminapp}?expand=defaultAccountStoreMapping", Want: w{"defaultAccountStoreMapping=null"}},
		{Name: "another's is not found", Path: "/v1/applications/{otherapp}", Status: 404},
		{Name: "change", Path: "/v1/applications/{app}", Body: `{"description":"x"}`, Want: w{"description=x", "name=My Application"}, Events: w{"application.update"}},
		{Name: "null clears a description", Path: "/v1/applications/{app}", Body: `{"description":null,"name":"New"}`, Want: w{"description=null"}, Events: w{"application.update"}},
		{Name: "a change to the same changes nothing", Path: "/v1/applications/{app}", Body: `{"name":"My Application"}`},
		{Name: "read-only members are ignored", Path: "/v1/applications/{app}",
			Body: `{"defaultAccountStoreMapping":null,"createdAt":"x","admin":true,"href":"http://evil.example/x","tenant":{"href":"{base}/tenants/{othertenant}"}}`,
			Want: w{"defaultAccountStoreMapping.href={base}/accountStoreMappings/{map}", "tenant.href={base}/tenants/{tenant}"}},
		{Name: "Stormpath cannot be renamed", Path: "/v1/applications/{adminapp}", Body: `{"name":"Mine"}`, Status: 400},
		{Name: "delete", Method: "DELETE", Path: "/v1/applications/{app}", Status: 204, Events: w{"accountStoreMapping.delete", "application.delete"}},
		{Name: "delete by POST", Method: "POST", Path: "/v1/applications/{app}?_method=DELETE", Status: 204, Events: w{"accountStoreMapping.delete", "application.delete"}},
		{Name: "Stormpath cannot be deleted", Method: "DELETE", Path: "/v1/applications/{adminapp}", Status: 400},
		{Name: "another's cannot be deleted", Method: "DELETE", Path: "/v1/applications/{otherapp}", Status: 404},

		{Name: "its accounts", Path: "/v1/applications/{app}/accounts", Want: w{"size=1", "items.0.href={base}/accounts/{ann}"}},
		{Name: "an account by e-mail", Path: "/v1/applications/{app}/accounts?email=ANN@example.com", Want: w{"size=1"}},
		{Name: "its groups", Path: "/v1/applications/{app}/groups", Want: w{"size=1", "items.0.href={base}/groups/{grp}"}},
		{Name: "a group by name", Path: "/v1/applications/{app}/groups?name=STAFF", Want: w{"size=1"}},
		{Name: "its mappings", Path: "/v1/applications/{app}/accountStoreMappings?expand=accountStore", Want: w{"size=1", "items.0.accountStore.name=My Application Directory"}},
		{Name: "a key whose account may use it", Path: "/v1/applications/{app}/apiKeys?id={key}&expand=account", Want: w{"size=1", "items.0.id={key}", "items.0.account.status=ENABLED"}},
		{Name: "a key whose account may not", Path: "/v1/applications/{app}/apiKeys?id={ownkey}", Want: w{"size=0"}},
		{Name: "another tenant's key", Path: "/v1/applications/{app}/apiKeys?id={otherkey}", Want: w{"size=0"}},
		{Name: "keys without an id, expanded, are none", Path: "/v1/applications/{app}?expand=apiKeys", Want: w{"apiKeys.size=0", "apiKeys.items=[]", "apiKeys.limit=25"}},
		{Name: "keys without an id, expanded in a list", Path: "/v1/tenants/{tenant}/applications?expand=apiKeys", Want: w{"items.0.apiKeys.size=0"}},
		{Name: "keys without an id are 2101 (safe choice of 4)", Path: "/v1/applications/{app}/apiKeys", Status: 400, Want: w{"code=2101"}},

		{Name: "make a group", Path: "/v1/applications/{app}/groups", Body: `{"name":"Crew"}`, Status: 201, Want: w{"directory.href={base}/directories/{dir}"}, Events: w{"group.create"}},
		{Name: "make a group without a default group store", Path: "/v1/applications/{adminapp}/groups", Body: `{"name":"Crew"}`, Status: 400, Want: w{"code=5102"}},
		{Name: "make an account", Path: "/v1/applications/{app}/accounts?expand=directory",
			Body: `{"email":"bob@example.com","password":"Passw0rd1!","customData":{"plan":"x"}}`, Status: 201,
			Want: w{"username=bob@example.com", "directory.name=My Application Directory", "status=ENABLED"}, Not: w{"password=Passw0rd1!", "Passw0rd1!"},
			Events: w{"account.create", "customData.update"}},
		{Name: "make an account without a default account store", Path: "/v1/applications/{adminapp}/accounts",
			Body: `{"email":"bob@example.com","password":"Passw0rd1!"}`, Status: 400, Want: w{"code=5100"}},
	})
}

// A store that is disabled takes nothing new through an application.
func TestDefaultStoresThatAreDisabled(t *testing.T) {
	a := api(t)
	a.Update(t, func(tx *core.Tx) error {
		d, err := core.Get(tx, core.ID[core.Directory](a.Vars["dir"]))
		if err != nil {
			return err
		}
		d.Status = core.Disabled
		return core.Put(tx, d)
	})
	a.Run(t, []row{
		{Name: "accounts", Path: "/v1/applications/{app}/accounts", Body: `{"email":"b@example.com","password":"Passw0rd1!"}`, Status: 400, Want: w{"code=5101"}},
		{Name: "groups", Path: "/v1/applications/{app}/groups", Body: `{"name":"Crew"}`, Status: 400, Want: w{"code=5103"}},
	})
}

// A group as default account store takes new accounts into its directory and
// itself; what two stores hold is listed once.
func TestAGroupAsAccountStore(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "an application", Path: "/v1/applications", Body: `{"name":"Crew"}`, Status: 201, Keep: "crew", Events: w{"application.create"}},
		{Name: "whose store is a group", Path: "/v1/accountStoreMappings",
			Body:   `{"application":{"href":"{base}/applications/{crew}"},"accountStore":{"href":"{base}/groups/{grp}"},"isDefaultAccountStore":true}`,
			Status: 201, Want: w{"accountStore.href={base}/groups/{grp}"}, Events: w{"application.update", "accountStoreMapping.create"}},
		{Name: "takes accounts into the group", Path: "/v1/applications/{crew}/accounts", Body: `{"email":"bob@example.com","password":"Passw0rd!1"}`,
			Status: 201, Keep: "bob", Want: w{"directory.href={base}/directories/{dir}"}, Events: w{"account.create", "groupMembership.create"}},
		{Name: "shows its members", Path: "/v1/applications/{crew}/accounts", Want: w{"size=2", "items.#=2"}},
		{Name: "shows the group", Path: "/v1/applications/{crew}/groups", Want: w{"size=1", "items.0.href={base}/groups/{grp}"}},
		{Name: "finds a member", Path: "/v1/applications/{crew}/accounts?username=bob@example.com", Want: w{"size=1"}},
		{Name: "is among the account's applications", Path: "/v1/accounts/{bob}/applications", Want: w{"size=2"}},
		{Name: "both stores", Path: "/v1/accountStoreMappings",
			Body:   `{"application":{"href":"{base}/applications/{crew}"},"accountStore":"{base}/directories/{dir}"}`,
			Status: 201, Want: w{"listIndex=1"}, Events: w{"accountStoreMapping.create"}},
		{Name: "show the group once", Path: "/v1/applications/{crew}/groups", Want: w{"size=1", "items.#=1"}},
		{Name: "show each account once", Path: "/v1/applications/{crew}/accounts?limit=1", Want: w{"size=2", "items.#=1"}},
		{Name: "and page without gaps", Path: "/v1/applications/{crew}/accounts?limit=1&offset=1", Want: w{"size=2", "items.#=1"}},
		{Name: "and end", Path: "/v1/applications/{crew}/accounts?limit=1&offset=2", Want: w{"size=2", "items=[]"}},
	})
}

// Directories have no groups in common: they are listed one after the other, each
// once.
func TestGroupsOfSeveralDirectories(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Second"}`, Status: 201, Keep: "second", Events: w{"directory.create"}},
		{Name: "its group", Path: "/v1/directories/{second}/groups", Body: `{"name":"Crew"}`, Status: 201, Keep: "crew", Events: w{"group.create"}},
		{Name: "its mapping", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{second}"}}`, Status: 201, Events: w{"accountStoreMapping.create"}},
		{Name: "both", Path: "/v1/applications/{app}/groups", Want: w{"size=2", "items.0.href={base}/groups/{grp}", "items.1.href={base}/groups/{crew}"}},
		{Name: "the first", Path: "/v1/applications/{app}/groups?limit=1", Want: w{"size=2", "items.#=1", "items.0.name=Staff"}},
		{Name: "the second", Path: "/v1/applications/{app}/groups?limit=1&offset=1", Want: w{"size=2", "items.#=1", "items.0.name=Crew"}},
		{Name: "the end", Path: "/v1/applications/{app}/groups?offset=2", Want: w{"size=2", "items=[]"}},
	})
}

// The free name of an application's directory counts up.
func TestDirectoryNamesCountUp(t *testing.T) {
	a := api(t)
	made := w{"application.create", "directory.create", "application.update", "accountStoreMapping.create"}
	a.Run(t, []row{
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Shop Directory"}`, Status: 201, Events: w{"directory.create"}},
		{Name: "an application", Path: "/v1/applications?createDirectory=true", Body: `{"name":"Shop"}`, Status: 201, Events: made},
		{Name: "gets the next name", Path: "/v1/tenants/{tenant}/directories?name=Shop%20Directory%20(2)", Want: w{"size=1"}},
	})
}
