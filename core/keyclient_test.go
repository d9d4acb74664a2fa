package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// A key's token is for an application that its account could sign in to, however the
// application comes by the account.
func TestWhichApplicationsAKeyReaches(t *testing.T) {
	s := newShop(t, coretest.New(t))
	admin := s.w.Key
	for _, c := range []struct {
		name string
		of   core.ID[core.Account]
		do   func(t *testing.T)
		want int
	}{
		{"by its directory", s.ann.ID, nil, 1},
		{"by a group", s.vic.ID, nil, 1},
		{"not in the group", s.out.ID, nil, 0},
		{"by an organization", s.out.ID, func(t *testing.T) {
			org := organization(t, s.w, "branch")
			mapOrg(t, s.w, org.ID, core.RefTo(s.club.ID))
			s.mapTo(t, core.RefTo(org.ID))
		}, 1},
		{"in two ways", s.vic.ID, nil, 1},
		{"an administrator", admin.Account, nil, 0},
		{"to which it is closed", s.ann.ID, func(t *testing.T) {
			change(t, s.w, s.app.ID, func(a *core.Application) { a.Status = core.Disabled })
		}, 0},
	} {
		if c.do != nil {
			c.do(t)
		}
		s.w.View(t, func(tx *core.Tx) error {
			apps, err := (&core.ApiKey{Account: c.of}).Reached(tx, 5)
			if err != nil || len(apps) != c.want {
				t.Errorf("%s: %v, %v", c.name, apps, err)
			}
			return nil
		})
	}
}
