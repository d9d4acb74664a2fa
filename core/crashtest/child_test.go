package crashtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// writers is how many write at the same time.
const writers = 8

// plan is what a child is told, in a file beside the data.
type plan struct {
	Seed        uint64
	Tenant      core.ID[core.Tenant]
	Shared      core.ID[core.Directory]
	SharedGroup core.ID[core.Group]
	Kept        map[int]values
	Portal      *portal // where writers sign in that do nothing else; nil for the others
}

// acts are what the plan's writers do.
func (p *plan) acts() []act {
	if p.Portal != nil {
		return signingIn
	}
	return acts
}

func planFile(dir string) string { return filepath.Join(dir, "plan.json") }

// child is the process that is killed: it writes until then.
func child(dir string) error {
	var p plan
	b, err := os.ReadFile(planFile(dir))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	say := func(l line) {
		b, _ := json.Marshal(l)
		os.Stdout.Write(append(b, '\n'))
	}
	app, _, err := folder(dir)()
	if err != nil {
		return err
	}
	listen(app, say)
	if err := app.Start(background); err != nil {
		return err
	}
	say(line{Ready: true})
	for n := 1; n <= writers; n++ {
		w := p.writer(n, app, say)
		go func() {
			for {
				if err := w.step(p.acts()); err != nil {
					say(line{W: n, Err: err.Error()})
					return
				}
			}
		}()
	}
	io.Copy(io.Discard, os.Stdin) // ends with the parent, so that no child is left behind
	return errors.New("the parent has gone")
}

func (p *plan) writer(n int, app *core.App, say func(line)) *writer {
	w := &writer{n: n, app: app, ctx: core.AsMachine(background, p.Tenant), rnd: rand.New(rand.NewPCG(p.Seed, uint64(n))),
		kept: values{}, say: say, shared: p.Shared, sharedGroup: p.SharedGroup, portal: p.Portal}
	w.kept.set(p.Kept[n])
	return w
}

// listen has jobs and events told. Some jobs are refused at first, so that they
// are done by a later try.
func listen(app *core.App, say func(line)) {
	app.Jobs.Handle(jobKind, core.JobKind{First: 10 * time.Millisecond, Max: 20 * time.Millisecond, Do: func(_ context.Context, j core.Job) error {
		var name string
		if err := json.Unmarshal(j.Payload, &name); err != nil {
			return err
		}
		if j.Tries == 0 && crc32.ChecksumIEEE([]byte(name))%4 == 0 {
			return errors.New("not at the first try")
		}
		say(line{Job: name})
		return nil
	}})
	app.Events.On("*", func(_ context.Context, e core.Event) error {
		say(line{Heard: e.Seq, Event: fmt.Sprintf("%s %s", e.Type, e.Ref)})
		return nil
	}, "crashtest")
}

// begin makes the data that the first child finds: the first tenant, and a
// directory and a group that all writers use.
func begin(open opener, seed uint64) (*plan, error) {
	app, _, err := open()
	if err != nil {
		return nil, err
	}
	listen(app, func(line) {})
	p := &plan{Seed: seed}
	if p.Tenant, err = app.FirstTenant(background); err != nil {
		return nil, err
	}
	err = app.Update(core.AsMachine(background, p.Tenant), func(tx *core.Tx) error {
		d := core.Make[core.Directory]()
		d.Name = "Shared"
		if err := core.Put(tx, d); err != nil {
			return err
		}
		g := core.Make[core.Group]()
		g.Directory, g.Name = d.ID, "Everybody"
		p.Shared = d.ID
		if err := core.Put(tx, g); err != nil {
			return err
		}
		p.SharedGroup = g.ID
		return nil
	})
	return p, errors.Join(err, app.Close())
}

func (p *plan) write(dir string) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(planFile(dir), b, 0o600)
}
