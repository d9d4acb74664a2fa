package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatMayBeMappedToAnOrganization(t *testing.T) {
	w := newWorld(t)
	org, other := organization(t, w, "bank"), organization(t, w, "other")
	d := directory(t, w, "d")
	g := group(t, w, d.ID, "g")
	mapped := directory(t, w, "mapped")
	mapOrg(t, w, org.ID, core.RefTo(mapped.ID))
	admins := w.Directory(t, "Stormpath Administrators")
	ag := group(t, w, admins.ID, "ag")
	type m = core.OrganizationAccountStoreMapping
	for _, c := range []struct {
		name string
		m    m
		want string
	}{
		{"a directory", m{Organization: org.ID, Store: core.RefTo(d.ID), DefaultAccounts: true, DefaultGroups: true}, ""},
		{"a group", m{Organization: org.ID, Store: core.RefTo(g.ID), DefaultAccounts: true}, ""},
		{"a group for groups", m{Organization: org.ID, Store: core.RefTo(g.ID), DefaultGroups: true}, "organization_group_as_group_store"},
		{"an organization", m{Organization: org.ID, Store: core.RefTo(other.ID)}, "organization_in_organization"},
		{"itself", m{Organization: org.ID, Store: core.RefTo(org.ID)}, "organization_in_organization"},
		{"the same again", m{Organization: org.ID, Store: core.RefTo(mapped.ID)}, "organization_already_mapped"},
		{"an account", m{Organization: org.ID, Store: core.RefTo(w.Owner.ID)}, "invalid_reference"},
		{"nothing", m{Organization: org.ID}, "required"},
		{"to nothing", m{Store: core.RefTo(d.ID)}, "required"},
		{"to one that is not there", m{Organization: "x", Store: core.RefTo(d.ID)}, "invalid_reference"},
		{"a directory that is not there", m{Organization: org.ID, Store: "directories/x"}, "invalid_reference"},
		{"the administrators", m{Organization: org.ID, Store: core.RefTo(admins.ID)}, "protected"},
		{"a group of theirs", m{Organization: org.ID, Store: core.RefTo(ag.ID)}, "protected"},
	} {
		wantCode(t, c.name, undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			m := c.m
			return core.SaveMapping(tx, &m)
		}), c.want)
	}
}

func TestAMappingOfAnOrganizationStaysWhereItIs(t *testing.T) {
	w := newWorld(t)
	org, other, d := organization(t, w, "bank"), organization(t, w, "other"), directory(t, w, "d")
	m := mapOrg(t, w, org.ID, core.RefTo(d.ID))
	wantCode(t, "moved", w.App.Update(w.Machine(), func(tx *core.Tx) error {
		return edit(tx, m.ID, core.SaveMapping, func(m *core.OrganizationAccountStoreMapping) { m.Organization = other.ID })
	}), "protected")
}
