package djoser_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

// What a stranger can ask of a name or an address costs the same whether or not it is
// somebody's.
func TestClass15_TheKnownAndTheUnknownCostTheSame(t *testing.T) {
	for _, c := range []struct{ version, path, known, unknown string }{
		{djoser.Old, "/auth/login", "username=john&password=x", "username=nobd&password=x"},
		{djoser.New, "/auth/token/login/", "username=john&password=x", "username=nobd&password=x"},
		{djoser.New, "/auth/jwt/create/", "username=john&password=x", "username=nobd&password=x"},
		{djoser.Old, "/auth/password/reset", "email=john@x.co", "email=nobd@x.co"},
		{djoser.New, "/auth/users/reset_password/", "email=john@x.co", "email=nobd@x.co"},
		{djoser.New, "/auth/users/reset_username/", "email=john@x.co", "email=nobd@x.co"},
		{djoser.New, "/auth/users/resend_activation/", "email=john@x.co", "email=nobd@x.co"},
	} {
		at := coretest.CountAtDoors(mem.Open())
		var hashes atomic.Int64
		settings := ""
		if c.version == djoser.New {
			settings = `{"SEND_ACTIVATION_EMAIL":true}`
		}
		s := mountedOn(t, apitest.Plugged(t, at, apis.Options{}, djoser.Plugin{}), c.version, settings)
		s.App.Span = func(_ context.Context, name string) func() {
			if name == "hash" {
				hashes.Add(1)
			}
			return func() {}
		}
		s.join(t, "john", secret2, "email", "john@x.co")
		s.Settle(t)
		var work [2]coretest.Work
		var hashed [2]int64
		var said [2]reply
		for i, body := range []string{c.known, c.unknown} {
			before := at.Counting.Work()
			hashes.Store(0)
			said[i] = s.call(t, "POST", c.path, body)
			work[i], hashed[i] = at.Counting.Since(before), hashes.Load()
			s.Settle(t)
		}
		if said[0].status != said[1].status || said[0].body != said[1].body {
			t.Errorf("%s: %d %s and %d %s", c.path, said[0].status, said[0].body, said[1].status, said[1].body)
		}
		if work[0] != work[1] || hashed[0] != hashed[1] {
			t.Errorf("%s: %+v with %d hashes, and %+v with %d", c.path, work[0], hashed[0], work[1], hashed[1])
		}
	}
}

// An account whose sign-in reaches another by a link is none of the mount's.
func TestALinkedAccountOfElsewhereIsNotTheMounts(t *testing.T) {
	s := mounted(t, djoser.Old, "")
	s.join(t, "john", secret2)
	s.do(t, "accountLinkingPolicies/{app}", `{"status":"ENABLED","automaticProvisioning":"DISABLED"}`)
	s.Update(t, func(tx *core.Tx) error {
		john, err := core.Find(tx, core.AccountUsername, s.dir, "john")
		if err != nil {
			return err
		}
		return core.Put(tx, &core.AccountLink{LeftAccount: john.ID, RightAccount: core.ID[core.Account](s.Vars["ann"])})
	})
	got := s.call(t, "POST", "/auth/login", `{"username":"john","password":"`+secret2+`"}`)
	if token := got.at("auth_token"); token != "" {
		if me := s.call(t, "GET", "/auth/me", "", "Authorization", "Token "+token); me.at("username") != "john" {
			t.Errorf("signed in as %s", me.body)
		}
	}
}
