package apis_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// guesses are the routes at which somebody can guess a secret of a person, with a body
// that guesses; the status of a try that is held back, and the tries that are not.
var guesses = map[string]struct {
	body         string
	status, free int
}{
	"POST /v1/applications/:id/loginAttempts":              {login("ann:wrong"), 400, 5},
	"GET /v1/applications/:id/passwordResetTokens/:token":  {"", 429, 5},
	"POST /v1/applications/:id/passwordResetTokens/:token": {`{"password":"N3wPassword"}`, 429, 5},
	"POST /v1/accounts/emailVerificationTokens/:token":     {"", 429, 5},
	"POST /setup":          {"", 429, 5},
	"POST /setup/password": {"", 429, 5},
	"POST /setup/key":      {"", 429, 5},
	"POST /setup/restore":  {"", 429, 5},

	"POST /passwordReset":           {"", 429, 5},
	"POST /emailVerificationTokens": {"", 429, 5},

	// loginpage_test.go tries them, in JSON.
	"POST /login":  {"", 429, 5},
	"POST /change": {"", 429, 5},
	"POST /verify": {"", 429, 5},

	// accountpage_test.go tries them.
	"POST /account/password": {"", 429, 10},
	"POST /account/delete":   {"", 429, 10},
	"POST /account/email":    {"", 429, 10},
}

// secretive tells whether a route looks as if somebody could guess a secret there: it
// must be in the table above, or named below as one that only sets a secret.
func secretive(r apis.Route) bool {
	takes := func(f core.ViewField) bool {
		return slices.Contains([]string{"password", "token", "sptoken", "value", "code", "secret", "answer", "pin"}, f.Name)
	}
	return strings.Contains(r.Path, ":token") || strings.HasSuffix(r.Path, "Attempts") || r.Page && r.Method != "GET" || slices.ContainsFunc(r.Takes, takes)
}

// settingOnly are routes that take a secret to keep it, or to show it elsewhere, and
// say nothing of those that are here. /setup/backup is reached by who holds a live link.
var settingOnly = []string{"POST /setup/backup", "POST /setup/backup/upload", "POST /setup/backup/upload/:id", "POST /register", "POST /forgot", "POST /logout", "POST /oauth2/authorize", "POST /oauth2/logout", "POST /consent",
	"POST /account/", "POST /account/sessions", "POST /account/apps", "POST /account/data"}

// No way in that takes a credential goes round the lockout: those of people draw on
// its buckets, and API keys on the rate of their source.
func TestClass06_EveryCredentialPathDrawsOnTheBuckets(t *testing.T) {
	routes := api(t).Server.Routes()
	found := map[string]bool{}
	for _, r := range routes {
		name := r.Method + " " + r.Path
		_, known := guesses[name]
		found[name] = true
		if !r.Machine && secretive(r) != known && !slices.Contains(settingOnly, name) {
			t.Errorf("%s: is it a way to guess? it looks so: %t, it is in the table: %t", name, secretive(r), known)
		}
	}
	for name, g := range guesses {
		if !found[name] {
			t.Errorf("%s is no route", name)
		}
		method, path, _ := strings.Cut(name, " ")
		if !strings.HasPrefix(path, "/v1/") {
			continue // setup_test.go tries them in a browser
		}
		a := limited(t, apis.Rates{})
		path = strings.NewReplacer("applications/:id", "applications/{app}", ":token", "0123456789012345678901nothing").Replace(path)
		header := map[string]string{"Stormkeep-End-User-IP": "198.51.100.1"}
		for i := range g.free {
			if ans := a.Do(t, apitest.Owner, method, path, g.body, header); ans.Status != 400 && ans.Status != 404 || ans.Header.Get("Retry-After") != "" {
				t.Errorf("%s: guess %d: %d %s", name, i+1, ans.Status, ans.Body)
			}
		}
		if ans := a.Do(t, apitest.Owner, method, path, g.body, header); ans.Status != g.status || ans.Has("code=7103") != nil || ans.Header.Get("Retry-After") == "" {
			t.Errorf("%s: after %d guesses: %d %s", name, g.free, ans.Status, ans.Body)
		}
		header["Stormkeep-End-User-IP"] = "nowhere"
		if ans := a.Do(t, apitest.Owner, method, path, g.body, header); ans.Status != 400 || ans.Has("code=2002") != nil {
			t.Errorf("%s: an address that is none: %d %s", name, ans.Status, ans.Body)
		}
	}
	a := limited(t, apis.Rates{Source: rate(0.01, 10)})
	bad := []string{apitest.Key{ID: a.Keys[apitest.Owner].ID, Secret: "x"}.Basic(), "SAuthc1 sauthc1Id=x, sauthc1SignedHeaders=host, sauthc1Signature=00", "Bearer x"}
	for i, r := range routes {
		if r.Public || r.Machine || r.Default {
			continue
		}
		for n, want := range []int{401, 401, 429} {
			header := map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.%d.%d", i/250, i%250), "Authorization": bad[(i+n)%3]}
			body := ""
			if r.Method == "POST" {
				body = `{}`
			}
			if ans := a.Do(t, "nobody", r.Method, strings.ReplaceAll(r.Path, ":", ""), body, header); ans.Status != want {
				t.Errorf("%s %s: the %dth bad key: %d, want %d", r.Method, r.Path, n+1, ans.Status, want)
				break
			}
		}
	}
}
