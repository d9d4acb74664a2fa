package cli

import (
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/keep/keeptest"
)

func TestBackupsAreRestored(t *testing.T) { scripts(t, "restore") }

func TestABucketKeepsBackupsOfAServer(t *testing.T) {
	scripts(t, "bucket", "S3="+keeptest.S3(t), "AWS_ACCESS_KEY_ID="+keeptest.Access, "AWS_SECRET_ACCESS_KEY="+keeptest.Secret)
}

var keyLine = regexp.MustCompile(`(?m)^apiKey\.(id|secret) *= *(\S+)$`)

func signed(ts *testscript.TestScript, _ bool, args []string) {
	parts := map[string]string{}
	for _, m := range keyLine.FindAllStringSubmatch(ts.ReadFile(args[0]), -1) {
		parts[m[1]] = m[2]
	}
	key := apitest.Key{ID: parts["id"], Secret: parts["secret"]}
	if key.ID == "" || key.Secret == "" {
		ts.Fatalf("%s holds no key", args[0])
	}
	for _, s := range apitest.Signers() {
		req := s.Sign(key, ts.Getenv("ADDR"), "GET", "/v1/tenants/current", "", time.Now())
		if len(args) > 2 {
			req.SetBasicAuth(key.ID, key.Secret)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		ts.Check(err)
		body, err := io.ReadAll(res.Body)
		ts.Check(errors.Join(err, res.Body.Close()))
		if got := strconv.Itoa(res.StatusCode); got != args[1] {
			ts.Fatalf("signed as by %s: %s, want %s\n%s", s.Name, got, args[1], body)
		}
	}
}

func control(ts *testscript.TestScript, _ bool, args []string) {
	k := overSocket(ts.MkAbs("d"))
	defer k.close()
	var body io.Reader
	if len(args) > 3 {
		body = strings.NewReader(args[3])
	}
	req, err := http.NewRequest(args[0], "http://localhost"+args[1], body)
	ts.Check(err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := k.client.Do(req)
	ts.Check(err)
	answer, err := io.ReadAll(res.Body)
	ts.Check(errors.Join(err, res.Body.Close(), os.WriteFile(ts.MkAbs("answer"), answer, 0o600)))
	if got := strconv.Itoa(res.StatusCode); got != args[2] {
		ts.Fatalf("%s %s: %s, want %s\n%s", args[0], args[1], got, args[2], answer)
	}
}

// A restore that is killed, however far it was, leaves the data that were there or
// those of the backup, whole; the next command says which, and it can be run again.
func TestAKilledRestoreLeavesOneOfTheTwo(t *testing.T) {
	dir := t.TempDir()
	do := func(args ...string) (string, error) {
		cmd := exec.Command("stormkeep", args...)
		cmd.Dir = dir
		said, err := cmd.CombinedOutput()
		return string(said), err
	}
	must := func(args ...string) string {
		t.Helper()
		said, err := do(args...)
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, said)
		}
		return said
	}
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte("AGE-SECRET-KEY-14CU8ZYGTKLPUJNMP6D9KVVQFWHAXFQ2DLSAKTKWKAARYWL0JF40S5E6D56\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must("init", "--data", "d")
	must("tenant", "create", "then", "--name", "Then", "--data", "d")
	must("backup", "--data", "d", "--to", "b.age", "--recipient", "age1jnr7uv84gu5s5q6mu23a4dkx5u5p0df9d0hfhchmjm9pazpqcd3sf3wv69")
	then := must("tenant", "list", "--data", "d")
	seen := map[bool]int{}
	for i, c := range []string{"d/stormkeep.db", "d/restore", "d/restore/stormkeep.db", "d/restore/ready.json", "d/replaced-*",
		"d/replaced-*/master.key", "d/replaced-*/stormkeep.db", "nothing"} {
		must("tenant", "create", "now-"+string(rune('a'+i)), "--name", "Now", "--data", "d")
		now := must("tenant", "list", "--data", "d")
		kill(t, dir, c)
		_, staged := os.Stat(filepath.Join(dir, "d", "restore", "ready.json"))
		said := must("tenant", "list", "--data", "d")
		took := strings.Contains(said, "a staged restore took the place of the data")
		list := said[max(0, len(said)-len(then)):]
		if !took {
			list = said
		}
		if list != then && list != now {
			t.Fatalf("killed at %s:\n%s\nis neither\n%s\nnor\n%s", c, said, then, now)
		}
		if staged == nil && (!took || list != then) {
			t.Errorf("killed at %s, a restore that was ready was not done:\n%s", c, said)
		}
		seen[list == then]++
		must("restore", "b.age", "--identity", "key", "--data", "d", "--force")
		if got := must("tenant", "list", "--data", "d"); got != then {
			t.Errorf("killed at %s, and run again:\n%s", c, got)
		}
		must("doctor", "--data", "d")
		old, err := filepath.Glob(filepath.Join(dir, "d", "replaced-*"))
		if err != nil || len(old) == 0 {
			t.Errorf("killed at %s: nothing was kept aside: %v", c, err)
		}
		for _, folder := range old {
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("the backup's state was seen %d times, the one before %d: this proves nothing", seen[true], seen[false])
	}
}

// kill kills a restore as soon as a file is there, or when it has ended by itself.
func kill(t *testing.T, dir, at string) {
	t.Helper()
	cmd := exec.Command("stormkeep", "restore", "b.age", "--identity", "key", "--data", "d", "--force")
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	for {
		found, err := filepath.Glob(filepath.Join(dir, at))
		if err != nil {
			t.Fatal(err)
		}
		select {
		case <-ended:
			return
		default:
		}
		if len(found) > 0 {
			cmd.Process.Kill()
			<-ended
			return
		}
	}
}
