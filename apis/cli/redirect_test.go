package cli

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// Whatever a request line holds, it leads to the public URL.
func TestAllOfPlainHTTPLeadsToThePublicURL(t *testing.T) {
	for uri, want := range map[string]string{
		"/": "/", "/a?b=c": "/a?b=c", "//evil.example": "//evil.example", "http://evil.example/x?y": "/x?y", "http://evil.example": "/",
		"/%0d%0aSet-Cookie:x": "/%0d%0aSet-Cookie:x", "/\\evil.example": "/\\evil.example", "/@evil.example": "/@evil.example",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if u, err := r.URL.Parse(uri); err == nil {
			r.URL = u
		}
		r.RequestURI = uri
		w := httptest.NewRecorder()
		redirecter("https://id.example.com").ServeHTTP(w, r)
		if got := w.Header().Get("Location"); w.Code != 308 || got != "https://id.example.com"+want {
			t.Errorf("%s: %d %s", uri, w.Code, got)
		}
	}
}
