package apis_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

func emit(t *testing.T, a *apitest.API, types ...string) {
	t.Helper()
	a.Update(t, func(tx *core.Tx) error {
		for _, typ := range types {
			if err := tx.Emit(core.Event{Type: typ, Ref: core.RefTo(a.Tenant), Fields: []string{"name"}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// place is where the feed of the tenant ends.
func place(t *testing.T, a *apitest.API) (n uint64) {
	t.Helper()
	a.View(t, func(tx *core.Tx) (err error) { n, err = tx.Sequence(); return err })
	return n
}

func TestTheFeedOfEvents(t *testing.T) {
	a := apitest.New(t)
	judged(t, a, &contract{})
	a.Vars["at"] = fmt.Sprint(place(t, a))
	emit(t, a, "x.one", "y.two", "x.three")
	a.Vars["last"] = fmt.Sprint(place(t, a))
	a.Run(t, []row{
		{Name: "after a place", Path: "/v1/events?after={at}", Want: w{"items.#=3", "items.0.type=x.one", "items.0.record.href={base}/tenants/{tenant}", "items.0.changed.0=name", "last={last}", "more=false", "href={base}/events"}},
		{Name: "in parts", Path: "/v1/events?after={at}&limit=2", Want: w{"items.#=2", "more=true"}},
		{Name: "by types", Path: "/v1/events?after={at}&types=x.*,z.*", As: "auditor", Want: w{"items.#=2", "items.1.type=x.three", "last={last}"}},
		{Name: "at its end", Path: "/v1/events?after={last}", Want: w{"items.#=0", "last={last}"}},
		{Name: "from the beginning", Path: "/v1/events?limit=1000", Want: w{"items.0.type=tenant.create"}, Not: w{"assword\":\"", "secret\":"}},
		{Name: "after no number", Path: "/v1/events?after=-1", Status: 400, Want: w{"code=2103"}},
		{Name: "a limit of none", Path: "/v1/events?limit=0", Status: 400, Want: w{"code=2103"}},
		{Name: "by what is no attribute", Path: "/v1/events?kind=x", Status: 400, Want: w{"code=2105"}},
		{Name: "as an account", As: "accountkey", Path: "/v1/events", Status: 401},
		{Name: "as nobody in particular", As: "norole", Path: "/v1/events", Status: 403},
		{Name: "another tenant has its own", As: "other", Path: "/v1/events?types=x.*,y.*", Want: w{"items.#=0"}},
	})
	a.App.Keep.Events = time.Hour
	a.Clock.Turn(2 * time.Hour)
	a.App.SweepOld(t.Context())
	a.Run(t, []row{
		{Name: "what is gone", Path: "/v1/events?after={at}", Status: 410, Want: w{"code=410", "follow after={last}"}},
		{Name: "what is gone, as a stream", Path: "/v1/events/stream?after={at}", Status: 410},
		{Name: "from the oldest there is", Path: "/v1/events", Want: w{"items.#=0"}},
		{Name: "a stream from no place", Path: "/v1/events/stream", Header: map[string]string{"Last-Event-ID": "x"}, Status: 400, Want: w{"code=2103"}},
	})
}

// listening is a server of a on a port of this machine, until stop.
func listening(t *testing.T, a *apitest.API) (addr string, stop func()) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Server.Serve(ctx, ln) }()
	ended := false
	stop = func() {
		if cancel(); !ended {
			ended = true
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(stop)
	return ln.Addr().String(), stop
}

func get(t *testing.T, a *apitest.API, as, url string, header ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", a.Keys[as].Basic())
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

// Who waits is answered by the commit, by the end of its key, and by the end of the
// server: each of these tests would last for half a minute otherwise.
func TestTheFeedIsWaitedFor(t *testing.T) {
	a := apitest.New(t)
	addr, stop := listening(t, a)
	at := fmt.Sprintf("http://%s/v1/events?after=%d&wait=30&types=x.*", addr, place(t, a))
	wait := func(as string) chan string {
		c := make(chan string, 1)
		go func() {
			res := get(t, a, as, at)
			line, _ := bufio.NewReader(res.Body).ReadString('\n')
			c <- fmt.Sprint(res.StatusCode, " ", line)
		}()
		time.Sleep(50 * time.Millisecond) // so that it waits; it is right if it does not
		return c
	}
	c := wait("auditor")
	emit(t, a, "y.not", "x.one")
	if got := <-c; !strings.HasPrefix(got, "200") || !strings.Contains(got, `"x.one"`) || strings.Contains(got, "y.not") {
		t.Error(got)
	}
	at = fmt.Sprintf("http://%s/v1/events?after=%d&wait=30&types=x.*", addr, place(t, a))
	c = wait("auditor")
	if ans := a.Do(t, "", "DELETE", "/v1/operators/{auditor}", "", nil); ans.Status != 204 {
		t.Fatal(ans.Status)
	}
	if got := <-c; !strings.HasPrefix(got, "403") && !strings.HasPrefix(got, "401") {
		t.Error(got)
	}
	c = wait("owner")
	stop()
	if got := <-c; !strings.HasPrefix(got, "200") || !strings.Contains(got, `"items":[]`) {
		t.Error(got)
	}
}

func TestAStreamOfEvents(t *testing.T) {
	a := apitest.New(t)
	addr, stop := listening(t, a)
	emit(t, a, "x.before")
	from := place(t, a)
	res := get(t, a, "auditor", "http://"+addr+"/v1/events/stream?types=x.*", "Accept-Encoding", "gzip")
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("Content-Encoding") != "" {
		t.Fatal(res.StatusCode, res.Header)
	}
	in := bufio.NewReader(res.Body)
	line := func() string {
		s, err := in.ReadString('\n')
		if err != nil {
			return err.Error()
		}
		return strings.TrimSpace(s)
	}
	if s := line(); s != ":" {
		t.Errorf("%q before the first event", s)
	}
	line()
	emit(t, a, "y.not", "x.one")
	id, typ, data := line(), line(), line()
	if id != fmt.Sprintf("id: %d", place(t, a)) || typ != "event: x.one" || !strings.HasPrefix(data, `data: {"id":"evt_`) {
		t.Error(id, typ, data)
	}
	again := bufio.NewReader(get(t, a, "owner", "http://"+addr+"/v1/events/stream?types=x.*", "Last-Event-ID", fmt.Sprint(from-1)).Body)
	for _, want := range []string{"id: " + fmt.Sprint(from), "event: x.before"} {
		if s, err := again.ReadString('\n'); strings.TrimSpace(s) != want {
			t.Errorf("%q, %v, want %q", s, err, want)
		}
	}
	line()
	if ans := a.Do(t, "", "DELETE", "/v1/operators/{auditor}", "", nil); ans.Status != 204 {
		t.Fatal(ans.Status)
	}
	if s := line(); s != "EOF" {
		t.Errorf("an operator no longer still reads %q", s)
	}
	stop()
	for s := ""; ; {
		var err error
		if s, err = again.ReadString('\n'); err != nil {
			break
		}
		_ = s
	}
}
