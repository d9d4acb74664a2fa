package apis

import (
	"net/http"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// A body is 1 MiB at most, and 11 where custom data may come with it: everywhere
// that a kind which has some is made or changed, and nowhere else.
func TestClass21_BodyLimitsOfEveryRoute(t *testing.T) {
	s, _ := server(t)
	s.Seal()
	for _, rt := range s.Routes() {
		if rt.Method != http.MethodPost {
			continue
		}
		want := maxBody
		if k := s.App.KindNamed(rt.Body); k != nil && k.Info().Custom || rt.Shows == "CustomData" {
			want = maxCustom
		}
		path := strings.NewReplacer(":id", "0351hYxizeYX6IClUB8R63", ":token", "x").Replace(rt.Path)
		for _, path := range []string{path, path + "/", "/" + path, path + "?expand=customData"} {
			var h fasthttp.RequestHeader
			h.SetMethod(rt.Method)
			h.SetRequestURI(path)
			if got := limits(&h); got.MaxRequestBodySize != want || got.ReadTimeout != bodyTime {
				t.Errorf("%s: %d bytes, want %d", path, got.MaxRequestBodySize, want)
			}
		}
	}
}

func TestPublicURLs(t *testing.T) {
	for url, ok := range map[string]bool{"https://id.example.com": true, "http://localhost:8080": true, "https://[::1]:1": true,
		"": false, "id.example.com": false, "https://": false, "https://id.example.com/": false, "https://id.example.com/x": false,
		"https://a@id.example.com": false, "https://id.example.com?x": false, "ftp://id.example.com": false, "https://id.example.com:x": false} {
		if _, err := New(core.New(mem.Open()), Options{PublicURL: url}); (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
}

// A Host goes into links: only a name of this machine, with a port or without,
// is loopback.
func TestLoopback(t *testing.T) {
	for host, want := range map[string]bool{"localhost": true, "localhost:80": true, "127.0.0.1": true, "[::1]:80": true, "x.localhost": true,
		"": false, "localhost/x": false, "localhost:9000/x": false, "localhost?x": false, "localhost#x": false, "a@localhost": false, "localhost:x": false,
		"localhost\r\nX: y": false, "local\"host.localhost": false, "127.0.0.1.example": false, "::1": false, "1270.0.0.1": false, "127.0.0": false, "xlocalhost": false} {
		if got := isLoopback(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}
