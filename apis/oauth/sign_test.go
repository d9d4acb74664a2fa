package oauth_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// Tokens are signed as the client and the API say, and their types tell them apart.
func TestHowTokensAreSigned(t *testing.T) {
	s := open(t)
	hmac := s.client(t, `{"name":"Old","redirectUris":["https://old.example/cb"],"firstParty":true,"idTokenSignedResponseAlg":"HS256"}`)
	for _, alg := range []string{"RS256", "ES256", "EdDSA", "HS256"} {
		p := s.web
		if alg == "HS256" {
			p = hmac
		} else {
			s.change(t, "/v1/clients/"+p.id, `{"firstParty":true,"idTokenSignedResponseAlg":"`+alg+`"}`)
		}
		b := s.visitor()
		in := map[string][]string{"grant_type": {"authorization_code"}, "code": {s.authorized(t, b, p)}, "redirect_uri": {p.redirect}, "code_verifier": {verifierText}}
		page := s.form(t, "/oauth2/token", in, "Authorization", basic(p))
		id, access := between(page.Text, `"id_token":"`), between(page.Text, `"access_token":"`)
		for _, c := range []struct{ token, alg, typ string }{{id, alg, "JWT"}, {access, "ES256", "at+jwt"}} {
			raw, _ := base64.RawURLEncoding.DecodeString(strings.Split(c.token, ".")[0])
			if !strings.Contains(string(raw), `"alg":"`+c.alg+`"`) || !strings.Contains(string(raw), `"typ":"`+c.typ+`"`) {
				t.Errorf("%s: %s", alg, raw)
			}
		}
		if alg != "HS256" {
			continue
		}
		if _, err := jwt.Parse(id, func(*jwt.Token) (any, error) { return []byte(p.secret), nil }, jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(s.Clock.Now)); err != nil {
			t.Error(err)
		}
	}
}

func between(text, before string) string {
	_, rest, _ := strings.Cut(text, before)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
