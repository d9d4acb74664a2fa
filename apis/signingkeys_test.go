package apis_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

func TestJWKSIsOpenAndRemembered(t *testing.T) {
	a := api(t)
	get := func(etag string) *apitest.Answer {
		return a.Do(t, apitest.Nobody, "GET", "/.well-known/jwks.json", "", map[string]string{"If-None-Match": etag, "Origin": "https://spa.example"})
	}
	if ans := get(""); ans.Status != 200 || strings.TrimSpace(string(ans.Body)) != `{"keys":[]}` {
		t.Errorf("nothing was signed yet: %d %s", ans.Status, ans.Body)
	}
	s, err := a.App.Signer(t.Context(), a.Tenant, core.KeyTokens, core.ES256)
	if err != nil {
		t.Fatal(err)
	}
	ans := get("")
	var set struct{ Keys []map[string]string }
	if err := json.Unmarshal(ans.Body, &set); err != nil || len(set.Keys) != 1 {
		t.Fatalf("%s, %v", ans.Body, err)
	}
	k := set.Keys[0]
	for _, m := range []string{"d", "k", "p", "q", "dp", "dq", "qi"} {
		if _, has := k[m]; has {
			t.Errorf("the private member %s is there", m)
		}
	}
	if k["kid"] != s.Kid || k["use"] != "sig" || k["alg"] != "ES256" || k["kty"] != "EC" || k["crv"] != "P-256" {
		t.Errorf("%v", k)
	}
	for name, want := range map[string]string{"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300", "Access-Control-Allow-Credentials": ""} {
		if got := ans.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if again := get(ans.Header.Get("ETag")); again.Status != 304 || len(again.Body) != 0 {
		t.Errorf("the same again: %d %s", again.Status, again.Body)
	}
	if _, err := a.App.RevokeKey(a.Machine(), core.SigningKeyOf(s.Kid)); err != nil {
		t.Fatal(err)
	}
	if now := get(ans.Header.Get("ETag")); now.Status != 200 || strings.Contains(string(now.Body), s.Kid) {
		t.Errorf("after its key was revoked: %d %s", now.Status, now.Body)
	}
}

func TestAHostHasTheKeysOfItsTenant(t *testing.T) {
	a := api(t)
	other := a.World.Other(t, "keyed")
	err := a.App.Update(other.Machine(), func(tx *core.Tx) error {
		tenant, err := core.Get(tx, other.Tenant)
		if err != nil {
			return err
		}
		if err := tenant.AddAlias("https://keyed.example"); err != nil {
			return err
		}
		return core.Put(tx, tenant)
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.App.Signer(t.Context(), other.Tenant, core.KeyTokens, core.EdDSA)
	if err != nil {
		t.Fatal(err)
	}
	for host, has := range map[string]bool{"keyed.example": true, "id.example.com": false} {
		ans := a.Do(t, apitest.Nobody, "GET", "/.well-known/jwks.json", "", map[string]string{"Host": host})
		if ans.Status != 200 || strings.Contains(string(ans.Body), s.Kid) != has {
			t.Errorf("%s: %d %s", host, ans.Status, ans.Body)
		}
	}
}

func TestSigningKeysAreMadeReadAndRevoked(t *testing.T) {
	a := api(t)
	post := func(path, body string) *apitest.Answer { return a.Do(t, "", "POST", path, body, nil) }
	for body, status := range map[string]int{`{}`: 400, `{"alg":"HS256"}`: 400, `{"alg":"none"}`: 400, `{"alg":7}`: 400, `{"alg":"ES256","purpose":"x"}`: 400} {
		if ans := post("/v1/signingKeys", body); ans.Status != status {
			t.Errorf("%s: %d %s", body, ans.Status, ans.Body)
		}
	}
	first := post("/v1/signingKeys", `{"alg":"ES256"}`)
	if first.Status != 201 || first.Value("state") != "active" || first.Value("purpose") != "tokens" || first.Value("publicJwk.kty") != "EC" {
		t.Fatalf("%d %s", first.Status, first.Body)
	}
	next := post("/v1/signingKeys", `{"alg":"ES256"}`)
	if next.Status != 201 || next.Value("state") != "waiting" {
		t.Fatalf("%d %s", next.Status, next.Body)
	}
	href, _ := first.Value("href").(string)
	path := href[strings.Index(href, "/v1/"):]
	if list := a.Get(t, "/v1/signingKeys"); list.Status != 200 || strings.Contains(string(list.Body), `"private"`) || strings.Contains(string(list.Body), `"d":`) {
		t.Errorf("%d %s", list.Status, list.Body)
	}
	if ans := a.Do(t, "", "POST", path+"/revoke", `{}`, nil); ans.Status != 200 || ans.Value("state") != "revoked" {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
	kid, _ := next.Value("kid").(string)
	nextPath := "/v1/signingKeys/" + string(core.SigningKeyOf(kid))
	if ans := a.Get(t, nextPath); ans.Status != 200 || ans.Value("state") != "active" {
		t.Errorf("the next: %d %s", ans.Status, ans.Body)
	}
}
