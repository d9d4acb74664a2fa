package apis_test

import "testing"

// A change of a record that is not the one its caller read is refused; what is
// read says which it was.
func TestLostEdits(t *testing.T) {
	match := func(tag string) map[string]string { return map[string]string{"If-Match": tag} }
	for kind, id := range map[string]string{"applications": "{app}", "directories": "{dir}", "groups": "{grp}", "accounts": "{ann}", "apiKeys": "{key}",
		"accountStoreMappings": "{map}", "tenants": "{tenant}"} {
		t.Run(kind, func(t *testing.T) {
			a := api(t)
			path := "/v1/" + kind + "/" + id
			body := `{"name":"one"}`
			if kind == "accounts" {
				body = `{"surname":"one"}`
			}
			if kind == "accountStoreMappings" {
				body = `{"isDefaultGroupStore":false}`
			}
			tag := a.Get(t, path).Header.Get("ETag")
			if tag == "" {
				t.Fatal("no ETag")
			}
			if ans := do(t, a, row{Path: path, Body: body, Header: match(`"0"`)}, 412); ans.Has("code=412") != nil {
				t.Errorf("%s", ans.Body)
			}
			if kind != "tenants" {
				do(t, a, row{Method: "DELETE", Path: path, Header: match(`"0"`)}, 412)
			}
			now := do(t, a, row{Path: path, Body: body, Header: match(tag)}, 200).Header.Get("ETag")
			if now == tag {
				t.Errorf("the ETag %s stays", tag)
			}
			do(t, a, row{Path: path, Body: body, Header: match(tag)}, 412)
			do(t, a, row{Path: path, Body: body, Header: match("*")}, 200)
			do(t, a, row{Path: path, Body: body, Header: match(now)}, 200)
			if got := a.Get(t, path).Header.Get("ETag"); got != now {
				t.Errorf("a change to the same moves the ETag from %s to %s", now, got)
			}
		})
	}
}

// SDKs post back the whole of what they hold, whatever they expanded.
func TestWhatIsPostedBackChangesNothing(t *testing.T) {
	a := api(t)
	do(t, a, row{Path: "/v1/accounts/{ann}/customData", Body: `{"a":{"b":[1,2]}}`}, 200)
	for path, expand := range map[string]string{
		"/v1/tenants/{tenant}":                "applications,customData,groups",
		"/v1/applications/{app}":              "tenant,accounts,groups,customData,defaultAccountStoreMapping,accountStoreMappings,oAuthPolicy",
		"/v1/directories/{dir}":               "tenant,provider,customData,passwordPolicy,accounts,groups",
		"/v1/groups/{grp}":                    "directory,tenant,customData,accounts,accountMemberships",
		"/v1/accounts/{ann}":                  "directory,tenant,customData,groups,groupMemberships,apiKeys,providerData",
		"/v1/apiKeys/{key}":                   "account,tenant",
		"/v1/passwordPolicies/{dir}":          "strength,resetEmailTemplates",
		"/v1/passwordPolicies/{dir}/strength": "",
		"/v1/accountCreationPolicies/{dir}":   "welcomeEmailTemplates",
		"/v1/directories/{dir}/provider":      "",
		"/v1/fields/{dir}surname":             "schema",
		"/v1/accountStoreMappings/{map}":      "application,accountStore",
	} {
		for _, query := range []string{"", "?expand=" + expand} {
			whole := a.Get(t, path+query)
			before := len(a.Events(t)[a.Tenant])
			back := do(t, a, row{Path: path + query, Body: string(whole.Body)}, 200)
			if string(back.Body) != string(whole.Body) {
				t.Errorf("%s%s\n%s\nbecame\n%s", path, query, whole.Body, back.Body)
			}
			if all := a.Events(t)[a.Tenant]; len(all) != before {
				t.Errorf("%s%s emits %q", path, query, all[before:])
			}
		}
	}
}
