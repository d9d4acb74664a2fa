package apis_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// postOnly are the links that are endpoints: they answer POST, and GET with 405.
var postOnly = []string{"/loginAttempts", "/passwordResetTokens", "/verificationEmails", "/authTokens", "/oauth/token", "/oauth/revoke"}

// Every link that any answer shows leads somewhere: from the tenant on, one after
// the other.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	a := api(t)
	seen := map[string]bool{}
	todo := []string{"/v1/tenants/{tenant}"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		switch ans := a.Do(t, apitest.Owner, "GET", path, "", nil); {
		case slices.ContainsFunc(postOnly, func(s string) bool { return strings.HasSuffix(path, s) }):
			if ans.Status != 405 {
				t.Errorf("%s: %d, want 405", path, ans.Status)
			}
		case strings.HasPrefix(path, "/v1/applications/") && strings.HasSuffix(path, "/apiKeys"):
			if ans.Status != 400 {
				t.Errorf("%s: %d, want 400: it needs an id", path, ans.Status)
			}
		case ans.Status != 200:
			t.Errorf("%s: %d %s", path, ans.Status, ans.Body)
		default:
			for href := range hrefs(ans.JSON) {
				below, ok := strings.CutPrefix(href, apitest.Base)
				if !ok {
					t.Errorf("%s links to %s", path, href)
				}
				if !seen[below] {
					seen[below] = true
					todo = append(todo, "/v1"+below)
				}
			}
		}
	}
	if len(seen) < 150 {
		t.Errorf("only %d links", len(seen))
	}
	kinds := map[string]bool{}
	for path := range seen {
		kinds[strings.Split(path, "/")[1]] = true
	}
	if got := slices.Sorted(maps.Keys(kinds)); !slices.Contains(got, "fields") || !slices.Contains(got, "applicationWebConfigs") {
		t.Errorf("only %q", got)
	}
}

func hrefs(v any) map[string]bool {
	found := map[string]bool{}
	switch v := v.(type) {
	case map[string]any:
		for name, child := range v {
			if s, ok := child.(string); ok && name == "href" {
				found[s] = true
			}
			maps.Copy(found, hrefs(child))
		}
	case []any:
		for _, child := range v {
			maps.Copy(found, hrefs(child))
		}
	}
	return found
}

func TestWhatIsNotBuiltCannotBeChanged(t *testing.T) {
	rows := []row{
		{Name: "an empty collection", Path: "/v1/accounts/{ann}/factors?limit=7", Want: w{"href={base}/accounts/{ann}/factors", "offset=0", "limit=7", "size=0", "items=[]"}},
		{Name: "another's collection", Path: "/v1/accounts/{otherann}/factors", Status: 404},
		{Name: "the OAuth policy", Path: "/v1/oAuthPolicies/{app}?expand=application,tenant", Want: w{"accessTokenTtl=PT1H", "refreshTokenTtl=P60D",
			"application.name=My Application", "tenant.name=Stormkeep", "tokenEndpoint.href={base}/applications/{app}/oauth/token"}},
		{Name: "the web configuration", Path: "/v1/applicationWebConfigs/{app}", Want: w{"status=DISABLED", "dnsLabel=null", "signingApiKey=null", "me.expand.groups=false"}},
		{Name: "the schema", Path: "/v1/schemas/{dir}", Want: w{"fields.href={base}/schemas/{dir}/fields", "directory.href={base}/directories/{dir}"}},
		{Name: "its fields", Path: "/v1/schemas/{dir}/fields?limit=1&offset=1", Want: w{"size=2", "items.#=1", "items.0.name=surname", "items.0.required=false"}},
		{Name: "a field", Path: "/v1/fields/{dir}givenName", Want: w{"name=givenName", "schema.href={base}/schemas/{dir}"}},
		{Name: "no such field", Path: "/v1/fields/{dir}email", Status: 404},
		{Name: "another's field", Path: "/v1/fields/{otherdir}surname", Status: 404},
	}
	for _, path := range []string{"accounts/{ann}/factors", "oAuthPolicies/{app}", "passwordPolicies/{dir}/resetEmailTemplates",
		"applications/{app}/oauth/token", "accounts/{ann}/providerData", "schemas/{dir}", "schemas/{dir}/fields"} {
		rows = append(rows, row{Name: "POST to " + path, Path: "/v1/" + path, Body: `{"status":"ENABLED"}`, Status: 405, Want: w{"code=1100"}},
			row{Name: "POST to " + path + " without a key", As: "nobody", Path: "/v1/" + path, Body: `{}`, Status: 401})
	}
	api(t).Run(t, rows)
}
