package oauth_test

import (
	"net/url"
	"strings"
	"testing"
)

// A parameter that is there twice is read by nobody (TestClass02).
func TestClass02_ParametersAreThereOnce(t *testing.T) {
	s := open(t)
	many := strings.Builder{}
	for i := range 101 {
		many.WriteString("&p" + strings.Repeat("x", i) + "=1")
	}
	for name, body := range map[string]string{
		"grant_type":           "grant_type=client_credentials&grant_type=client_credentials",
		"what nobody reads":    "grant_type=client_credentials&x=1&x=2",
		"no UTF-8":             "grant_type=client_credentials&x=%ff",
		"a NUL":                "grant_type=client_credentials&x=a%00b",
		"more than a form has": "grant_type=client_credentials" + many.String(),
	} {
		p := s.visitor().Send(t, "POST", "/oauth2/token", body, map[string]string{"Authorization": basic(s.robot)})
		if p.Status != 400 || !strings.Contains(p.Text, `"invalid_request"`) {
			t.Errorf("%s: %d %s", name, p.Status, p.Text)
		}
	}
	p := s.visitor().Send(t, "POST", "/oauth2/token", `{"grant_type":"client_credentials"}`, map[string]string{"Authorization": basic(s.robot), "Content-Type": "application/json"})
	if p.Status != 400 || !strings.Contains(p.Text, `"invalid_request"`) {
		t.Errorf("JSON: %d %s", p.Status, p.Text)
	}
	empty := url.Values{"grant_type": {"client_credentials"}, "resource": {""}, "scope": {""}}
	if p := s.form(t, "/oauth2/token", empty, "Authorization", basic(s.robot)); p.Status != 200 {
		t.Errorf("a parameter without a value is none: %d %s", p.Status, p.Text)
	}
}
