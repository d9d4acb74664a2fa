package apis_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// aliased is api with a further base URL for each tenant.
func aliased(t testing.TB) *apitest.API {
	a := api(t)
	for tenant, alias := range map[string]string{"tenant": "https://login.example.org", "othertenant": "https://login.other.example"} {
		id := core.ID[core.Tenant](a.Vars[tenant])
		err := a.App.Update(core.AsMachine(t.Context(), id), func(tx *core.Tx) error {
			rec, err := core.Get(tx, id)
			if err != nil {
				return err
			}
			rec.Aliases = []string{alias}
			return core.Put(tx, rec)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// Every href begins with the base that the caller used, where that is this
// server's; no header of a stranger gets into one.
func TestClass14_HrefsBeginWithAKnownBase(t *testing.T) {
	a := aliased(t)
	const public = apitest.PublicURL + "/v1"
	for host, want := range map[string]string{
		"localhost": "http://localhost/v1", "localhost:9000": "http://localhost:9000/v1", "127.0.0.1:80": "http://127.0.0.1:80/v1", "127.8.9.1": "http://127.8.9.1/v1",
		"[::1]:8080": "http://[::1]:8080/v1", "[::1]": "http://[::1]/v1", "a.localhost:1": "http://a.localhost:1/v1",
		"id.example.com": public, "login.example.org": "https://login.example.org/v1",
		"evil.example": public, "localhost.evil.example": public, "127.0.0.1.evil.example": public, "127.0.0.1@evil.example": public,
		"id.example.com:444": public, "id.example.com.": public, "10.0.0.1": public, "[::2]": public,
		"localhost\"": public, "localhost<x>": public, "127.0.0.1.": public, "0.0.0.0": public,
	} {
		header := map[string]string{"Host": host, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-For": "6.6.6.6", "Forwarded": "host=evil.example"}
		got := a.Do(t, "", "GET", "/v1/accounts/{ann}?expand=groups,directory", "", header)
		for href := range hrefs(got.JSON) {
			if !strings.HasPrefix(href, want+"/") {
				t.Errorf("Host %s: %s, want %s", host, href, want)
				break
			}
		}
		if to := a.Do(t, "", "GET", "/v1/tenants/current", "", header).Header.Get("Location"); to != a.Fill(want+"/tenants/{tenant}") {
			t.Errorf("Host %s: Location %s", host, to)
		}
		made := a.Do(t, "", "POST", "/v1/accounts/{ann}/apiKeys", "", header)
		if to := made.Header.Get("Location"); !strings.HasPrefix(to, want+"/apiKeys/") {
			t.Errorf("Host %s: Location %s", host, to)
		}
	}
}

// A host is one tenant's: there, the key of another opens nothing, until the tenant gives it up.
func TestClass20_AKeyOpensNothingOnAnotherTenantsHost(t *testing.T) {
	a := aliased(t)
	for host, status := range map[string]int{
		"login.other.example": 401, "LOGIN.other.example": 401, "login.example.org": 200, "id.example.com": 200, "localhost": 200, "nobodys.example": 200,
	} {
		if got := a.Do(t, "", "GET", "/v1/accounts/{ann}", "", map[string]string{"Host": host}); got.Status != status {
			t.Errorf("Host %s: %d, want %d", host, got.Status, status)
		}
	}
}

// An href that somebody keeps is known under every base of this server, and under
// no other.
func TestHrefsOfEveryKnownBaseAreUnderstood(t *testing.T) {
	a := aliased(t)
	for base, status := range map[string]int{
		"http://localhost:8080": 200, "http://localhost": 200, "http://127.0.0.1:1": 200, "http://[::1]:8080": 200, "https://id.example.com": 200,
		"http://id.example.com": 200, "https://login.example.org": 200, "": 200,
		"https://api.stormpath.com": 400, "https://evil.example": 400, "https://login.other.example": 400, "https://id.example.com@evil.example": 400,
		"https://evil.example/?x=https://id.example.com": 400, "javascript:": 400, "//evil.example": 400, "https://id.example.com/v1/../..": 400,
	} {
		for _, host := range []string{"localhost:8080", "id.example.com", "evil.example"} {
			body := a.Fill(login("ann:Passw0rd!", `,"accountStore":{"href":"`+base+`/v1/directories/{dir}"}`))
			ans := a.Do(t, "", "POST", "/v1/applications/{app}/loginAttempts", body, map[string]string{"Host": host})
			if ans.Status != status || status == 400 && ans.Has("code=2014") != nil {
				t.Errorf("%s, asked at %s: %d %s", base, host, ans.Status, ans.Body)
			}
		}
	}
}

func TestPaths(t *testing.T) {
	each(t, []row{
		{Name: "a trailing slash", Path: "/v1/accounts/{ann}/", Want: w{"username=ann", "href={base}/accounts/{ann}"}},
		{Name: "several", Path: "/v1/accounts/{ann}///", Want: w{"username=ann"}},
		{Name: "before the query", Path: "/v1/accounts/{ann}/?expand=directory", Want: w{"directory.name=My Application Directory"}},
		{Name: "a doubled slash in front", Path: "//v1/accounts/{ann}", Want: w{"username=ann"}},
		{Name: "a doubled slash in front, a trailing one and a query", Path: "//v1/accounts/{ann}/?expand=directory", Want: w{"directory.name=My Application Directory"}},
		{Name: "a doubled slash within", Path: "/v1//accounts/{ann}", Status: 404},
		{Name: "a trailing slash on a POST", Path: "/v1/groups/{grp}/", Body: `{"name":"Crew"}`, Want: w{"name=Crew"}, Events: w{"group.update"}},
		{Name: "another case", Path: "/v1/Accounts/{ann}", Status: 404},
		{Name: "another case of the root", As: "nobody", Path: "/V1/accounts/{ann}", Status: 404},
		{Name: "dots", Path: "/v1/groups/../accounts/{ann}", Status: 404},
		{Name: "encoded dots", Path: "/v1/groups/%2e%2e/accounts/{ann}", Status: 404},
		{Name: "an encoded slash in an id", Path: "/v1/accounts/{ann}%2fgroups", Status: 404},
		{Name: "an id with a NUL", Path: "/v1/accounts/{ann}%00", Status: 404},
		{Name: "an unknown path", Path: "/v1/nope", Status: 404},
		{Name: "an unknown path, without a key", As: "nobody", Path: "/v1/nope", Status: 401},
		{Name: "the root", Path: "/v1", Status: 404},
		{Name: "PUT", Method: "PUT", Path: "/v1/accounts/{ann}", Body: `{}`, Status: 405, Want: w{"code=1100"}},
		{Name: "PATCH", Method: "PATCH", Path: "/v1/accounts/{ann}", Body: `{}`, Status: 405, Want: w{"code=1100"}},
		{Name: "OPTIONS", Method: "OPTIONS", Path: "/v1/accounts/{ann}", Status: 405},
		{Name: "DELETE of a list", Method: "DELETE", Path: "/v1/accounts/{ann}/groups", Status: 405, Want: w{"code=1100"}},
		{Name: "a POST that means DELETE", Method: "POST", Path: "/v1/groups/{grp}?_method=delete", Status: 204, Events: w{"groupMembership.delete", "group.delete"}},
		{Name: "a POST that means DELETE, with a slash", Method: "POST", Path: "/v1/groups/{grp}/?_method=DELETE", Status: 204, Events: w{"groupMembership.delete", "group.delete"}},
		{Name: "a POST that means DELETE of a list", Method: "POST", Path: "/v1/accounts/{ann}/groups?_method=DELETE", Status: 405},
		{Name: "a GET means GET", Path: "/v1/groups/{grp}?_method=DELETE", Want: w{"name=Staff"}},
		{Name: "a POST that means something else is a POST", Path: "/v1/groups/{grp}?_method=PUT", Body: `{"name":"Crew"}`, Events: w{"group.update"}},
		{Name: "HEAD", Method: "HEAD", Path: "/v1/accounts/{ann}", Want: w{"Etag=\"1\""}},
		{Name: "HEAD of what is not there", Method: "HEAD", Path: "/v1/accounts/nope", Status: 404},
	})
}

func TestAnswersAreCompressedForThoseWhoAsk(t *testing.T) {
	a := api(t)
	plain := a.Get(t, "/v1/accounts/{ann}")
	ans := a.Do(t, "", "GET", "/v1/accounts/{ann}", "", map[string]string{"Accept-Encoding": "gzip"})
	if ans.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(ans.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("%v", ans.Header)
	}
	r, err := gzip.NewReader(bytes.NewReader(ans.Body))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, plain.Body) {
		t.Errorf("%s: %v", b, err)
	}
}

// One id names a request in the header, in an error, in the log and in the audit.
func TestTheRequestID(t *testing.T) {
	a := api(t)
	ans := do(t, a, row{Path: "/v1/groups/{grp}", Body: `{"name":"Crew"}`, Header: map[string]string{"Stormpath-Request-Id": "mine", "User-Agent": "test"}}, 200)
	id := ans.Header.Get("Stormpath-Request-Id")
	var last core.AuditLine
	a.View(t, func(tx *core.Tx) error {
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			last = line
		}
		return nil
	})
	if last.Actor.RequestID != id || id == "mine" || last.Type != "group.update" || last.Actor.UserAgent != "test" || last.Actor.Account != a.Owner.ID || last.Actor.IP == "" {
		t.Errorf("request %s: audit %+v", id, last)
	}
	if again := a.Get(t, "/v1/groups/{grp}"); again.Header.Get("Stormpath-Request-Id") == id {
		t.Error("two requests have one id")
	}
}

// A request hook runs about every request that has a key, sees who calls, adds to
// the answer and refuses.
func TestTheRequestHook(t *testing.T) {
	var seen []string
	a := hooked(t, func(app *core.App) {
		app.Hooks.Request.Use(func(e *core.RequestEvent) error {
			seen = append(seen, e.Method+" "+string(e.Actor.Role))
			if e.Header("X-Refuse") != "" {
				return core.Errorf(core.Forbidden, "no", "Not today.")
			}
			e.SetReply("X-Hook", "ran")
			return e.Next()
		})
	})
	seen = nil
	a.Run(t, []row{
		{Name: "adds", Path: "/v1/groups/{grp}", Want: w{"X-Hook=ran", "name=Staff"}},
		{Name: "refuses, and nothing changes", As: "admin", Path: "/v1/groups/{grp}", Body: `{"name":"x"}`, Header: map[string]string{"X-Refuse": "1"}, Status: 403, Want: w{"message=Not today."}},
		{Name: "does not see strangers", As: "nobody", Path: "/v1/groups/{grp}", Status: 401, Not: w{"X-Hook=ran"}},
	})
	if got := strings.Join(seen, ","); got != "GET owner,POST admin" {
		t.Errorf("it saw %s", got)
	}
}

// A panic of ours, or of a hook, is a 500 without its text, changes nothing, and
// the server goes on.
func TestAPanicTellsNothing(t *testing.T) {
	var log bytes.Buffer
	a := hooked(t, func(app *core.App) {
		app.Log = slog.New(slog.NewJSONHandler(&log, nil))
		app.Hooks.Group.Update.Before(func(*core.RecordEvent[core.Group]) error { panic("boom in a transaction") })
		app.Hooks.Request.Before(func(e *core.RequestEvent) error {
			if e.Header("X-Panic") != "" {
				panic("boom in a request")
			}
			return nil
		})
	})
	a.Faults = true
	a.Run(t, []row{
		{Name: "in a request hook", Path: "/v1/groups/{grp}", Header: map[string]string{"X-Panic": "1"}, Status: 500, Want: w{"code=500", "message=Something went wrong on our side."}, Not: w{"boom", "goroutine", ".go"}},
		{Name: "in a record hook", Path: "/v1/groups/{grp}", Body: `{"name":"x"}`, Status: 500, Want: w{"message=Something went wrong on our side."}, Not: w{"boom", "goroutine", ".go"}},
		{Name: "and then", Path: "/v1/groups/{grp}", Want: w{"name=Staff"}},
	})
	if n := strings.Count(log.String(), "boom"); n < 2 {
		t.Errorf("the log does not have it:\n%s", log.String())
	}
}

// At level info the log tells who was refused, and nothing of who was not.
func TestTheLogTellsWhoWasRefused(t *testing.T) {
	var log bytes.Buffer
	a := hooked(t, func(app *core.App) {
		app.Log = slog.New(slog.NewJSONHandler(&log, nil))
	})
	key := a.Keys["auditor"]
	stranger := func(id string) map[string]string {
		return map[string]string{"Authorization": apitest.Key{ID: id, Secret: "c4naRy7"}.Basic()}
	}
	for _, c := range []struct {
		name, as, path, body string
		header               map[string]string
		want                 []string // of the log
	}{
		{"let in", "auditor", "/v1/groups/{grp}", "", nil, nil},
		{"not there", "auditor", "/v1/groups/x", "", nil, nil},
		{"nobody", "nobody", "/v1/groups/{grp}", "", nil, w{`"status":401`, `"key":""`, `"route":"/v1`, `"ip":"0.0.0.0"`, `"requestId":"`}},
		{"a wrong secret", "nobody", "/v1/groups/{grp}", "", stranger(key.ID), w{`"status":401`, `"key":"` + key.ID + `"`}},
		{"a secret for an id", "nobody", "/v1/groups/{grp}", "", stranger(key.Secret), w{`"status":401`, `"key":"?"`}},
		{"a password for an id", "nobody", "/v1/groups/{grp}", "", stranger("Passw0rdOfTwentyLetters"), w{`"key":"?"`}},
		{"lines for an id", "nobody", "/v1/groups/{grp}", "", stranger("a\nb"), w{`"key":"?"`}},
		{"a wrong signature", "nobody", "/v1/groups/{grp}", "", map[string]string{"Authorization": signature(key.ID)}, w{`"status":401`, `"key":"` + key.ID + `"`}},
		{"a broken signature", "nobody", "/v1/groups/{grp}", "", map[string]string{"Authorization": signature(key.Secret + "/c4naRy7")}, w{`"status":401`, `"key":""`}},
		{"a secret for the id of a signature", "nobody", "/v1/groups/{grp}", "", map[string]string{"Authorization": signature(key.Secret)}, w{`"key":"?"`}},
		{"not allowed", "auditor", "/v1/groups/{grp}", `{"name":"x"}`, nil, w{`"status":403`, `"key":"` + key.ID + `"`, `"method":"POST"`, `"route":"/v1/groups/:id"`}},
	} {
		log.Reset()
		method := "GET"
		if c.body != "" {
			method = "POST"
		}
		a.Do(t, c.as, method, c.path, c.body, c.header)
		got := log.String()
		if (got == "") != (c.want == nil) || strings.Contains(got, "c4naRy7") || strings.Contains(got, key.Secret) {
			t.Errorf("%s: %s", c.name, got)
		}
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s, want %s", c.name, got, want)
			}
		}
	}
}

// signature is a header that says a key has signed, and is wrong.
func signature(key string) string {
	return "SAuthc1 sauthc1Id=" + key + "/20261121/n/sauthc1_request, sauthc1SignedHeaders=host;x-stormpath-date, sauthc1Signature=" + strings.Repeat("00", 32)
}

// No secret that anybody sends or gets is in the log, at any level.
func TestTheLogHoldsNoSecret(t *testing.T) {
	var log bytes.Buffer
	a := hooked(t, func(app *core.App) {
		app.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	const canary = "c4naRy7"
	secret := do(t, a, row{Method: "POST", Path: "/v1/accounts/{ann}/apiKeys"}, 201).Value("secret").(string)
	do(t, a, row{Path: "/v1/applications/{app}/passwordResetTokens", Body: `{"email":"ann"}`, Keep: "token"}, 200)
	for _, s := range []row{
		{Path: "/v1/tenants/current", As: "nobody", Header: map[string]string{"Authorization": apitest.Key{ID: "x", Secret: canary}.Basic()}},
		{Path: "/v1/directories/{dir}/accounts", Body: `{"email":"b@example.com","password":"P4ss` + canary + `"}`},
		{Path: "/v1/directories/{dir}/accounts", Body: `{"email":"` + canary + `","password":"` + canary + `"`},
		{Path: "/v1/accounts/{ann}", Body: `{"password":"P4ss` + canary + `"}`},
		{Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:" + canary)},
		{Path: "/v1/applications/{app}/loginAttempts", Body: `{"type":"` + canary + `","value":"` + canary + `"}`},
		{Path: "/v1/accounts/{ann}/customData", Body: `{"a":"` + canary + `"}`},
		{Path: "/v1/accounts/{ann}/customData", Body: `{"` + canary + `.x":1}`},
		{Path: "/v1/accounts/" + canary + "/groups?" + canary + "=" + canary},
		{Path: "/v1/" + canary, Header: map[string]string{"User-Agent": canary, "X-Api-Key": canary}},
		{Path: "/v1/applications/{app}/passwordResetTokens/{token}", Body: `{"password":"x` + canary + `"}`},
	} {
		if s.Method = "GET"; s.Body != "" {
			s.Method = "POST"
		}
		a.Do(t, s.As, s.Method, s.Path, s.Body, s.Header)
	}
	out := log.String()
	for _, secret := range []string{canary, secret, a.Secret, a.Vars["token"], a.Keys["accountkey"].Secret, "argon2"} {
		if strings.Contains(out, secret) {
			t.Errorf("%q is in the log:\n%s", secret, out)
		}
	}
	if !strings.Contains(out, "/v1/accounts/:id/customData") || !strings.Contains(out, "requestId") {
		t.Errorf("the log tells nothing:\n%s", out)
	}
}
