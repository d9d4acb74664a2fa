package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestARegistryTakesANameOnceAndBeforeTheStart(t *testing.T) {
	var grants *core.Registry[core.GrantType]
	add := func(name string) (refused bool) {
		defer func() { refused = recover() != nil }()
		grants.Add(name, core.GrantType{})
		return false
	}
	newWorld(t, func(a *core.App) {
		grants = &a.GrantTypes
		for _, c := range []struct {
			name    string
			refused bool
		}{{"urn:b", false}, {"urn:a", false}, {"urn:a", true}, {"", true}} {
			if got := add(c.name); got != c.refused {
				t.Errorf("%q: refused %v", c.name, got)
			}
		}
	})
	if !add("urn:late") {
		t.Error("added after the start")
	}
	if js(grants.Names()) != `["urn:a","urn:b"]` || !grants.Has("urn:a") || grants.Has("urn:late") || grants.Get("urn:late").Do != nil {
		t.Errorf("%v", grants.Names())
	}
}
