package core_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// as is a context in which an account acts by a session.
func (p *portal) as(acc core.ID[core.Account], s core.ID[core.Session]) context.Context {
	return core.As(context.Background(), core.Actor{Kind: core.BySession, Tenant: p.w.Tenant, Account: acc, Session: string(s), IP: "198.51.100.7"})
}

// herself does something as an account.
func (p *portal) herself(acc core.ID[core.Account], s core.ID[core.Session], do func(me *core.Self) error) error {
	return p.w.App.Update(p.as(acc, s), func(tx *core.Tx) error {
		me, err := core.SelfOf(tx)
		if err != nil {
			return err
		}
		return do(me)
	})
}

func TestAnOwnerActsByALiveSessionOfHersAndMayNothingElse(t *testing.T) {
	p := portalOn(t, memory())
	_, mine := p.open(t, "ann@example.com")
	_, other := p.open(t, "vic@example.com")
	_, over := p.open(t, "ann@example.com")
	p.with(t, over.ID, func(tx *core.Tx, s *core.Session) error { return s.End(tx, "over") })
	nothing := func(*core.Self) error { return nil }
	for name, c := range map[string]struct {
		session core.ID[core.Session]
		want    string
	}{"hers": {mine.ID, ""}, "another's": {other.ID, "ended"}, "one that is over": {over.ID, "ended"}, "none": {"", "ended"}, "no id": {"a/b", "ended"}} {
		wantCode(t, name, p.herself(p.ann.ID, c.session, nothing), c.want)
	}
	err := p.w.App.View(p.w.Machine(), func(tx *core.Tx) error {
		_, err := core.SelfOf(tx)
		return err
	})
	wantCode(t, "a command", err, "forbidden")
	ctx := p.as(p.ann.ID, mine.ID)
	wantCode(t, "her account as any other", p.w.App.View(ctx, func(tx *core.Tx) error {
		_, err := core.Get(tx, p.ann.ID)
		return err
	}), "unauthenticated")
	wantCode(t, "a record", p.w.App.Update(ctx, func(tx *core.Tx) error { return core.Delete(tx, p.web) }), "unauthenticated")

	p.w.Clock.Turn(7 * time.Hour)
	s, acc, err := p.w.App.UseSession(ctx)
	if err != nil || s.ID != mine.ID || acc.ID != p.ann.ID {
		t.Fatalf("%v %v %v", s, acc, err)
	}
	p.w.Clock.Turn(7 * time.Hour)
	_, _, err = p.w.App.UseSession(ctx)
	wantCode(t, "what is used lasts", err, "")
	p.w.Clock.Turn(8 * time.Hour)
	_, _, err = p.w.App.UseSession(ctx)
	wantCode(t, "what is not used does not", err, "ended")
}

func profile(user, given, middle, surname string) core.Profile {
	return core.Profile{Username: user, GivenName: given, MiddleName: middle, Surname: surname}
}

func TestAnOwnersProfile(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		change(t, p.w, core.ID[core.AccountSchema](p.ann.Directory), func(s *core.AccountSchema) { s.Surname = true })
		for name, c := range map[string]struct {
			profile core.Profile
			want    string
		}{
			"all":                         {profile("ann", "Ann", "May", "Lee"), ""},
			"her address as a user name":  {profile("ANN@example.com", "Ann", "", "Lee"), ""},
			"an address of somebody else": {profile("eve@example.org", "Ann", "", "Lee"), "not_own_address"},
			"no user name":                {profile("", "Ann", "", "Lee"), "required"},
			"what the directory wants":    {profile("ann", "Ann", "", ""), "required"},
			"too long":                    {profile("ann", strings.Repeat("a", 256), "", "Lee"), "too_long"},
		} {
			wantCode(t, name, p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { return me.SetProfile(c.profile) }), c.want)
		}
		lines := linesOf(t, p.w, core.RefTo(p.ann.ID))
		if a := lines[len(lines)-1].Actor; a.Kind != core.BySession || a.Account != p.ann.ID || a.Session != string(ses.ID) || a.IP == "" {
			t.Errorf("audited as %+v", a)
		}
	})
}

// What gives an account away wants a proof that is fresh, whatever else is right.
func TestWhatGivesAnAccountAwayWantsAFreshProof(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		_, ses := p.open(t, "ann@example.com")
		ctx := func() context.Context { return p.as(p.ann.ID, ses.ID) }
		mail := func() error {
			return p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { return me.RequestEmail(p.app.ID, "next@example.com") })
		}
		p.w.Clock.Turn(core.StepUp)
		wantCode(t, "an address", mail(), "step_up")
		wantCode(t, "a password", p.w.App.ChangeOwnPassword(ctx(), "N3wPassword!"), "step_up")
		wantCode(t, "the end", p.w.App.DeleteOwn(ctx()), "step_up")

		prove := func(login string) (token string, err error) {
			done := p.signIn(t, login)
			err = p.herself(p.ann.ID, ses.ID, func(me *core.Self) (err error) {
				token, err = me.Prove(done, p.app.ID)
				return err
			})
			return token, err
		}
		_, err := prove("vic@example.com")
		wantCode(t, "somebody else's proof", err, "ended")
		wantCode(t, "an address after that", mail(), "step_up")
		token, err := prove("ann@example.com")
		ok(t, err)
		got, err := p.by(token)
		if err != nil || got.ID != ses.ID || !got.AuthTime.After(ses.AuthTime.Time) {
			t.Fatalf("%+v %v", got, err)
		}
		p.w.Clock.Turn(core.StepUp - time.Second)
		wantCode(t, "an address, in time", mail(), "")
		path, _ := letterTo(t, p.w, "next@example.com")
		if path == "" {
			t.Error("no mail")
		}
	})
}

// Who asks for an address that another account has hears what everybody hears.
func TestAnOwnerDoesNotLearnWhoHasAnAddress(t *testing.T) {
	p := portalOn(t, memory())
	_, ses := p.open(t, "ann@example.com")
	bob := p.w.Person(t, p.ann.Directory, "bob@example.com")
	wantCode(t, "a taken one", p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { return me.RequestEmail(p.app.ID, bob.Email) }), "")
	p.w.Settle(t)
	for _, m := range p.w.Post.All() {
		if m.To.Addr == bob.Email {
			t.Errorf("a mail: %+v", m)
		}
	}
	wantCode(t, "no address", p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { return me.RequestEmail(p.app.ID, "x") }), "invalid_format")
}

func TestAnOwnersNewPasswordKeepsTheSessionItWasMadeIn(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		mine, ses := p.open(t, "ann@example.com")
		other, away := p.open(t, "ann@example.com")
		g, _ := p.grant(t, away.ID, p.web, offline)
		wantCode(t, "a weak one", p.w.App.ChangeOwnPassword(p.as(p.ann.ID, ses.ID), "short"), "too_short")
		_, err := p.by(other)
		wantCode(t, "the other session, so far", err, "")
		ok(t, p.w.App.ChangeOwnPassword(p.as(p.ann.ID, ses.ID), "N3wPassword!"))
		_, err = p.by(mine)
		wantCode(t, "the session", err, "")
		_, err = p.by(other)
		wantCode(t, "the other session", err, "ended")
		wantCode(t, "a grant", p.live(g.ID), "ended")
		_, err = p.w.App.Authenticate(p.w.Machine(), core.Attempt{Application: p.app.ID, Login: "ann@example.com", Password: coretest.Password})
		wantCode(t, "the former password", err, "wrong_password")
		_, err = p.w.App.Authenticate(p.w.Machine(), core.Attempt{Application: p.app.ID, Login: "ann@example.com", Password: "N3wPassword!"})
		wantCode(t, "the new one", err, "")
	})
}

func TestAnOwnerDeletesHerAccount(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		token, ses := p.open(t, "ann@example.com")
		g, refresh := p.grant(t, ses.ID, p.web, offline)
		kept := func(to bool) { change(t, p.w, p.ann.Directory, func(d *core.Directory) { d.KeepsAccounts = to }) }
		end := func() error { return p.w.App.DeleteOwn(p.as(p.ann.ID, ses.ID)) }
		kept(true)
		wantCode(t, "where accounts stay", end(), "kept_account")
		kept(false)
		ok(t, end())
		_, err := p.by(token)
		wantCode(t, "the session", err, "ended")
		wantCode(t, "a grant", p.live(g.ID), "ended")
		_, err = p.refresh(p.web, refresh)
		wantCode(t, "a refresh token", err, "ended")
		wantCode(t, "once more", end(), "ended")
		_, err = p.w.App.Authenticate(p.w.Machine(), core.Attempt{Application: p.app.ID, Login: "ann@example.com", Password: coretest.Password})
		wantCode(t, "a sign-in", err, "unknown_login")
	})
}

func TestAnOperatorDoesNotDeleteHerOwnAccount(t *testing.T) {
	for _, role := range []core.Role{core.Owner, core.Auditor} {
		p := portalOn(t, memory())
		admins := p.w.Application(t, "Stormpath").ID
		acc := p.w.Person(t, p.w.Directory(t, "Stormpath Administrators").ID, "hannah@example.com")
		out, err := p.w.App.Authenticate(p.w.Machine(), core.Attempt{Application: admins, Login: acc.Username, Password: coretest.Password})
		ok(t, err)
		var ses *core.Session
		p.w.Update(t, func(tx *core.Tx) (err error) {
			_, ses, err = core.OpenSession(tx, out.Done, admins)
			return err
		})
		p.w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, acc.ID, role) })
		wantCode(t, string(role), p.w.App.DeleteOwn(p.as(acc.ID, ses.ID)), "operator_account")
		wantCode(t, "her profile", p.herself(acc.ID, ses.ID, func(me *core.Self) error { return me.SetProfile(profile("hannah", "H", "", "G")) }), "")
	}
}

// Whoever came by a link to her account showed the password of another one: that is the
// one she changes, and by which she proves who she is.
func TestThePasswordIsThatOfWhomALinkLedFrom(t *testing.T) {
	p := portalOn(t, memory())
	link(t, p.w, p.ann.ID, p.vic.ID)
	done := p.signIn(t, "ann@example.com")
	done.From = p.vic.ID
	var ses *core.Session
	p.w.Update(t, func(tx *core.Tx) (err error) {
		if done.Stamp, err = done.Bond(p.app.ID).Stamp(tx); err != nil {
			return err
		}
		_, ses, err = core.OpenSession(tx, done, p.app.ID)
		return err
	})
	if ses.Through != p.app.ID || ses.Store != "" {
		t.Errorf("%+v", ses)
	}
	direct := p.signIn(t, "ann@example.com")
	wantCode(t, "a proof of her own", p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { _, err := me.Prove(direct, p.app.ID); return err }), "ended")
	wantCode(t, "the same proof", p.herself(p.ann.ID, ses.ID, func(me *core.Self) error { _, err := me.Prove(done, p.app.ID); return err }), "")
	ok(t, p.w.App.ChangeOwnPassword(p.as(p.ann.ID, ses.ID), "N3wPassword!"))
	p.signIn(t, "ann@example.com")
	_, err := p.login("vic@example.com", coretest.Password)
	wantCode(t, "the former one", err, "wrong_password")
	_, err = p.login("vic@example.com", "N3wPassword!")
	wantCode(t, "the new one", err, "")
	wantCode(t, "the session", p.herself(p.ann.ID, ses.ID, func(*core.Self) error { return nil }), "")
}
