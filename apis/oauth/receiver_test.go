package oauth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// ended is what a service does that has a token and the feed, and nothing else, as the
// handbook tells it.
func ended(token map[string]any, entries []map[string]any) bool {
	mine, _ := token["sk"].(map[string]any)
	grant := ""
	if g, ok := mine["g"].(string); ok {
		sum := sha256.Sum256([]byte(g))
		grant = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	of, _ := mine["of"].([]any)
	return slices.ContainsFunc(entries, func(e map[string]any) bool {
		if before, ok := e["before"].(float64); ok && token["iat"].(float64) > before {
			return false
		}
		for _, name := range []string{"jti", "sid", "sub", "client_id", "org"} {
			if e[name] != nil && e[name] == token[name] {
				return true
			}
		}
		return e["grant_hash"] != nil && e["grant_hash"] == grant || e["of"] != nil && slices.Contains(of, e["of"]) ||
			e["sub"] != nil && slices.Contains(of, e["sub"]) || e["all"] == true
	})
}

func TestAServiceThatHasTheFeedKnowsWhatHasEnded(t *testing.T) {
	for name, c := range map[string]struct {
		path, body string              // of /v1, or
		do         func(*shop, tokens) // something else
		ends       string              // of p(erson), r(obot), k(ey)
	}{
		"nothing": {"/v1/clients/WEB", `{"name":"renamed"}`, nil, ""},
		"the token": {"", "", func(s *shop, got tokens) {
			s.ask(t, "/oauth2/revoke", s.own, false, url.Values{"token": {got.AccessToken}})
		}, "p"},
		"the grant": {"", "", func(s *shop, got tokens) {
			s.ask(t, "/oauth2/revoke", s.own, false, url.Values{"token": {got.RefreshToken}})
		}, "p"},
		"password":    {"/v1/accounts/ANN", `{"password":"N3wPassword!"}`, nil, "pk"},
		"account":     {"/v1/accounts/ANN", `{"status":"DISABLED"}`, nil, "pk"},
		"client":      {"/v1/clients/OWN", `{"status":"DISABLED"}`, nil, "p"},
		"robot":       {"/v1/clients/ROBOT", `{"status":"DISABLED"}`, nil, "r"},
		"robot gone":  {"DELETE /v1/clients/ROBOT", ``, nil, "r"},
		"key":         {"/v1/apiKeys/KEY", `{"status":"DISABLED"}`, nil, "k"},
		"key gone":    {"DELETE /v1/apiKeys/KEY", ``, nil, "k"},
		"application": {"/v1/applications/APP", `{"status":"DISABLED"}`, nil, "prk"},
		"directory":   {"/v1/directories/DIR", `{"status":"DISABLED"}`, nil, "pk"},
		"session": {"", "", func(s *shop, _ tokens) {
			s.Update(t, func(tx *core.Tx) error { return core.EndSessions(tx, s.ann.ID, "", "test") })
		}, "pk"},
		"restore": {"", "", func(s *shop, _ tokens) {
			if err := s.App.Restored(t.Context(), core.Restoration{TakenAt: s.Clock.Now()}); err != nil {
				t.Error(err)
			}
		}, "prk"},
		"tenant": {"", "", func(s *shop, _ tokens) {
			s.Update(t, func(tx *core.Tx) error {
				r, err := core.Get(tx, tx.Tenant)
				if err == nil {
					r.Status = core.Disabled
					err = core.Put(tx, r)
				}
				return err
			})
		}, "prk"},
	} {
		s := open(t)
		key := s.program(t)
		person := s.redeem(t, s.own, s.authorized(t, s.visitor(), s.own))
		robot := s.token(t, s.robot, url.Values{"grant_type": {"client_credentials"}})
		_, mine := s.ask(t, "/oauth2/token", key, true, url.Values{"grant_type": {"client_credentials"}})
		tokens := map[string]map[string]any{"p": claims(t, person.AccessToken), "r": claims(t, robot.AccessToken), "k": claims(t, mine["access_token"].(string))}
		if c.do != nil {
			c.do(s, person)
		} else {
			method, path := http.MethodPost, c.path
			if rest, ok := strings.CutPrefix(path, "DELETE "); ok {
				method, path = http.MethodDelete, rest
			}
			path = strings.NewReplacer("ANN", string(s.ann.ID), "WEB", s.web.id, "OWN", s.own.id, "ROBOT", s.robot.id, "KEY", key.id,
				"APP", string(s.Application(t, "My Application").ID), "DIR", string(s.Directory(t, "My Application Directory").ID)).Replace(path)
			if ans := s.Do(t, "", method, path, c.body, nil); ans.Status/100 != 2 {
				t.Fatalf("%s: %d %s", name, ans.Status, ans.Body)
			}
		}
		entries := s.feed(t)
		got := ""
		for _, who := range []string{"p", "r", "k"} {
			if ended(tokens[who], entries) {
				got += who
			}
		}
		if got != c.ends {
			t.Errorf("%s: %q, want %q of %v", name, got, c.ends, entries)
		}
		for who, token := range tokens { // one that is given later is not meant
			later := map[string]any{}
			for name, v := range token {
				later[name] = v
			}
			delete(later, "sid") // of another session
			later["iat"] = token["iat"].(float64) + 1
			if strings.Contains(c.ends, who) && c.path != "" && ended(later, entries) {
				t.Errorf("%s: a later token is taken for ended", name)
			}
		}
	}
}

// What was given for an organization ends with it, and nothing else does.
func TestAServiceReadsTheEndOfAnOrganization(t *testing.T) {
	s := open(t)
	app := s.Application(t, "My Application")
	orgs := map[string]*core.Organization{"bank": nil, "club": nil}
	tokens := map[string]map[string]any{}
	s.Update(t, func(tx *core.Tx) error {
		for name := range orgs {
			o := core.Make[core.Organization]()
			o.Name, o.NameKey = name, name
			if err := core.Put(tx, o); err != nil {
				return err
			}
			orgs[name] = o
			if err := core.Put(tx, &core.OrganizationAccountStoreMapping{Organization: o.ID, Store: core.RefTo(s.ann.Directory)}); err != nil {
				return err
			}
			if err := core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(o.ID), ListIndex: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	for name, o := range orgs {
		at := core.Attempt{Application: app.ID, Login: "ann.lee@example.com", Password: coretest.Password, Store: core.RefTo(o.ID)}
		out, err := s.App.Authenticate(s.Machine(), at)
		if err != nil {
			t.Fatal(err)
		}
		code := ""
		s.Update(t, func(tx *core.Tx) error {
			c, err := core.Get(tx, core.ID[core.Client](s.own.id))
			if err != nil {
				return err
			}
			_, session, err := core.OpenSession(tx, out.Done, app.ID)
			if err != nil {
				return err
			}
			code, err = core.NewCode(tx, core.Authorized{Client: c, Session: session, RedirectURI: s.own.redirect, Named: true,
				Challenge: challengeOf(verifierText), Scopes: []string{"openid"}})
			return err
		})
		tokens[name] = claims(t, s.redeem(t, s.own, code).AccessToken)
		if tokens[name]["org"] != string(o.ID) {
			t.Errorf("%s: %v", name, tokens[name])
		}
	}
	tokens["none"] = claims(t, s.redeem(t, s.own, s.authorized(t, s.visitor(), s.own)).AccessToken)
	if ans := s.Do(t, "", "POST", "/v1/organizations/"+string(orgs["bank"].ID), `{"status":"DISABLED"}`, nil); ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	entries := s.feed(t)
	for name, token := range tokens {
		if ended(token, entries) != (name == "bank") {
			t.Errorf("%s: %v", name, entries)
		}
	}
	later := map[string]any{"org": string(orgs["bank"].ID), "iat": tokens["bank"]["iat"].(float64) + 1}
	if ended(later, entries) {
		t.Errorf("what is given later: %v", entries)
	}
}

// feed are the entries of the feed.
func (s *shop) feed(t *testing.T) []map[string]any {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, issuer+"/oauth2/revocations", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.Send(apitest.Nobody, req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var out struct {
		Entries []map[string]any `json:"entries"`
	}
	_, text, _ := strings.Cut(string(body), ".")
	text, _, _ = strings.Cut(text, ".")
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if res.StatusCode != 200 || err != nil {
		t.Fatalf("%d %s, %v", res.StatusCode, body, err)
	}
	return out.Entries
}
