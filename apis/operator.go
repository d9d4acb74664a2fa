package apis

import (
	"encoding/json"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// operators serves those who have authority over the tenant, and the MANAGEMENT keys
// with which they act. They lie under the ids of their accounts.
func (s *Server) operators() {
	k := s.App.KindNamed("operators")
	info := k.Info()
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/operators", Kind: info.Name, List: info.Name, Status: 200,
		Summary: "List the tenant's operators"}, s.handle(func(r *request, _ string) error { return r.view(listOperators) }))
	s.create(Route{Path: "operators", Kind: info.Name, Body: info.Name, Summary: "Make an account an operator"}, makeOperator)
	s.get(Route{Path: "operators/:id", Kind: info.Name, Summary: "Read one " + info.Noun}, func(r *request, id string) (any, error) {
		return present(core.OperatorOf(r.tx, core.ID[core.Account](id)))
	})
	s.change(Route{Path: "operators/:id", Kind: info.Name, Body: info.Name, Summary: "Give an operator another role"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			op, err := core.OperatorOf(r.tx, core.ID[core.Account](id))
			if err != nil {
				return nil, err
			}
			return r.write(k, op, in, false)
		})
	s.remove(k)
	s.create(Route{Path: "operators/:id/apiKeys", Kind: "apiKeys", Summary: "Make a MANAGEMENT key for an operator",
		Takes: []core.ViewField{{Name: "name", Value: ""}, {Name: "description", Value: ""}, {Name: "status", Value: core.Enabled}, {Name: "caps", Value: core.AllCaps}}},
		makeOperatorKey)
	s.get(Route{Path: "operators/:id/apiKeys", Kind: info.Name, List: "apiKeys", Summary: "List an operator's MANAGEMENT keys"}, listOperatorKeys)
}

func listOperators(r *request) (any, error) {
	info := r.srv.App.KindNamed("operators").Info()
	if _, err := r.page.searching(info); err != nil {
		return nil, err
	}
	p, err := core.List(r.tx, core.Operators, core.Query{Offset: r.page.offset, Limit: r.page.limit})
	return collected(r, info.Name, p), err
}

func makeOperator(r *request, _ string, in map[string]json.RawMessage) (any, error) {
	return made(r, in, func(op *core.Operator) error {
		for _, f := range [][2]string{{"account", string(op.Account)}, {"role", string(op.Role)}} {
			if f[1] == "" {
				return fieldError("required", f[0], "Operator %s is required; it cannot be null, empty, or blank.", f[0])
			}
		}
		return nil
	}, core.AddOperator)
}

// makeOperatorKey makes a key that may do what its maker's own may, or less where the
// body says so. Its secret is shown now, and later only if it may mint.
func makeOperatorKey(r *request, id string, in map[string]json.RawMessage) (any, error) {
	op, err := core.OperatorOf(r.tx, core.ID[core.Account](id))
	if err != nil {
		return nil, err
	}
	k := core.Make[core.ApiKey]()
	k.Account, k.Purpose = op.Account, core.ManagementKey
	if err := r.decode(in, k, true); err != nil {
		return nil, err
	}
	if k.Caps, err = r.caps(in["caps"]); err != nil {
		return nil, err
	}
	return present(k, core.CreateManagementKey(r.tx, k))
}

// caps are the capabilities that a body gives a new key: without any, the caller's.
func (r *request) caps(raw json.RawMessage) (core.Caps, error) {
	if len(raw) == 0 || string(raw) == "null" {
		if byMachine(r.c) {
			return core.AllCaps, nil
		}
		return r.who.actor.Caps, nil
	}
	var given map[string]bool
	if json.Unmarshal(raw, &given) != nil {
		return core.Caps{}, fieldError("wrong_type", "caps", "ApiKey caps must be an object of manage, mint and readSecrets, each true or false.")
	}
	c := core.Caps{Manage: given["manage"], Mint: given["mint"], ReadSecrets: given["readSecrets"]}
	for name := range given {
		if name != "manage" && name != "mint" && name != "readSecrets" {
			return c, fieldError("unsupported_value", "caps", "%q is no capability: there are manage, mint and readSecrets.", name)
		}
	}
	if c == (core.Caps{}) {
		return c, fieldError("required", "caps", "ApiKey caps must have at least one of manage, mint and readSecrets.")
	}
	return c, nil
}

func listOperatorKeys(r *request, id string) (any, error) {
	op, err := core.OperatorOf(r.tx, core.ID[core.Account](id))
	if err != nil {
		return nil, err
	}
	if r.page.narrowed() {
		info := r.srv.App.KindNamed("operators").Info() // which nothing is searched by
		if _, err := r.page.searching(info); err != nil {
			return nil, err
		}
	}
	p, err := paged(r, core.ManagementKeysOf(r.tx, op.Account), -1, r.page)
	return collected(r, "operators/"+id+"/apiKeys", p), err
}
