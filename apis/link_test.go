package apis_test

import "testing"

func TestAccountLinks(t *testing.T) {
	a := api(t)
	between := func(left, right string) string {
		return `{"leftAccount":{"href":"{base}/` + left + `"},"rightAccount":{"href":"{base}/` + right + `"}}`
	}
	a.Run(t, []row{
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Second"}`, Status: 201, Keep: "dir2", Events: w{"directory.create"}},
		{Name: "zoe", Path: "/v1/directories/{dir2}/accounts", Body: `{"email":"zoe@example.com","password":"Passw0rd1"}`, Status: 201, Keep: "zoe", Events: w{"account.create"}},
		{Name: "yan", Path: "/v1/directories/{dir2}/accounts", Body: `{"email":"yan@example.com","password":"Passw0rd1"}`, Status: 201, Keep: "yan", Events: w{"account.create"}},
		{Name: "nobody is linked", Path: "/v1/accounts/{ann}?expand=linkedAccounts,accountLinks", Want: w{"linkedAccounts.size=0", "accountLinks.items=[]"}},
		{Name: "link", Path: "/v1/accountLinks?expand=leftAccount", Body: between("accounts/{ann}", "accounts/{zoe}"), Status: 201, Keep: "link",
			Want: w{"leftAccount.username=ann", "rightAccount.href={base}/accounts/{zoe}"}, Events: w{"accountLink.create"}},
		{Name: "again: 7500, and where it is", Path: "/v1/accountLinks", Body: between("accounts/{ann}", "accounts/{zoe}"), Status: 409,
			Want: w{"code=7500", "Location={base}/accountLinks/{link}"}},
		{Name: "the other way round", Path: "/v1/accountLinks", Body: between("accounts/{zoe}", "accounts/{ann}"), Status: 409,
			Want: w{"code=7500", "Location={base}/accountLinks/{link}"}},
		{Name: "itself", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{yan}"), Status: 400, Want: w{"code=7501"}},
		{Name: "a group", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "groups/{grp}"), Status: 400, Want: w{"code=7502"}},
		{Name: "an href of another server", Path: "/v1/accountLinks", Body: `{"leftAccount":{"href":"https://evil.example/v1/accounts/{ann}"},"rightAccount":{"href":"{base}/accounts/{yan}"}}`, Status: 400, Want: w{"code=7502"}},
		{Name: "a number", Path: "/v1/accountLinks", Body: `{"leftAccount":7,"rightAccount":{"href":"{base}/accounts/{yan}"}}`, Status: 400, Want: w{"code=7502"}},
		{Name: "half a link", Path: "/v1/accountLinks", Body: `{"leftAccount":{"href":"{base}/accounts/{ann}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "of one directory", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{zoe}"), Status: 409, Want: w{"code=7504"}},
		{Name: "a second of that directory", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{ann}"), Status: 409, Want: w{"code=7505"}},
		{Name: "nobody", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/nobody"), Status: 404, Want: w{"code=404"}},
		{Name: "another tenant's", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{otherann}"), Status: 404},
		{Name: "an owner's", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{own}"), Status: 400},
		{Name: "support's, by an admin", As: "admin", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{support}"), Status: 400},
		{Name: "support links nobody", As: "support", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{ann}"), Status: 403},
		{Name: "read", Path: "/v1/accountLinks/{link}?expand=rightAccount", Want: w{"rightAccount.email=zoe@example.com"}},
		{Name: "there is no update", Path: "/v1/accountLinks/{link}", Body: `{"rightAccount":{"href":"{base}/accounts/{yan}"}}`, Status: 405, Want: w{"code=1100"}},
		{Name: "another's is not found", As: "other", Path: "/v1/accountLinks/{link}", Status: 404},
		{Name: "from the left", Path: "/v1/accounts/{ann}/linkedAccounts", Want: w{"size=1", "items.0.href={base}/accounts/{zoe}"}},
		{Name: "from the right", Path: "/v1/accounts/{zoe}?expand=linkedAccounts,accountLinks",
			Want: w{"linkedAccounts.items.0.href={base}/accounts/{ann}", "accountLinks.items.0.href={base}/accountLinks/{link}"}},
		{Name: "past the end", Path: "/v1/accounts/{zoe}/accountLinks?offset=1", Want: w{"size=1", "items=[]"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/accountLinks/{link}", Status: 204, Events: w{"accountLink.delete"}},
		{Name: "nobody is linked any more", Path: "/v1/accounts/{ann}/accountLinks", Want: w{"size=0"}},
		{Name: "and may be anew", Path: "/v1/accountLinks", Body: between("accounts/{yan}", "accounts/{ann}"), Status: 201, Keep: "link", Events: w{"accountLink.create"}},
		{Name: "with the account goes the link", Method: "DELETE", Path: "/v1/accounts/{yan}", Status: 204, Events: w{"accountLink.delete", "account.delete"}},
		{Name: "it is gone", Path: "/v1/accountLinks/{link}", Status: 404},
	})
}

func TestAccountLinkingPolicies(t *testing.T) {
	a := api(t)
	path := "/v1/accountLinkingPolicies/{app}"
	a.Run(t, []row{
		{Name: "an application's, unwritten", Path: path + "?expand=tenant", Want: w{"href={base}/accountLinkingPolicies/{app}", "status=DISABLED",
			"automaticProvisioning=DISABLED", "matchingProperty=null", "tenant.name=Stormkeep", "createdAt=2026-11-21T12:00:00.000Z"}},
		{Name: "in the application", Path: "/v1/applications/{app}?expand=accountLinkingPolicy", Want: w{"accountLinkingPolicy.status=DISABLED"}},
		{Name: "change", Path: path, Body: `{"status":"enabled","automaticProvisioning":"Enabled","matchingProperty":"EMAIL"}`,
			Want: w{"status=ENABLED", "automaticProvisioning=ENABLED", "matchingProperty=email"}, Events: w{"accountLinkingPolicy.create"}},
		{Name: "null clears", Path: path, Body: `{"matchingProperty":null}`, Want: w{"matchingProperty=null", "status=ENABLED"}, Events: w{"accountLinkingPolicy.update"}},
		{Name: "a change to the same changes nothing", Path: path, Body: `{"status":"ENABLED"}`},
		{Name: "another property", Path: path, Body: `{"matchingProperty":"username"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "a number", Path: path, Body: `{"matchingProperty":7}`, Status: 400, Want: w{"code=2004"}},
		{Name: "another status", Path: path, Body: `{"status":"ON"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "an empty change is 2000 (safe choice of 2.4)", Method: "POST", Path: path, Status: 400, Want: w{"code=2000"}},
		{Name: "there is no DELETE", Method: "DELETE", Path: path, Status: 405, Want: w{"code=1100"}},
		{Name: "the administrators' stays as it is", Path: "/v1/accountLinkingPolicies/{adminapp}", Body: `{"status":"ENABLED"}`, Status: 400},
		{Name: "support changes none", As: "support", Path: path, Body: `{"status":"DISABLED"}`, Status: 403},
		{Name: "a directory has none", Path: "/v1/accountLinkingPolicies/{dir}", Status: 404},
		{Name: "nor can it be given one", Path: "/v1/accountLinkingPolicies/{dir}", Body: `{"status":"ENABLED"}`, Status: 404},
		{Name: "another tenant's", Path: "/v1/accountLinkingPolicies/{otherapp}", Status: 404},
		{Name: "an organization", Path: "/v1/organizations", Body: `{"name":"Bank","nameKey":"bank"}`, Status: 201, Keep: "org", Events: w{"organization.create"}},
		{Name: "has one", Path: "/v1/organizations/{org}?expand=accountLinkingPolicy", Want: w{"accountLinkingPolicy.status=DISABLED"}},
		{Name: "of its own", Path: "/v1/accountLinkingPolicies/{org}", Body: `{"status":"ENABLED"}`, Want: w{"status=ENABLED"}, Events: w{"accountLinkingPolicy.create"}},
		{Name: "it goes with it", Method: "DELETE", Path: "/v1/organizations/{org}", Status: 204, Events: w{"accountLinkingPolicy.delete", "organization.delete"}},
		{Name: "and is gone", Path: "/v1/accountLinkingPolicies/{org}", Status: 404},
	})
}

// A login ends at the linked account of the default store.
func TestALoginFollowsALink(t *testing.T) {
	a := api(t)
	login := row{Path: "/v1/applications/{app}/loginAttempts?expand=account", Body: `{"type":"basic","value":"YW5uOlBhc3N3MHJkIQ=="}`}
	after := func(name string, want w, status int, events ...string) row {
		r := login
		r.Name, r.Want, r.Status, r.Events = name, want, status, events
		return r
	}
	a.Run(t, []row{
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Second"}`, Status: 201, Keep: "dir2", Events: w{"directory.create"}},
		{Name: "zoe", Path: "/v1/directories/{dir2}/accounts", Body: `{"email":"zoe@example.com","password":"Passw0rd1"}`, Status: 201, Keep: "zoe", Events: w{"account.create"}},
		{Name: "is the default", Path: "/v1/accountStoreMappings", Status: 201, Events: w{"application.update", "accountStoreMapping.create", "accountStoreMapping.update"},
			Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{dir2}"},"isDefaultAccountStore":true}`},
		{Name: "the link", Path: "/v1/accountLinks", Status: 201, Events: w{"accountLink.create"},
			Body: `{"leftAccount":{"href":"{base}/accounts/{zoe}"},"rightAccount":{"href":"{base}/accounts/{ann}"}}`},
		after("without a policy", w{"account.username=ann"}, 200, "auth.login"),
		{Name: "the policy", Path: "/v1/accountLinkingPolicies/{app}", Body: `{"status":"ENABLED"}`, Events: w{"accountLinkingPolicy.create"}},
		after("with it", w{"account.username=zoe@example.com"}, 200, "auth.login"),
		{Name: "zoe is disabled", Path: "/v1/accounts/{zoe}", Body: `{"status":"DISABLED"}`, Events: w{"account.update"}},
		after("and keeps ann out", w{"code=7101"}, 400, "auth.failure"),
	})
}
