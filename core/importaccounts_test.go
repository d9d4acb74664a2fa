package core_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func TestAccountsAreImported(t *testing.T) {
	for _, s := range []struct {
		name  string
		world func(*core.App)
	}{{"by any engine", func(*core.App) {}}} {
		t.Run(s.name, func(t *testing.T) {
			w := coretest.On(t, storetest.Twice(mem.Open()), s.world)
			dir := w.Directory(t, "My Application Directory").ID
			do := func(o core.AccountImport, lines ...string) core.ImportReport {
				t.Helper()
				o.Directory = dir
				var all [][]byte
				for _, l := range lines {
					all = append(all, []byte(l))
				}
				r, err := w.App.ImportAccounts(w.Machine(), all, o)
				if err != nil {
					t.Fatal(err)
				}
				w.Sound(t)
				return r
			}
			bcrypt := `"passwordHash":"` + people2Hash + `"`
			for _, c := range []struct {
				name  string
				o     core.AccountImport
				lines []string
				want  string // made, changed, same, skipped
				why   []string
			}{
				{"with hashes and passwords", core.AccountImport{}, []string{
					`{"email":"ann@x.io","givenName":"Ann",` + bcrypt + `,"emailVerified":true,"createdAt":"2015-01-02T03:04:05Z","groups":["Crew","Press"]}`,
					`{"email":"bob@x.io","password":"` + coretest.Password + `","customData":{"plan":"gold"}}`,
					`{"email":"cat@x.io","status":"disabled"}`}, "3 0 0 0", nil},
				{"again", core.AccountImport{}, []string{`{"email":"ANN@x.io"}`, `{"email":"ann@x.io","givenName":"Ann",` + bcrypt + `}`}, "0 0 1 1", nil},
				{"again, refused", core.AccountImport{OnConflict: core.ConflictFail}, []string{`{"email":"ann@x.io","surname":"B"}`}, "0 0 0 0", []string{"Another account"}},
				{"again, put into it", core.AccountImport{OnConflict: core.ConflictUpdate}, []string{`{"email":"ann@x.io","surname":"B","groups":["Crew"]}`}, "0 1 0 0", nil},
				{"what is wrong is refused by itself", core.AccountImport{}, []string{`{"email":"no"}`, `{"email":"dan@x.io"}`, `[`, `{"odd":1}`,
					`{"email":"e@x.io","passwordHash":"crypt$x"}`, `{"email":"f@x.io","passwordHash":"$2a$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"}`,
					`{"email":"g@x.io","createdAt":"2999-01-01T00:00:00Z"}`, `{"email":"h@x.io","customData":{"-a":1}}`,
					`{"email":"i@x.io","password":"a","passwordHash":"b"}`, `{"email":"j@x.io","groups":["` + strings.Repeat("x", 256) + `"]}`}, "1 0 0 0",
					[]string{"invalid format", "no JSON", "odd", "unsupported", "costs too much", "future", "CustomData", "hash of one", "maximum length"}},
				{"of Stormpath's forms only", core.AccountImport{MCF: true}, []string{`{"email":"k@x.io","passwordHash":"pbkdf2_sha256$1$a$b"}`}, "0 0 0 0", []string{"neither bcrypt"}},
			} {
				r := do(c.o, c.lines...)
				if got := fmt.Sprint(r.Made, r.Changed, r.Same, r.Skipped); got != c.want || len(r.Refused) != len(c.why) {
					t.Errorf("%s: %s, want %s; %+v", c.name, got, c.want, r.Refused)
					continue
				}
				said := fmt.Sprint(r.Refused)
				for _, why := range c.why {
					if !strings.Contains(said, why) {
						t.Errorf("%s: not %q: %s", c.name, why, said)
					}
				}
			}
			for login, pw := range map[string]string{"bob@x.io": coretest.Password} {
				out, err := w.App.Authenticate(w.As(core.Support), core.Attempt{Application: w.Application(t, "My Application").ID, Login: login, Password: pw})
				if err != nil || out.Done == nil {
					t.Errorf("%s: %+v, %v", login, out, err)
				}
			}
			w.View(t, func(tx *core.Tx) error {
				ann, err := core.Find(tx, core.AccountEmail, string(dir), "ann@x.io")
				if err != nil {
					return err
				}
				n, err := core.Count(tx, core.MembershipsOf, core.Query{Owner: string(ann.ID)})
				if n != 2 || ann.Surname != "B" || ann.CreatedAt.Year() != 2015 || ann.EmailVerificationStatus != core.AddressVerified {
					t.Errorf("%d groups, %+v", n, ann)
				}
				return err
			})
		})
	}
}

// A batch is one audit line, and others hear of its records only if they are to.
func TestAnImportIsAuditedByTheBatch(t *testing.T) {
	w := coretest.New(t, func(a *core.App) {
		a.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
			if e.New.Email == "robot@x.io" {
				return core.Refuse("email", "No robots.")
			}
			return nil
		})
	})
	dir := w.Directory(t, "My Application Directory").ID
	for _, c := range []struct {
		events              bool
		email               string
		audit, heard, wrong int
	}{{false, "a@x.io", 1, 0, 0}, {true, "b@x.io", 1, 1, 0}, {false, "robot@x.io", 0, 0, 1}} {
		audit, heard := lengths(t, w)
		r, err := w.App.ImportAccounts(w.Machine(), [][]byte{[]byte(`{"email":"` + c.email + `"}`)}, core.AccountImport{Directory: dir, Events: c.events})
		if err != nil || len(r.Refused) != c.wrong {
			t.Errorf("%s: %+v, %v", c.email, r, err)
		}
		a, h := lengths(t, w)
		if a-audit != c.audit || h-heard != c.heard {
			t.Errorf("%s: %d lines and %d events, want %d and %d", c.email, a-audit, h-heard, c.audit, c.heard)
		}
	}
	if _, err := w.App.ImportAccounts(w.As(core.Owner), nil, core.AccountImport{Directory: dir}); err == nil {
		t.Error("an owner imports over the network")
	}
}

func lengths(t *testing.T, w *coretest.World) (audit, events int) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		for _, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			audit++
		}
		for _, err := range tx.Outbox(0) {
			if err != nil {
				return err
			}
			events++
		}
		return nil
	})
	return audit, events
}

func FuzzAnImportedAccountIsTakenOrRefused(f *testing.F) {
	for _, line := range []string{`{"email":"a@x.io"}`, `{"username":"\u0000","customData":{"a":[[[1]]]}}`, `{"groups":[""]}`, `{"createdAt":"x"}`, `{"status":7}`} {
		f.Add([]byte(line))
	}
	w := coretest.New(f)
	dir := w.Directory(f, "My Application Directory").ID
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := w.App.ImportAccounts(w.Machine(), [][]byte{line}, core.AccountImport{Directory: dir})
		if err != nil || r.Made+r.Same+r.Skipped+len(r.Refused) != 1 {
			t.Errorf("%q: %+v, %v", line, r, err)
		}
	})
}

func BenchmarkImportAccounts(b *testing.B) {
	s, err := bolt.Open(filepath.Join(b.TempDir(), "x.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	w := coretest.On(b, s)
	dir := w.Directory(b, "My Application Directory").ID
	n := 0
	for b.Loop() {
		var lines [][]byte
		for range 5000 {
			line, _ := json.Marshal(core.ImportedAccount{Email: fmt.Sprintf("p%09d@x.io", n), Username: fmt.Sprintf("p%09d", n), GivenName: "Ann", Surname: "Person", PasswordHash: people2Hash})
			lines = append(lines, line)
			n++
		}
		if r, err := w.App.ImportAccounts(w.Machine(), lines, core.AccountImport{Directory: dir}); err != nil || r.Made != 5000 {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/account")
}
