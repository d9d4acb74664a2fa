package witness

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// sample is a checkpoint to tell of.
var sample = core.AuditCheckpoint{Tenant: "t", Run: 7, From: 1, To: 9, Count: 5, Prev: "00", Lines: "11",
	At: core.At(time.Date(2026, 11, 22, 5, 0, 0, 1e6, time.UTC)), Hash: "22", Key: "33", Signature: []byte("signed")}

// tell tells the place at a URL of the sample.
func tell(t *testing.T, place string) error {
	t.Helper()
	all, err := Parse(place)
	if err != nil {
		t.Fatal(err)
	}
	return all[0].Tell(context.Background(), sample)
}

// isSample holds a text to be the sample's JSON.
func isSample(t *testing.T, text string) {
	t.Helper()
	var c core.AuditCheckpoint
	if err := json.Unmarshal([]byte(text), &c); err != nil || string(c.Statement()) != string(sample.Statement()) || string(c.Signature) != "signed" {
		t.Errorf("%q: %v", text, err)
	}
}

func TestAPlaceIsAURLOfAKnownForm(t *testing.T) {
	for _, text := range []string{"file:///a/b", "syslog://host", "syslog://[::1]:514", "syslog+tcp://host:601",
		"syslog+unix:///dev/log", "https://host/path?key=x", "http://host", "file:///a, file:///b,https://c"} {
		all, err := Parse(text)
		if err != nil || len(all) != strings.Count(text, ",")+1 || len(all[0].ID) != 16 {
			t.Errorf("%s: %v, %v", text, all, err)
		}
	}
	for _, text := range []string{"", "x", "/a/b", "file://a", "file://host/a", "file:a", "syslog://", "syslog:///dev/log", "syslog://host/x",
		"syslog+udp://host", "https://", "https://user:secret@host", "ftp://host", "file:///a,", "file:///a,file:///a", "https://h#x"} {
		if all, err := Parse(text); err == nil {
			t.Errorf("%s is taken for %v", text, all)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%v", err)
		}
	}
}

func TestAWebServerIsPostedTo(t *testing.T) {
	status := http.StatusNoContent
	got := ""
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got = r.Method + " " + r.URL.String() + " " + r.Header.Get("Content-Type") + " " + string(b)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	defer srv.Close()
	if err := tell(t, srv.URL+"/in?key=x"); err != nil {
		t.Error(err)
	}
	json, ok := strings.CutPrefix(got, "POST /in?key=x application/json ")
	if !ok {
		t.Errorf("got %q", got)
	}
	isSample(t, json)
	for _, status = range []int{301, 307, 404, 500} {
		if err := tell(t, srv.URL); err == nil {
			t.Errorf("%d is taken for an answer", status)
		}
	}
	srv.Close()
	if err := tell(t, srv.URL); err == nil {
		t.Error("nobody is there, and that is no error")
	}
}

// All the way: a checkpoint that the server makes reaches a file, and proves itself
// there.
func TestWhatIsSealedReachesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.json")
	w := coretest.On(t, mem.Open(), func(a *core.App) {
		all, err := Parse("file://" + path)
		if err != nil {
			t.Fatal(err)
		}
		a.Witness(all[0].ID, all[0].Tell)
	})
	if err := w.App.SealAudit(w.Machine()); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for limit := time.Now().Add(20 * time.Second); len(lines) == 0 && time.Now().Before(limit); time.Sleep(time.Millisecond) {
		lines = linesIn(t, path)
	}
	public, err := w.App.AuditKey(w.Machine())
	if err != nil {
		t.Fatal(err)
	}
	var c core.AuditCheckpoint
	if len(lines) != 1 || json.Unmarshal([]byte(lines[0]), &c) != nil || !c.Authentic(public) {
		t.Errorf("%q", lines)
	}
}
