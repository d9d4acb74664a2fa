package oauth_test

import (
	"net/url"
	"testing"
)

// The answer to a script is readable where the origin is one of the very client that
// asked.
func TestClass25_AnAnswerIsReadByItsClientsScripts(t *testing.T) {
	s := open(t)
	b := s.visitor()
	for origin, readable := range map[string]bool{"https://spa.example": true, "https://own.example": false, "https://evil.example": false} {
		in := url.Values{"grant_type": {"authorization_code"}, "code": {s.authorized(t, b, s.spa)}, "redirect_uri": {s.spa.redirect}, "code_verifier": {verifierText}, "client_id": {s.spa.id}}
		p := s.form(t, "/oauth2/token", in, "Origin", origin)
		if got := p.Header.Get("Access-Control-Allow-Origin"); (got == origin) != readable || !readable && got != "" {
			t.Errorf("%s: %q", origin, got)
		}
		if p.Header.Get("Vary") == "" {
			t.Errorf("%s: %v", origin, p.Header)
		}
	}
	s.change(t, "/v1/clients/"+s.spa.id, `{"allowedOrigins":[]}`)
	if h := s.visitor().Send(t, "OPTIONS", "/oauth2/token", "", map[string]string{"Origin": "https://spa.example", "Access-Control-Request-Method": "POST"}).Header; h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("an origin that was taken away: %v", h)
	}
}
