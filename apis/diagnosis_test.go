package apis_test

import (
	"context"
	"encoding/json"
	"net"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

func TestPlainHTTPBeyondThisMachineIsExposed(t *testing.T) {
	for _, c := range []struct {
		url, address string
		want         bool
	}{
		{"http://localhost:8080", "127.0.0.1:8080", false},
		{"http://localhost:8080", "[::1]:8080", false},
		{"http://127.0.0.1:8080", "localhost:8080", false},
		{"http://shop.localhost:8080", "127.0.0.1:8080", false},
		{"https://id.example.com", "0.0.0.0:8080", false},
		{"http://localhost:8080", "0.0.0.0:8080", true},
		{"http://localhost:8080", "[::]:8080", true},
		{"http://localhost:8080", ":8080", true},
		{"http://id.example.com", "127.0.0.1:8080", true},
	} {
		if got := apis.Exposed(c.url, c.address); (got != "") != c.want {
			t.Errorf("Exposed(%q, %q) = %q", c.url, c.address, got)
		}
	}
}

// examined is what the doctor's command says, and has a server on the data of a
// folder serve meanwhile at an address.
func examined(t *testing.T, address string, o apis.Options) (says map[string]string) {
	t.Helper()
	a, folder := inFolder(t)
	o.Keeper = &keep.Keeper{App: a.App, Folder: folder}
	world := a.With(t, o)
	if address != "" {
		ln, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- world.Server.Serve(ctx, ln) }()
		t.Cleanup(func() {
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
		fetch(t, "http://127.0.0.1"+ln.Addr().String()[strings.LastIndex(ln.Addr().String(), ":"):]+"/healthz", "X-Forwarded-For", "6.6.6.6")
	}
	ans := world.Do(t, apitest.Machine, "GET", "/console/api/doctor", "", nil)
	var got struct{ Items []keep.Finding }
	if err := json.Unmarshal(ans.Body, &got); err != nil || ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	says = map[string]string{}
	for _, f := range got.Items {
		says[f.Section] += string(f.Level) + " " + f.Text + "\n"
	}
	return says
}

func TestADoctorAsksTheServerHowItIsReached(t *testing.T) {
	for _, c := range []struct {
		name, address string
		o             apis.Options
		section, want string
	}{
		{"nobody serves", "", apis.Options{}, "settings", "skip no server"},
		{"a stranger speaks for others", "127.0.0.1:0", apis.Options{}, "proxies", "warn X-Forwarded-For"},
		{"all are trusted", "127.0.0.1:0", apis.Options{TrustedProxies: []string{"0.0.0.0/0"}}, "proxies", "warn the trusted proxies are the whole internet"},
		{"a proxy is trusted", "127.0.0.1:0", apis.Options{TrustedProxies: []string{"127.0.0.1"}}, "proxies", "ok"},
		{"no proxy is trusted before plain http", "127.0.0.1:0", apis.Options{}, "settings", "no proxy is trusted"},
		{"plain http goes to others", "0.0.0.0:0", apis.Options{TrustedProxies: []string{"127.0.0.1"}}, "settings", "goes past TLS"},
		{"limits are off", "127.0.0.1:0", apis.Options{}, "settings", "--rate-source is off"},
	} {
		if got := examined(t, c.address, c.o)[c.section]; !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// A failed backup is no reason to send requests elsewhere.
func TestAFailedBackupIsMeasuredAndNotedAndLeavesTheServerReady(t *testing.T) {
	a := api(t)
	at := core.At(a.Clock.Now())
	if err := a.App.NoteBackup(t.Context(), func(s *core.BackupState) {
		s.Last, s.Failed, s.Failures, s.FailedAt, s.FailedSince = at, "no route", 2, at, at
	}); err != nil {
		t.Fatal(err)
	}
	addr := a.Listen(t)
	_, page := fetch(t, "http://"+addr+"/metrics")
	for series, want := range map[string]float64{"stormkeep_backup_last_success_time_seconds": float64(at.Unix()),
		"stormkeep_backup_last_failure_time_seconds": float64(at.Unix()), "stormkeep_backup_failures": 2, "stormkeep_ready": 1} {
		if got := value(page, series); got != want {
			t.Errorf("%s is %v, want %v", series, got, want)
		}
	}
	if got := value(page, "stormkeep_backup_next_time_seconds"); got != -1 {
		t.Errorf("without a schedule the next is at %v", got)
	}
	_, res := fetch(t, "http://"+addr+"/readyz")
	if !strings.Contains(res, `"status":"ready"`) || !strings.Contains(res, `"name":"backup"`) {
		t.Errorf("%s", res)
	}
}
