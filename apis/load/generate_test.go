package main

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestAnAnswerIsReadToItsEnd(t *testing.T) {
	for _, c := range []struct {
		name, text, body string
		status           int
		ok               bool
	}{
		{"wanted", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", "", 200, true},
		{"small letters", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab", "", 200, true},
		{"another status", "HTTP/1.1 429 Too Many\r\nContent-Length: 4\r\n\r\nbusy", "busy", 429, true},
		{"empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", 200, true},
		{"no length", "HTTP/1.1 200 OK\r\n\r\n", "", 200, false},
		{"cut off", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", "", 200, false},
		{"no answer", "SSH-2.0-x\r\n\r\n", "", 0, false},
		{"no number", "HTTP/1.1 abc\r\n\r\n", "", 0, false},
		{"nothing", "", "", 0, false},
	} {
		in := bufio.NewReader(strings.NewReader(c.text))
		status, body, err := answer(in, 200)
		if err == nil != c.ok || status != c.status && c.ok || string(body) != c.body {
			t.Errorf("%s: got %d %q %v", c.name, status, body, err)
		}
		if rest, _ := io.ReadAll(in); c.ok && len(rest) > 0 {
			t.Errorf("%s: %q is left", c.name, rest)
		}
	}
}

func TestAllThatIsSentIsCounted(t *testing.T) {
	var asked atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		b, _ := io.ReadAll(r.Body)
		if u, p, _ := r.BasicAuth(); u != "id" || p != "secret" || string(b) != `{"n":1}` {
			w.WriteHeader(http.StatusTeapot)
		}
		w.Write([]byte("{}"))
	}))
	defer srv.Close()
	addr := srv.Listener.Addr().String()
	for _, c := range []struct{ auth, name string }{{"Basic aWQ6c2VjcmV0", "right"}, {"Basic x", "wrong"}} {
		before := asked.Load()
		s, err := generate(addr, target{callers: 4, want: 200, next: func(int, int) []byte { return post(addr, "/x", c.auth, `{"n":1}`) }}, 100*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		n := int(asked.Load() - before)
		if s.requests == 0 || s.requests > n || s.p50 <= 0 || s.p99 < s.p50 {
			t.Errorf("%s: %d of %d counted, p50 %v, p99 %v", c.name, s.requests, n, s.p50, s.p99)
		}
		if c.name == "wrong" && (s.wrong != n || !strings.HasPrefix(s.said, "418 ")) || c.name == "right" && s.wrong != 0 {
			t.Errorf("%s: %d wrong of %d, %q", c.name, s.wrong, n, s.said)
		}
	}
}

func TestAServerThatHangsUpIsAWrongAnswer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer srv.Close()
	addr := srv.Listener.Addr().String()
	s, err := generate(addr, target{callers: 2, want: 200, next: func(int, int) []byte { return get(addr, "/", "") }}, 10*time.Millisecond)
	if err != nil || s.wrong != 2 || s.requests != 0 {
		t.Errorf("got %d answers, %d wrong, %v", s.requests, s.wrong, err)
	}
}
