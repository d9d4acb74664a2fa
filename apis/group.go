package apis

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/core"
)

// groups serves groups and memberships (spec 10).
func (s *Server) groups() {
	s.resource(s.App.KindNamed("groups"))
	list[core.Account, *core.Account]{page: func(r *request, id string, p page) (core.Page[*core.Account], error) {
		store := core.RefTo(core.ID[core.Group](id))
		n, err := core.CountAccounts(r.tx, store)
		if err != nil {
			return core.Page[*core.Account]{}, err
		}
		return paged(r, core.AccountsIn(r.tx, store), n, p)
	}, within: func(r *request, id string) ([]core.Scope[core.Account], error) {
		return accountsOf(r, []core.Ref{core.RefTo(core.ID[core.Group](id))})
	}}.serve(s, "groups/:id/accounts", "List the accounts in a group")
	list[core.GroupMembership, *core.GroupMembership]{page: children(core.MembersOf)}.
		serve(s, "groups/:id/accountMemberships", "List the memberships of a group")
	atHand(func(r *request, id string) ([]*core.Application, error) {
		g, err := core.Get(r.tx, core.ID[core.Group](id))
		if err != nil {
			return nil, err
		}
		return core.ApplicationsOf(r.tx, core.RefTo(g.ID), core.RefTo(g.Directory))
	}).serve(s, "groups/:id/applications", "List the applications that show a group")

	s.create(Route{Path: "groupMemberships", Kind: "groupMemberships", Body: "groupMemberships", Summary: "Put an account into a group"},
		func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
			return made(r, in, func(*core.GroupMembership) error { return nil }, core.Put)
		})
	s.read(s.App.KindNamed("groupMemberships"))
	s.remove(s.App.KindNamed("groupMemberships"))
}

// createGroup makes a group in the directory of that id.
func createGroup(r *request, id string, in map[string]json.RawMessage) (any, error) {
	d, err := core.Get(r.tx, core.ID[core.Directory](id))
	if err != nil {
		return nil, err
	}
	return made(r, in, func(g *core.Group) error {
		g.Directory = d.ID
		return nil
	}, core.Put)
}
