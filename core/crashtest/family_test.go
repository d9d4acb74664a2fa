package crashtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// family is a sign-in and the tokens that came of it, as who holds them knows it.
type family struct {
	Client  core.ID[core.Client]
	Public  bool // whoever shows a spent token of it is a thief at once
	Offline bool // it outlives its session
	Session string
	Code    string
	Grant   core.ID[core.Grant]
	Tokens  []string // the good one last
	Out     bool     // its session was ended
	Over    bool     // its grant was ended
	Doing   string   `json:",omitempty"` // was in flight at a kill, and may be done or not
}

const familyPrefix = "families/"

func (f *family) value() string {
	b, _ := json.Marshal(f)
	return string(b)
}

// familyOf reads one that was kept, or nil.
func familyOf(value string) *family {
	f := &family{}
	if json.Unmarshal([]byte(value), f) != nil {
		return nil
	}
	return f
}

// live tells whether its newest token is good.
func (f *family) live() bool { return !f.Over && (f.Offline || !f.Out) }

// settle turns what was in flight into what is in doubt. What a child says once it
// knows how something ended was kept.
func (l *ledger) settle() {
	for w, open := range l.open {
		for name, doing := range open {
			if familyOf(doing) != nil {
				continue
			}
			f := familyOf(l.Kept[w][name])
			f.Doing = doing
			open[name] = f.value()
		}
		l.keep(w)
	}
}

// errLook undoes what a look at a token did.
var errLook = errors.New("it was only a look")

// look tries something and undoes it.
func look(app *core.App, p *plan, try func(tx *core.Tx) error) error {
	err := app.Update(core.AsMachine(background, p.Tenant), func(tx *core.Tx) error {
		if err := try(tx); err != nil {
			return err
		}
		return errLook
	})
	if errors.Is(err, errLook) {
		return nil
	}
	return err
}

// families says what of the kept families is not as it was acknowledged.
func families(open opener, p *plan, l *ledger) (wrong []string, err error) {
	app, s, err := open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for w, kept := range l.Kept {
		for name, value := range kept {
			f := familyOf(value)
			says, err := f.examine(app, p)
			if err != nil {
				return wrong, err
			}
			for _, text := range says {
				wrong = append(wrong, fmt.Sprintf("writer %d: %s: %s: %s", w, name, text, value))
			}
		}
	}
	more, err := app.Check(background, p.Tenant)
	slices.Sort(wrong)
	return append(wrong, more...), err
}

// examine shows each of the family's secrets, each as if nothing else had been shown.
func (f *family) examine(app *core.App, p *plan) (wrong []string, err error) {
	say := func(what, got string, allowed ...string) {
		if !slices.Contains(allowed, got) {
			wrong = append(wrong, fmt.Sprintf("%s is %s, and may be %s", what, got, strings.Join(allowed, " or ")))
		}
	}
	doubt := func(doings ...string) bool { return slices.Contains(doings, f.Doing) }
	err = look(app, p, func(tx *core.Tx) error {
		_, err := core.SessionBy(tx, f.Session)
		got, err := fate("good", err)
		say("the session", got, either(f.Out, doubt(signOut), "good")...)
		return err
	})
	if err == nil && f.Grant != "" {
		err = look(app, p, func(tx *core.Tx) error {
			_, err := core.LiveGrant(tx, f.Grant)
			got, err := fate("good", err)
			say("the grant", got, either(!f.live(), f.shaken(), "good")...)
			return err
		})
	}
	if err == nil {
		err = look(app, p, func(tx *core.Tx) error {
			got, err := f.redeem(tx)
			say("the code", got, either(f.Grant != "" || f.Out || f.Over, doubt(redeem, signOut), "good")...)
			return err
		})
	}
	for i := range f.Tokens {
		if err == nil {
			err = look(app, p, func(tx *core.Tx) error {
				got, err := f.refresh(tx, i)
				say(fmt.Sprintf("token %d of %d", i+1, len(f.Tokens)), got, f.allowed(i)...)
				return err
			})
		}
	}
	return wrong, err
}

// shaken tells whether what was in flight may have ended the grant.
func (f *family) shaken() bool {
	switch f.Doing {
	case replay:
		return true
	case signOut:
		return !f.Offline
	case refresh: // of a public client, that was killed in it before
		return f.Public
	}
	return false
}

// either is what may be: ended where it must be, good, or in doubt both.
func either(ended, doubt bool, good string) []string {
	switch {
	case ended:
		return []string{"ended"}
	case doubt:
		return []string{good, "ended"}
	}
	return []string{good}
}

// allowed is what may come of showing token i.
func (f *family) allowed(i int) []string {
	last := len(f.Tokens) - 1
	switch {
	case i == last:
		return either(!f.live(), f.shaken(), "replaced")
	case i == last-1 && !f.Public: // its answer may have been lost
		return either(!f.live(), f.shaken() || f.Doing == refresh, "answered again")
	}
	return []string{"ended"}
}

// fate is good, or ended; any other error is returned.
func fate(good string, err error) (string, error) {
	if core.IsEnded(err) {
		return "ended", nil
	}
	return good, err
}

// redeem shows the code. One that is shown again ends what came of it.
func (f *family) redeem(tx *core.Tx) (got string, err error) {
	c, err := core.Get(tx, f.Client)
	if err != nil {
		return "", err
	}
	_, err = core.Redeem(tx, core.Redemption{Client: c, Code: f.Code, RedirectURI: callback})
	if got, err = fate("good", err); err != nil || got == "good" {
		return got, err
	}
	return got, f.ended(tx, c)
}

// refresh shows token i, and tells what came of it.
func (f *family) refresh(tx *core.Tx, i int) (got string, err error) {
	c, err := core.Get(tx, f.Client)
	if err != nil {
		return "", err
	}
	out, err := core.Refresh(tx, c, f.Tokens[i])
	switch {
	case core.IsEnded(err):
		return "ended", f.ended(tx, c)
	case err != nil:
		return "", err
	case i+1 < len(f.Tokens) && out.Token == f.Tokens[i+1]:
		return "answered again", nil
	case slices.Contains(f.Tokens, out.Token):
		return "answered with a token of before", nil
	}
	return "replaced", nil
}

// ended refuses that the newest token is good after a spent one, or its code, was shown.
func (f *family) ended(tx *core.Tx, c *core.Client) error {
	if len(f.Tokens) == 0 {
		return nil
	}
	_, err := core.Refresh(tx, c, f.Tokens[len(f.Tokens)-1])
	if core.IsEnded(err) {
		return nil
	}
	return errors.Join(fmt.Errorf("the grant %s lives on", f.Grant), err)
}
