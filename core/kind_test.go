package core_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// specimen is one noun under the tests that every noun must pass.
type specimen[T any, P core.Record[T]] struct {
	make   func(tx *core.Tx, name string) (P, error) // a new record, not yet put
	change func(rec P, name string)                  // to another valid form; nil where there is none
}

// hangers is what specimens hang on.
type hangers struct {
	app       *core.Application
	dir       *core.Directory
	grp       *core.Group
	acc, acc2 *core.Account
}

func hang(t *testing.T, w *coretest.World) hangers {
	t.Helper()
	var h hangers
	w.Update(t, func(tx *core.Tx) error {
		h.app = core.Make[core.Application]()
		h.app.Name = "hanger"
		return core.Put(tx, h.app)
	})
	h.dir = directory(t, w, "hanger")
	h.grp = group(t, w, h.dir.ID, "hanger")
	h.acc = w.Person(t, h.dir.ID, "hanger@example.com")
	h.acc2 = w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "hanger2@example.com")
	return h
}

func TestEveryNounBehavesAlike(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s, coretest.Badges)
		h := hang(t, w)
		behaves(t, w, specimen[core.Application, *core.Application]{
			make: func(_ *core.Tx, n string) (*core.Application, error) {
				a := core.Make[core.Application]()
				a.Name = n
				return a, nil
			},
			change: func(a *core.Application, n string) { a.Description = n },
		})
		behaves(t, w, specimen[core.Directory, *core.Directory]{
			make: func(_ *core.Tx, n string) (*core.Directory, error) {
				d := core.Make[core.Directory]()
				d.Name = n
				return d, nil
			},
			change: func(d *core.Directory, n string) { d.Description = n },
		})
		behaves(t, w, specimen[core.Group, *core.Group]{
			make: func(_ *core.Tx, n string) (*core.Group, error) {
				g := core.Make[core.Group]()
				g.Directory, g.Name = h.dir.ID, n
				return g, nil
			},
			change: func(g *core.Group, n string) { g.Name = n + "!" },
		})
		behaves(t, w, specimen[core.Account, *core.Account]{
			make: func(_ *core.Tx, n string) (*core.Account, error) {
				a := core.Make[core.Account]()
				a.Directory, a.Email = h.dir.ID, n+"@example.com"
				return a, nil
			},
			change: func(a *core.Account, n string) { a.Email = n + "2@example.com" },
		})
		behaves(t, w, specimen[core.GroupMembership, *core.GroupMembership]{
			make: func(*core.Tx, string) (*core.GroupMembership, error) {
				return &core.GroupMembership{Account: h.acc.ID, Group: h.grp.ID}, nil
			},
		})
		behaves(t, w, specimen[core.AccountStoreMapping, *core.AccountStoreMapping]{
			make: func(_ *core.Tx, n string) (*core.AccountStoreMapping, error) {
				return &core.AccountStoreMapping{Application: h.app.ID, Store: core.RefTo(h.dir.ID)}, nil
			},
			change: func(m *core.AccountStoreMapping, n string) { m.DefaultAccounts = true },
		})
		behaves(t, w, specimen[core.Organization, *core.Organization]{
			make: func(_ *core.Tx, n string) (*core.Organization, error) {
				o := core.Make[core.Organization]()
				o.Name, o.NameKey = n, n
				return o, nil
			},
			change: func(o *core.Organization, n string) { o.NameKey = n },
		})
		org, twin := organization(t, w, "hanger"), w.Person(t, directory(t, w, "twins").ID, "twin@example.com")
		behaves(t, w, specimen[core.OrganizationAccountStoreMapping, *core.OrganizationAccountStoreMapping]{
			make: func(_ *core.Tx, n string) (*core.OrganizationAccountStoreMapping, error) {
				return &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: core.RefTo(h.dir.ID)}, nil
			},
			change: func(m *core.OrganizationAccountStoreMapping, n string) { m.DefaultAccounts = true },
		})
		behaves(t, w, specimen[core.AccountLink, *core.AccountLink]{
			make: func(*core.Tx, string) (*core.AccountLink, error) {
				return &core.AccountLink{LeftAccount: h.acc.ID, RightAccount: twin.ID}, nil
			},
		})
		behaves(t, w, specimen[core.AccountLinkingPolicy, *core.AccountLinkingPolicy]{
			make: func(tx *core.Tx, n string) (*core.AccountLinkingPolicy, error) {
				p, err := core.Get(tx, core.ID[core.AccountLinkingPolicy](org.ID))
				if err == nil {
					p.Status = core.Enabled
				}
				return p, err
			},
			change: func(p *core.AccountLinkingPolicy, n string) { p.MatchingProperty = "email" },
		})
		behaves(t, w, specimen[core.ApiKey, *core.ApiKey]{
			make: func(_ *core.Tx, n string) (*core.ApiKey, error) {
				k := core.Make[core.ApiKey]()
				k.Account, k.Name = h.acc.ID, n
				return k, nil
			},
			change: func(k *core.ApiKey, n string) { k.Description = n },
		})
		behaves(t, w, specimen[core.Strength, *core.Strength]{
			make: func(tx *core.Tx, n string) (*core.Strength, error) {
				s, err := core.Get(tx, core.ID[core.Strength](h.dir.ID))
				if err == nil {
					s.MinSymbol = 3
				}
				return s, err
			},
			change: func(s *core.Strength, n string) { s.MinLength++ },
		})
		behaves(t, w, part(h.dir.ID, func(p *core.PasswordPolicy, n int) { p.ResetTokenTTL = n }))
		behaves(t, w, part(h.dir.ID, func(p *core.AccountCreationPolicy, n int) {
			p.EmailDomainBlacklist = []string{fmt.Sprintf("d%d.example", n)}
		}))
		behaves(t, w, part(h.dir.ID, func(s *core.AccountSchema, n int) { s.GivenName, s.Surname = true, n > 1 }))
		behaves(t, w, specimen[core.Operator, *core.Operator]{
			make: func(tx *core.Tx, n string) (*core.Operator, error) {
				op, err := core.Get(tx, core.ID[core.Operator](h.acc2.ID))
				if err == nil {
					op.Account, op.Role = h.acc2.ID, core.Support
				}
				return op, err
			},
			change: func(o *core.Operator, n string) { o.Role = core.Auditor },
		})
		behaves(t, w, specimen[coretest.Badge, *coretest.Badge]{
			make: func(_ *core.Tx, n string) (*coretest.Badge, error) {
				b := core.Make[coretest.Badge]()
				b.Directory, b.Name, b.Print = h.dir.ID, n, core.Seal("canary-"+n)
				return b, nil
			},
			change: func(b *coretest.Badge, n string) { b.Colour = n },
		})
	})
}

// part is a specimen of a directory's part, which set brings into its nth form.
func part[T any, P core.Record[T]](dir core.ID[core.Directory], set func(p P, n int)) specimen[T, P] {
	return specimen[T, P]{
		make: func(tx *core.Tx, _ string) (P, error) {
			p, err := core.Get[T, P](tx, core.ID[T](dir))
			if err == nil {
				set(p, 1)
			}
			return p, err
		},
		change: func(p P, _ string) { set(p, 2) },
	}
}

// seen is what a record tells of itself.
type seen interface {
	Path() string
	Revision() uint64
	Created() core.Time
}

// behaves holds one noun to what every noun must do.
func behaves[T any, P core.Record[T]](t *testing.T, w *coretest.World, sp specimen[T, P]) {
	t.Helper()
	kind := P(nil).Kind()
	t.Run(kind.Name, func(t *testing.T) {
		info := w.App.KindNamed(kind.Name).Info()
		noun := strings.ToLower(kind.Noun[:1]) + kind.Noun[1:]
		var rec P
		put := func() error {
			return w.App.Update(w.Machine(), func(tx *core.Tx) (err error) {
				if rec, err = sp.make(tx, "one"); err != nil {
					return err
				}
				return core.Put[T, P](tx, rec)
			})
		}
		all := func() (n int) {
			w.View(t, func(tx *core.Tx) error {
				page, err := core.List[T, P](tx, nil, core.Query{Limit: 1000})
				if n = len(page.Items); n != page.Size {
					t.Errorf("a list of %d says it has %d", n, page.Size)
				}
				return err
			})
			return n
		}
		before, from := all(), now(t, w)
		ok(t, put())
		r := any(rec).(seen)
		if r.Revision() != 1 || r.Created() != core.At(w.Clock.Now()) || !strings.HasPrefix(r.Path(), kind.Name+"/") {
			t.Errorf("made as %s, rev %d, %v", r.Path(), r.Revision(), r.Created())
		}
		id, isID := core.IDOf[T](core.Ref(r.Path()))
		if !isID || all() != before+1 {
			t.Errorf("%s: %d records, then %d", r.Path(), before, all())
		}
		if lines, events := types(t, w, from); !strings.Contains(lines, noun+".create") || !strings.Contains(events, noun+".create") {
			t.Errorf("making it: audit %q, events %q", lines, events)
		}

		got, err := get[T, P](w, id)
		ok(t, err)
		if js(got) != js(rec) {
			t.Errorf("stored %s\nread   %s", js(rec), js(got))
		}
		loaded := any(nil)
		w.View(t, func(tx *core.Tx) (err error) {
			loaded, err = w.App.KindNamed(kind.Name).Load(tx, string(id))
			if alive, aerr := tx.Alive(core.RefTo(id)); err == nil && (aerr != nil || !alive) {
				t.Errorf("Alive = %v, %v", alive, aerr)
			}
			return err
		})
		if js(loaded) != js(rec) {
			t.Errorf("Load = %s", js(loaded))
		}
		for _, ix := range kind.Indexes {
			e, filed := ix.Key(rec)
			if !filed {
				continue
			}
			w.View(t, func(tx *core.Tx) error {
				found, err := core.FindAll[T, P](tx, ix, e.Owner, e.Value, 0)
				n := 0
				for _, f := range found {
					if any(f).(seen).Path() == r.Path() {
						n++
					}
				}
				if err != nil || n != 1 {
					t.Errorf("index %s finds it %d times, %v", ix.Name, n, err)
				}
				return nil
			})
		}

		if sp.change != nil {
			w.Clock.Turn(1e9)
			from = now(t, w)
			change[T, P](t, w, id, func(rec P) { sp.change(rec, "two") })
			got, err = get[T, P](w, id)
			ok(t, err)
			if rev := any(got).(seen).Revision(); rev < 2 {
				t.Errorf("changed, rev %d", rev)
			}
			if lines, events := types(t, w, from); !strings.Contains(lines, noun+".update") || !strings.Contains(events, noun+".update") {
				t.Errorf("changing it: audit %q, events %q", lines, events)
			}
		}
		if info.Custom {
			ok(t, w.App.Update(w.Machine(), func(tx *core.Tx) error {
				return core.MergeCustomData(tx, core.RefTo(id), custom("colour", `"red"`))
			}))
		} else {
			err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
				return core.MergeCustomData(tx, core.RefTo(id), custom("colour", `"red"`))
			})
			if !core.IsNotFound(err) {
				t.Errorf("custom data of a noun without: %v", err)
			}
		}
		w.Sound(t)

		anonymous := core.As(t.Context(), core.Actor{Kind: core.Anonymous, Tenant: w.Tenant})
		for name, do := range map[string]func(tx *core.Tx) error{
			"Get":      func(tx *core.Tx) error { _, err := core.Get[T, P](tx, id); return err },
			"List":     func(tx *core.Tx) error { _, err := core.List[T, P](tx, nil, core.Query{}); return err },
			"Put":      func(tx *core.Tx) error { return core.Put[T, P](tx, got) },
			"Delete":   func(tx *core.Tx) error { return core.Delete[T, P](tx, got) },
			"Validate": func(tx *core.Tx) error { return core.Validate[T, P](tx, got) },
		} {
			if err := w.App.Update(anonymous, do); core.AsError(err).Kind != core.Unauthenticated {
				t.Errorf("%s by nobody: %v", name, err)
			}
		}

		from = now(t, w)
		if err := remove[T, P](w, id); err != nil && !core.IsNotFound(err) {
			t.Fatal(err)
		}
		if lines, events := types(t, w, from); !strings.Contains(events, noun+".delete") || !strings.Contains(lines, noun+".delete") {
			t.Errorf("deleting it: audit %q, events %q", lines, events)
		}
		if got, err := get[T, P](w, id); !core.IsNotFound(err) && !kind.Part {
			t.Errorf("deleted, and read: %v", err)
		} else if kind.Part && any(got).(seen).Revision() != 0 {
			t.Errorf("a deleted part has revision %d", any(got).(seen).Revision())
		}
		if n := all(); n != before {
			t.Errorf("%d records before, %d after", before, n)
		}
		w.Settle(t)
		w.Sound(t)
		ok(t, put()) // what it had alone is free again
	})
}

func TestAKindIsRegisteredOnceAndInTime(t *testing.T) {
	panics := func(name, want string, fn func()) {
		t.Helper()
		defer func() {
			if p, _ := recover().(string); !strings.Contains(p, want) {
				t.Errorf("%s: panic %q, want %q in it", name, p, want)
			}
		}()
		fn()
	}
	app := core.New(mem.Open())
	core.Register[coretest.Badge](app)
	panics("twice", "registered twice", func() { core.Register[coretest.Badge](app) })
	panics("no key", "has no Name, Noun or Key", func() { core.Register[nameless](app) })
	panics("a key in use", "share the key", func() { core.Register[imposter](app) })
	w := newWorld(t)
	panics("late", "after the app has started", func() { coretest.Badges(w.App) })
	if w.App.KindNamed("badges") != nil || core.NounOf[coretest.Badge](w.App) != nil {
		t.Error("it is registered")
	}
	err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.Put(tx, &coretest.Badge{}) })
	if err == nil || !strings.Contains(err.Error(), "not registered") {
		t.Errorf("Put = %v", err)
	}
	err = w.App.View(w.Machine(), func(tx *core.Tx) error { return second(core.Get(tx, core.ID[coretest.Badge](core.NewID7()))) })
	if err == nil || !strings.Contains(err.Error(), "not registered") {
		t.Errorf("Get = %v", err)
	}
}

type nameless struct{ core.Base[nameless] }

func (*nameless) Kind() *core.Kind[nameless] { return &core.Kind[nameless]{Name: "nameless"} }

type imposter struct{ core.Base[imposter] }

func (*imposter) Kind() *core.Kind[imposter] {
	return &core.Kind[imposter]{Name: "imposters", Noun: "Imposter", Key: "acc"}
}

func TestKindsAreListedInTheOrderOfRegistration(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	var names []string
	for _, k := range w.App.Kinds() {
		info := k.Info()
		names = append(names, info.Name)
		if info.Type.Name() == "" || info.Hooked == nil {
			t.Errorf("%+v", info)
		}
	}
	if names[0] != "tenants" || names[len(names)-1] != "badges" {
		t.Errorf("%v", names)
	}
}

func TestAnAbsentPartIsAsOldAsItsOwnerAndSaysNothingNew(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	w.Clock.Turn(time.Hour)
	change(t, w, d.ID, func(d *core.Directory) { d.Description = "changed" })
	load := func(name string) (rec any) {
		t.Helper()
		w.View(t, func(tx *core.Tx) (err error) {
			rec, err = w.App.KindNamed(name).Load(tx, string(d.ID))
			return err
		})
		return rec
	}
	d, err := get(w, d.ID)
	ok(t, err)
	p := load("passwordPolicies").(*core.PasswordPolicy)
	if p.CreatedAt != d.CreatedAt || p.ModifiedAt != d.ModifiedAt || p.Rev != 0 {
		t.Errorf("%+v", p)
	}
	from := now(t, w)
	w.Update(t, func(tx *core.Tx) error { return w.App.KindNamed("passwordPolicies").Put(tx, p) })
	if lines, events := types(t, w, from); lines+events != "" {
		t.Errorf("defaults that are put leave %s %s", lines, events)
	}
	w.Clock.Turn(time.Hour)
	p.ResetTokenTTL = 1
	w.Update(t, func(tx *core.Tx) error { return w.App.KindNamed("passwordPolicies").Put(tx, p) })
	p = load("passwordPolicies").(*core.PasswordPolicy)
	if p.CreatedAt != d.CreatedAt || p.ModifiedAt != core.At(w.Clock.Now()) || p.Rev != 1 {
		t.Errorf("%+v", p)
	}
	for name, want := range map[string]string{"passwordStrengths": "passwordPolicies/7/strength", "passwordPolicies": "passwordPolicies/7"} {
		if got := w.App.KindNamed(name).Info().Where("7"); got != want {
			t.Errorf("%s is at %s, want %s", name, got, want)
		}
	}
}
