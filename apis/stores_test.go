package apis_test

import "testing"

// An organization's stores may overlap, with each other and with those of the
// application that maps it: everything is listed once.
func TestWhatSeveralStoresHoldIsListedOnce(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "an organization", Path: "/v1/organizations", Body: `{"name":"Bank","nameKey":"bank"}`, Status: 201, Keep: "org", Events: w{"organization.create"}},
		{Name: "of a group", Path: "/v1/organizationAccountStoreMappings", Body: `{"organization":{"href":"{base}/organizations/{org}"},"accountStore":{"href":"{base}/groups/{grp}"}}`,
			Status: 201, Events: w{"organizationAccountStoreMapping.create"}},
		{Name: "shows its members", Path: "/v1/organizations/{org}/accounts", Want: w{"size=1", "items.0.href={base}/accounts/{ann}"}},
		{Name: "and the group", Path: "/v1/organizations/{org}/groups", Want: w{"size=1", "items.0.href={base}/groups/{grp}"}},
		{Name: "of its directory too", Path: "/v1/organizationAccountStoreMappings", Body: `{"organization":{"href":"{base}/organizations/{org}"},"accountStore":{"href":"{base}/directories/{dir}"}}`,
			Status: 201, Events: w{"organizationAccountStoreMapping.create"}},
		{Name: "each account once", Path: "/v1/organizations/{org}/accounts", Want: w{"size=1", "items.#=1"}},
		{Name: "each group once", Path: "/v1/organizations/{org}/groups", Want: w{"size=1", "items.#=1"}},
		{Name: "mapped beside the directory", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/organizations/{org}"}}`,
			Status: 201, Events: w{"accountStoreMapping.create"}},
		{Name: "each account once in the application", Path: "/v1/applications/{app}/accounts", Want: w{"size=1", "items.#=1"}},
		{Name: "each group once in the application", Path: "/v1/applications/{app}/groups", Want: w{"size=1", "items.#=1"}},
		{Name: "the application once", Path: "/v1/accounts/{ann}/applications", Want: w{"size=1", "items.#=1"}},
		{Name: "an organization that is not there", Path: "/v1/organizations/none/accounts", Status: 404},
		{Name: "nor its groups", Path: "/v1/organizations/none/groups", Body: `{"name":"x"}`, Status: 404},
		{Name: "nor for new accounts", Path: "/v1/organizations/none/accounts", Body: `{"email":"x@example.com","password":"Passw0rd1"}`, Status: 404},
	})
}
