package core_test

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// registered are redirect URIs of every sort that may be registered.
var registeredURIs = []string{
	"https://app.example.com/callback", "https://app.example.com/cb?x=1", "https://app.example.com:8443/callback",
	"http://127.0.0.1/callback", "http://[::1]:7000/callback", "http://localhost/callback", "com.example.app:/callback",
}

// hostile are the URIs of the corpus.
func hostile(t testing.TB) (all []string) {
	t.Helper()
	b, err := os.ReadFile("testdata/redirect-uris.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var uri string
		if err := unmarshal([]byte(line), &uri); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, uri)
	}
	return all
}

func TestClass01_ARedirectURIIsOneThatWasRegistered(t *testing.T) {
	all := hostile(t)
	if len(all) < 200 {
		t.Fatalf("%d URIs", len(all))
	}
	for _, uri := range all {
		if core.RedirectAllowed(registeredURIs, uri) {
			t.Errorf("%q is allowed", uri)
		}
	}
	for _, uri := range append(slices.Clone(registeredURIs),
		"http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback", "http://127.0.0.1:80/callback",
		"http://[::1]/callback", "http://[::1]:1/callback") {
		if !core.RedirectAllowed(registeredURIs, uri) {
			t.Errorf("%q is refused", uri)
		}
	}
	for _, registered := range [][]string{nil, {""}, {"https://app.example.com/*"}, {"*"}} {
		for _, uri := range []string{"", "https://app.example.com/x", "https://evil.example/"} {
			if uri != "" && core.RedirectAllowed(registered, uri) {
				t.Errorf("%q is allowed by %q", uri, registered)
			}
		}
	}
}

// What browsers read otherwise than it is written cannot be registered either.
func TestClass01_WhatBrowsersReadOtherwiseIsNotRegistered(t *testing.T) {
	p := portalOn(t, memory())
	for _, kind := range []core.ClientKind{core.WebClient, core.NativeClient} {
		for _, uri := range hostile(t) {
			err := undone(p.w, core.Actor{Kind: core.Machine, Tenant: p.w.Tenant}, t, func(tx *core.Tx) error {
				c := client(p.app.ID, "client")
				c.Type, c.RedirectURIs = kind, []string{uri}
				return core.CreateClient(tx, c)
			})
			if err != nil {
				continue
			}
			u, err := url.Parse(uri)
			if err != nil || u.String() != uri || u.User != nil || u.Fragment != "" || strings.ContainsAny(uri, "\\*#@\x00\r\n\t ") && !strings.Contains(u.Path, "@") ||
				u.Host != strings.ToLower(u.Host) || slices.Contains(strings.Split(u.Path, "/"), "..") {
				t.Errorf("%s client: %q was registered", kind, uri)
			}
			if host := u.Hostname(); u.Scheme == "http" && host != "127.0.0.1" && host != "127.0.0.2" && host != "::1" && host != "localhost" {
				t.Errorf("%s client: %q was registered without TLS", kind, uri)
			}
		}
	}
}

func TestTheOriginOfARedirectURI(t *testing.T) {
	for uri, want := range map[string]string{
		"https://app.example.com/callback": "https://app.example.com", "https://app.example.com:8443/x": "https://app.example.com:8443",
		"http://[::1]:7/x": "http://[::1]:7", "com.example.app:/callback": "com.example.app:", "": "", "%": "",
	} {
		if got := core.OriginOf(uri); got != want {
			t.Errorf("%q: %q, want %q", uri, got, want)
		}
	}
}

// What is allowed is the same origin and path as a registered URI, but for the port of
// an address of this machine.
func FuzzRedirectAllowed(f *testing.F) {
	for _, uri := range append(hostile(f), registeredURIs...) {
		f.Add(uri)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		if !core.RedirectAllowed(registeredURIs, uri) {
			return
		}
		u, err := url.Parse(uri)
		if err != nil {
			t.Fatalf("%q is allowed and no URI: %v", uri, err)
		}
		for _, r := range registeredURIs {
			is, err := url.Parse(r)
			if err != nil {
				t.Fatal(err)
			}
			same := is.Scheme == u.Scheme && is.Hostname() == u.Hostname() && is.RequestURI() == u.RequestURI() && u.User == nil && u.Fragment == ""
			loopback := u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"
			if same && (is.Host == u.Host || loopback && u.Scheme == "http") {
				return
			}
		}
		t.Errorf("%q is allowed", uri)
	})
}
