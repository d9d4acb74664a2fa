package crashtest

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

var background = context.Background()

// doorPrefix begins the doors of the logins that writers made, so that each can be
// told in the audit log.
const doorPrefix = "crash-"

// jobKind is what writers enqueue.
const jobKind = "crashtest"

// everything is more than any list holds.
const everything = 1 << 30

func dataFile(dir string) string { return filepath.Join(dir, "stormkeep.db") }

// opener opens the data and builds an app on it that is unlocked and not started.
type opener func() (*core.App, store.Store, error)

// folder opens the data in dir.
func folder(dir string) opener {
	return func() (*core.App, store.Store, error) { return open(dir, os.Stderr) }
}

func open(dir string, log io.Writer) (*core.App, store.Store, error) {
	ring, err := secret.LoadFile(filepath.Join(dir, "master.key"))
	if err != nil {
		return nil, nil, err
	}
	s, err := bolt.Open(dataFile(dir), bolt.Options{LockTimeout: 5 * time.Second})
	if err != nil {
		return nil, nil, err
	}
	app, err := appOn(s, ring, log)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return app, s, nil
}

func appOn(s store.Store, ring *secret.Keyring, log io.Writer) (*core.App, error) {
	app := core.New(s)
	app.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelError}))
	app.Passwords = hasher
	app.Lifetimes.Code = time.Hour // longer than a run
	return app, app.Unlock(background, ring)
}

// The comparable forms of records. They are lists of strings as JSON, so that a
// writer can read them again.

func accountValue(a *core.Account) string {
	return list(string(a.Directory), a.Username, a.Email, a.GivenName, a.Surname, string(a.Status))
}

func groupValue(g *core.Group) string {
	return list(string(g.Directory), g.Name, g.Description, string(g.Status))
}

func directoryValue(d *core.Directory) string { return list(d.Name, d.Description, string(d.Status)) }

func applicationValue(a *core.Application) string {
	return list(a.Name, a.Description, string(a.Status))
}

func mappingValue(index int, accounts, groups bool) string {
	return fmt.Sprintf("%d %t %t", index, accounts, groups)
}

func list(all ...string) string {
	b, _ := json.Marshal(all)
	return string(b)
}

// dataValue is custom data by key, with the long values as their hash.
func dataValue(all map[string]json.RawMessage) string {
	short := map[string]string{}
	for key, v := range all {
		short[key] = string(v)
		if len(v) > 64 {
			short[key] = fmt.Sprintf("%d bytes %x", len(v), sha256.Sum256(v))
		}
	}
	if len(short) == 0 {
		return ""
	}
	b, _ := json.Marshal(short)
	return string(b)
}

// trail is the audit log and the outbox as far as they have been read.
type trail struct {
	seen   uint64
	doors  values
	events map[uint64]string
}

func newTrail() *trail { return &trail{doors: values{}, events: map[uint64]string{}} }

// inspect reads all that writers write.
func inspect(app *core.App, tenant core.ID[core.Tenant], t *trail, done map[string]bool) (is values, wrong []string, err error) {
	err = app.View(core.AsMachine(background, tenant), func(tx *core.Tx) error {
		is = values{}
		for name := range done {
			is[name] = "queued"
		}
		for j, err := range tx.Pending {
			if err != nil {
				return err
			}
			var name string
			if err := json.Unmarshal(j.Payload, &name); j.Kind == jobKind && err == nil {
				is["jobs/"+name] = "queued"
			}
		}
		if err := inspectRecords(tx, is, &wrong); err != nil {
			return err
		}
		if err := t.read(tx, &wrong); err != nil {
			return err
		}
		is.set(t.doors)
		return nil
	})
	return is, wrong, err
}

func inspectRecords(tx *core.Tx, is values, wrong *[]string) error {
	all := core.Query{Limit: everything}
	apps, err1 := core.List[core.Application](tx, nil, all)
	dirs, err2 := core.List[core.Directory](tx, nil, all)
	groups, err3 := core.List[core.Group](tx, nil, all)
	accounts, err4 := core.List[core.Account](tx, nil, all)
	members, err5 := core.List[core.GroupMembership](tx, nil, all)
	mappings, err6 := core.List[core.AccountStoreMapping](tx, nil, all)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return err
	}
	defaults := map[core.ID[core.Application]][2]core.ID[core.AccountStoreMapping]{}
	for _, m := range mappings.Items {
		name := "mappings/" + string(m.Application) + "/" + string(m.Store)
		is[name] += mappingValue(m.ListIndex, m.DefaultAccounts, m.DefaultGroups) // two of one pair are wrong
		d := defaults[m.Application]
		if m.DefaultAccounts {
			d[0] = m.ID
		}
		if m.DefaultGroups {
			d[1] = m.ID
		}
		defaults[m.Application] = d
	}
	for _, a := range apps.Items {
		is[a.Path()] = applicationValue(a)
		if d := defaults[a.ID]; a.DefaultAccountStore != d[0] || a.DefaultGroupStore != d[1] {
			*wrong = append(*wrong, fmt.Sprintf("%s has the default stores %s and %s, its mappings say %s", a.Path(), a.DefaultAccountStore, a.DefaultGroupStore, d))
		}
	}
	for _, d := range dirs.Items {
		is[d.Path()] = directoryValue(d)
	}
	for _, m := range members.Items {
		is["members/"+string(m.Group)+"/"+string(m.Account)] += "member"
	}
	for _, g := range groups.Items {
		is[g.Path()] = groupValue(g)
		if err := inspectData(tx, is, core.RefTo(g.ID)); err != nil {
			return err
		}
	}
	for _, a := range accounts.Items {
		is[a.Path()] = accountValue(a)
		if err := inspectData(tx, is, core.RefTo(a.ID)); err != nil {
			return err
		}
		sec, err := core.Get(tx, core.ID[core.Security](a.ID))
		if err != nil {
			return err
		}
		is.set(values{a.Path() + "/password": sec.PasswordHash})
	}
	return nil
}

func inspectData(tx *core.Tx, is values, owner core.Ref) error {
	d, err := core.GetCustomData(tx, owner)
	if err == nil {
		is.set(values{owner.Path() + "/data": dataValue(d.Values)})
	}
	return err
}

// read reads on in the audit log and the outbox: they share one sequence without
// gaps, in which each line of the one stands beside the other's of the same deed.
func (t *trail) read(tx *core.Tx, wrong *[]string) error {
	type entry struct {
		seq         uint64
		audit       bool
		what, plain string
	}
	var all []entry
	for l, err := range tx.AuditLog(t.seen) {
		if err != nil {
			return err
		}
		all = append(all, entry{l.Seq, true, l.Type + " " + string(l.Ref), "audit"})
		if door := l.Note["door"]; strings.HasPrefix(door, doorPrefix) {
			t.doors["logins/"+door] += l.Type
		}
	}
	for e, err := range tx.Outbox(t.seen) {
		if err != nil {
			return err
		}
		what := e.Type + " " + string(e.Ref)
		all = append(all, entry{e.Seq, false, what, "event"})
		t.events[e.Seq] = what
	}
	slices.SortFunc(all, func(a, b entry) int { return int(int64(a.seq) - int64(b.seq)) })
	for i, e := range all {
		if want := t.seen + uint64(i) + 1; e.seq != want {
			*wrong = append(*wrong, fmt.Sprintf("sequence: %s %d where %d is due", e.plain, e.seq, want))
			break
		}
		if i%2 == 1 && (all[i-1].audit == e.audit || all[i-1].what != e.what) {
			*wrong = append(*wrong, fmt.Sprintf("audit and events out of step at %d: %s %s beside %s %s", e.seq, all[i-1].plain, all[i-1].what, e.plain, e.what))
			break
		}
	}
	if len(all)%2 == 1 {
		*wrong = append(*wrong, fmt.Sprintf("audit and events out of step: %s stands alone", all[len(all)-1].what))
	}
	if len(all) > 0 {
		t.seen = all[len(all)-1].seq
	}
	return nil
}
