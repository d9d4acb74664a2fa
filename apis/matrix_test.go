package apis_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden holds text against a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := string(b)
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Fatalf("%s:%d: lost %q; -update, then read the diff", file, i+1, w[i])
		case i >= len(w) || g[i] != w[i]:
			t.Fatalf("%s:%d: %q is new; -update, then read the diff", file, i+1, g[i])
		}
	}
}

// subjects names what stands for :id in the routes of a kind.
var subjects = map[string]string{
	"tenants": "tenant", "applications": "app", "directories": "dir", "groups": "grp", "accounts": "ann",
	"apiKeys": "key", "accountStoreMappings": "map", "groupMemberships": "mem", "operators": "admin",
	// What lies under the id of its owner.
	"fields": "field", "passwordPolicies": "dir", "accountCreationPolicies": "dir", "schemas": "dir",
	"organizations": "org", "organizationAccountStoreMappings": "orgmap", "accountLinks": "link",
	"smtpServers": "smtp", "emailTemplates": "tpl", "mails": "mail",
	"signingKeys": "sigkey", "clients": "client", "brandings": "app", "domains": "domain", "pageTemplates": "pagetpl", "resources": "resource", "sessions": "session", "grants": "grant", "consents": "consent",
	"oAuthPolicies": "app", "samlPolicies": "app", "accountLinkingPolicies": "app", "applicationWebConfigs": "app",
}

// bodies are what succeeds at the routes that take one, by what follows /v1/ or by
// the last part of it. {P} is "" or "other": whose ids are meant.
var bodies = map[string]string{
	"applications":         `{"name":"Made"}`,
	"directories":          `{"name":"Made"}`,
	"groups":               `{"name":"Made"}`,
	"accounts":             `{"email":"made@example.com","password":"Passw0rd1!"}`,
	"apiKeys":              `{"name":"made"}`,
	"operators":            `{"account":{"href":"{base}/accounts/{{P}norole}"},"role":"auditor"}`,
	"accountStoreMappings": `{"application":{"href":"{base}/applications/{{P}app}"},"accountStore":{"href":"{base}/groups/{{P}grp}"}}`,
	"groupMemberships":     `{"account":{"href":"{base}/accounts/{{P}bob}"},"group":{"href":"{base}/groups/{{P}grp}"}}`,
	"loginAttempts":        `{"type":"basic","value":"YW5uOlBhc3N3MHJkIQ=="}`,
	"customData":           `{"a":1}`,
	"strength":             `{"minLength":9}`,
	"provider":             `{"providerId":"stormpath"}`,
	"verificationEmails":   `{"login":"ann@example.com"}`,
	"passwordResetTokens":  `{"email":"ann@example.com"}`,
	"emailChanges":         `{"email":"changed@example.com"}`,
	"preview":              `{"locale":"de"}`,
	"test":                 `{"locale":"de"}`,
	"signingKeys":          `{"alg":"EdDSA"}`,
	"revoke":               `{}`,
	"clients":              `{"name":"Made","kind":"MACHINE"}`,
	"resources":            `{"name":"Made","identifier":"https://made.example"}`,
	"secrets":              `{}`,
	"branding":             `{"displayName":"Shop","primaryColor":"#006793"}`,
	"domains":              `{"host":"id.example.com","path":"/made"}`,
	"pageTemplates":        `{"page":"message","source":"<main>mine</main>"}`,

	"organizations":                    `{"name":"Made","nameKey":"made"}`,
	"organizationAccountStoreMappings": `{"organization":{"href":"{base}/organizations/{{P}org}"},"accountStore":{"href":"{base}/groups/{{P}grp}"}}`,
	"smtpServers":                      `{"host":"mail.example.com","port":587,"username":"me","password":"s3cret","status":"DISABLED"}`,
	"accountLinks":                     `{"leftAccount":{"href":"{base}/accounts/{{P}bob}"},"rightAccount":{"href":"{base}/accounts/{{P}yan}"}}`,

	"organizationAccountStoreMappings/:id":        `{"listIndex":0}`,
	"accountLinkingPolicies/:id":                  `{"status":"ENABLED"}`,
	"brandings/:id":                               `{"displayName":"Shop"}`,
	"pageTemplates/:id":                           `{"source":"<main>mine</main>"}`,
	"accountStoreMappings/:id":                    `{"listIndex":0,"isDefaultGroupStore":false}`,
	"apiKeys/:id":                                 `{"description":"changed"}`,
	"accounts/:id":                                `{"middleName":"changed"}`,
	"emailTemplates/:id":                          `{"description":"changed"}`,
	"operators/:id":                               `{"role":"support"}`,
	"fields/:id":                                  `{"required":true}`,
	"passwordPolicies/:id":                        `{"resetTokenTtl":1}`,
	"accountCreationPolicies/:id":                 `{"welcomeEmailStatus":"enabled"}`,
	"accounts/emailVerificationTokens/:token":     `{}`,
	"applications/:id/passwordResetTokens/:token": `{"password":"N3w passw0rd"}`,
	"*/:id": `{"name":"changed"}`,
}

// call is a route made concrete.
type call struct{ method, path, body string }

// concrete fills a route in. prefix is "" for the caller's own ids, "other" for
// another tenant's.
func concrete(t *testing.T, rt apis.Route, prefix string) call {
	t.Helper()
	below := strings.TrimPrefix(rt.Path, "/v1/")
	parts := strings.Split(below, "/")
	c := call{method: rt.Method, path: rt.Path}
	if len(parts) > 1 && parts[1] == ":id" {
		name, ok := subjects[parts[0]]
		if !ok {
			t.Fatalf("%s %s: say in subjects what stands for its :id", rt.Method, rt.Path)
		}
		c.path = strings.Replace(c.path, ":id", "{"+prefix+name+"}", 1)
	}
	c.path = strings.NewReplacer(":key", "a", "emailVerificationTokens/:token", "emailVerificationTokens/{"+prefix+"verification}",
		":token", "{"+prefix+"token}").Replace(c.path)
	if strings.HasSuffix(below, "applications/:id/apiKeys") {
		c.path += "?id={" + prefix + "key}"
	}
	if below == "events/stream" {
		c.path += "?for=0" // else it goes on
	}
	if rt.Method != http.MethodPost {
		return c
	}
	last := parts[len(parts)-1]
	if strings.HasPrefix(last, ":") {
		last = below
	}
	body, ok := bodies[last]
	if !ok && strings.HasSuffix(last, ":id") {
		body, ok = bodies["*/:id"]
	}
	if !ok {
		t.Fatalf("%s %s: say in bodies what it takes", rt.Method, rt.Path)
	}
	c.body = strings.ReplaceAll(body, "{P}", prefix)
	return c
}

// routes are those below /v1 that want a key.
func routes(a *apitest.API) (all []apis.Route) {
	for _, rt := range a.Server.Routes() {
		if strings.HasPrefix(rt.Path, "/v1/") && !rt.Public {
			all = append(all, rt)
		}
	}
	return all
}

// populated is api with what the matrix needs beyond the cast, in both tenants:
// bob, who is in no group, live tokens to set ann's password and to verify bob's
// address, an organization org whose default store is dir, and yan and zoe in another
// directory; zoe is linked to ann. The operator boss, with key bosskey, is another owner;
// the account norole is no operator.
func populated(t testing.TB) *apitest.API {
	a := api(t)
	populate(t, a)
	return a
}

func populate(t testing.TB, a *apitest.API) {
	t.Helper()
	a.Vars["otheradmin"] = a.Vars["otherown"]
	for _, caller := range []string{"", "other"} {
		a.Vars[caller+"field"] = a.Vars[caller+"dir"] + "surname"
		if ans := a.Do(t, caller, "POST", "/v1/accountCreationPolicies/{"+caller+"dir}", `{"verificationEmailStatus":"ENABLED"}`, nil); ans.Status != 200 {
			t.Fatalf("%d %s", ans.Status, ans.Body)
		}
		for _, c := range [][3]string{
			{"bob", "directories/{P/dir}/accounts", `{"email":"bob@example.com","password":"Passw0rd1!"}`},
			{"token", "applications/{P/app}/passwordResetTokens", `{"email":"ann@example.com"}`},
			{"org", "organizations", `{"name":"Bank","nameKey":"bank"}`},
			{"orgmap", "organizationAccountStoreMappings", `{"organization":{"href":"{base}/organizations/{P/org}"},
				"accountStore":{"href":"{base}/directories/{P/dir}"},"isDefaultAccountStore":true,"isDefaultGroupStore":true}`},
			{"second", "directories", `{"name":"Second"}`},
			{"boss", "directories/{P/admindir}/accounts", `{"email":"boss@example.com","password":"correct horse battery"}`},
			{"bossrole", "operators", `{"account":{"href":"{base}/accounts/{P/boss}"},"role":"owner"}`},
			{"bosskey", "operators/{P/boss}/apiKeys", `{}`},
			{"norole", "directories/{P/admindir}/accounts", `{"email":"clerk@example.com","password":"correct horse battery"}`},
			{"yan", "directories/{P/second}/accounts", `{"email":"yan@example.com","password":"Passw0rd1"}`},
			{"zoe", "directories/{P/second}/accounts", `{"email":"zoe@example.com","password":"Passw0rd1"}`},
			{"smtp", "smtpServers", bodies["smtpServers"]},
			{"ownmail", "emailTemplates/{P/dir}passwordReset", `{"description":"made"}`},
			{"sigkey", "signingKeys", bodies["signingKeys"]},
			{"client", "applications/{P/app}/clients", `{"name":"Web","redirectUris":["https://app.example/"]}`},
			{"resource", "applications/{P/app}/resources", `{"name":"API","identifier":"https://api.example"}`},
			{"pagetpl", "applications/{P/app}/pageTemplates", bodies["pageTemplates"]},
			{"domain", "applications/{P/app}/domains", `{"host":"id.example.com","path":"/shop"}`},
			{"link", "accountLinks", `{"leftAccount":{"href":"{base}/accounts/{P/ann}"},"rightAccount":{"href":"{base}/accounts/{P/zoe}"}}`},
		} {
			mine := strings.NewReplacer("{P/", "{"+caller)
			ans := a.Do(t, caller, "POST", "/v1/"+mine.Replace(c[1]), mine.Replace(c[2]), nil)
			if ans.Status >= 300 {
				t.Fatalf("%s: %d %s", c[0], ans.Status, ans.Body)
			}
			href, _ := ans.Value("href").(string)
			a.Vars[caller+c[0]] = path.Base(href)
			if token, ok := ans.Value("emailVerificationToken.href").(string); ok && token != apitest.Missing {
				a.Vars[caller+"verification"] = path.Base(token)
			}
		}
		a.Vars[caller+"tpl"] = a.Vars[caller+"dir"] + "passwordReset"
		href, _ := a.Do(t, caller, "GET", "/v1/accounts/{"+caller+"ann}/mails", "", nil).Value("items.0.href").(string)
		a.Vars[caller+"mail"] = path.Base(href)
		signedIn(t, a, caller)
	}
	a.Console(t, "console", a.Owner.ID)
	a.Console(t, "consoleauditor", core.ID[core.Account](a.Vars["auditor"]))
}

// atConsole are the callers of the matrix with a session of the console, who show no key:
// an owner and an auditor.
var atConsole = []string{"console", "consoleauditor"}

// signedIn has Ann of a tenant signed in to its client, which she has agreed to.
func signedIn(t testing.TB, a *apitest.API, caller string) {
	t.Helper()
	set := func(name string, l core.Link) { a.Vars[caller+name] = core.RefTo(l).ID() }
	err := a.App.Update(core.AsMachine(t.Context(), core.ID[core.Tenant](a.Vars[caller+"tenant"])), func(tx *core.Tx) error {
		ann, err := core.Get(tx, core.ID[core.Account](a.Vars[caller+"ann"]))
		if err != nil {
			return err
		}
		client, err := core.Get(tx, core.ID[core.Client](a.Vars[caller+"client"]))
		if err != nil {
			return err
		}
		done := &core.Done{Account: ann, ACR: "pwd", AMR: []string{"pwd"}, AuthTime: core.At(tx.Now)}
		if done.Stamp, err = done.Bond(client.Application).Stamp(tx); err != nil {
			return err
		}
		_, session, err := core.OpenSession(tx, done, client.Application)
		if err != nil {
			return err
		}
		if err := core.GiveConsent(tx, ann.ID, client.ID, []string{"openid"}, nil); err != nil {
			return err
		}
		consent, err := core.ConsentOf(tx, ann.ID, client.ID)
		if err != nil {
			return err
		}
		code, err := core.NewCode(tx, core.Authorized{Client: client, Session: session, RedirectURI: client.RedirectURIs[0], Scopes: []string{"openid"}, Asked: true})
		if err != nil {
			return err
		}
		got, err := core.Redeem(tx, core.Redemption{Client: client, Code: code})
		if err != nil {
			return err
		}
		set("session", session.ID)
		set("consent", consent.ID)
		set("grant", got.Grant.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// stage hands out an API that no call has changed: a new one after each success
// of a change.
type stage struct {
	t *testing.T
	a *apitest.API
}

func (s *stage) do(as string, c call) *apitest.Answer {
	if s.a == nil {
		s.a = populated(s.t)
	}
	a := s.a
	alone := c.method == http.MethodPost && c.path == "/v1/smtpServers" // a tenant has one
	if alone {
		a.Do(s.t, "", http.MethodDelete, "/v1/smtpServers/{smtp}", "", nil)
	}
	ans := a.Do(s.t, as, c.method, c.path, c.body, nil)
	if alone || c.method != http.MethodGet && ans.Status < 300 {
		s.a = nil
	}
	return ans
}

// Every route, for every caller, with the caller's own and another tenant's ids:
// who gets in is the golden's to say, and that nobody else does, this test's.
func TestClass19_20_RoleByRouteByTenant(t *testing.T) {
	s := &stage{t: t}
	table := &strings.Builder{}
	for _, rt := range api(t).Server.Routes() {
		if rt.Machine || rt.Console {
			fmt.Fprintf(table, "%-6s %-50s %d  %s\n", rt.Method, rt.Path, rt.Status, whoCommands(rt))
			for _, as := range append(slices.Clone(apitest.Callers), apitest.Nobody) {
				if got := s.do(as, call{method: rt.Method, path: rt.Path}).Status; got != http.StatusUnauthorized {
					t.Errorf("%s %s as %s: %d, want 401: no key opens it", rt.Method, rt.Path, as, got)
				}
			}
			continue
		}
		if rt.Public || !strings.HasPrefix(rt.Path, "/v1/") {
			fmt.Fprintf(table, "%-6s %-50s %d  anyone\n", rt.Method, rt.Path, rt.Status)
			continue
		}
		var in []string
		own, foreign := concrete(t, rt, ""), concrete(t, rt, "other")
		for _, as := range slices.Concat(apitest.Callers, []string{apitest.Nobody}, atConsole) {
			got := s.do(as, own).Status
			switch {
			case got == rt.Status:
				in = append(in, as)
			case got == want(as):
			default:
				t.Errorf("%s %s as %s: %d, want %d or %d", rt.Method, own.path, as, got, rt.Status, want(as))
			}
			if own == foreign {
				continue
			}
			ans := s.do(as, foreign)
			if ok := stranger(rt, as, ans); !ok {
				t.Errorf("another tenant's %s %s as %s: %d %s", rt.Method, foreign.path, as, ans.Status, ans.Body)
			}
		}
		if len(in) == 0 {
			t.Errorf("%s %s: nobody gets in", rt.Method, rt.Path)
		}
		fmt.Fprintf(table, "%-6s %-50s %d  %s\n", rt.Method, rt.Path, rt.Status, strings.Join(in, " "))
	}
	golden(t, "routes.golden", table.String())
}

// whoCommands says who reaches a route that no key opens.
func whoCommands(rt apis.Route) string {
	who := []string{"machine"}
	if rt.Role != "" {
		who = append(who, "console "+string(rt.Role))
	}
	if rt.Whole {
		who = append(who, "of the first tenant")
	}
	if rt.StepUp {
		who = append(who, "fresh")
	}
	return strings.Join(who, ", ")
}

// want is how a caller is refused.
func want(as string) int {
	switch as {
	case "accountkey", "wrongsecret", apitest.Nobody:
		return http.StatusUnauthorized
	}
	return http.StatusForbidden
}

// stranger tells whether an answer about another tenant's record is that of one
// that does not exist.
func stranger(rt apis.Route, as string, ans *apitest.Answer) bool {
	switch {
	case want(as) == http.StatusUnauthorized || as == "norole" || as == "nomanage":
		return ans.Status == want(as)
	case strings.Contains(rt.Path, ":id"), strings.Contains(rt.Path, ":token"):
		return ans.Status == 404
	}
	if rt.Kind == "accountLinks" && ans.Status == 404 {
		return true // spec 18
	}
	// A body that names it by href.
	return ans.Status == 400 && ans.Value("code") != apitest.Missing && fmt.Sprint(ans.Value("code")) == "2014" || ans.Status == 403
}

// Whoever changes an account, or what gives power over it, must be above it; an
// operator may change, but not delete, its own account.
func TestClass19_TargetRole(t *testing.T) {
	rank := map[string]int{"owner": 4, "boss": 4, "admin": 3, "support": 2, "auditor": 1, "ann": 0} // boss is another owner
	may := map[string][]string{                                                                     // what a role may do to those below it
		"POST /v1/accounts/:id":                   {"owner", "admin", "support"},
		"DELETE /v1/accounts/:id":                 {"owner", "admin"},
		"POST /v1/accounts/:id/apiKeys":           {"owner", "admin"},
		"POST /v1/accounts/:id/customData":        {"owner", "admin", "support"},
		"POST /v1/accounts/:id/emailChanges":      {"owner", "admin", "support"},
		"DELETE /v1/accounts/:id/customData":      {"owner", "admin", "support"},
		"DELETE /v1/accounts/:id/customData/:key": {"owner", "admin", "support"},
		"POST /v1/apiKeys/:id":                    {"owner", "admin"},
		"DELETE /v1/apiKeys/:id":                  {"owner", "admin"},
		"POST /v1/operators/:id":                  {"owner"},
		"DELETE /v1/operators/:id":                {"owner"},
		"POST /v1/operators/:id/apiKeys":          {"owner", "admin"},
		"DELETE /v1/accounts/:id/sessions":        {"owner", "admin", "support"},
	}
	// Of its own, an operator changes what is there and neither adds nor removes.
	own := []string{"POST /v1/accounts/:id", "POST /v1/accounts/:id/customData", "DELETE /v1/accounts/:id/customData",
		"DELETE /v1/accounts/:id/customData/:key", "POST /v1/apiKeys/:id", "POST /v1/accounts/:id/emailChanges", "DELETE /v1/accounts/:id/sessions"}
	s := &stage{t: t}
	for _, rt := range routes(api(t)) {
		name := rt.Method + " " + rt.Path
		about, _, _ := strings.Cut(strings.TrimPrefix(rt.Path, "/v1/"), "/:id")
		if rt.Method == http.MethodGet || !strings.Contains(rt.Path, "/:id") || !slices.Contains([]string{"accounts", "apiKeys", "operators"}, about) {
			continue
		}
		roles, ok := may[name]
		if !ok {
			t.Errorf("%s: say who may do it to whom", name)
			continue
		}
		for as := range rank {
			if as == "ann" || as == "boss" {
				continue
			}
			for target := range rank {
				c := concrete(t, rt, "")
				c.path = strings.NewReplacer("{ann}", "{T}", "{key}", "{T}", "{admin}", "{T}").Replace(c.path)
				c.path = strings.Replace(c.path, "{T}", idOf(about, target), 1)
				allowed := slices.Contains(roles, as) && (as == "owner" || rank[as] > rank[target] || as == target && slices.Contains(own, name))
				ans := s.do(as, c)
				switch {
				case about == "operators" && target == "ann": // who is none
					if ans.Status != 404 {
						t.Errorf("%s as %s to an end user: %d", name, as, ans.Status)
					}
				case as == "owner" && target == "owner" && about == "operators" && !strings.HasSuffix(name, "apiKeys"):
					if ans.Status != 403 {
						t.Errorf("an owner changes its own role: %d", ans.Status)
					}
				case allowed != (ans.Status < 300) || !allowed && ans.Status != 403:
					t.Errorf("%s as %s to %s: %d, allowed %v", name, as, target, ans.Status, allowed)
				}
			}
		}
	}
}

// idOf is what stands for a target, or for its key.
func idOf(about, target string) string {
	switch {
	case about == "apiKeys" && target == "owner":
		return "{ownkey}"
	case about == "apiKeys" && target == "ann":
		return "{key}"
	case about == "apiKeys":
		return "{" + target + "key}"
	case target == "owner":
		return "{own}"
	}
	return "{" + target + "}"
}
