package apis

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

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
