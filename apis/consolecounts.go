package apis

import (
	"cmp"
	"slices"

	"github.com/stormkeep/stormkeep/core"
)

func showCounts(r *request, _ string) error {
	var counts map[string]int
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) (err error) {
		counts, err = tx.Counts()
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(counts)
}

// otherTenant is a tenant whose console is at a place of its own. That somebody may enter
// it is not said: nobody is told who has an account there.
type otherTenant struct {
	Name    string `json:"name"`
	Key     string `json:"key"`
	Console string `json:"console"`
}

type otherTenants struct {
	Items []otherTenant `json:"items"`
	More  bool          `json:"more"` // there are more than are shown
}

// maxOtherTenants is how many tenants are looked at for those to be shown.
const maxOtherTenants = 200

// showOtherTenants lists the tenants that are enabled and have an issuer which is not the
// caller's, by their names.
func showOtherTenants(r *request, _ string) error {
	ids, err := r.srv.App.Tenants(r.c.Context())
	if err != nil {
		return err
	}
	own, _, err := r.srv.App.Issuers(r.c.Context(), r.who.actor.Tenant)
	if err != nil {
		return err
	}
	out := otherTenants{Items: []otherTenant{}, More: len(ids) > maxOtherTenants+1}
	for _, id := range ids[:min(len(ids), maxOtherTenants+1)] {
		if id == r.who.actor.Tenant {
			continue
		}
		t, err := r.srv.App.Tenant(r.c.Context(), id)
		if core.IsNotFound(err) {
			continue // it has just ended
		}
		if err != nil {
			return err
		}
		issuer, _, err := r.srv.App.Issuers(r.c.Context(), id)
		if err != nil {
			return err
		}
		if t.Status == core.Enabled && issuer != own {
			out.Items = append(out.Items, otherTenant{t.Name, t.Key, issuer + consolePath})
		}
	}
	slices.SortFunc(out.Items, func(x, y otherTenant) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Key, y.Key)) })
	return r.answer(out)
}
