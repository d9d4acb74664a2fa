package apitest

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Client calls a server at an address as one of the SDKs, with a key.
type Client struct {
	Signer
	Key  Key
	Addr string
	Now  func() time.Time
	http *http.Client
}

// Do signs a request, sends it, and goes where it is redirected to, signing anew.
func (c *Client) Do(t testing.TB, method, target, body string) *Answer {
	t.Helper()
	ans := c.Send(t, c.Sign(c.Key, c.Addr, method, target, body, c.Now()))
	if ans.Status != http.StatusFound {
		return ans
	}
	path, ok := strings.CutPrefix(ans.Header.Get("Location"), "http://"+c.Addr)
	if !ok {
		t.Fatalf("%s %s: redirected to %q", method, target, ans.Header.Get("Location"))
	}
	_, query, _ := strings.Cut(target, "?")
	return c.Send(t, c.Sign(c.Key, c.Addr, method, c.Redirected(path, query), "", c.Now()))
}

// Send sends a request as it is, and follows no redirect.
func (c *Client) Send(t testing.TB, r *http.Request) *Answer {
	t.Helper()
	if c.http == nil {
		transport := &http.Transport{DisableCompression: true}
		t.Cleanup(transport.CloseIdleConnections)
		c.http = &http.Client{Transport: transport, Timeout: 30 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	res, err := c.http.Do(r)
	must(t, err)
	defer res.Body.Close()
	in := io.Reader(res.Body)
	if res.Header.Get("Content-Encoding") == "gzip" {
		in, err = gzip.NewReader(in)
		must(t, err)
		res.Header.Del("Content-Encoding")
	}
	ans := &Answer{Method: r.Method, Status: res.StatusCode, Header: res.Header}
	ans.Body, err = io.ReadAll(in)
	must(t, err)
	if len(ans.Body) > 0 {
		d := json.NewDecoder(strings.NewReader(string(ans.Body)))
		d.UseNumber()
		must(t, d.Decode(&ans.JSON))
	}
	if err := ans.promises(); err != nil {
		t.Errorf("%s %s as %s: %v\n%d %s", r.Method, r.URL, c.Name, err, ans.Status, ans.Body)
	}
	return ans
}
