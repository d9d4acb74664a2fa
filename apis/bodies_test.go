package apis

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// header is that of a request with a body of so many bytes, chunked if below 0.
func header(method, path, authorization string, size int) *fasthttp.RequestHeader {
	h := &fasthttp.RequestHeader{}
	h.SetMethod(method)
	h.SetRequestURI(path)
	h.SetContentLength(size)
	if authorization != "" {
		h.Set("Authorization", authorization)
	}
	return h
}

func basicOf(w *coretest.World) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(string(w.Key.ID)+":"+w.Secret))
}

// A body is 1 MiB at most, and 11 where custom data may come with it: everywhere
// that a kind which has some is made or changed, and nowhere else.
func TestClass21_BodyLimitsOfEveryRoute(t *testing.T) {
	s, w := server(t)
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
		for _, path := range []string{path, path + "/", "/" + path, path + "?expand=customData", "http://localhost" + path} {
			for _, size := range []int{chunked, 2 << 20} {
				h := header(rt.Method, path, basicOf(w), size)
				if got := s.limits(h); got.MaxRequestBodySize != want || got.ReadTimeout != bodyTime {
					t.Errorf("%s: %d bytes, want %d", path, got.MaxRequestBodySize, want)
				}
				s.bodies.free(h)
			}
		}
	}
}

// Who has shown no good key gets no memory worth having.
func TestClass21_AStrangersBodyIsSmall(t *testing.T) {
	s, w := server(t)
	key := basicOf(w)
	const custom = "/v1/accounts/0351hYxizeYX6IClUB8R63/customData"
	for _, c := range []struct {
		name, path, authorization string
		size, want                int
	}{
		{"a key", custom, key, maxCustom, maxCustom},
		{"no key", custom, "", maxCustom, maxStranger},
		{"no key, chunked", custom, "", chunked, maxStranger},
		{"a wrong secret", custom, key[:len(key)-4], maxCustom, maxStranger},
		{"an unknown key", custom, "Basic eDp5", maxCustom, maxStranger},
		{"no Basic", custom, "Bearer x", maxCustom, maxStranger},
		{"a whole URL", "http://localhost" + custom, "", maxCustom, maxStranger},
		{"slashes", "/" + custom, "", maxCustom, maxStranger},
		{"public", "/v1/openapi.json", "", maxBody, maxStranger},
		{"elsewhere", "/healthz", "", maxBody, maxElsewhere},
		{"elsewhere, with a key", "/v1x", key, maxBody, maxElsewhere},
		{"a small body, whoever sends it", custom, "", maxStranger, maxStranger},
	} {
		h := header(http.MethodPost, c.path, c.authorization, c.size)
		if got := s.limits(h).MaxRequestBodySize; got != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, got, c.want)
		}
		s.bodies.free(h)
	}
}

// Big bodies are held by the dozen, not by the hundred.
func TestClass21_BigBodiesAreCounted(t *testing.T) {
	s, w := server(t)
	const custom = "/v1/accounts/0351hYxizeYX6IClUB8R63/customData"
	big := func(size int) *fasthttp.RequestHeader { return header(http.MethodPost, custom, basicOf(w), size) }
	max := func(h *fasthttp.RequestHeader) int { return s.limits(h).MaxRequestBodySize }
	first := big(maxCustom)
	for h, i := first, 0; i < maxBig; h, i = big(chunked), i+1 {
		if got := max(h); got != maxCustom {
			t.Fatalf("body %d: %d bytes", i, got)
		}
	}
	late := big(maxCustom)
	if got := max(late); got != maxBody || !s.crowded(late) {
		t.Errorf("one more: %d bytes, crowded %v", got, s.crowded(late))
	}
	if got := max(first); got != maxCustom {
		t.Errorf("the next of a connection that has a place: %d bytes", got)
	}
	if got := max(big(maxBody)); got != maxCustom {
		t.Errorf("a body of 1 MiB: %d bytes", got)
	}
	if s.crowded(big(maxCustom+1)) || s.crowded(big(chunked)) || s.crowded(header(http.MethodPost, custom, "", maxCustom)) {
		t.Error("crowded, but it would never have been taken")
	}
	if !s.bodies.free(first) || s.bodies.free(first) || max(late) != maxCustom {
		t.Error("a place that was given back is not free")
	}
	if !s.bodies.take(big(chunked), time.Now().Add(3*bodyTime), maxBig, "proved", maxBig) {
		t.Error("places that nobody gives back stay taken")
	}
}
