package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhoseAddressesADirectoryTakes(t *testing.T) {
	for _, c := range []struct {
		white, black, address, want string
	}{
		{"", "", "ann@site.com", ""},
		{"site.com", "", "ann@site.com", ""},
		{"site.com", "", "ann@SITE.com", ""},
		{"SITE.com", "", "ann@site.com", ""},
		{"site.com", "", "ann@id.site.com", "domain_not_whitelisted"},
		{"*site.com", "", "ann@site.com", ""},
		{"*site.com", "", "ann@zsite.com", ""},
		{"*site.com", "", "ann@id.site.com", ""},
		{"*site.com", "", "ann@site.com.evil", "domain_not_whitelisted"},
		{"*.site.com", "", "ann@id.site.com", ""},
		{"*.site.com", "", "ann@a.b.site.com", ""},
		{"*.site.com", "", "ann@site.com", "domain_not_whitelisted"},
		{"*.site.com", "", "ann@zsite.com", "domain_not_whitelisted"},
		{"a.com b.com", "", "ann@b.com", ""},
		{"s*e.c*m", "", "ann@site.com", ""},
		{"", "site.com", "ann@site.com", "domain_blacklisted"},
		{"", "*", "ann@site.com", "domain_blacklisted"},
		{"", "site.com", "ann@other.com", ""},
		{"*site.com", "id.site.com", "ann@id.site.com", "domain_blacklisted"},
		{"*site.com", "id.site.com", "ann@my.site.com", ""},
		{"bücher.example", "", "ann@BÜCHER.example", ""},
	} {
		w := newWorld(t)
		d := directory(t, w, "d")
		before := w.Person(t, d.ID, "before@nowhere.example")
		change(t, w, core.ID[core.AccountCreationPolicy](d.ID), func(p *core.AccountCreationPolicy) {
			p.EmailDomainWhitelist, p.EmailDomainBlacklist = strings.Fields(c.white), strings.Fields(c.black)
		})
		name := fmt.Sprintf("%q less %q: %s", c.white, c.black, c.address)
		wantCode(t, name, register(w, d.ID, c.address), c.want)
		if c.want == "" {
			continue
		}
		wantCode(t, "changed to "+name, tryChange(w, before.ID, func(a *core.Account) { a.Email = c.address }), c.want)
		wantCode(t, "changed otherwise, "+name, tryChange(w, before.ID, func(a *core.Account) { a.Surname = "x" }), "")
	}
}

func TestListsOfDomainsAreBoundedAndTidied(t *testing.T) {
	w := newWorld(t)
	id := core.ID[core.AccountCreationPolicy](directory(t, w, "d").ID)
	many := make([]string, 251)
	for i := range many {
		many[i] = fmt.Sprintf("d%d.example", i)
	}
	for _, c := range []struct {
		list []string
		want string
	}{
		{nil, ""}, {many[:250], ""}, {many, "above_max"},
		{[]string{strings.Repeat("x", 255)}, ""}, {[]string{strings.Repeat("x", 256)}, "too_long"},
		{[]string{""}, "invalid_value"}, {[]string{" "}, "invalid_value"}, {[]string{"ann@site.com"}, "invalid_value"},
		{[]string{"a b"}, "invalid_value"}, {[]string{"a\xff"}, "bad_encoding"},
	} {
		wantCode(t, fmt.Sprintf("%.40q", c.list), tryChange(w, id, func(p *core.AccountCreationPolicy) { p.EmailDomainWhitelist = c.list }), c.want)
		wantCode(t, fmt.Sprintf("%.40q", c.list), tryChange(w, id, func(p *core.AccountCreationPolicy) { p.EmailDomainBlacklist = c.list }), c.want)
	}
	change(t, w, id, func(p *core.AccountCreationPolicy) { p.EmailDomainWhitelist = []string{"B.com", " a.com ", "b.COM"} })
	if p, err := get(w, id); err != nil || strings.Join(p.EmailDomainWhitelist, " ") != "b.com a.com" {
		t.Errorf("%+v, %v", p, err)
	}
	wantCode(t, "a state", tryChange(w, id, func(p *core.AccountCreationPolicy) { p.WelcomeEmailStatus = "MAYBE" }), "unsupported_value")
}
