package apitest

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"
)

// Browser is a browser without script: it keeps cookies, sends what is hidden in the
// form that it was shown last, and follows no redirect by itself.
type Browser struct {
	*API
	Host    string // that it asks; "" is Host
	Cookies map[string]string
	Hidden  url.Values
}

// Browser is a new one.
func (a *API) Browser() *Browser {
	return &Browser{API: a, Host: Host, Cookies: map[string]string{}, Hidden: url.Values{}}
}

// Page is what a browser was shown.
type Page struct {
	Status int
	Header http.Header
	Text   string // its HTML, or what else came
}

var (
	hidden    = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	elsewhere = regexp.MustCompile(`(<iframe src|data-go href|data-out href)="[^"]*"`) // registered by a client, or by an operator
	tokens    = regexp.MustCompile(`<style nonce="[A-Za-z0-9_-]{22}">:root\{(?:;?--[a-z-]+:(?:\d+px|light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\)|[A-Za-z" ,-]+))+\}</style>`)
	nonce     = regexp.MustCompile(`script-src 'nonce-([A-Za-z0-9_-]{22})'`)
	forbidden = regexp.MustCompile(`(?i)<script[^>]*>[^<]|\s(style|on[a-z]+)="|javascript:|<(style|base|iframe|object|embed)\b|https?://[^<\s]*"`)
)

// Get asks for a page.
func (b *Browser) Get(t testing.TB, path string) *Page {
	t.Helper()
	return b.Send(t, "GET", path, "", nil)
}

// Post sends the form of the last page with these fields filled in.
func (b *Browser) Post(t testing.TB, path string, fields map[string]string) *Page {
	t.Helper()
	form := url.Values{}
	for name, values := range b.Hidden {
		form[name] = values
	}
	for name, value := range fields {
		form.Set(name, value)
	}
	return b.Send(t, "POST", path, form.Encode(), nil)
}

// Send sends a request as it is, with the cookies, and holds the answer to what is
// promised of every page.
func (b *Browser) Send(t testing.TB, method, path, body string, header map[string]string) *Page {
	t.Helper()
	req, err := http.NewRequest(method, "http://"+b.Host+path, strings.NewReader(body))
	must(t, err)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	for name, value := range b.Cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	res, err := b.Server.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
	must(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	must(t, err)
	for _, k := range res.Cookies() {
		if err := b.safe(k); err != nil {
			t.Errorf("%s %s: %v", method, path, err)
		}
		if b.Cookies[k.Name] = k.Value; k.MaxAge < 0 {
			delete(b.Cookies, k.Name)
		}
	}
	p := &Page{Status: res.StatusCode, Header: res.Header, Text: string(text)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		b.Hidden = url.Values{}
		for _, m := range hidden.FindAllStringSubmatch(p.Text, -1) {
			b.Hidden.Set(m[1], html.UnescapeString(m[2]))
		}
	}
	if err := p.promises(); err != nil {
		t.Errorf("%s %s: %v\n%d %v\n%s", method, path, err, p.Status, p.Header, p.Text)
	}
	if p.Status >= 500 && !b.Faults {
		t.Errorf("%s %s: a 5xx for input\n%d %s", method, path, p.Status, p.Text)
	}
	return p
}

// safe holds a cookie to what is promised of all.
func (b *Browser) safe(k *http.Cookie) error {
	tls := strings.HasPrefix(k.Name, "__Host-")
	switch {
	case !k.HttpOnly || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "":
		return fmt.Errorf("the cookie %s", k)
	case k.Secure != tls, tls != ("https://"+b.Host == PublicURL):
		return fmt.Errorf("the cookie %s of a visit to %s", k, b.Host)
	}
	return nil
}

// promises holds a page to its policy, and to running under it.
func (p *Page) promises() error {
	kind := p.Header.Get("Content-Type")
	if strings.HasPrefix(kind, "application/json") || strings.Contains(p.Header.Get("Cache-Control"), "immutable") {
		return nil
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"} {
		if got := p.Header.Get(name); got != want {
			return fmt.Errorf("%s is %q", name, got)
		}
	}
	if !strings.HasPrefix(kind, "text/html") {
		return nil
	}
	policy := p.Header.Get("Content-Security-Policy")
	m := nonce.FindStringSubmatch(policy)
	for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"} {
		if !strings.Contains(policy, want) {
			return fmt.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if m == nil || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		return fmt.Errorf("the policy %q", policy)
	}
	if strings.Count(p.Text, `nonce="`+m[1]+`"`) != strings.Count(p.Text, "<script")+strings.Count(p.Text, "<style")+strings.Count(p.Text, `rel="stylesheet"`) {
		return fmt.Errorf("not all it loads has the nonce %s", m[1])
	}
	text := elsewhere.ReplaceAllString(hidden.ReplaceAllString(tokens.ReplaceAllString(p.Text, ""), ""), "")
	if _, to, ok := strings.Cut(policy, "form-action 'self' "); ok { // the one place where a form may lead
		to, _, _ = strings.Cut(to, ";")
		text = strings.Replace(text, `action="`+to, `action="`, 1)
	}
	if bad := forbidden.FindString(text); bad != "" {
		return fmt.Errorf("the page has %q", bad)
	}
	return nil
}
