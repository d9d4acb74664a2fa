package apis

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

const (
	someHost  = "host;x-stormpath-date"
	someNonce = "a43a9d25-ab06-421e-8605-33fd1e760825"
)

func credential(id, headers, signature string) string {
	return "SAuthc1 sauthc1Id=" + id + ", sauthc1SignedHeaders=" + headers + ", sauthc1Signature=" + signature
}

func TestClass21_OnlyWhatIsWellFormedClaimsAKey(t *testing.T) {
	id, sig := "MyId/20130701/"+someNonce+"/sauthc1_request", strings.Repeat("0f", 32)
	good := credential(id, someHost, sig)
	names := func(n int) string {
		text := someHost
		for i := range n - 2 {
			text += fmt.Sprintf(";x-%d", i)
		}
		return text
	}
	for name, v := range map[string]struct {
		header string
		ok     bool
	}{
		"the form of the SDKs":       {good, true},
		"without spaces":             {strings.ReplaceAll(good, ", ", ","), true},
		"with more":                  {strings.ReplaceAll(good, ", ", "  ,  "), true},
		"in another order":           {"SAuthc1 sauthc1Signature=" + sig + ",sauthc1SignedHeaders=" + someHost + ",sauthc1Id=" + id, true},
		"the scheme in any case":     {"sauthc1" + good[7:], true},
		"names in any case":          {credential(id, "Host;X-Stormpath-Date", sig), true},
		"other characters of nonces": {credential("MyId/20130701/a_b.c~d/sauthc1_request", someHost, sig), true},
		"32 headers":                 {credential(id, names(32), sig), true},
		"33":                         {credential(id, names(33), sig), false},
		"a header of over 2 KiB":     {credential(id, someHost+";"+strings.Repeat("x", 2<<10), sig), false},
		"a header twice":             {credential(id, someHost+";Host", sig), false},
		"no host":                    {credential(id, "x-stormpath-date", sig), false},
		"no date":                    {credential(id, "host", sig), false},
		"no headers":                 {credential(id, "", sig), false},
		"an empty name":              {credential(id, someHost+";", sig), false},
		"a name that is none":        {credential(id, someHost+";a b", sig), false},
		"a member twice":             {good + ", sauthc1Id=" + id, false},
		"another member":             {good + ", realm=x", false},
		"a member less":              {"SAuthc1 sauthc1Id=" + id + ", sauthc1SignedHeaders=" + someHost, false},
		"a comma more":               {good + ",", false},
		"no id":                      {credential("/20130701/"+someNonce+"/sauthc1_request", someHost, sig), false},
		"an id with a dot":           {credential("My.Id/20130701/"+someNonce+"/sauthc1_request", someHost, sig), false},
		"a long id":                  {credential(strings.Repeat("x", 65)+"/20130701/"+someNonce+"/sauthc1_request", someHost, sig), false},
		"no nonce":                   {credential("MyId/20130701//sauthc1_request", someHost, sig), false},
		"a long nonce":               {credential("MyId/20130701/"+strings.Repeat("x", 65)+"/sauthc1_request", someHost, sig), false},
		"a nonce with a NUL":         {credential("MyId/20130701/a\x00b/sauthc1_request", someHost, sig), false},
		"a short date":               {credential("MyId/2013071/"+someNonce+"/sauthc1_request", someHost, sig), false},
		"a date of letters":          {credential("MyId/2013July/"+someNonce+"/sauthc1_request", someHost, sig), false},
		"another end":                {credential("MyId/20130701/"+someNonce+"/aws4_request", someHost, sig), false},
		"a part more":                {credential(id+"/x", someHost, sig), false},
		"a signature that is none":   {credential(id, someHost, sig[1:]+"g"), false},
		"an odd signature":           {credential(id, someHost, sig[1:]), false},
		"another scheme":             {"Basic" + good[7:], false},
		"a scheme alone":             {"SAuthc1", false},
		"nothing":                    {"", false},
	} {
		d, ok := parseClaim(v.header)
		if ok != v.ok || ok && (d.date != "20130701" || d.key != "MyId" || hex.EncodeToString(d.signature) != sig) {
			t.Errorf("%s: %v, %+v", name, ok, d)
		}
	}
}

// A request is good for 65 minutes either way, the least that lets in PHP's wrong
// minutes; the window and what a nonce is remembered for are the safe choice where
// spec 31 leaves them open.
func TestTheWindowOfARequest(t *testing.T) {
	now := time.Date(2013, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, v := range []struct {
		name, date string
		stamps     []string
		ok         bool
	}{
		{"now", "20130701", []string{"20130701T120000Z"}, true},
		{"65 minutes ago", "20130701", []string{"20130701T105500Z"}, true},
		{"a second more", "20130701", []string{"20130701T105459Z"}, false},
		{"in 65 minutes", "20130701", []string{"20130701T130500Z"}, true},
		{"a second later", "20130701", []string{"20130701T130501Z"}, false},
		{"another day's stamp", "20130702", []string{"20130701T120000Z"}, false},
		{"no time", "20130701", nil, false},
		{"two times", "20130701", []string{"20130701T120000Z", "20130701T120000Z"}, false},
		{"a fraction", "20130701", []string{"20130701T1200.0Z"}, false},
		{"another zone", "20130701", []string{"20130701T120000+0"}, false},
		{"no such minute", "20130701", []string{"20130701T116000Z"}, false},
		{"a leap second", "20130701", []string{"20130701T115960Z"}, false},
		{"not a time", "20130701", []string{"20130701XXXXXXXX"}, false},
	} {
		h := &fasthttp.RequestHeader{}
		h.Set("Authorization", credential("MyId/"+v.date+"/n/sauthc1_request", someHost, strings.Repeat("00", 32)))
		for _, s := range v.stamps {
			h.Add("X-Stormpath-Date", s)
		}
		d, ok := claimOf(h, now)
		if ok != v.ok {
			t.Errorf("%s: %v", v.name, ok)
		}
		if ok && !d.once().Until.Equal(d.at.Add(65*time.Minute)) {
			t.Errorf("%s: remembered until %v", v.name, d.once().Until)
		}
		h.Add("Authorization", "Basic eDp5")
		if _, ok := claimOf(h, now); ok {
			t.Errorf("%s: beside another credential", v.name)
		}
	}
}

// signedBy makes the header of a request that a World's key signs, now.
func signedBy(w *coretest.World, h *fasthttp.RequestHeader, nonce string) {
	stamp := w.Clock.Now().Format(stampForm)
	h.SetHost("localhost:8080")
	h.Set("X-Stormpath-Date", stamp)
	h.Set("Authorization", credential(string(w.Key.ID)+"/"+stamp[:8]+"/"+nonce+"/sauthc1_request", someHost, strings.Repeat("00", 32)))
}

// Nothing that a stranger writes into headers, path, query or body is taken for a
// signature, or breaks the server.
func FuzzSAuthc1Header(f *testing.F) {
	s, w := server(f)
	handler := s.fiber.Handler()
	h := &fasthttp.RequestHeader{}
	signedBy(w, h, "n")
	f.Add(string(h.Peek("Authorization")), string(h.Peek("X-Stormpath-Date")), "/v1/tenants/current?a=%2f&b", "{}")
	f.Add(credential("MyId/20130701/"+someNonce+"/sauthc1_request", someHost, strings.Repeat("00", 32)), "20130701T000000Z", "//v1/a%2E%zz?b?c=d&&", "")
	f.Add("SAuthc1 sauthc1Id=,,=;;=", "", "http://x/v1", "\x00")
	f.Fuzz(func(t *testing.T, authorization, stamp, uri, body string) {
		ctx := &fasthttp.RequestCtx{}
		r := &ctx.Request
		r.Header.SetMethod(http.MethodPost)
		r.Header.SetRequestURI(uri)
		r.Header.SetHost("localhost:8080")
		r.Header.Set("Authorization", authorization)
		r.Header.Set("X-Stormpath-Date", stamp)
		r.SetBodyString(body)
		s.limits(&r.Header)
		if _, d, _, err := s.proved(t.Context(), r); err == nil {
			t.Fatalf("%q is a signature: %+v", authorization, d)
		} else if core.AsError(err).Kind != core.Unauthenticated {
			t.Fatal(err)
		}
		n := 0
		for range messageOf(r, strings.Split(stamp, ";")).canonical {
			n++
		}
		if n > 9 {
			t.Fatalf("%d forms", n)
		}
		if handler(ctx); ctx.Response.StatusCode() >= 500 {
			t.Fatalf("%d %s", ctx.Response.StatusCode(), ctx.Response.Body())
		}
	})
}
