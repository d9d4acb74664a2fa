package apis_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// kept is a server on the data of a folder, with operators at the console and a place for
// backups.
func kept(t *testing.T) *apitest.API {
	t.Helper()
	a, folder := inFolder(t)
	a = a.With(t, apis.Options{Keeper: &keep.Keeper{App: a.App, Folder: folder, Place: keep.Directory(t.TempDir())}})
	a.Console(t, "console", a.Owner.ID)
	a.Console(t, "console admin", core.ID[core.Account](a.Vars["admin"]))
	return a
}

// worked is what came of the work under way.
func worked(t *testing.T, a *apitest.API) *apitest.Answer {
	t.Helper()
	// A passphrase is stretched for a second, which the race detector makes twenty.
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); {
		ans := a.Do(t, "console", "GET", "/console/api/backups/work", "", nil)
		if ans.Status != 200 || ans.Value("work.state") != "running" {
			return ans
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the work does not end")
	return nil
}

func TestTheConsoleKeepsBackups(t *testing.T) {
	a := kept(t)
	at := "/console/api/backups/"
	a.Run(t, []row{
		{Name: "none yet", As: "console", Path: at + "files", Want: w{"items.#=0", "locked=false", "scheduled=false", "next=null", "error=", "holds.tenants=2"}},
		{Name: "no work yet", As: "console", Path: at + "work", Want: w{"work=null"}},
		{Name: "by an admin", As: "console admin", Path: at + "files", Status: 403},
		{Name: "in the clear", As: "console", Path: at + "files", Body: `{}`, Status: 400, Want: w{"field=passphrase"}},
		{Name: "for nobody that there is", As: "console", Path: at + "files", Body: `{"recipients":["age1x"]}`, Status: 400, Want: w{"field=recipients"}},
		{Name: "make one", As: "console", Path: at + "files", Body: `{"passphrase":"correct horse"}`, Status: 202, Want: w{"work.kind=make", "work.state=running"}},
	})
	if ans := worked(t, a); ans.Has("work.state=done") != nil {
		t.Fatalf("%s", ans.Body)
	}
	name, _ := a.Do(t, "console", "GET", at+"files", "", nil).Value("items.0.name").(string)
	a.Vars["file"] = name
	for _, c := range []struct{ path, body, want string }{
		{"verify", `{"file":"{file}","passphrase":"wrong"}`, "work.reason=wrong_key"},
		{"verify", `{"file":"{file}","passphrase":"correct horse"}`, "work.found.holds.tenants=2"},
		{"stage", `{"file":"{file}","passphrase":"wrong"}`, "work.state=failed"},
		{"stage", `{"file":"{file}","passphrase":"correct horse","keepSessions":true}`, "work.state=done"},
	} {
		if ans := a.Do(t, "console", "POST", at+c.path, c.body, nil); ans.Status != 202 {
			t.Fatalf("%s: %d %s", c.path, ans.Status, ans.Body)
		}
		if ans := worked(t, a); ans.Has(c.want) != nil {
			t.Errorf("%s %s: %s", c.path, c.body, ans.Body)
		}
	}
	a.Run(t, []row{
		{Name: "it waits", As: "console", Path: "/console/api/restore", Want: w{"waiting.keepSessions=true", "waiting.holds.tenants=2"}},
		{Name: "discard it", As: "console", Method: "DELETE", Path: "/console/api/restore", Status: 204},
		{Name: "nothing waits", As: "console", Path: "/console/api/restore", Want: w{"waiting=null"}},
		{Name: "verify nothing", As: "console", Path: at + "verify", Body: `{"passphrase":"x"}`, Status: 404},
		{Name: "verify what lies elsewhere", As: "console", Path: at + "verify", Body: `{"passphrase":"x","file":"../../etc/passwd"}`, Status: 404},
		{Name: "verify with nothing", As: "console", Path: at + "verify", Body: `{"file":"{file}"}`, Status: 400, Want: w{"field=passphrase"}},
		{Name: "verify with what is no identity", As: "console", Path: at + "verify", Body: `{"file":"{file}","identities":"x"}`, Status: 400, Want: w{"field=identities"}},
		{Name: "download what is none", As: "console", Path: at + "files/master.key", Status: 404},
		{Name: "forget the work", As: "console", Method: "DELETE", Path: at + "work", Status: 204},
		{Name: "it is forgotten", As: "console", Path: at + "work", Want: w{"work=null"}},
		{Name: "the audit log tells", As: "console", Path: "/console/api/audit?q=backup.stage", Want: w{"size=2", "items.0.note.backup={file}"}},
	})
	a.Clock.Turn(core.StepUp)
	for _, path := range []string{"files", "upload", "verify", "stage"} {
		if ans := a.Do(t, "console", "POST", at+path, `{}`, nil); ans.Status != 403 || ans.Has("error=step_up") != nil {
			t.Errorf("%s, long after signing in: %d %s", path, ans.Status, ans.Body)
		}
	}
}

func TestTheConsoleTakesABackupInPieces(t *testing.T) {
	a := kept(t)
	at := "/console/api/backups/"
	bytesOf := map[string]string{"Content-Type": "application/octet-stream"}
	req := httptest.NewRequest("POST", "http://"+apitest.Host+"/console/api/backups", strings.NewReader(`{"passphrase":"correct horse"}`))
	for name, value := range map[string]string{"Content-Type": "application/json", "Cookie": "console=" + a.Console(t, "console", a.Owner.ID), apis.ConsoleHeader: "1", "Sec-Fetch-Site": "same-origin"} {
		req.Header.Set(name, value)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	made, err := a.Send("console", req)
	if err != nil {
		t.Fatal(err)
	}
	defer made.Body.Close()
	file, err := io.ReadAll(made.Body)
	if err != nil || made.StatusCode != 200 || made.Header.Get(apis.BackupName) == "" || made.Header.Get("Content-Encoding") != "" {
		t.Fatalf("%d %v, %v", made.StatusCode, made.Header, err)
	}
	begin := a.Do(t, "console", "POST", at+"upload", fmt.Sprintf(`{"name":"mine.age","size":%d}`, len(file)), nil)
	id, _ := begin.Value("id").(string)
	a.Vars["upload"] = id
	half := len(file) / 2
	for _, c := range []struct {
		name, as, at string
		piece        []byte
		header       map[string]string
		status       int
	}{
		{"not from the beginning", "console", "7", file[:half], bytesOf, 409},
		{"as JSON", "console", "0", []byte(`{}`), map[string]string{"Content-Type": "application/json"}, 415},
		{"as a form", "console", "0", []byte(`{}`), map[string]string{"Content-Type": "text/plain"}, 415},
		{"from another site", "console", "0", file[:half], map[string]string{"Content-Type": "application/octet-stream", "Sec-Fetch-Site": "cross-site"}, 403},
		{"by an admin", "console admin", "0", file[:half], bytesOf, 403},
		{"the first", "console", "0", file[:half], bytesOf, 200},
		{"the first once more", "console", "0", file[:half], bytesOf, 409},
		{"nothing", "console", fmt.Sprint(half), nil, bytesOf, 409},
		{"too much", "console", fmt.Sprint(half), append(bytes.Clone(file[half:]), 'x'), bytesOf, 409},
	} {
		if ans := a.Do(t, c.as, "POST", at+"upload/"+id+"?at="+c.at, string(c.piece), c.header); ans.Status != c.status {
			t.Errorf("%s: %d %s", c.name, ans.Status, ans.Body)
		}
	}
	a.Run(t, []row{
		{Name: "half of it", As: "console", Path: at + "verify", Body: `{"upload":"{upload}","passphrase":"correct horse"}`, Status: 409},
		{Name: "bytes elsewhere", As: "console", Method: "POST", Path: at + "verify", Body: `{"upload":"{upload}"}`, Header: bytesOf, Status: 415},
		{Name: "no name", As: "console", Path: at + "upload", Body: `{"name":"../x.age","size":5}`, Status: 400, Want: w{"field=name"}},
		{Name: "no size", As: "console", Path: at + "upload", Body: `{"name":"x.age","size":0}`, Status: 400, Want: w{"field=size"}},
		{Name: "no room", As: "console", Path: at + "upload", Body: `{"name":"x.age","size":9000000000000000}`, Status: 400, Want: w{"field=size"}},
	})
	if ans := a.Do(t, "console", "POST", at+"upload/"+id+"?at="+fmt.Sprint(half), string(file[half:]), bytesOf); ans.Status != 200 || ans.Has(fmt.Sprintf("received=%d", len(file))) != nil {
		t.Fatalf("the rest: %d %s", ans.Status, ans.Body)
	}
	a.Run(t, []row{{Name: "verify it", As: "console", Path: at + "verify", Body: `{"upload":"{upload}","passphrase":"correct horse"}`, Status: 202}})
	if ans := worked(t, a); ans.Has("work.state=done") != nil || ans.Has("work.of=mine.age") != nil {
		t.Errorf("%s", ans.Body)
	}
	a.Run(t, []row{
		{Name: "discard it", As: "console", Method: "DELETE", Path: at + "upload", Status: 204},
		{Name: "it is gone", As: "console", Path: at + "verify", Body: `{"upload":"{upload}","passphrase":"correct horse"}`, Status: 404},
	})
}

func TestWorkWithBackupsIsOneAtATime(t *testing.T) {
	a := kept(t)
	if ans := a.Do(t, "console", "POST", "/console/api/backups/files", `{"passphrase":"correct horse"}`, nil); ans.Status != http.StatusAccepted {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	if ans := a.Do(t, "console", "POST", "/console/api/backups/files", `{"passphrase":"correct horse"}`, nil); ans.Status != http.StatusConflict {
		t.Errorf("a second: %d %s", ans.Status, ans.Body)
	}
	if ans := a.Do(t, "console", "DELETE", "/console/api/backups/work", "", nil); ans.Status != http.StatusNoContent {
		t.Errorf("cancel: %d", ans.Status)
	}
	if ans := worked(t, a); !strings.Contains(string(ans.Body), "cancelled") && !strings.Contains(string(ans.Body), `"done"`) {
		t.Errorf("%s", ans.Body)
	}
}
