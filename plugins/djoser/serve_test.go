package djoser_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/apis/gcra"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

func limited(source int) apis.Options {
	return apis.Options{Rates: apis.Rates{Source: apis.Limit{Rate: gcra.Rate{PerSecond: 0.1, Burst: source}}}}
}

// Whoever asks too often is told so in the form of Django REST framework.
func TestThrottled(t *testing.T) {
	for name, c := range map[string]struct {
		o    apis.Options
		call [3]string
	}{
		"a source":                 {limited(20), [3]string{"GET", "/auth/me", ""}},
		"wrong passwords":          {limited(40), [3]string{"POST", "/auth/login", "username=john&password=x"}},
		"bad tokens":               {limited(20), [3]string{"GET", "/auth/me", "token"}},
		"one name":                 {limited(100000), [3]string{"POST", "/auth/login", "username=john&password=x"}},
		"one name that is none":    {limited(100000), [3]string{"POST", "/auth/login", "username=nobody&password=x"}},
		"guesses of a link":        {limited(40), [3]string{"POST", "/auth/password/reset/confirm", "uid=MQ&token=a-b&new_password=x"}},
		"guesses of an activation": {limited(40), [3]string{"POST", "/auth/activate", "uid=MQ&token=a-b"}},
		"a path that is not there": {limited(20), [3]string{"GET", "/auth/x", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			s := mountedOn(t, apitest.Plugged(t, mem.Open(), c.o, djoser.Plugin{}), djoser.Old, "")
			s.call(t, "POST", "/auth/register", "username=john&password=secret")
			var header []string
			if c.call[2] == "token" {
				header, c.call[2] = []string{"Authorization", "Token x"}, ""
			}
			for range 60 {
				got := s.call(t, c.call[0], c.call[1], c.call[2], header...)
				if got.status != 429 {
					continue
				}
				wait := got.header.Get("Retry-After")
				if want := `{"detail": "Request was throttled. Expected available in ` + wait + ` second`; !strings.HasPrefix(got.body, want) || wait == "" {
					t.Errorf("%s, Retry-After %q", got.body, wait)
				}
				return
			}
			t.Error("it may go on for ever")
		})
	}
}

func TestPagesOfTheApplicationsOriginsMayCall(t *testing.T) {
	s := mounted(t, djoser.New, "")
	s.do(t, "applications/{app}", `{"authorizedOriginUris":["https://spa.example"]}`)
	ask := []string{"Origin", "https://spa.example", "Access-Control-Request-Method", "POST"}
	got := s.call(t, "OPTIONS", "/auth/users/me/", "", ask...)
	if got.status != 204 || got.header.Get("Access-Control-Allow-Origin") != "https://spa.example" || got.header.Get("Access-Control-Allow-Headers") != "Authorization, Content-Type" {
		t.Errorf("%d %v", got.status, got.header)
	}
	got = s.call(t, "GET", "/auth/users/me/", "", "Origin", "https://spa.example")
	if got.status != 401 || got.header.Get("Access-Control-Expose-Headers") != "Retry-After, WWW-Authenticate" || !strings.Contains(got.header.Get("Vary"), "Origin") {
		t.Errorf("%d %v", got.status, got.header)
	}
	ask[1] = "https://evil.example"
	if got = s.call(t, "OPTIONS", "/auth/users/me/", "", ask...); got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("another origin: %v", got.header)
	}
}

// A tenant's mounts are at its hosts, and nobody else's.
func TestAMountIsItsTenantsOwn(t *testing.T) {
	s := mounted(t, djoser.Old, "")
	if ans := s.Do(t, "other", "POST", "/v1/applications/{otherapp}/djoserMounts", `{"path":"/theirs","version":"2"}`, nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	for path, want := range map[string]int{"/auth/me": 401, "/theirs/users/me/": 404} {
		if got := s.call(t, "GET", path, ""); got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
	}
}
