package apis

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core"
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
		if rt.Machine {
			continue // the control listener has a limit of its own
		}
		if rt.Method != http.MethodPost {
			continue
		}
		want := maxBody
		if k := s.App.KindNamed(rt.Body); k != nil && k.Info().Custom || rt.Shows == "CustomData" {
			want = maxCustom
		}
		if rt.Page || rt.Protocol || rt.Console { // where a key opens nothing
			want = maxElsewhere
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

// signing is the header of a request that names a key as its signer, now.
func signing(w *coretest.World, path, key string, size int) *fasthttp.RequestHeader {
	h := header(http.MethodPost, path, "", size)
	signedBy(w, h, "n")
	h.Set("Authorization", strings.Replace(string(h.Peek("Authorization")), string(w.Key.ID), key, 1))
	return h
}

// A signature is checked once its body has been read: room for that is given to
// those who name a key that might be theirs, at a time that might be now.
func TestClass21_ABodyToBeProvedNeedsAKey(t *testing.T) {
	s, w := server(t)
	const custom, members = "/v1/accounts/0351hYxizeYX6IClUB8R63/customData", "/v1/groupMemberships"
	account, disabled := core.Make[core.ApiKey](), core.Make[core.ApiKey]()
	disabled.Purpose, disabled.Status = core.ManagementKey, core.Disabled
	w.Update(t, func(tx *core.Tx) error {
		account.Account, disabled.Account = w.Owner.ID, w.Owner.ID
		return errors.Join(core.CreateApiKey(tx, account), core.CreateApiKey(tx, disabled))
	})
	key := string(w.Key.ID)
	for _, c := range []struct {
		name, path, key string
		size, want      int
		change          func(*fasthttp.RequestHeader)
	}{
		{"custom data", custom, key, maxCustom, maxCustom, nil},
		{"custom data in chunks", custom, key, chunked, maxCustom, nil},
		{"elsewhere below /v1", members, key, maxBody, maxBody, nil},
		{"outside /v1", "/healthz", key, maxBody, maxElsewhere, nil},
		{"a small body", members, key, maxStranger, maxStranger, nil},
		{"an unknown key", custom, "UNKNOWN", maxCustom, maxStranger, nil},
		{"an ACCOUNT key", custom, string(account.ID), maxCustom, maxStranger, nil},
		{"a disabled key", custom, string(disabled.ID), maxCustom, maxStranger, nil},
		{"no date", custom, key, maxCustom, maxStranger, func(h *fasthttp.RequestHeader) { h.Del("X-Stormpath-Date") }},
		{"another time", custom, key, maxCustom, maxStranger, func(h *fasthttp.RequestHeader) { h.Set("X-Stormpath-Date", "20261121T000000Z") }},
		{"a broken header", custom, key, maxCustom, maxStranger, func(h *fasthttp.RequestHeader) { h.Set("Authorization", "SAuthc1 sauthc1Id="+key) }},
	} {
		h := signing(w, c.path, c.key, c.size)
		if c.change != nil {
			c.change(h)
		}
		if got := s.limits(h).MaxRequestBodySize; got != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, got, c.want)
		}
		if held := len(s.unproved.taken) > 0; held != (c.want > maxElsewhere) {
			t.Errorf("%s: it holds a place: %v", c.name, held)
		}
		s.unproved.free(h)
		s.bodies.free(h)
	}
}

// Who knows the ids of keys takes some memory, no more, and of those who show
// their secrets, none.
func TestClass21_BodiesToBeProvedAreCounted(t *testing.T) {
	s, w := server(t)
	const custom, members = "/v1/accounts/0351hYxizeYX6IClUB8R63/customData", "/v1/groupMemberships"
	keys := []string{string(w.Key.ID)}
	for range maxUnproved / maxOfKey {
		k, _, err := w.App.ManagementKeyFor(w.Machine(), w.Owner.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, string(k.ID))
	}
	max := func(h *fasthttp.RequestHeader) int { return s.limits(h).MaxRequestBodySize }
	first := signing(w, members, keys[0], maxBody)
	for h, i := first, 0; i < maxUnproved; i++ {
		if got := max(h); got != maxBody {
			t.Fatalf("body %d: %d bytes", i, got)
		}
		if (i+1)%maxOfKey == 0 {
			late := signing(w, members, keys[i/maxOfKey], maxBody)
			if got := max(late); got != maxStranger || !s.crowded(late) {
				t.Errorf("one more of a key: %d bytes, crowded %v", got, s.crowded(late))
			}
		}
		h = signing(w, members, keys[(i+1)/maxOfKey], maxBody)
	}
	if got := max(signing(w, members, keys[len(keys)-1], maxBody)); got != maxStranger {
		t.Errorf("one more of another key: %d bytes", got)
	}
	if got := max(header(http.MethodPost, members, basicOf(w), maxBody)); got != maxBody {
		t.Errorf("who shows a secret gets %d bytes", got)
	}
	clear(s.unproved.taken)
	for i := range maxBigSigned + 1 {
		h := signing(w, custom, keys[i%2], maxCustom)
		if got, want := max(h), map[bool]int{true: maxCustom, false: maxBody}[i < maxBigSigned]; got != want {
			t.Errorf("big body %d: %d bytes, want %d", i, got, want)
		}
		if i == maxBigSigned && !s.crowded(h) {
			t.Error("one more big one is too large rather than too many")
		}
	}
	if got := max(header(http.MethodPost, custom, basicOf(w), maxCustom)); got != maxCustom {
		t.Errorf("who shows a secret gets %d bytes", got)
	}
	if late := signing(w, custom, keys[0], maxCustom+1); max(late) == maxCustom+1 || s.crowded(late) {
		t.Error("crowded, but it would never have been taken")
	}
}
