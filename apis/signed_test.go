package apis_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// last is the last part of what is at a path of an answer.
func last(ans *apitest.Answer, at string) string {
	href, _ := ans.Value(at).(string)
	return href[strings.LastIndex(href, "/")+1:]
}

// clients are the SDKs that sign, calling as the owner.
func clients(a *apitest.API, addr string) (all []*apitest.Client) {
	for _, s := range apitest.Signers() {
		all = append(all, &apitest.Client{Signer: s, Key: a.Keys[apitest.Owner], Addr: addr, Now: a.Clock.Now})
	}
	return all
}

func client(a *apitest.API, addr, name string) *apitest.Client {
	for _, c := range clients(a, addr) {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Every SDK does its work over a socket, directly and through proxies (spec 30,
// number 1).
func TestEverySDKSigns(t *testing.T) {
	a := api(t)
	direct := a.Listen(t)
	for way, addr := range map[string]string{
		"directly": direct, "through a proxy": apitest.Proxy(t, direct, nil),
		"through a proxy that tells of itself": apitest.Proxy(t, direct, (*httputil.ProxyRequest).SetXForwarded),
	} {
		for _, c := range clients(a, addr) {
			t.Run(c.Name+" "+way, func(t *testing.T) { work(t, a, c) })
		}
	}
}

// work is what an SDK does from start to end.
func work(t *testing.T, a *apitest.API, c *apitest.Client) {
	step := func(status int, method, target, body string, want ...string) *apitest.Answer {
		t.Helper()
		ans := c.Do(t, method, target, body)
		if ans.Status != status {
			t.Fatalf("%s %s: %d %s", method, target, ans.Status, ans.Body)
		}
		for _, s := range want {
			if err := ans.Has(s); err != nil {
				t.Errorf("%s %s: %v", method, target, err)
			}
		}
		return ans
	}
	base := "http://" + c.Addr + "/v1/"
	tenant := step(200, "GET", c.Target("/v1/tenants/current", "expand", "applications(offset:0,limit:10)"), "",
		"applications.limit=10", "href="+base+"tenants/"+a.Vars["tenant"])
	apps := step(200, "GET", c.Target("/v1/tenants/"+last(tenant, "href")+"/applications", "name", "My Application", "limit", "5"), "", "size=1")
	app := "/v1/applications/" + last(apps, "items.0.href")
	made := step(201, "POST", c.Target(app+"/accounts", "registrationWorkflowEnabled", "false", "expand", "directory"),
		`{"email":"jü@example.com","password":"Passw0rd!","givenName":"Jürgen","surname":"O'Neil"}`, "givenName=Jürgen", "directory.name=My Application Directory")
	acc := "/v1/accounts/" + last(made, "href")
	step(200, "POST", acc+"/customData", `{"a-b":1,"c":{"d":[true]}}`, "a-b=1")
	step(200, "POST", c.Target(app+"/loginAttempts", "expand", "account"), login("jü@example.com:Passw0rd!"), "account.surname=O'Neil")
	step(400, "POST", app+"/loginAttempts", login("jü@example.com:wrong"), "code=7100")
	step(200, "GET", c.Target(app+"/accounts", "email", "jü@example.com"), "", "size=1")
	step(204, "DELETE", acc+"/customData/a%2Db", "")
	step(200, "GET", acc+"/customData", "", "c.d.#=1", "a-b="+apitest.Missing)
	step(404, "GET", acc+"/no%2Esuch%2Ething", "", "code=404")
	step(200, "POST", acc, `{"middleName":"M"}`, "middleName=M")
	step(204, "POST", acc+"?_method=DELETE", "")
	step(404, "GET", acc, "")
}

// PHP writes the month where the minutes belong: it is let in at every minute of
// the hour, in every month.
func TestPHPsMinutes(t *testing.T) {
	a := api(t)
	c := client(a, a.Listen(t), "PHP")
	for _, turn := range []time.Duration{59 * time.Minute, 31 * 24 * time.Hour, -30 * time.Minute} {
		a.Clock.Turn(turn)
		if ans := c.Do(t, "GET", "/v1/tenants/current", ""); ans.Status != 200 {
			t.Errorf("at %v: %d", a.Clock.Now(), ans.Status)
		}
	}
}

// What is not what was signed, or not signed by whom it names, is refused like any
// other bad credential, and does nothing.
func TestClass21_WhatWasTamperedWithIsRefused(t *testing.T) {
	a := aliased(t)
	addr := a.Listen(t)
	js := `{"name":"Tampered"}`
	body := func(r *http.Request, text string) {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	}
	for _, c := range clients(a, addr) {
		target := c.Target("/v1/applications", "createDirectory", "true")
		now := func() *http.Request { return c.Sign(c.Key, addr, "POST", target, js, c.Now()) }
		tampered := map[string]*http.Request{}
		change := func(name string, fn func(*http.Request)) {
			tampered[name] = now()
			fn(tampered[name])
		}
		for _, name := range strings.Split(strings.SplitN(strings.SplitN(now().Header.Get("Authorization"), "sauthc1SignedHeaders=", 2)[1], ",", 2)[0], ";") {
			switch name {
			case "host":
				change(name, func(r *http.Request) { r.Host = "localhost:1" })
			case "content-length": // goes with the body
			default:
				change(name, func(r *http.Request) { r.Header.Set(name, r.Header.Get(name)+"x") })
				change(name+" gone", func(r *http.Request) { r.Header.Set(name, "") })
				if name != "user-agent" { // of which the Go client sends the first
					change(name+" twice", func(r *http.Request) { r.Header.Add(name, "x") })
				}
			}
		}
		change("method", func(r *http.Request) { r.Method = "DELETE" })
		change("path", func(r *http.Request) { r.URL.Opaque = "/v1/directories" })
		change("query", func(r *http.Request) { r.URL.RawQuery = "createDirectory=x" })
		change("no query", func(r *http.Request) { r.URL.RawQuery = "" })
		change("more query", func(r *http.Request) { r.URL.RawQuery += "&expand=tenant" })
		change("another method by query", func(r *http.Request) { r.URL.RawQuery += "&_method=DELETE" })
		change("body", func(r *http.Request) { body(r, strings.Replace(js, "T", "R", 1)) })
		change("longer body", func(r *http.Request) { body(r, js+" ") })
		change("no body", func(r *http.Request) { body(r, "") })
		auth := func(old, new string) func(*http.Request) {
			return func(r *http.Request) {
				r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, new, 1))
			}
		}
		change("key id", auth(c.Key.ID, a.Keys["admin"].ID))
		change("date of the id", auth("/20261121/", "/20261122/"))
		change("nonce", auth("/20261121/", "/20261121/0"))
		change("a header less", auth(";host", ""))
		change("order of headers", auth("host;user-agent", "user-agent;host"))
		change("signature", auth("Signature=", "Signature=00"))
		change("a day later", func(r *http.Request) { r.Header.Set("X-Stormpath-Date", "20261122T120000Z") })
		change("a second credential", func(r *http.Request) { r.Header.Add("Authorization", "Basic eDp5") })
		sign := func(key apitest.Key, host string, at time.Duration) *http.Request {
			return c.Sign(key, host, "POST", target, js, c.Now().Add(at))
		}
		for _, who := range []string{"admin", "other", "accountkey"} {
			tampered["the secret of "+who] = sign(apitest.Key{ID: c.Key.ID, Secret: a.Keys[who].Secret}, addr, 0)
		}
		tampered["no secret"] = sign(apitest.Key{ID: c.Key.ID}, addr, 0)
		tampered["an unknown key"] = sign(apitest.Key{ID: "UNKNOWN", Secret: c.Key.Secret}, addr, 0)
		tampered["an ACCOUNT key"] = sign(a.Keys["accountkey"], addr, 0)
		tampered["more than an hour old"] = sign(c.Key, addr, -2*time.Hour)
		tampered["of the future"] = sign(c.Key, addr, 2*time.Hour)
		other := sign(c.Key, "login.other.example", 0)
		other.URL.Host = addr
		tampered["another tenant's host"] = other
		for name, r := range tampered {
			ans := c.Send(t, r)
			if ans.Status != http.StatusUnauthorized || ans.Value("developerMessage") != "Authentication required." {
				t.Errorf("%s, %s: %d %s", c.Name, name, ans.Status, ans.Body)
			}
		}
	}
	for _, name := range []string{"applications", "directories"} {
		if err := do(t, a, row{Path: "/v1/tenants/{tenant}/" + name + "?name=Tampered"}, 200).Has("size=0"); err != nil {
			t.Error(name, err)
		}
	}
}

// A key that signs opens what it opens by Basic, until it is disabled.
func TestClass07_ADisabledKeySignsNothing(t *testing.T) {
	a := api(t)
	c := client(a, a.Listen(t), "Java")
	c.Key = a.Keys["admin"]
	for _, v := range []struct {
		path, status string
		want         int
	}{
		{"/v1/apiKeys/{adminkey}", "DISABLED", 401}, {"/v1/apiKeys/{adminkey}", "ENABLED", 200},
		{"/v1/accounts/{admin}", "DISABLED", 401}, {"/v1/accounts/{admin}", "ENABLED", 200},
	} {
		do(t, a, row{Path: v.path, Body: `{"status":"` + v.status + `"}`}, 200)
		for range 2 {
			if ans := c.Do(t, "GET", "/v1/tenants/current", ""); ans.Status != v.want {
				t.Errorf("%s %s: %d", v.path, v.status, ans.Status)
			}
		}
	}
	c.Key = a.Keys["auditor"]
	if ans := c.Do(t, "POST", "/v1/directories", `{"name":"D"}`); ans.Status != 403 {
		t.Errorf("an auditor who signs: %d", ans.Status)
	}
}

// A request that is sent again is refused, whether it read, wrote, or was itself
// refused; what it wrote is remembered across a restart.
func TestClass04_ASignedRequestCountsOnce(t *testing.T) {
	a := api(t)
	addr := a.Listen(t)
	for _, c := range clients(a, addr) {
		for _, v := range []struct {
			method, target, body string
			status               int
		}{
			{"GET", "/v1/tenants/" + a.Vars["tenant"], "", 200},
			{"HEAD", "/v1/tenants/" + a.Vars["tenant"], "", 200},
			{"GET", "/v1/nothing", "", 404},
			{"POST", "/v1/directories", `{"name":"` + c.Name + `"}`, 201},
			{"POST", "/v1/directories", `{"name":"` + c.Name + `"}`, 409},
			{"POST", "/v1/directories", `{`, 400},
			{"POST", "/v1/applications/" + a.Vars["app"] + "/loginAttempts", login("ann:wrong"), 400},
			{"POST", "/v1/applications/" + a.Vars["app"] + "/accounts", `{"email":"a@` + strings.Trim(c.Name, ".") + `.example","password":"Passw0rd!","givenName":"A","surname":"B"}`, 201},
			{"DELETE", "/v1/groups/nope", "", 404},
		} {
			first := c.Sign(c.Key, addr, v.method, v.target, v.body, c.Now())
			again := first.Clone(t.Context())
			again.Body, _ = first.GetBody()
			if ans := c.Send(t, first); ans.Status != v.status {
				t.Errorf("%s: %s %s: %d %s", c.Name, v.method, v.target, ans.Status, ans.Body)
			}
			if ans := c.Send(t, again); ans.Status != 401 {
				t.Errorf("%s: again %s %s: %d %s", c.Name, v.method, v.target, ans.Status, ans.Body)
			}
		}
	}
}

// What reads is remembered by the process, what writes in the store: another server
// of the same data refuses it.
func TestClass04_WhatWasWrittenIsNotWrittenByAnotherServer(t *testing.T) {
	a := api(t)
	b := a.Twin(t)
	one, two := a.Listen(t), b.Listen(t)
	c := client(a, one, "Python")
	for _, v := range []struct {
		method, target, body string
		first, again         int
	}{
		{"POST", "/v1/directories", `{"name":"D"}`, 201, 401},
		{"POST", "/v1/applications/" + a.Vars["app"] + "/loginAttempts", login("ann:wrong"), 400, 401},
		{"POST", "/v1/applications/" + a.Vars["app"] + "/accounts", `{"email":"x@example.com","password":"Passw0rd!","givenName":"A","surname":"B"}`, 201, 401},
		{"DELETE", "/v1/groups/" + a.Vars["grp"], "", 204, 401},
		{"DELETE", "/v1/groups/nope", "", 404, 404},
		{"GET", "/v1/directories/" + a.Vars["dir"], "", 200, 200},
	} {
		r := c.Sign(c.Key, one, v.method, v.target, v.body, c.Now())
		again := r.Clone(t.Context())
		again.Body, _ = r.GetBody()
		again.URL.Host = two
		if ans := c.Send(t, r); ans.Status != v.first {
			t.Errorf("%s %s: %d %s", v.method, v.target, ans.Status, ans.Body)
		}
		if ans := c.Send(t, again); ans.Status != v.again {
			t.Errorf("%s %s at the other server: %d %s", v.method, v.target, ans.Status, ans.Body)
		}
	}
}

// The secret that encrypts is the one that signs: 128 bits as Java asks for, 256 as
// PHP does (spec 4).
func TestSecretsAreEncryptedForThoseWhoSign(t *testing.T) {
	a := api(t)
	c := client(a, a.Listen(t), "Java")
	for _, bits := range []int{128, 192, 256} {
		query := fmt.Sprintf("?encryptSecret=true&encryptionKeySalt=MDEyMzQ1Njc4OWFiY2RlZg&encryptionKeySize=%d&encryptionKeyIterations=1024", bits)
		ans := c.Do(t, "GET", a.Fill("/v1/apiKeys/{key}"+query), "")
		text, _ := ans.Value("secret").(string)
		if got := decrypted(t, text, c.Key.Secret, bits); got != a.Keys["accountkey"].Secret {
			t.Errorf("%d bits: %q", bits, got)
		}
	}
}

// Bodies that come with a signature are taken in turn, and their places are free
// again once it has proved right, or wrong.
func TestClass21_SignedBodiesOfAnySize(t *testing.T) {
	a := api(t)
	addr := a.Listen(t)
	group := a.Fill("/v1/groups/{grp}")
	c := client(a, addr, "Java")
	for i := range 9 { // one more than may be on their way with a key
		body := `{"a":"` + strings.Repeat("x", 20<<10) + `"}`
		if ans := c.Do(t, "POST", group+"/customData", body); ans.Status != 200 {
			t.Fatalf("body %d: %d %s", i, ans.Status, ans.Body)
		}
		r := c.Sign(c.Key, addr, "POST", group, body, c.Now())
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body+" ")), int64(len(body)+1)
		if ans := c.Send(t, r); ans.Status != 401 {
			t.Fatalf("wrong body %d: %d", i, ans.Status)
		}
	}
	big := `{"a":"` + strings.Repeat("x", 1<<20) + `"}`
	for range 5 {
		if ans := c.Do(t, "POST", group+"/customData", big); ans.Status != 200 {
			t.Fatalf("%d %.200s", ans.Status, ans.Body)
		}
	}
	c = client(a, addr, "Ruby")
	r := c.Sign(c.Key, addr, "POST", group+"/customData", big, c.Now())
	r.ContentLength = -1 // in chunks, as a proxy may send it on
	if ans := c.Send(t, r); ans.Status != 200 {
		t.Errorf("in chunks: %d %.200s", ans.Status, ans.Body)
	}
}

// BenchmarkSAuthc1 is BenchmarkGetAccount by requests that are signed, each once.
func BenchmarkSAuthc1(b *testing.B) {
	a := apitest.New(b)
	h := a.Server.Fiber().Handler()
	c := client(a, apitest.Host, "Java")
	target := a.Fill("/v1/accounts/{ann}")
	requests := make([]*http.Request, b.N)
	for i := range requests {
		requests[i] = c.Sign(c.Key, apitest.Host, "GET", target, "", c.Now())
	}
	ctx := &fasthttp.RequestCtx{}
	b.ReportAllocs()
	b.ResetTimer()
	for _, r := range requests {
		ctx.Request.Reset()
		ctx.Response.Reset()
		ctx.Request.SetRequestURI(target)
		ctx.Request.Header.SetHost(apitest.Host)
		for name, values := range r.Header {
			ctx.Request.Header.Set(name, values[0])
		}
		if h(ctx); ctx.Response.StatusCode() != 200 {
			b.Fatalf("%d %s", ctx.Response.StatusCode(), ctx.Response.Body())
		}
	}
}
