package apis

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"
)

// wire is a request as it came.
func wire(method, uri, body string, headers ...string) *fasthttp.Request {
	r := &fasthttp.Request{}
	r.Header.SetMethod(method)
	r.Header.SetRequestURI(uri)
	r.Header.SetHost("api.stormpath.com")
	r.Header.Set("X-Stormpath-Date", "20130701T000000Z")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	r.SetBodyString(body)
	return r
}

// The vectors of spec 3.2: key MyId, secret Shush!.
func TestSAuthc1Vectors(t *testing.T) {
	const nonce = "a43a9d25-ab06-421e-8605-33fd1e760825"
	if got := hex.EncodeToString(signingKey("Shush!", "20130701", nonce)); got != "c682128c1074b6262f7a2496264c2854e3cc6b66c687d4a6f3e3c291941d03fc" {
		t.Errorf("signing key %s", got)
	}
	for _, v := range []struct {
		request           *fasthttp.Request
		signed            string
		query, hash, want string
	}{
		{wire("GET", "/v1/", ""), "host;x-stormpath-date", "",
			"39f5bb9c5c77f9937c912fb0c850fe69cd82fcfd48d34adde35814b8aa2a498d", "990a95aabbcbeb53e48fb721f73b75bd3ae025a2e86ad359d08558e1bbb9411c"},
		{wire("GET", "/v1/directories?orderBy=name+asc", ""), "host;x-stormpath-date", "orderBy=name%20asc",
			"", "fc04c5187cc017bbdf9c0bb743a52a9487ccb91c0996267988ceae3f10314176"},
		{wire("GET", "/v1/applications/77JnfFiREjdfQH0SObMfjI/groups?q=group&limit=25&offset=25", ""), "host;x-stormpath-date", "limit=25&offset=25&q=group",
			"", "e30a62c0d03ca6cb422e66039786865f3eb6269400941ede6226760553a832d3"},
		{wire("POST", "/v1/applications?createDirectory=true", `{"name":"Best App Ever"}`, "Content-Type", "application/json"), "content-length;content-type;host;x-stormpath-date", "createDirectory=true",
			"ce1c27020c011ffa16fdea73eea08833cc576196e7b0bf87e98deba1ed058f7e", "d6c9d70130b23530c0fb7a1c72094502a2c78bb38285613fd3218004a42ec5f3"},
	} {
		m := messageOf(v.request, strings.Split(v.signed, ";"))
		var first string
		for text := range m.canonical {
			first = text
			break
		}
		d := &claim{key: "MyId", date: "20130701", nonce: nonce, headers: strings.Split(v.signed, ";"), timestamp: "20130701T000000Z"}
		toSign := textToSign(d.timestamp, d.id(), first)
		if got := strings.Split(first, "\n")[2]; got != v.query {
			t.Errorf("%s: query %q, want %q", m.path, got, v.query)
		}
		if v.hash != "" && !strings.HasSuffix(toSign, v.hash) {
			t.Errorf("%s: %q hashes to %q, want %s", m.path, first, toSign, v.hash)
		}
		if got := hex.EncodeToString(hmacOf(signingKey("Shush!", d.date, d.nonce), toSign)); got != v.want {
			t.Errorf("%s: signature %s, want %s", m.path, got, v.want)
		}
		d.signature, _ = hex.DecodeString(v.want)
		if !d.signs(m, "Shush!") || d.signs(m, "Shush") || d.signs(m, "") {
			t.Errorf("%s: the vector is refused, or another secret taken", m.path)
		}
	}
}

// Three forms of the path, three of the query, each once (spec 3.2, rule 4).
func TestTheCanonicalForms(t *testing.T) {
	for _, v := range []struct {
		uri            string
		paths, queries []string
	}{
		{"/v1/a", []string{"/v1/a"}, []string{""}},
		{"/v1/a?", []string{"/v1/a"}, []string{""}},
		{"", []string{"/"}, []string{""}},
		{"http://api.stormpath.com/v1/a?b=c", []string{"/v1/a"}, []string{"b=c"}},
		{"http://api.stormpath.com", []string{"/"}, []string{""}},
		{"http://api.stormpath.com?b=c", []string{"/"}, []string{"b=c"}},
		{"//v1/a/", []string{"//v1/a/"}, []string{""}},
		{"/v1/a%2Eb", []string{"/v1/a.b", "/v1/a%2Eb", "/v1/a%252Eb"}, []string{""}},
		{"/v1/a%2fb~*+ü", []string{"/v1/a/b~%2A%2B%C3%BC", "/v1/a%2fb~*+ü", "/v1/a%252fb~%2A%2B%C3%BC"}, []string{""}},
		{"/v1/a%zz", []string{"/v1/a%zz", "/v1/a%25zz"}, []string{""}},
		{"/v1/a?b=c+d&a=%2f", []string{"/v1/a"}, []string{"a=%2F&b=c%20d", "a=%2f&b=c+d", "b=c+d&a=%2f"}},
		{"/v1/a?expand=g(offset:0,limit:10)", []string{"/v1/a"}, []string{"expand=g%28offset%3A0%2Climit%3A10%29", "expand=g(offset:0,limit:10)"}},
		{"/v1/a?b=1?b=2", []string{"/v1/a"}, []string{"b=1%3Fb%3D2", "b=1?b=2"}},
		{"/v1/a?b=2&b=1&a", []string{"/v1/a"}, []string{"a=&b=2&b=1", "a&b=1&b=2", "b=2&b=1&a"}},
		{"/v1/a?x=~*&&", []string{"/v1/a"}, []string{"x=~%2A", "x=~*", "x=~*&&"}},
		{"/v1/a?b=%zz&a=1", []string{"/v1/a"}, []string{"a=1&b=%zz", "b=%zz&a=1"}},
		{"/v1/a?a;b=1", []string{"/v1/a"}, []string{"a%3Bb=1", "a;b=1"}},
	} {
		m := messageOf(wire("GET", v.uri, ""), []string{"host"})
		if v.uri == "" {
			m.path = ""
		}
		if got := m.paths(); !slices.Equal(got, v.paths) {
			t.Errorf("%s: paths %q, want %q", v.uri, got, v.paths)
		}
		if got := m.queries(); !slices.Equal(got, v.queries) {
			t.Errorf("%s: queries %q, want %q", v.uri, got, v.queries)
		}
		n := 0
		for range m.canonical {
			n++
		}
		if n != len(v.paths)*len(v.queries) {
			t.Errorf("%s: %d forms", v.uri, n)
		}
	}
	for range messageOf(wire("GET", "/v1/a?"+strings.Repeat("a=b&", maxPairs), ""), []string{"host"}).canonical {
		t.Error("a query of too many pairs has a form")
	}
}

// Headers are in the order in which the caller lists them, under names in small
// letters, with all their values (spec 3.2, rules 1 and 2).
func TestTheSignedHeaders(t *testing.T) {
	r := wire("POST", "/v1/a", "body", "X-Two", " one ", "x-two", "two", "Content-Type", "text/plain", "User-Agent", "sdk", "Accept", "a, b")
	r.Header.Set("Content-Length", "99")
	m := messageOf(r, []string{"X-Two", "host", "Content-Length", "content-type", "user-agent", "accept", "absent"})
	want := "x-two:one,two\nhost:api.stormpath.com\ncontent-length:4\ncontent-type:text/plain\nuser-agent:sdk\naccept:a, b\nabsent:\n"
	if m.headers != want || m.names != "X-Two;host;Content-Length;content-type;user-agent;accept;absent" {
		t.Errorf("%q, %q", m.headers, m.names)
	}
	for text := range m.canonical {
		if !strings.HasPrefix(text, "POST\n/v1/a\n\n"+want+"\n"+m.names+"\n") || len(text) != len("POST\n/v1/a\n\n"+want+"\n"+m.names+"\n")+64 {
			t.Errorf("%q", text)
		}
	}
}
