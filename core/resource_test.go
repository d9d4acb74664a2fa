package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestWhatAResourceMayBe(t *testing.T) {
	p := portalOn(t, memory())
	for _, c := range []struct {
		name   string
		change func(*core.Resource)
		want   string // the field that is refused, "" for none
	}{
		{"as it comes", func(*core.Resource) {}, ""},
		{"a URN", func(r *core.Resource) { r.Identifier = "urn:example:orders" }, ""},
		{"without a name", func(r *core.Resource) { r.Name = "" }, "name"},
		{"without an identifier", func(r *core.Resource) { r.Identifier = "" }, "identifier"},
		{"no URI", func(r *core.Resource) { r.Identifier = "orders" }, "identifier"},
		{"a client's id", func(r *core.Resource) { r.Identifier = string(p.web.ID) }, "identifier"},
		{"the issuer", func(r *core.Resource) { r.Identifier = "https://id.example.com" }, "identifier"},
		{"the issuer, written otherwise", func(r *core.Resource) { r.Identifier = "HTTPS://ID.example.com/" }, "identifier"},
		{"below the issuer", func(r *core.Resource) { r.Identifier = "https://id.example.com/api" }, ""},
		{"a fragment", func(r *core.Resource) { r.Identifier = "https://api.example.com/#x" }, "identifier"},
		{"a space", func(r *core.Resource) { r.Identifier = "https://api.example.com/ x" }, "identifier"},
		{"taken", func(r *core.Resource) { r.Identifier = p.api.Identifier }, "identifier"},
		{"of no status", func(r *core.Resource) { r.Status = "MAYBE" }, "status"},
		{"HS256", func(r *core.Resource) { r.Alg = "HS256" }, "accessTokenSigningAlg"},
		{"none", func(r *core.Resource) { r.Alg = "none" }, "accessTokenSigningAlg"},
		{"too short", func(r *core.Resource) { r.TTL = 9 }, "accessTokenLifetime"},
		{"too long", func(r *core.Resource) { r.TTL = 86401 }, "accessTokenLifetime"},
		{"a scope of OpenID Connect", func(r *core.Resource) { r.Scopes = []core.ScopeText{{Name: "email"}} }, "scopes"},
		{"a scope twice", func(r *core.Resource) { r.Scopes = []core.ScopeText{{Name: "a"}, {Name: "a"}} }, "scopes"},
		{"a scope with a quote", func(r *core.Resource) { r.Scopes = []core.ScopeText{{Name: `a"b`}} }, "scopes"},
		{"too many clients", func(r *core.Resource) { r.Clients = many(1001, "x") }, "clients"},
	} {
		r := core.Make[core.Resource]()
		r.Application, r.Name, r.Identifier = p.app.ID, "resource", "https://other.example.com"
		c.change(r)
		err := undone(p.w, core.Actor{Kind: core.Machine, Tenant: p.w.Tenant}, t, func(tx *core.Tx) error { return core.Put(tx, r) })
		if (err == nil) != (c.want == "") || err != nil && core.AsError(err).Fields[c.want] == "" {
			t.Errorf("%s: %v, want a refusal of %q", c.name, err, c.want)
		}
	}
	wantCode(t, "another identifier", tryChange(p.w, p.api.ID, func(r *core.Resource) { r.Identifier += "/2" }), "protected")
}

func TestOneResourceIsTheDefaultOfAnApplication(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		second := core.Make[core.Resource]()
		second.Application, second.Name, second.Identifier, second.Default = p.app.ID, "second", "https://second.example.com", true
		want := func(what string, id core.ID[core.Resource]) {
			t.Helper()
			p.w.View(t, func(tx *core.Tx) error {
				r, err := core.DefaultResource(tx, p.app.ID)
				if err != nil || (r == nil) != (id == "") || r != nil && r.ID != id {
					t.Errorf("%s: %+v, %v", what, r, err)
				}
				return nil
			})
		}
		want("none", "")
		change(t, p.w, p.api.ID, func(r *core.Resource) { r.Default = true })
		want("the first", p.api.ID)
		p.w.Update(t, func(tx *core.Tx) error { return core.Put(tx, second) })
		want("the second", second.ID)
		if r, err := get(p.w, p.api.ID); err != nil || r.Default {
			t.Errorf("two defaults: %+v, %v", r, err)
		}
		change(t, p.w, second.ID, func(r *core.Resource) { r.Default = false })
		want("none again", "")
	})
}

func TestWhoseTokensMayBeForAResource(t *testing.T) {
	r := &core.Resource{Application: "app", Status: core.Enabled, Scopes: []core.ScopeText{{Name: "orders"}}}
	c := &core.Client{Application: "app"}
	c.ID = "client"
	for _, q := range []struct {
		name   string
		change func(r *core.Resource)
		want   bool
	}{
		{"any client's of the application", func(*core.Resource) {}, true},
		{"none of another application's", func(r *core.Resource) { r.Application = "other" }, false},
		{"a named client's", func(r *core.Resource) { r.Clients = []string{"x", "client"} }, true},
		{"only named clients'", func(r *core.Resource) { r.Clients = []string{"x"} }, false},
		{"none while disabled", func(r *core.Resource) { r.Status = core.Disabled }, false},
	} {
		is := *r
		q.change(&is)
		if got := is.Serves(c); got != q.want {
			t.Errorf("%s: %v", q.name, got)
		}
	}
	if !r.Has("orders") || r.Has("refunds") {
		t.Error("scopes")
	}
}
