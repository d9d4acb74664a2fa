package apitest

import (
	"maps"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// Into exports the tenant and imports it into a new API on a store. Its Owner is this
// one's where operators and secrets come along, and else its own. Vars are the same.
func (a *API) Into(t testing.TB, s store.Store, x core.ExportOptions, plugins ...apis.Plugin) *API {
	t.Helper()
	lines := a.Exported(t, x)
	to := plugged(t, s, apis.Options{}, plugins)
	to.Keys[Owner] = Key{string(to.Key.ID), to.Secret}
	for _, r := range to.Import(t, lines, core.ImportOptions{Operators: x.Operators}).Refused {
		t.Errorf("%s: %s", r.What, r.Why)
	}
	maps.Copy(to.Vars, a.Vars)
	if to.Vars["tenant"] = string(to.Tenant); x.Operators && x.Secrets {
		to.Keys = a.Keys
	}
	return to
}
