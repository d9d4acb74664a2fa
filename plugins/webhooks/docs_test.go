package webhooks

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// handbook is the code of a language in ui/docs/webhooks.md.
func handbook(t *testing.T, language string) string {
	t.Helper()
	b, err := os.ReadFile("../../ui/docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), "```"+language+"\n")
	code, _, end := strings.Cut(rest, "```")
	if !ok || !end {
		t.Fatalf("there is no %s in it", language)
	}
	return code
}

// The receivers of the handbook take what is signed with their secret, and nothing else.
func TestTheReceiversOfTheHandbookVerify(t *testing.T) {
	dir := t.TempDir()
	for language, file := range map[string]string{"go": "receiver.go", "python": "receiver.py"} {
		path := filepath.Join(dir, file)
		if err := os.WriteFile(path, []byte(handbook(t, language)), 0o600); err != nil {
			t.Fatal(err)
		}
		argv := []string{"python3", path}
		if language == "go" {
			argv = []string{filepath.Join(dir, "receiver")}
			if out, err := exec.Command("go", "build", "-o", argv[0], path).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		} else if _, err := exec.LookPath("python3"); err != nil {
			t.Log("no python3 here")
			continue
		}
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		addr, secret := ln.Addr().String(), newSecret()
		ln.Close()
		cmd := exec.Command(argv[0], append(argv[1:], addr)...)
		cmd.Env = append(os.Environ(), "WEBHOOK_SECRET="+secret)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
		send := func(at time.Time, body string, secrets ...string) int {
			h, err := sign(secrets, "evt_1", at, []byte(`{"a":1}`))
			if err != nil {
				t.Fatal(err)
			}
			status := 0
			eventually(t, "it listens", func() bool {
				r, _ := http.NewRequest("POST", "http://"+addr+"/", strings.NewReader(body))
				for name, v := range h {
					r.Header.Set(name, v)
				}
				res, err := http.DefaultClient.Do(r)
				if err != nil {
					return false
				}
				res.Body.Close()
				status = res.StatusCode
				return true
			})
			return status
		}
		now := time.Now()
		for _, c := range []struct {
			name string
			got  int
			want int
		}{
			{"signed", send(now, `{"a":1}`, secret), 204},
			{"signed by two", send(now, `{"a":1}`, newSecret(), secret), 204},
			{"by another", send(now, `{"a":1}`, newSecret()), 401},
			{"changed", send(now, `{"a":2}`, secret), 401},
			{"old", send(now.Add(-time.Hour), `{"a":1}`, secret), 401},
		} {
			if c.got != c.want {
				t.Errorf("%s, %s: %d, want %d", language, c.name, c.got, c.want)
			}
		}
	}
}
