//go:build !windows

package apis_test

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// said is a log that can be read while it is written.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) count(text string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Count(s.text.String(), text)
}

// A limit on the size of files stands in for a full disk: the system says the same
// in the same places. It binds the whole process, what the go command has it log as
// well, so that the test has one of its own.
func TestAFullDiskStopsWritesAloneAndNothingIsLost(t *testing.T) {
	const child = "STORMKEEP_TEST_FULL_DISK"
	if os.Getenv(child) == "" {
		again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		again.Env = append(os.Environ(), child+"=1")
		out, err := again.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	var free syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
		t.Fatal(err)
	}
	limit := func(l syscall.Rlimit) {
		t.Helper()
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			t.Fatal(err)
		}
	}
	defer limit(free)
	db, err := bolt.Open(filepath.Join(t.TempDir(), "data"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log := &said{}
	a := apitest.On(t, db, func(app *core.App) { app.Log = slog.New(slog.NewTextHandler(log, nil)) })
	a.Faults = true
	if err := a.App.SealAudit(a.Machine()); err != nil {
		t.Fatal(err)
	}
	create := func(i int) *apitest.Answer {
		body := fmt.Sprintf(`{"name":"full %d","customData":{"pad":%q}}`, i, strings.Repeat("x", 256<<10))
		return a.Do(t, apitest.Owner, "POST", "/v1/directories", body, nil)
	}
	full := free
	full.Cur = uint64(db.Size())
	limit(full)
	made := 0
	ans := create(made)
	for ; ans.Status == 201 && made < 1000; ans = create(made) {
		made++
	}
	if ans.Status != 503 || ans.Header.Get("Retry-After") != "30" || !strings.Contains(string(ans.Body), "no room") {
		t.Fatalf("a write to a full disk: %d, Retry-After %q, %s", ans.Status, ans.Header.Get("Retry-After"), ans.Body)
	}
	for range 3 {
		if ans := create(made); ans.Status != 503 {
			t.Errorf("a further write: %d", ans.Status)
		}
		a.Run(t, []apitest.Scenario{
			{Name: "a record", Method: "GET", Path: "/v1/accounts/{ann}"},
			{Name: "a list", Method: "GET", Path: fmt.Sprintf("/v1/tenants/{tenant}/directories?name=full%%20%d", made), Want: []string{"size=0"}},
		})
	}
	// The server's own work waits too, and does not fill the log.
	for range 10 {
		a.Clock.Turn(10 * time.Second)
		time.Sleep(5 * time.Millisecond)
	}
	if n := log.count("no room left: what the server"); n > 2 {
		t.Errorf("in 100 s the log says %d times that there is no room", n)
	}
	limit(free)
	if ans := create(made); ans.Status != 201 {
		t.Fatalf("once there is room: %d, %s", ans.Status, ans.Body)
	}
	a.Run(t, []apitest.Scenario{{Name: "all that was acknowledged", Method: "GET",
		Path: "/v1/tenants/{tenant}/directories?name=full*&limit=1", Want: []string{fmt.Sprint("size=", made+1)}}})
	a.Clock.Turn(2 * time.Minute)
	if err := a.App.SealAudit(a.Machine()); err != nil {
		t.Fatal(err)
	}
	if r, err := a.App.VerifyAudit(a.Machine(), core.AuditCheck{}); err != nil || !r.Sound() || r.Unsealed > 0 {
		t.Errorf("the audit log: %+v, %v", r, err)
	}
	a.Sound(t)
}
