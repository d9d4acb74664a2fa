package webhooks

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

var (
	killEvents = flag.Int("kill-events", 300, "how many events there are while the server is killed; 10000 is the promised size")
	kills      = flag.Int("kills", 3, "how many times the server is killed")
)

// childVariable names the folder in which a copy of this program is the server that
// is killed.
const childVariable = "STORMKEEP_WEBHOOKS_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		fmt.Fprintln(os.Stderr, child(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// plan is what the server finds, in a file beside the data.
type plan struct {
	Tenant core.ID[core.Tenant]
	Groups []core.ID[core.Group]
	Rounds int // how many events each group has in all
}

// serving opens the data of a folder as a server with the plugin does.
func serving(dir string) (*core.App, error) {
	ring, err := secret.LoadFile(filepath.Join(dir, "master.key"))
	if err != nil {
		return nil, err
	}
	s, err := bolt.Open(filepath.Join(dir, "data.db"), bolt.Options{LockTimeout: 5 * time.Second})
	if err != nil {
		return nil, err
	}
	app := core.New(s)
	app.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	app.Egress.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	server, err := apis.New(app, apis.Options{PublicURL: apitest.PublicURL})
	if err == nil {
		err = (&Plugin{First: time.Millisecond, Max: 20 * time.Millisecond, For: 1000 * time.Hour}).Register(server)
	}
	if err == nil {
		err = app.Unlock(context.Background(), ring)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return app, nil
}

// child changes what is left to be changed, and delivers, until it is killed.
func child(dir string) error {
	var p plan
	b, err := os.ReadFile(filepath.Join(dir, "plan.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	app, err := serving(dir)
	if err != nil {
		return err
	}
	if err := app.Start(context.Background()); err != nil {
		return err
	}
	go func() {
		for {
			more, err := p.round(app)
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			if err != nil || !more {
				return
			}
		}
	}()
	io.Copy(io.Discard, os.Stdin) // ends with the parent
	return errors.New("the parent has gone")
}

// round changes each group once, unless all rounds are done.
func (p *plan) round(app *core.App) (more bool, err error) {
	err = app.Update(core.AsMachine(context.Background(), p.Tenant), func(tx *core.Tx) error {
		more = false
		for _, id := range p.Groups {
			g, err := core.Get(tx, id)
			if err != nil {
				return err
			}
			n := 1
			if _, err := fmt.Sscanf(g.Description, "change %d", &n); err != nil && g.Description != "" {
				return err
			}
			if n == p.Rounds {
				return nil
			}
			g.Description = fmt.Sprint("change ", n+1)
			if err := core.Put(tx, g); err != nil {
				return err
			}
		}
		more = true
		return nil
	})
	return more, err
}

// begin makes an endpoint at a URL, and the groups.
func begin(t *testing.T, dir, url string, groups int) *plan {
	t.Helper()
	if _, err := secret.CreateFile(filepath.Join(dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	app, err := serving(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	p := &plan{Rounds: *killEvents / groups, Groups: make([]core.ID[core.Group], groups)}
	if p.Tenant, err = app.FirstTenant(context.Background()); err != nil {
		t.Fatal(err)
	}
	err = app.Update(core.AsMachine(context.Background(), p.Tenant), func(tx *core.Tx) error {
		e := core.Make[WebhookEndpoint]()
		e.URL, e.Events = url, []string{"group.*"}
		if err := core.Put(tx, e); err != nil {
			return err
		}
		d := core.Make[core.Directory]()
		d.Name = "Groups"
		if err := core.Put(tx, d); err != nil {
			return err
		}
		for i := range p.Groups {
			g := core.Make[core.Group]()
			g.Directory, g.Name = d.ID, fmt.Sprint("group ", i)
			if err := core.Put(tx, g); err != nil {
				return err
			}
			p.Groups[i] = g.ID
		}
		return nil
	})
	b, failed := json.Marshal(p)
	if err := errors.Join(err, failed, os.WriteFile(filepath.Join(dir, "plan.json"), b, 0o600)); err != nil {
		t.Fatal(err)
	}
	return p
}

// start runs a server, and returns what kills it.
func start(t *testing.T, dir string) (kill func()) {
	t.Helper()
	me, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(me)
	cmd.Env = append(os.Environ(), childVariable+"="+dir)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		cmd.Process.Kill()
		err := cmd.Wait()
		in.Close()
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.Exited() || complaints.Len() > 0 {
			t.Fatalf("%v\n%s", err, &complaints)
		}
	}
}

// Every event arrives, in order for each record, at a receiver that fails half of its
// answers and is down twice, from a server that is killed again and again.
func TestEveryEventArrivesFromAServerThatIsKilled(t *testing.T) {
	dir, l := t.TempDir(), newLedger()
	l.start(t)
	defer func() { l.server.Close() }()
	const groups = 50
	p := begin(t, dir, "http://"+l.addr+"/", groups)
	total, began := p.Rounds*groups, time.Now()
	kill := start(t, dir)
	await := func(n int) {
		t.Helper()
		for limit := time.Now().Add(10 * time.Minute); l.taken() < n; time.Sleep(time.Millisecond) {
			if time.Now().After(limit) {
				kill()
				t.Fatalf("%d of %d have arrived", l.taken(), total)
			}
		}
	}
	for n := range *kills {
		await(total * n / (*kills + 1))
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		kill()
		if n == *kills/3 || n == *kills*2/3 { // the receiver is down, too
			l.server.Close()
			kill = start(t, dir)
			time.Sleep(100 * time.Millisecond)
			l.start(t)
			continue
		}
		kill = start(t, dir)
	}
	await(total)
	kill()
	l.check(t)
	l.mu.Lock()
	t.Logf("%d events in %v, %d requests, %d of them of events that had been acknowledged, %d kills",
		len(l.acked), time.Since(began).Round(time.Millisecond), l.n, l.again, *kills)
	if len(l.acked) != total || total == 0 {
		t.Errorf("%d events have come, there were %d", len(l.acked), total)
	}
	l.mu.Unlock()
	settled(t, dir, p, total)
}

// settled demands that the data say of each delivery that it was made.
func settled(t *testing.T, dir string, p *plan, total int) {
	t.Helper()
	app, err := serving(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	if err := app.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	delivered := 0
	eventually(t, "all are delivered", func() bool {
		err := app.View(core.AsSystem(context.Background(), p.Tenant), func(tx *core.Tx) (err error) {
			ends, err := core.List[WebhookEndpoint](tx, nil, core.Query{Limit: 1})
			if err != nil {
				return err
			}
			delivered, err = core.Count(tx, DeliveriesIn, core.Query{Owner: inState(ends.Items[0].ID, Delivered)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return delivered >= total
	})
	if delivered != total {
		t.Errorf("%d are delivered, there were %d", delivered, total)
	}
	err = app.View(core.AsSystem(context.Background(), p.Tenant), func(tx *core.Tx) error {
		for j, err := range tx.Dead {
			if err != nil {
				return err
			}
			t.Errorf("given up: %s", j.Failed)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
