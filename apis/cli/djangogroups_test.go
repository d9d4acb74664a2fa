package cli

import (
	"encoding/json"
	"testing"
)

// Whoever is in a group gets no other's rights because their names are alike.
func TestAMembershipIsOfTheVeryGroup(t *testing.T) {
	g := djangoGroups{byKey: map[string]*djangoGroup{}, names: map[string]string{}, named: map[string]bool{}}
	for _, c := range []struct{ pk, fields, want string }{
		{"1", `{"name":"Editors"}`, ""}, {"2", `{"name":"editors"}`, ""}, {"3", `{"name":"Staff"}`, ""},
		{"1", `{"name":"Other"}`, "another group has its pk"}, {"4", `{}`, "it has no name"}, {"5", `{"name":[]}`, "name must be a string"},
		{"x", `{"name":"X"}`, "its pk is no number from 1 to 2^53-1"},
	} {
		rec := djangoRecord{PK: json.RawMessage(c.pk)}
		if err := json.Unmarshal([]byte(c.fields), &rec.Fields); err != nil {
			t.Fatal(err)
		}
		if err := g.add(&rec, false); err != nil && err.Error() != c.want || err == nil && c.want != "" {
			t.Errorf("%s: %v", c.fields, err)
		}
	}
	for _, in := range g.all {
		in.refused = !g.first(in.Name)
	}
	for _, c := range []struct{ ref, want, why string }{
		{"#1", "Editors", ""}, {"#2", "", ""}, {"#9", "", "it is in the group with pk 9, which the file does not have"},
		{"=Editors", "Editors", ""}, {"=editors", "", ""}, {"=EDITORS", "", ""}, {"=New", "New", ""}, {"=NEW", "", ""},
		{"!staff", "", ""}, {"!superusers", "superusers", ""},
	} {
		got, err := g.resolve(c.ref)
		if got != c.want || err != nil && err.Error() != c.why || err == nil && c.why != "" {
			t.Errorf("%s: %q, %v", c.ref, got, err)
		}
	}
}
