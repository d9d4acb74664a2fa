package apitest

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
)

// Proxy is a reverse proxy on this machine that hands on what it gets with the
// Host it came with, as change, if not nil, has it; it returns its address.
func Proxy(t testing.TB, addr string, change func(*httputil.ProxyRequest)) string {
	t.Helper()
	to := &url.URL{Scheme: "http", Host: addr}
	transport := &http.Transport{}
	srv := httptest.NewServer(&httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		if r.Out.Host = r.In.Host; change != nil {
			change(r)
		}
	}})
	t.Cleanup(func() {
		srv.Close()
		transport.CloseIdleConnections()
	})
	return srv.Listener.Addr().String()
}
