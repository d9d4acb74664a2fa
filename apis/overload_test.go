//go:build unix

package apis_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/password"
)

// opens opens connections of this machine until the test ends.
func opens(t *testing.T, addr string, n int, each func(net.Conn) error) {
	t.Helper()
	var all sync.WaitGroup
	ended := make(chan error, 64)
	for worker := range cap(ended) {
		all.Go(func() {
			for i := worker; i < n; i += cap(ended) {
				c, err := net.Dial("tcp", addr)
				if err == nil {
					t.Cleanup(func() { c.Close() })
					err = each(c)
				}
				if err != nil {
					ended <- err
					return
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-ended:
		t.Fatal(err)
	default:
	}
}

// alive fails the test unless the API answers a new caller.
func alive(t *testing.T, a *apitest.API, addr string) {
	t.Helper()
	got := apitest.Raw(t, addr, "GET "+a.Fill("/v1/accounts/{ann}")+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "+a.Keys[apitest.Owner].Basic()+"\r\n\r\n")
	if !strings.HasPrefix(got, "HTTP/1.1 200") {
		t.Errorf("the API says %.300q", got)
	}
}

// Ten thousand callers that have asked once and are silent since keep nobody out,
// and cost little.
func TestTenThousandIdleConnectionsKeepNobodyOut(t *testing.T) {
	n := 10_000
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	if files.Cur < files.Max {
		files.Cur = files.Max
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
			t.Log(err)
		}
	}
	if free := int(min(files.Cur, 1<<20)) - 500; free < 2*n { // both ends are of this process
		n = free / 2
		t.Logf("%d files may be open: %d connections", files.Cur, n)
	}
	a := apitest.New(t)
	addr := a.Listen(t)
	memory := func() (m runtime.MemStats) { runtime.GC(); runtime.ReadMemStats(&m); return m }
	before := memory()
	opens(t, addr, n, func(c net.Conn) error {
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			return err
		}
		b := make([]byte, 512)
		_, err := c.Read(b)
		if err == nil && !strings.HasPrefix(string(b), "HTTP/1.1 200") {
			err = errors.New(string(b))
		}
		return err
	})
	if got := int(a.Server.Fiber().Server().GetOpenConnectionsCount()); got < n {
		t.Errorf("%d are open, want %d", got, n)
	}
	after := memory()
	alive(t, a, addr)
	t.Logf("%d connections take %d KiB each, with their other ends", n, (after.HeapInuse+after.StackInuse-before.HeapInuse-before.StackInuse)/1024/uint64(n))
}

// Callers that dribble their headers are told that they are too slow, and meanwhile
// others are served.
func TestSlowHeadersHoldUpNobody(t *testing.T) {
	a := apitest.New(t)
	a.Server.Fiber().Server().ReadTimeout = time.Second
	addr := a.Listen(t)
	answers := make(chan string, 500)
	opens(t, addr, cap(answers), func(c net.Conn) error {
		go func() {
			c.SetDeadline(time.Now().Add(30 * time.Second))
			line, err := bufio.NewReader(c).ReadString('\n')
			if err != nil {
				line = err.Error()
			}
			answers <- line
		}()
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n"); err != nil {
			return err
		}
		go func() { // until it is hung up on
			for err := error(nil); err == nil; time.Sleep(100 * time.Millisecond) {
				_, err = io.WriteString(c, "X: y\r\n")
			}
		}()
		return nil
	})
	alive(t, a, addr)
	told := 0
	for range cap(answers) {
		switch line := <-answers; {
		case strings.HasPrefix(line, "HTTP/1.1 408"):
			told++
		case strings.HasPrefix(line, "HTTP/1.1 2"), strings.Contains(line, "timeout"):
			t.Fatalf("it was let: %s", line)
		}
	}
	if told == 0 { // a byte that comes after the answer takes it back, of some
		t.Error("nobody was told")
	}
}

// Of a flood of logins so many are checked as can be, the others are asked to come
// again, and everybody else is served.
func TestAFloodOfLoginsIsToldToComeAgain(t *testing.T) {
	a := hooked(t, func(app *core.App) {
		app.Passwords = &password.Hasher{Params: app.Passwords.Params, Workers: 1, Queue: 4}
	})
	addr := a.Listen(t)
	body := a.Fill(login("ann:Passw0rd!"))
	statuses := map[int]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			for range 10 {
				req, err := http.NewRequest("POST", "http://"+addr+a.Fill("/v1/applications/{app}/loginAttempts"), strings.NewReader(body))
				if err != nil {
					t.Error(err)
					return
				}
				req.Header.Set("Authorization", a.Keys[apitest.Owner].Basic())
				req.Header.Set("Content-Type", "application/json")
				res, err := http.DefaultClient.Do(req)
				if err != nil {
					t.Error(err)
					return
				}
				io.Copy(io.Discard, res.Body)
				res.Body.Close()
				mu.Lock()
				statuses[res.StatusCode]++
				mu.Unlock()
				if res.StatusCode == 429 && res.Header.Get("Retry-After") == "" {
					t.Error("429 without Retry-After")
				}
			}
		})
	}
	alive(t, a, addr)
	all.Wait()
	if statuses[200] == 0 || statuses[429] == 0 || statuses[200]+statuses[429] != 640 {
		t.Errorf("%v", statuses)
	}
	alive(t, a, addr)
}
