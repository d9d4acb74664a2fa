package apis

import "testing"

func TestALinkIsCutAtItsVariablePart(t *testing.T) {
	for _, row := range []struct {
		text, name, before, after string
		part                      byte
	}{
		{"groups", "groups", "", "/groups", selfPart},
		{"tenant=tenants/{tenant}", "tenant", "tenants/", "", tenantPart},
		{"passwordPolicy=passwordPolicies/{id}", "passwordPolicy", "passwordPolicies/", "", idPart},
		{"strength=passwordPolicies/{id}/strength", "strength", "passwordPolicies/", "/strength", idPart},
	} {
		got := childLinksOf("test "+row.text, []string{row.text})[0]
		want := childLink{row.name, `,"` + row.name + `":`, row.before, row.after, row.part}
		if got != want {
			t.Errorf("%s is cut to %+v, want %+v", row.text, got, want)
		}
	}
}
