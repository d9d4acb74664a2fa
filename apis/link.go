package apis

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/core"
)

// links serves the links between accounts, and the policies that say what a login
// makes of them (spec 18).
func (s *Server) links() {
	s.create(Route{Path: "accountLinks", Kind: "accountLinks", Body: "accountLinks", Summary: "Link two accounts"},
		func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
			rec, err := made(r, in, func(*core.AccountLink) error { return nil }, core.Put)
			return rec, malformedLink(err)
		})
	s.read(s.App.KindNamed("accountLinks"))
	s.remove(s.App.KindNamed("accountLinks"))
	list[core.AccountLink, *core.AccountLink]{page: func(r *request, id string, p page) (core.Page[*core.AccountLink], error) {
		acc := core.ID[core.Account](id)
		n, err := core.CountLinks(r.tx, acc)
		if err != nil {
			return core.Page[*core.AccountLink]{}, err
		}
		return paged(r, core.LinksOf(r.tx, acc), n, p)
	}}.serve(s, "accounts/:id/accountLinks", "List the links of an account")
	list[core.Account, *core.Account]{page: func(r *request, id string, p page) (core.Page[*core.Account], error) {
		acc := core.ID[core.Account](id)
		n, err := core.CountLinks(r.tx, acc)
		if err != nil {
			return core.Page[*core.Account]{}, err
		}
		return paged(r, core.LinkedAccounts(r.tx, acc), n, p)
	}}.serve(s, "accounts/:id/linkedAccounts", "List the accounts that an account is linked to")

	policies := s.App.KindNamed("accountLinkingPolicies")
	path := "accountLinkingPolicies/:id"
	s.get(Route{Path: path, Kind: policies.Info().Name, Summary: "Read one " + policies.Info().Noun}, func(r *request, id string) (any, error) {
		return present(core.LinkingPolicyOf(r.tx, core.ID[core.AccountLinkingPolicy](id)))
	})
	s.change(Route{Path: path, Kind: policies.Info().Name, Body: policies.Info().Name, Summary: "Change one " + policies.Info().Noun},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			p, err := core.LinkingPolicyOf(r.tx, core.ID[core.AccountLinkingPolicy](id))
			if err != nil {
				return nil, err
			}
			return r.write(policies, p, in, false)
		})
}

// malformedLink gives an href that leads to no account the number that links have
// for it (7502).
func malformedLink(err error) error {
	if err == nil {
		return nil
	}
	e := core.AsError(err)
	if e.Code != "invalid_reference" && e.Code != "wrong_type" {
		return err
	}
	known := *e
	known.Code = "link_malformed"
	return &known
}
