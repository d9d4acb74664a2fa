package crashtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// portal is where writers sign in, and by which clients.
type portal struct {
	Application   core.ID[core.Application]
	Confidential  core.ID[core.Client]
	Public        core.ID[core.Client] // which may show no spent token again
	Login, Secret string
}

const callback = "https://app.example.com/callback"

// What is done to a family, as a child says before it does it.
const (
	redeem  = "redeem"
	refresh = "refresh"
	replay  = "replay"
	signOut = "sign out"
)

// signingIn are the acts of writers that hold tokens. Each first does again what was in
// flight when its former self was killed.
var signingIn = []act{
	{6, (*writer).signIn},
	{8, func(w *writer) error { return w.family(redeem, (*writer).redeem) }},
	{20, func(w *writer) error { return w.family(refresh, (*writer).refresh) }},
	{3, func(w *writer) error { return w.family(replay, (*writer).replay) }},
	{2, func(w *writer) error { return w.family(signOut, (*writer).signOut) }},
}

// openPortal makes the application, its account and its clients.
func openPortal(open opener, p *plan) error {
	app, _, err := open()
	if err != nil {
		return err
	}
	at := &portal{Login: "ann", Secret: "Passw0rd-of-ann"}
	p.Portal = at
	ctx := core.AsMachine(background, p.Tenant)
	err = app.Update(ctx, func(tx *core.Tx) error {
		a := core.Make[core.Application]()
		a.Name = "Shop"
		if err := core.Put(tx, a); err != nil {
			return err
		}
		at.Application = a.ID
		m := &core.AccountStoreMapping{Application: a.ID, Store: core.RefTo(p.Shared), DefaultAccounts: true}
		if err := core.SaveMapping(tx, m); err != nil {
			return err
		}
		web, spa := core.Make[core.Client](), core.Make[core.Client]()
		web.Name, spa.Name, spa.Type, spa.RefreshGrace = "web", "spa", core.SpaClient, 0
		for _, c := range []*core.Client{web, spa} {
			c.Application, c.RedirectURIs = a.ID, []string{callback}
			if err := core.CreateClient(tx, c); err != nil {
				return err
			}
		}
		at.Confidential, at.Public = web.ID, spa.ID
		return nil
	})
	if err == nil {
		ann := core.Make[core.Account]()
		ann.Directory, ann.Username, ann.Email = p.Shared, at.Login, "ann@example.com"
		_, err = app.Register(ctx, core.Registration{Through: core.RefTo(p.Shared), Account: ann, Password: at.Secret})
	}
	return errors.Join(err, app.Close())
}

// signIn opens a session and has a client given a code.
func (w *writer) signIn() error {
	live := 0
	for _, name := range w.names(familyPrefix) {
		if familyOf(w.kept[familyPrefix+name]).live() {
			live++
		}
	}
	if live > 8 {
		return nil
	}
	out, err := w.app.Authenticate(w.ctx, core.Attempt{Application: w.portal.Application, Login: w.portal.Login, Password: w.portal.Secret})
	if err != nil {
		return err
	}
	f := &family{Client: w.portal.Confidential, Offline: w.rnd.IntN(2) == 0}
	if f.Public = w.rnd.IntN(2) == 0; f.Public {
		f.Client = w.portal.Public
	}
	err = w.app.Update(w.ctx, func(tx *core.Tx) error {
		c, err := core.Get(tx, f.Client)
		if err != nil {
			return err
		}
		token, s, err := core.OpenSession(tx, out.Done, w.portal.Application)
		if err != nil {
			return err
		}
		f.Session = token
		f.Code, err = core.NewCode(tx, core.Authorized{Client: c, Session: s, RedirectURI: callback, Named: true,
			Scopes: []string{"openid", "offline_access"}, Offline: f.Offline})
		return err
	})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return w.know(familyPrefix+w.word(), f)
}

// know says what became of a family.
func (w *writer) know(name string, f *family) error {
	f.Doing = ""
	return w.commit(values{name: f.value()}, func() error { return nil })
}

// family does something to one of the writer's, or what was in flight.
func (w *writer) family(doing string, do func(*writer, *family) (func(*core.Tx) error, bool)) error {
	var may []string
	for _, id := range w.names(familyPrefix) {
		if f := familyOf(w.kept[familyPrefix+id]); f.Doing == doing || f.Doing == "" && f.may(doing) {
			may = append(may, familyPrefix+id)
		}
	}
	name := w.any(may)
	if name == "" {
		return nil
	}
	f := familyOf(w.kept[name])
	again := f.Doing != ""
	fn, ends := do(w, f)
	w.say(line{W: w.n, Try: values{name: doing}})
	err := w.app.Update(w.ctx, fn)
	ended := core.IsEnded(err)
	if err != nil && !ended || ended != ends && !again {
		return fmt.Errorf("%s of %s, which is %s: %w", doing, name, w.kept[name], err)
	}
	if doing != signOut {
		f.Over = ended
	}
	return w.know(name, f)
}

// may tells what can be done to the family.
func (f *family) may(doing string) bool {
	switch doing {
	case redeem:
		return f.Grant == "" && !f.Out && !f.Over
	case refresh:
		return f.live() && f.Grant != ""
	case replay:
		return f.live() && f.Grant != "" && len(f.spent()) > 0
	}
	return !f.Out
}

// spent are the tokens that nobody may show again.
func (f *family) spent() []string {
	if f.Public {
		return f.Tokens[:max(0, len(f.Tokens)-1)]
	}
	return f.Tokens[:max(0, len(f.Tokens)-2)]
}

func (w *writer) redeem(f *family) (fn func(*core.Tx) error, ends bool) {
	return func(tx *core.Tx) error {
		c, err := core.Get(tx, f.Client)
		if err != nil {
			return err
		}
		r, err := core.Redeem(tx, core.Redemption{Client: c, Code: f.Code, RedirectURI: callback})
		if err != nil {
			return err
		}
		token, err := r.Grant.NewRefreshToken(tx, c)
		f.Grant, f.Tokens = r.Grant.ID, []string{token}
		return err
	}, false
}

// refresh shows the newest token, or where that is forgiven the one before.
func (w *writer) refresh(f *family) (fn func(*core.Tx) error, ends bool) {
	shown := f.Tokens
	if !f.Public && f.Doing == "" && len(shown) > 1 && w.rnd.IntN(4) == 0 {
		shown = shown[:len(shown)-1]
	}
	return func(tx *core.Tx) error {
		c, err := core.Get(tx, f.Client)
		if err != nil {
			return err
		}
		out, err := core.Refresh(tx, c, shown[len(shown)-1])
		if err != nil {
			return err
		}
		if f.Tokens = append(shown[:len(shown):len(shown)], out.Token); len(f.Tokens) > 6 {
			f.Tokens = f.Tokens[1:] // a child can tell only so much
		}
		return nil
	}, false
}

// replay shows what was spent: a token, or the code.
func (w *writer) replay(f *family) (fn func(*core.Tx) error, ends bool) {
	spent, code := w.any(f.spent()), w.rnd.IntN(3) == 0
	return func(tx *core.Tx) error {
		c, err := core.Get(tx, f.Client)
		if err != nil {
			return err
		}
		if code {
			_, err = core.Redeem(tx, core.Redemption{Client: c, Code: f.Code, RedirectURI: callback})
			return err
		}
		_, err = core.Refresh(tx, c, spent)
		return err
	}, true
}

func (w *writer) signOut(f *family) (fn func(*core.Tx) error, ends bool) {
	return func(tx *core.Tx) error {
		s, err := core.SessionBy(tx, f.Session)
		if err == nil {
			err = s.End(tx, "signed out")
		}
		f.Out = true
		return err
	}, false
}

func TestClass05_AKilledServerRevivesNoToken(t *testing.T) {
	rnd := seeded(t)
	dir := t.TempDir()
	if _, err := secret.CreateFile(filepath.Join(dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	data := folder(dir)
	p, l := signingInto(t, data), newLedger()
	for i := range turns(*kills, func() bool { return happened(l).enough(*kills) }) {
		p.Seed, p.Kept = rnd.Uint64(), l.Kept
		if err := p.write(dir); err != nil {
			t.Fatal(err)
		}
		if err := run(dir, l, 0, time.Duration(10+rnd.IntN(190))*time.Millisecond); err != nil {
			t.Fatalf("child %d: %v", i, err)
		}
		judge(t, data, p, l)
	}
	enough(t, l, *kills)
}

func TestClass05_APowerCutRevivesNoToken(t *testing.T) {
	rnd := seeded(t)
	left, ring := mem.Open(), &secret.Keyring{Current: secret.NewMaster()}
	data := func() (*core.App, store.Store, error) {
		s := kept{left}
		app, err := appOn(s, ring, os.Stderr)
		return app, s, err
	}
	p, l := signingInto(t, data), newLedger()
	for range turns(*cuts, func() bool { return happened(l).enough(*cuts) }) {
		p.Seed, p.Kept = rnd.Uint64(), l.Kept
		s := powered(left, rnd.Uint64())
		work(t, s, ring, p, l, time.Duration(5+rnd.IntN(100))*time.Millisecond)
		left = s.cut()
		judge(t, data, p, l)
	}
	enough(t, l, *cuts)
}

func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("seed %d", *seed)
	return rand.New(rand.NewPCG(*seed, 3))
}

func signingInto(t *testing.T, data opener) *plan {
	t.Helper()
	p, err := begin(data, *seed)
	if err == nil {
		err = openPortal(data, p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func judge(t *testing.T, data opener, p *plan, l *ledger) {
	t.Helper()
	l.settle()
	wrong, err := families(data, p, l)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("seed %d, after %d acknowledged writes: %v\n%s", *seed, l.acks, err, show(wrong))
	}
}

// enough refuses a run in which too little happened to prove anything.
func enough(t *testing.T, l *ledger, restarts int) {
	t.Helper()
	h := happened(l)
	t.Logf("%d restarts or more: %+v", restarts, h)
	if !h.enough(restarts) {
		t.Error("too little happened: this proves nothing")
	}
}

// happening is what has become of the families so far.
type happening struct{ Families, Spent, Ended, SignedOut, InDoubt, Acknowledged int }

func happened(l *ledger) (h happening) {
	h.Acknowledged = l.acks
	for _, kept := range l.Kept {
		for _, value := range kept {
			f := familyOf(value)
			h.Families++
			h.Spent += max(0, len(f.Tokens)-1)
			for n, yes := range map[*int]bool{&h.Ended: f.Over, &h.SignedOut: f.Out, &h.InDoubt: f.Doing != ""} {
				if yes {
					*n++
				}
			}
		}
	}
	return h
}

func (h happening) enough(restarts int) bool {
	return h.Acknowledged >= restarts && h.Spent >= restarts && h.Ended > 0 && h.SignedOut > 0
}
