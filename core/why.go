package core

import (
	"errors"
	"fmt"
)

// The states of a WhyCheck.
const (
	WhyPassed     = "passed"
	WhyFailed     = "failed"
	WhyNotReached = "notReached"
)

// WhyCheck is one condition of signing in, and whether an account meets it.
type WhyCheck struct {
	Name  string `json:"name"`
	State string `json:"state"`
	Text  string `json:"text"` // of what was not reached ""
}

// Why tells whether an account could sign in to an application now with its password, and
// which is the first condition that it does not meet: Rule is the code of the refusal that
// it would get, and Fix what an operator can do about it.
type Why struct {
	OK     bool       `json:"ok"`
	Checks []WhyCheck `json:"checks"`
	Rule   string     `json:"rule"`
	Fix    string     `json:"fix"`
}

// whySteps are the conditions in the order in which signing in asks for them, with the
// codes of refusals that belong to them and what mends these.
var whySteps = [...]struct {
	name, passed string
	fixes        map[string]string
}{
	{"tenant", "The tenant is enabled.", map[string]string{"tenant_disabled": "Enable the tenant on the machine."}},
	{"application", "The application is enabled.", map[string]string{"application_disabled": "Enable the application."}},
	{"stores", "The application has account stores.", map[string]string{"no_stores": "Map the directory of the account, or a group it is in, to the application."}},
	{"mapping", "An account store of the application holds the account.", map[string]string{"store_not_mapped": "Map the directory of the account, or a group it is in, to the application."}},
	{"login", "The name of the account leads to it.", map[string]string{"unknown_login": "Another account of a store before has the same name: change one of the names, or the order of the stores."}},
	{"account", "The account is enabled.", map[string]string{"account_disabled": "Enable the account."}},
	{"email", "Nothing waits for the address to be confirmed.", map[string]string{"account_unverified": "Have the mail sent once more, or set the status of the account to ENABLED."}},
	{"group", "The group through which it is found is enabled.", map[string]string{"group_disabled": "Enable the group."}},
	{"directory", "The directory is enabled.", map[string]string{"directory_disabled": "Enable the directory."}},
	{"organization", "The organization through which it is found is enabled.", map[string]string{"organization_disabled": "Enable the organization."}},
	{"password", "The account has a password.", map[string]string{"wrong_password": "Send a mail by which to set a password."}},
	{"links", "No account link leads to an account that is refused.", map[string]string{"linked_refused": "Look at the account to which the link leads."}},
	{"tries", "Nobody is slowed down by wrong tries.", nil},
}

// WhyNot walks through what signing in asks of an account at an application, without a
// password and without a trace. Whoever may read may ask.
func WhyNot(tx *Tx, id ID[Account], app ID[Application]) (*Why, error) {
	acc, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	if _, err := Get(tx, app); err != nil {
		return nil, err
	}
	sys := tx.trusted()
	refused, tries, err := refusalOf(sys, acc, app)
	if err != nil {
		return nil, err
	}
	w := &Why{OK: refused == nil, Checks: []WhyCheck{}}
	state := WhyPassed
	for _, step := range whySteps {
		c := WhyCheck{step.name, state, step.passed}
		if refused != nil {
			if fix, mine := step.fixes[refused.Code]; mine {
				c.State, c.Text, state = WhyFailed, refused.Error(), WhyNotReached
				w.Rule, w.Fix = refused.Code, fix
			}
		}
		if c.State == WhyNotReached {
			c.Text = ""
		}
		if step.name == "tries" && c.State == WhyPassed && tries > 0 {
			c.Text = fmt.Sprintf("%d wrong tries from devices it does not know in the last hour: such devices may have to wait.", tries)
		}
		w.Checks = append(w.Checks, c)
	}
	return w, nil
}

// refusalOf is why the account could not sign in, nil if it could, and how many wrong tries
// strangers have made at it.
func refusalOf(tx *Tx, acc *Account, app ID[Application]) (refused *Error, tries int, err error) {
	f, err := lookUp(tx, Attempt{Application: app, Login: acc.Username})
	if err == nil {
		var stands error
		if stands, tries, err = f.standing(tx, acc); err == nil {
			err = stands
		}
	}
	if err == nil {
		return nil, tries, nil
	}
	if e, ok := errors.AsType[*Error](err); ok && e.Kind == Invalid {
		return e, tries, nil
	}
	return nil, 0, err
}

// standing is what stands against an account that was looked up by its user name.
func (f *found) standing(tx *Tx, acc *Account) (refused error, tries int, err error) {
	stores, err := f.stores(tx, "")
	if err != nil {
		return nil, 0, err
	}
	held := false
	for _, s := range stores {
		in, err := holds(tx, s.ref, acc)
		if err != nil {
			return nil, 0, err
		}
		held = held || in
	}
	switch {
	case !held:
		return loginError("store_not_mapped", "Login attempt failed.", "No account store of the application holds the account."), 0, nil
	case f.account == nil || f.account.ID != acc.ID:
		return loginError("unknown_login", "Login attempt failed.", "The name of the account leads to another one."), 0, nil
	case f.refusal != nil:
		return f.refusal, 0, nil
	case f.sec.PasswordHash == "":
		return loginError("wrong_password", "Login attempt failed.", "The account has no password."), 0, nil
	}
	end, err := f.follow(tx)
	if err != nil {
		return nil, 0, err
	}
	if end.refusal != nil {
		return loginError("linked_refused", "Login attempt failed.", "The account to which a link leads is refused: "+end.refusal.Error()), 0, nil
	}
	if err := f.drawOn(tx, Attempt{Login: acc.Username}); err != nil {
		return nil, 0, err
	}
	for _, b := range f.buckets {
		n, err := tx.failuresOf(b)
		if err != nil {
			return nil, 0, err
		}
		tries += n.N
	}
	return nil, tries, nil
}
