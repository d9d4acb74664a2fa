package apis_test

import (
	"encoding/base64"
	"net/http"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
)

// A client that has proved itself has a share of its own, as an API key has; one that
// has not draws on its source.
func TestAClientHasAShareOfItsOwn(t *testing.T) {
	a := limited(t, apis.Rates{Key: rate(0.01, 3), Source: rate(0.01, 60)})
	made := func() (id, secret string) {
		ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/clients", `{"name":"M","kind":"MACHINE"}`, nil)
		id, _ = ans.Value("clientId").(string)
		secret, _ = ans.Value("clientSecret").(string)
		return id, secret
	}
	ask := func(id, secret string) int {
		b := a.Browser()
		return b.Send(t, http.MethodPost, "/oauth2/token", "grant_type=client_credentials",
			map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret)), "X-Forwarded-For": "203.0.113.9"}).Status
	}
	id, secret := made()
	for n, want := range []int{200, 200, 200, 429} {
		if got := ask(id, secret); got != want {
			t.Errorf("request %d: %d, want %d", n+1, got, want)
		}
	}
	other, second := made()
	if got := ask(other, second); got != 200 {
		t.Errorf("another client: %d", got)
	}
	last := 0
	for range 12 {
		last = ask(other, "wrong")
	}
	if last != 429 {
		t.Errorf("who tries secrets goes on: %d", last)
	}
}
