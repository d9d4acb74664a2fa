package apis_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
)

// dist is a console as it is built.
var dist = fstest.MapFS{
	"index.html":            {Data: []byte(`<!doctype html><script type="module" src="/console/assets/index-a1.js"></script>`)},
	"assets/index-a1.js":    {Data: []byte("let a")},
	"assets/index-a1.js.br": {Data: []byte("br")},
	"assets/index-a1.js.gz": {Data: []byte("gz")},
	"assets/index-b2.css":   {Data: []byte("a{}")},
	"assets/index-c3.js.br": {Data: []byte("br")},
	"assets/index-c3.js.gz": {Data: gzipped("let c")},
	"assets/x.bin":          {Data: []byte("x")},
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text) // a buffer takes it
	_ = w.Close()
	return b.Bytes()
}

func TestTheFilesOfTheConsole(t *testing.T) {
	a := api(t).With(t, apis.Options{Console: dist})
	for _, c := range []struct {
		name, path, accept string
		status             int
		body, kind, keep   string
		encoding           string
	}{
		{"the page", "/console/", "", 200, "<!doctype html>", "text/html; charset=utf-8", "no-cache", ""},
		{"a place in it", "/console/accounts/abc", "", 200, "<!doctype html>", "text/html; charset=utf-8", "no-cache", ""},
		{"a place with a dot", "/console/x.js", "", 200, "<!doctype html>", "text/html; charset=utf-8", "no-cache", ""},
		{"script", "/console/assets/index-a1.js", "", 200, "let a", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", ""},
		{"packed", "/console/assets/index-a1.js", "gzip, deflate, br", 200, "br", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "br"},
		{"packed as it is understood", "/console/assets/index-a1.js", "gzip", 200, "gz", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "gzip"},
		{"only there packed", "/console/assets/index-c3.js", "gzip, deflate, br", 200, "br", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "br"},
		{"only there packed, for who unpacks nothing", "/console/assets/index-c3.js", "", 200, "let c", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", ""},
		{"a style", "/console/assets/index-b2.css", "", 200, "a{}", "text/css; charset=utf-8", "public, max-age=31536000, immutable", ""},
		{"of no known type", "/console/assets/x.bin", "", 200, "x", "application/octet-stream", "public, max-age=31536000, immutable", ""},
		{"a packed one by its name", "/console/assets/index-a1.js.br", "", 404, "", "", "", ""},
		{"none", "/console/assets/none.js", "", 404, "", "", "", ""},
		{"above it", "/console/assets/..%2Findex.html", "", 404, "", "", "", ""},
		{"the handbook", "/console/docs/start", "", 200, "#", "text/plain; charset=utf-8", "", ""},
		{"no page of it", "/console/docs/none", "", 404, "", "", "", ""},
		{"no page of it, deeper", "/console/docs/a/b", "", 404, "", "", "", ""},
		{"its interface", "/console/api/none", "", 401, "", "", "", ""},
		{"without its slash", "/console", "", 303, "", "", "", ""},
	} {
		res, body := fetchFile(t, a, c.path, map[string]string{"Accept-Encoding": c.accept})
		if res.StatusCode != c.status || !strings.HasPrefix(body, c.body) && c.status == 200 {
			t.Errorf("%s: %d %q", c.name, res.StatusCode, body)
			continue
		}
		if c.status != 200 || c.keep == "" {
			continue
		}
		h := res.Header
		if h.Get("Content-Type") != c.kind || h.Get("Cache-Control") != c.keep || h.Get("Content-Encoding") != c.encoding || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "no-referrer" || h.Get("ETag") == "" {
			t.Errorf("%s: %v", c.name, h)
		}
		if strings.HasPrefix(c.kind, "text/html") && (!strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'; style-src 'self';") ||
			strings.Contains(h.Get("Content-Security-Policy"), "unsafe") || h.Get("X-Frame-Options") != "DENY") {
			t.Errorf("%s: %v", c.name, h)
		}
		if again, _ := fetchFile(t, a, c.path, map[string]string{"Accept-Encoding": c.accept, "If-None-Match": h.Get("ETag")}); again.StatusCode != 304 {
			t.Errorf("%s, unchanged: %d", c.name, again.StatusCode)
		}
	}
	if res, _ := fetchFile(t, api(t), "/console/", nil); res.StatusCode != 404 {
		t.Errorf("without a console: %d", res.StatusCode)
	}
	for name, files := range map[string]fstest.MapFS{
		"without a page":           {},
		"with a file only as a br": {"index.html": {}, "assets/a.js.br": {Data: []byte("br")}},
	} {
		if _, err := apis.New(api(t).App, apis.Options{PublicURL: apitest.PublicURL, Console: files}); err == nil {
			t.Errorf("a console %s", name)
		}
	}
}

func fetchFile(t *testing.T, a *apitest.API, path string, header map[string]string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest("GET", "http://"+apitest.Host+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	res, err := a.Send(apitest.Nobody, req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}
