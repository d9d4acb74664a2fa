package webhooks

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

var events = flag.Int("events", 1000, "how many events the proof of delivery has; 10000 is the promised size")

// ledger is what a receiver has acknowledged over all its lives: it fails half its
// answers, by an error or by none.
type ledger struct {
	mu     sync.Mutex
	n      int
	acked  map[string]bool // ids
	again  int             // requests of what was acknowledged before
	last   map[string]seen // by record, the latest event that came
	wrong  []string
	addr   string
	server *http.Server
}

type seen struct {
	id  string
	seq uint64
}

func (l *ledger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var m message
	b, err := io.ReadAll(r.Body)
	if err != nil || json.Unmarshal(b, &m) != nil {
		w.WriteHeader(400)
		return
	}
	var about struct{ Href string }
	for name, raw := range m.Data {
		if name != "changed" {
			json.Unmarshal(raw, &about)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	before := l.last[about.Href]
	switch {
	case l.acked[m.ID]:
		l.again++
	case m.Sequence < before.seq:
		l.wrong = append(l.wrong, fmt.Sprintf("%s: %d after %d", about.Href, m.Sequence, before.seq))
	case m.Sequence > before.seq && before.id != "" && !l.acked[before.id]:
		l.wrong = append(l.wrong, fmt.Sprintf("%s: %d, and %d was not acknowledged", about.Href, m.Sequence, before.seq))
	}
	if m.Sequence > before.seq {
		l.last[about.Href] = seen{m.ID, m.Sequence}
	}
	switch l.n % 4 {
	case 0:
		w.WriteHeader(503)
	case 2:
		panic(http.ErrAbortHandler)
	default:
		l.acked[m.ID] = true
		w.WriteHeader(200)
	}
}

func (l *ledger) taken() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acked)
}

// start listens at the same address as before.
func (l *ledger) start(t testing.TB) {
	t.Helper()
	if l.addr == "" {
		l.addr = "127.0.0.1:0"
	}
	var ln net.Listener
	eventually(t, "the address is free", func() (ok bool) {
		var err error
		ln, err = net.Listen("tcp", l.addr)
		return err == nil
	})
	l.addr = ln.Addr().String()
	l.server = &http.Server{Handler: l}
	go l.server.Serve(ln)
}

func newLedger() *ledger { return &ledger{acked: map[string]bool{}, last: map[string]seen{}} }

// check demands that everything has come, in order for each record.
func (l *ledger) check(t testing.TB) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range l.wrong[:min(5, len(l.wrong))] {
		t.Error(w)
	}
}

// Every event arrives, in order for each record, at a receiver that fails half of its
// answers and is down twice.
func TestEveryEventArrivesAtAReceiverThatFails(t *testing.T) {
	a := world(t, &Plugin{First: time.Millisecond, Max: 20 * time.Millisecond, For: 1000 * time.Hour}, func(app *core.App) { app.Now = time.Now })
	l := newLedger()
	l.start(t)
	defer func() { l.server.Close() }()
	listen(t, a, "e", "webhookEndpoints", "http://"+l.addr+"/", `,"events":["group.*"]`)
	const records = 50
	began := time.Now()
	ids := make([]core.ID[core.Group], records)
	w := a.World
	w.Update(t, func(tx *core.Tx) error {
		for i := range ids {
			g := core.Make[core.Group]()
			g.Directory, g.Name = core.ID[core.Directory](a.Vars["dir"]), fmt.Sprint("group ", i)
			if err := core.Put(tx, g); err != nil {
				return err
			}
			ids[i] = g.ID
		}
		return nil
	})
	for n := 1; n < *events/records; n++ {
		w.Update(t, func(tx *core.Tx) error {
			for _, id := range ids {
				g, err := core.Get(tx, id)
				if err != nil {
					return err
				}
				g.Description = fmt.Sprint("change ", n)
				if err := core.Put(tx, g); err != nil {
					return err
				}
			}
			return nil
		})
		if n == *events/records/3 || n == *events/records*2/3 {
			had := l.taken()
			eventually(t, "some arrive", func() bool { return l.taken() > had || l.taken() == n*records })
			l.server.Close()
			time.Sleep(50 * time.Millisecond)
			l.start(t)
		}
	}
	for limit := time.Now().Add(10 * time.Minute); l.taken() < *events/records*records; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatalf("%d of %d have arrived", l.taken(), *events)
		}
	}
	l.check(t)
	l.mu.Lock()
	requests := l.n
	l.mu.Unlock()
	t.Logf("%d events in %v, %d requests", l.taken(), time.Since(began).Round(time.Millisecond), requests)
	eventually(t, "all are settled", func() bool { return a.Get(t, "/v1/webhookEndpoints/{e}/deliveries?state=QUEUED").Has("size=0") == nil })
	a.Sound(t)
}
