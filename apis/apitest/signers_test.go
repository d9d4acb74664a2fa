package apitest

import (
	"io"
	"strings"
	"testing"
	"time"
)

// What the SDKs differ by (spec 3.2, 25.3).
func TestTheSDKsSignInTheirOwnWays(t *testing.T) {
	at := time.Date(2013, 7, 1, 8, 59, 30, 0, time.UTC)
	signed := map[string][2]string{ // with and without a body
		"Java":   {"accept;content-length;content-type;host;user-agent;x-stormpath-date", "accept;content-type;host;user-agent;x-stormpath-date"},
		"Python": {"accept;accept-encoding;content-type;host;user-agent;x-stormpath-date", "accept;accept-encoding;host;user-agent;x-stormpath-date"},
		"Ruby":   {"content-length;content-type;host;user-agent;x-stormpath-date;accept", "host;user-agent;x-stormpath-date;accept"},
		"PHP":    {"accept;content-type;host;user-agent;x-stormpath-date", "accept;host;user-agent;x-stormpath-date"},
		"Go":     {"accept;content-type;host;user-agent;x-stormpath-date", "accept;content-type;host;user-agent;x-stormpath-date"},
		".NET":   {"accept;content-type;host;user-agent;x-stormpath-date", "accept;host;user-agent;x-stormpath-date"},
	}
	for _, s := range Signers() {
		for i, body := range []string{"{}", ""} {
			r := s.Sign(Key{"K", "S"}, "h:1", "POST", "/v1/a%2Eb?c=d", body, at)
			auth := r.Header.Get("Authorization")
			if !strings.Contains(auth, "sauthc1SignedHeaders="+signed[s.Name][i]+",") || !strings.HasPrefix(auth, "SAuthc1 sauthc1Id=K/20130701/") {
				t.Errorf("%s: %s", s.Name, auth)
			}
			stamp := "20130701T085930Z"
			if s.Name == "PHP" {
				stamp = "20130701T080730Z"
			}
			if got := r.Header.Get("X-Stormpath-Date"); got != stamp {
				t.Errorf("%s: %s, want %s", s.Name, got, stamp)
			}
			if b, err := io.ReadAll(r.Body); err != nil || string(b) != body || r.URL.RequestURI() != "/v1/a%2Eb?c=d" || r.Host != "h:1" {
				t.Errorf("%s: %s %q %v", s.Name, r.URL.RequestURI(), b, err)
			}
		}
		if one, two := s.Sign(Key{}, "h", "GET", "/", "", at), s.Sign(Key{}, "h", "GET", "/", "", at); one.Header.Get("Authorization") == two.Header.Get("Authorization") {
			t.Errorf("%s: a nonce came twice", s.Name)
		}
	}
}

func TestTheSDKsWritePathsAndQueriesInTheirOwnWays(t *testing.T) {
	const path, query = "/v1/a%2Eb*", "b=x+y&a=(z,1)"
	want := map[string][4]string{
		"Java":   {"/v1/a.b%2A", "a=%28z%2C1%29&b=x%20y", "/v1/x?name=My%20App%281%29&b=c", "l?m=n"},
		"Python": {"/v1/a.b%2A", "a=(z,1)&b=x+y", "/v1/x?name=My+App%281%29&b=c", "l?m=n&q"},
		"Ruby":   {"/v1/a.b%2A", "a=%28z%2C1%29&b=x%20y", "/v1/x?name=My%20App%281%29&b=c", "l?m=n?q"},
		"PHP":    {"/v1/a%252Eb%2A", "a=%28z%2C1%29&b=x%20y", "/v1/x?name=My%20App%281%29&b=c", "l?m=n"},
		"Go":     {"/v1/a.b%2A", "a=%28z%2C1%29&b=x%20y", "/v1/x/?name=My+App%281%29&b=c", "l?m=n"},
		".NET":   {"/v1/a.b%2A", "b=x+y&a=(z,1)", "/v1/x?name=My%20App(1)&b=c", "l?m=n"},
	}
	for _, s := range Signers() {
		got := [4]string{s.Path(path), s.Query(query), s.Target("/v1/x", "name", "My App(1)", "b", "c"), s.Redirected("l?m=n", "q")}
		if got != want[s.Name] {
			t.Errorf("%s: %q, want %q", s.Name, got, want[s.Name])
		}
		if s.Query("") != "" || s.Target("/v1/x") != "/v1/x" {
			t.Errorf("%s: something of nothing", s.Name)
		}
	}
}
