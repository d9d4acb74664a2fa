package apis_test

import (
	"context"
	"math"
	"net"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestWhyAServerIsNotReadyIsToldToThisMachineOnly(t *testing.T) {
	a := onBolt(t)
	addr := a.Listen(t)
	if status, body := fetch(t, "http://"+addr+"/readyz"); status != 200 || !strings.HasPrefix(body, `{"status":"ready","checks":[{"name":"running","ok":true}`) {
		t.Errorf("near: %d %s", status, body)
	}
	if status, body := fetch(t, "http://"+addr+"/readyz", "X-Forwarded-For", "192.0.2.1"); status != 200 || body != `{"status":"ready"}` {
		t.Errorf("far: %d %s", status, body)
	}
	a.App.Ready.Free = math.MaxUint64
	if status, body := fetch(t, "http://"+addr+"/readyz"); status != 503 || !strings.Contains(body, `{"name":"disk","ok":false,"why":"`) {
		t.Errorf("near, with a full disk: %d %s", status, body)
	}
	if status, body := fetch(t, "http://"+addr+"/readyz", "X-Forwarded-For", "192.0.2.1"); status != 503 || strings.Contains(body, "disk") || strings.Contains(body, "bytes") {
		t.Errorf("far, with a full disk: %d %s", status, body)
	}
	if status, body := fetch(t, "http://"+addr+"/metrics"); status != 200 || value(body, "stormkeep_ready") != 0 {
		t.Errorf("metrics: %d, ready %v", status, value(body, "stormkeep_ready"))
	}
	if status, _ := fetch(t, "http://"+addr+"/healthz"); status != 200 {
		t.Errorf("it is alive all the same: %d", status)
	}
}

func TestAServerIsNotReadyBeforeItsAppHasStarted(t *testing.T) {
	srv, err := apis.New(core.New(mem.Open()), apis.Options{PublicURL: apitest.PublicURL, Apart: true})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- srv.ServeMetrics(ctx, ln) }()
	if status, body := fetch(t, "http://"+ln.Addr().String()+"/readyz"); status != 503 || !strings.Contains(body, "starting") {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := fetch(t, "http://"+ln.Addr().String()+"/metrics"); status != 200 {
		t.Errorf("metrics: %d", status)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestAServerThatStopsIsNotReady(t *testing.T) {
	a := onBolt(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Server.Serve(ctx, ln); err != nil {
		t.Fatal(err)
	}
	a.Faults = true
	if ans := a.Do(t, "nobody", "GET", "/readyz", "", nil); ans.Status != 503 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
}
