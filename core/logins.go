package core

import (
	"errors"
	"slices"
	"sync/atomic"
)

// logins counts attempts to sign in by what became of them.
type logins map[string]*atomic.Uint64

// loginResults are what attempts are counted as: a success, a further factor that
// is asked for, the code of a refusal that is core's, "refused" by anything else
// (a hook), and "error" where nobody could say.
var loginResults = [...]string{"success", "factor", "unknown_login", "wrong_password", "account_disabled", "account_unverified",
	"group_disabled", "directory_disabled", "organization_disabled", "application_disabled", "tenant_disabled", "no_stores", "store_not_mapped",
	"organization_no_stores", "busy", HeldBack, "refused", "error"}

func newLogins() logins {
	l := logins{}
	for _, name := range loginResults {
		l[name] = new(atomic.Uint64)
	}
	return l
}

func (l logins) count(out Outcome, err error) { l[l.result(out, err)].Add(1) }

func (l logins) result(out Outcome, err error) string {
	if err == nil {
		if out.Done == nil {
			return "factor"
		}
		return "success"
	}
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok || e.Kind == Internal || e.Kind == Unavailable:
		return "error"
	case l[e.Code] != nil:
		return e.Code
	}
	return "refused"
}

// LoginResults are the names of what becomes of attempts to sign in.
func LoginResults() []string { return slices.Clone(loginResults[:]) }

// Logins are the attempts to sign in since the start, by what became of them; the
// names are always the same.
func (a *App) Logins() map[string]uint64 {
	all := make(map[string]uint64, len(a.logins))
	for name, n := range a.logins {
		all[name] = n.Load()
	}
	return all
}
