package apis

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/core"
)

// directories serves directories, their accounts and groups, and what of their
// settings exists (spec 9.1, 13).
func (s *Server) directories() {
	s.create(Route{Path: "directories", Kind: "directories", Body: "directories", Summary: "Make a Directory"},
		func(r *request, _ string, in map[string]json.RawMessage) (any, error) {
			if err := onlyCloud(in); err != nil {
				return nil, err
			}
			return made(r, in, func(*core.Directory) error { return nil }, core.Put)
		})
	s.resource(s.App.KindNamed("directories"))
	list[core.Account, *core.Account]{page: children(core.AccountsOf), within: owned[core.Account]}.
		serve(s, "directories/:id/accounts", "List a directory's accounts")
	list[core.Group, *core.Group]{page: children(core.GroupsOf), within: owned[core.Group]}.
		serve(s, "directories/:id/groups", "List a directory's groups")
	list[core.AccountStoreMapping, *core.AccountStoreMapping]{page: children(core.MappingsTo)}.
		serve(s, "directories/:id/applicationMappings", "List the mappings of a directory to applications")
	atHand(func(r *request, id string) ([]*core.Application, error) {
		return core.ApplicationsOf(r.tx, core.RefTo(core.ID[core.Directory](id)))
	}).serve(s, "directories/:id/applications", "List the applications that map a directory")
	s.create(Route{Path: "directories/:id/groups", Kind: "directories", Body: "groups", Summary: "Make a Group"}, createGroup)
	s.register("directories")
	s.strength()
}

// onlyCloud refuses a provider other than our own, until others exist.
func onlyCloud(in map[string]json.RawMessage) error {
	raw, ok := in["provider"]
	if !ok || string(raw) == "null" {
		return nil
	}
	var p struct {
		ID string `json:"providerId"`
	}
	if json.Unmarshal(raw, &p) != nil || p.ID != "" && p.ID != "stormpath" {
		return fieldError("unsupported_value", "provider", "Directory provider %q is not supported.", p.ID)
	}
	return nil
}

// strength serves what a directory asks of passwords.
func (s *Server) strength() {
	show := func(id string, v *core.Strength) *object {
		return &object{path: "passwordPolicies/" + id + "/strength", etag: etagOf(v), members: []core.ViewField{
			{Name: "minLength", Value: v.MinLength}, {Name: "maxLength", Value: v.MaxLength},
			{Name: "minLowerCase", Value: v.MinLowerCase}, {Name: "minUpperCase", Value: v.MinUpperCase},
			{Name: "minNumeric", Value: v.MinNumeric}, {Name: "minSymbol", Value: v.MinSymbol},
			{Name: "minDiacritic", Value: v.MinDiacritic}, {Name: "preventReuse", Value: v.PreventReuse}}}
	}
	read := func(r *request, id string) (*core.Strength, error) {
		if err := r.owner("directories", id); err != nil {
			return nil, err
		}
		return core.Get(r.tx, core.ID[core.Strength](id))
	}
	s.get(Route{Path: "passwordPolicies/:id/strength", Kind: "passwordStrengths", Shows: "PasswordStrength", Members: show("", &core.Strength{}).example(), Summary: "Read what a directory asks of passwords"},
		func(r *request, id string) (any, error) {
			v, err := read(r, id)
			if err != nil {
				return nil, err
			}
			return show(id, v), nil
		})
	s.change(Route{Path: "passwordPolicies/:id/strength", Kind: "passwordStrengths", Body: "passwordStrengths", Shows: "PasswordStrength", Summary: "Change what a directory asks of passwords"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			v, err := read(r, id)
			if err != nil {
				return nil, err
			}
			if err := r.fresh(v); err != nil {
				return nil, err
			}
			if err := r.decode(in, v, false); err != nil {
				return nil, err
			}
			if err := core.Put(r.tx, v); err != nil {
				return nil, err
			}
			return show(id, v), nil
		})
}
