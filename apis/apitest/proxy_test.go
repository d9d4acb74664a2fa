package apitest

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"testing"
)

// What a signature covers comes through a proxy as it went in.
func TestAProxyHandsOnWhatIsSigned(t *testing.T) {
	var got *http.Request
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got = r }))
	defer srv.Close()
	for _, change := range []func(*httputil.ProxyRequest){nil, (*httputil.ProxyRequest).SetXForwarded} {
		addr := Proxy(t, srv.Listener.Addr().String(), change)
		Raw(t, addr, "GET //v1/a%2Eb%2f/?x=%2f&b=1?b=2&a=(,) HTTP/1.1\r\nHost: id.example.com\r\nUser-Agent: sdk\r\nContent-Type: a/b\r\nConnection: close\r\n\r\n")
		if got.RequestURI != "//v1/a%2Eb%2f/?x=%2f&b=1?b=2&a=(,)" || got.Host != "id.example.com" || got.UserAgent() != "sdk" || got.Header.Get("Content-Type") != "a/b" {
			t.Errorf("%s %s %v", got.Host, got.RequestURI, got.Header)
		}
		if forwarded := strings.HasPrefix(got.Header.Get("X-Forwarded-For"), "127."); forwarded != (change != nil) {
			t.Errorf("X-Forwarded-For is %q", got.Header.Get("X-Forwarded-For"))
		}
	}
}
