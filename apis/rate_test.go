package apis_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/apis/gcra"
	"github.com/stormkeep/stormkeep/core"
)

func rate(perSecond float64, burst int) apis.Limit {
	return apis.Limit{Rate: gcra.Rate{PerSecond: perSecond, Burst: burst}}
}

// limited is api under some limits, behind a proxy that says who asks.
func limited(t testing.TB, r apis.Rates) *apitest.API {
	return api(t).With(t, apis.Options{Rates: r, TrustedProxies: []string{"0.0.0.0"}})
}

// calls makes requests, each of which must have its status. A status of -1 turns
// the clock by a second.
func calls(t *testing.T, a *apitest.API, s row, from string, statuses ...int) (last *apitest.Answer) {
	t.Helper()
	if s.Method = "GET"; s.Body != "" {
		s.Method = "POST"
	}
	header := map[string]string{"X-Forwarded-For": from}
	for name, value := range s.Header {
		header[name] = value
	}
	for i, status := range statuses {
		if status < 0 {
			a.Clock.Turn(time.Second)
			continue
		}
		last = a.Do(t, s.As, s.Method, s.Path, s.Body, header)
		if last.Status != status {
			t.Errorf("the %dth %s %s from %s: %d, want %d", i+1, s.Method, s.Path, from, last.Status, status)
		}
		if wait := last.Header.Get("Retry-After"); (status == 429) != (wait != "") {
			t.Errorf("%d with Retry-After %q", status, wait)
		}
	}
	return last
}

const here, there = "203.0.113.1", "203.0.113.2"

// A source that shows no good key is held to its rate; another is not, and whoever
// has a good key is let in from anywhere.
func TestStrangersAreHeldToTheRateOfTheirSource(t *testing.T) {
	a := limited(t, apis.Rates{Source: rate(5, 10)})
	page, tenant := row{Path: "/console/docs/nope", As: "nobody"}, row{Path: "/v1/tenants/current", As: "nobody"}
	doc := row{Path: "/v1/openapi.json", As: "nobody"}
	key := a.Keys[apitest.Owner]
	guess := row{Path: "/v1/tenants/current", As: "nobody", Header: map[string]string{"Authorization": apitest.Key{ID: key.ID, Secret: "x"}.Basic()}}
	calls(t, a, tenant, here, 401, 401, 429, 429)
	calls(t, a, guess, here, 429, -1, 401, 429)
	calls(t, a, guess, there, 401, 401, 429)
	calls(t, a, tenant, "2001:db8::1", 401)
	calls(t, a, tenant, "2001:db8::ffff:2", 401, 429) // of one /64
	calls(t, a, tenant, "2001:db8:0:1::1", 401)
	got := calls(t, a, doc, here, 429)
	if policy, left := got.Header.Get("RateLimit-Policy"), got.Header.Get("RateLimit"); policy != `"source";q=10;w=2` || left != `"source";r=0;t=2` {
		t.Errorf("%s, %s", policy, left)
	}
	for _, s := range []row{{Path: "/v1/accounts/{ann}"}, {Path: "/healthz", As: "nobody"}, {Path: "/readyz", As: "nobody"}} {
		if got := calls(t, a, s, here, 200, 200); got.Header.Get("RateLimit") != "" {
			t.Errorf("%s: %v", s.Path, got.Header)
		}
	}
	calls(t, a, page, "203.0.113.3", 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 429)
}

// What is no request at all draws on the source as a bad credential does.
func TestWhatIsNoRequestDrawsOnTheSource(t *testing.T) {
	addr := apitest.New(t).With(t, apis.Options{Rates: apis.Rates{Source: rate(1, 12)}}).Listen(t)
	for i, want := range []string{"400", "400", "429"} {
		got := apitest.Raw(t, addr, "hello\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 "+want) || (want == "429") != strings.Contains(got, "Retry-After: ") {
			t.Errorf("the %dth: %q", i+1, got)
		}
	}
}

// A key is held to its rate wherever it is used, and says how much is left of it.
func TestAKeyIsHeldToItsRate(t *testing.T) {
	a := limited(t, apis.Rates{Key: rate(1, 3)})
	s := row{Path: "/v1/accounts/{ann}"}
	for i, from := range []string{here, there, here} {
		got := calls(t, a, s, from, 200)
		if policy, left := got.Header.Get("RateLimit-Policy"), got.Header.Get("RateLimit"); policy != `"key";q=3;w=3` || left != fmt.Sprintf(`"key";r=%d;t=%d`, 2-i, i+1) {
			t.Errorf("%s, %s", policy, left)
		}
	}
	calls(t, a, s, there, 429, 429, -1, 200, 429)
	s.As = "auditor"
	calls(t, a, s, there, 200)
	// Who only names the key draws nothing of it.
	a.Clock.Turn(time.Hour)
	s.As, s.Header = "nobody", map[string]string{"Authorization": apitest.Key{ID: a.Keys[apitest.Owner].ID, Secret: "x"}.Basic()}
	calls(t, a, s, there, 401, 401, 401, 401)
	calls(t, a, row{Path: s.Path}, there, 200, 200, 200, 429)
}

// A default spares callers of this machine that have a good key, and a proxy on it
// makes nobody one of them.
func TestDefaultsSpareThisMachine(t *testing.T) {
	spare := func(l apis.Limit) apis.Limit { l.SpareLocal = true; return l }
	a := limited(t, apis.Rates{Source: spare(rate(1, 5)), Key: spare(rate(1, 1))})
	s := row{Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Passw0rd!")}
	calls(t, a, s, "127.0.0.1", 200, 200, 200)
	calls(t, a, s, "::1", 200, 200, 200)
	calls(t, a, s, here, 200, 429)
	calls(t, a, row{Path: "/v1/tenants/current", As: "nobody"}, "127.0.0.1", 401, 429)
}

// The limits cost a request less than a microsecond: compare.
func BenchmarkLimits(b *testing.B) {
	many := apis.Limit{Rate: gcra.Rate{PerSecond: 1e9, Burst: 1e9}}
	for name, r := range map[string]apis.Rates{"off": {}, "on": {Source: many, Key: many}} {
		b.Run(name, func(b *testing.B) {
			through(b, apitest.New(b).With(b, apis.Options{Rates: r}), http.MethodGet, "/v1/accounts/{ann}", 200, nil)
		})
	}
}

// A login attempt that is held back is 400 with code 7103 and Retry-After, alike for
// known and unknown names, right and wrong passwords. An application's own address is
// nobody's: where it names no user's, nobody is refused.
func TestAttemptsOverTheLockoutAreHeldBack(t *testing.T) {
	a := limited(t, apis.Rates{})
	late := 0
	a.App.Pause = func(context.Context, time.Duration) error { late++; return nil }
	try := func(who, user string) *apitest.Answer {
		header := map[string]string{"X-Forwarded-For": here}
		if user != "" {
			header["Stormkeep-End-User-IP"] = user
		}
		return a.Do(t, apitest.Owner, "POST", "/v1/applications/{app}/loginAttempts", login(who), header)
	}
	for i, name := range []string{"ann", "nobody-of-that-name"} {
		user := fmt.Sprintf("198.51.%d.1", i)
		for range 5 {
			if got := try(name+":wrong", user); got.Status != 400 || got.Has("code=7103") == nil {
				t.Errorf("%s: %d %s", name, got.Status, got.Body)
			}
		}
		for _, pw := range []string{":Passw0rd!", ":wrong"} {
			got := try(strings.ToUpper(name)+pw, fmt.Sprintf("198.51.%d.254", i)) // of one /24
			if got.Status != 400 || got.Has("code=7103") != nil || got.Header.Get("Retry-After") != "2" {
				t.Errorf("%s: %d %s, Retry-After %q", name, got.Status, got.Body, got.Header.Get("Retry-After"))
			}
		}
		if got := try(name+":wrong", "2001:db8::1"); got.Has("code=7103") == nil {
			t.Errorf("%s from elsewhere: %s", name, got.Body)
		}
		late = 0
		for range 30 {
			if got := try(name+":wrong", ""); got.Status != 400 || got.Has("code=7103") == nil {
				t.Errorf("%s from nowhere: %d %s", name, got.Status, got.Body)
			}
		}
		if late == 0 {
			t.Errorf("%s: nothing was late", name)
		}
	}
	a.Clock.Turn(2 * time.Second)
	if got := try("ann:Passw0rd!", "198.51.0.1"); got.Status != 200 {
		t.Errorf("later: %d %s", got.Status, got.Body)
	}
	if got := try("ann:Passw0rd!", "next door"); got.Status != 400 || got.Has("code=2002") != nil {
		t.Errorf("no address: %d %s", got.Status, got.Body)
	}
}

// An attempt is late by the clock on the wall, and ends with its caller.
func TestAnAccountUnderAttackAnswersLate(t *testing.T) {
	a := limited(t, apis.Rates{})
	a.App.Lockout.Account = core.Tolerance{Free: 1, First: 100 * time.Millisecond, Most: 100 * time.Millisecond}
	s := row{Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:wrong")}
	calls(t, a, s, here, 400)
	before := time.Now()
	calls(t, a, s, here, 400)
	if took := time.Since(before); took < 100*time.Millisecond {
		t.Errorf("it was not late: %v", took)
	}
}
