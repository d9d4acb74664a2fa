package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestADomainIsAtAHostOfItsTenant(t *testing.T) {
	w := newWorld(t)
	w.App.PublicURL = "https://id.example.com"
	w.App.Mounts.Reserve("login")
	s := newShop(t, w)
	change(t, w, w.Tenant, func(x *core.Tenant) {
		x.Aliases = []string{"https://login.shop.example", "http://xn--bcher-kva.example:8080"}
	})
	made := map[string]core.ID[core.Domain]{}
	for _, c := range []struct{ host, path, code, is string }{
		{"login.shop.example", "", "", "login.shop.example"},
		{"LOGIN.shop.example", "/", "taken", ""},
		{"Login.Shop.Example", "/shop", "", "login.shop.example/shop"},
		{"id.example.com", "/a/b/", "", "id.example.com/a/b"},
		{"bücher.example:8080", "", "", "xn--bcher-kva.example:8080"},
		{"bücher.example", "", "invalid_value", ""},
		{"evil.example", "", "invalid_value", ""},
		{"id.example.com", "/login", "invalid_value", ""},
		{"id.example.com", "/../x", "invalid_format", ""},
		{"id.example.com", "//x", "invalid_format", ""},
		{"https://id.example.com", "", "invalid_format", ""},
		{"id.example.com/x", "", "invalid_format", ""},
		{"u@id.example.com", "", "invalid_format", ""},
		{"", "", "required", ""},
	} {
		d := core.Make[core.Domain]()
		d.Application, d.Host, d.At = s.app.ID, c.host, c.path
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.Put(tx, d) })
		wantCode(t, c.host+c.path, err, c.code)
		if err == nil {
			if d.Host+d.At != c.is {
				t.Errorf("%s%s is %s%s", c.host, c.path, d.Host, d.At)
			}
			made[c.is] = d.ID
		}
	}
	for _, c := range [][4]string{
		{"login.shop.example", "/login", "login.shop.example", "/login"},
		{"LOGIN.SHOP.EXAMPLE", "/shop/login", "login.shop.example/shop", "/login"},
		{"login.shop.example", "/shopping", "login.shop.example", "/shopping"},
		{"id.example.com", "/a/b", "id.example.com/a/b", ""},
		{"id.example.com", "/a/b/c", "id.example.com/a/b", "/c"},
		{"id.example.com", "/a", "", "/a"},
		{"evil.example", "/a/b", "", "/a/b"},
		{"\x00", "/", "", "/"},
	} {
		w.View(t, func(tx *core.Tx) error {
			d, below, err := core.DomainAt(tx, c[0], c[1])
			at := ""
			if d != nil {
				at = d.Host + d.At
			}
			if at != c[2] || below != c[3] {
				t.Errorf("%s%s: %q and %q", c[0], c[1], at, below)
			}
			return err
		})
	}
	wantCode(t, "moved", tryChange(w, made["login.shop.example"], func(d *core.Domain) { d.At = "/elsewhere" }), "protected")
	org := organization(t, w, "bank")
	change(t, w, made["login.shop.example"], func(d *core.Domain) { d.Organization = org.ID })
	ok(t, remove(w, org.ID))
	w.Settle(t)
	if _, err := get(w, made["login.shop.example"]); !core.IsNotFound(err) {
		t.Error("a domain outlives its organization", err)
	}
	w.Sound(t)
}
