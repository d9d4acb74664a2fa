package interop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// server is a data folder and the process that serves it.
type server struct {
	issuer, id, secret string
	app                string // the path of the application
}

// serve starts the executable that INTEROP_BIN names on a fresh folder. It must end by
// itself with the test.
func serve(t *testing.T) *server {
	t.Helper()
	binary := os.Getenv("INTEROP_BIN")
	if binary == "" {
		binary = filepath.Join("..", "..", "..", "..", "stormkeep")
	}
	data := filepath.Join(t.TempDir(), "data")
	out, err := exec.Command(binary, "init", "--data", data, "--json").Output()
	if err != nil {
		t.Fatalf("init: %v", err)
	}
	var first struct {
		Applications []struct{ ID, Name string }
		APIKey       struct{ ID, Secret string }
	}
	if err := json.Unmarshal(out, &first); err != nil {
		t.Fatal(err)
	}
	s := &server{id: first.APIKey.ID, secret: first.APIKey.Secret}
	for _, a := range first.Applications {
		if a.Name != "Stormpath" {
			s.app = "/v1/applications/" + a.ID
		}
	}
	cmd := exec.Command(binary, "serve", "--data", data, "--http", "127.0.0.1:0")
	said, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server did not end cleanly: %v", err)
		}
	})
	lines := bufio.NewScanner(said)
	for s.issuer == "" && lines.Scan() {
		if _, at, ok := strings.Cut(lines.Text(), "Stormkeep serves "); ok {
			s.issuer = at
		}
	}
	if s.issuer == "" {
		t.Fatal("the server ended before it was ready")
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	for tries := 0; ; tries++ {
		res, err := http.Get(s.issuer + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return s
			}
		}
		if tries == 600 {
			t.Fatalf("/readyz: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// call asks the API, and fails the test at a refusal.
func (s *server) call(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(method, s.issuer+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(s.id, s.secret)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	out := map[string]any{}
	if err := json.Unmarshal(text, &out); res.StatusCode/100 != 2 || err != nil {
		t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, text)
	}
	return out
}

const (
	login    = "ann@example.com"
	password = "a long enough sentence"
)

// browser is Ann's. It sends forms, and stops at the address of another host.
type browser struct {
	*http.Client
	left *url.URL
	seen []string // the forms it answered
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{Client: &http.Client{Jar: jar}}
	b.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if req.URL.Host != via[0].URL.Host {
			b.left = req.URL
			return http.ErrUseLastResponse
		}
		return nil
	}
	return b
}

var (
	action = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)
	hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// authorize opens an address, signs in, agrees, and returns where the client is told.
func (b *browser) authorize(t *testing.T, address string) url.Values {
	t.Helper()
	b.left, b.seen = nil, nil
	res, err := b.Get(address)
	for err == nil && b.left == nil {
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		to := action.FindSubmatch(text)
		if res.StatusCode != http.StatusOK || to == nil || len(b.seen) > 3 {
			t.Fatalf("%s: %d %s", res.Request.URL, res.StatusCode, text)
		}
		form := url.Values{"login": {login}, "password": {password}, "answer": {"allow"}}
		for _, field := range hidden.FindAllSubmatch(text, -1) {
			form.Set(html.UnescapeString(string(field[1])), html.UnescapeString(string(field[2])))
		}
		b.seen = append(b.seen, string(to[1]))
		var at *url.URL
		if at, err = res.Request.URL.Parse(html.UnescapeString(string(to[1]))); err == nil {
			res, err = b.PostForm(at.String(), form)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return b.left.Query()
}

// text is a value of an answer as text.
func text(v any) string { return fmt.Sprint(v) }
