package core_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestTheIssuerIsThePublicURLUntilItIsPinned(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		set  func(*core.Tenant)
		want string
	}{
		{func(*core.Tenant) {}, "https://id.example.com"},
		{func(t *core.Tenant) { t.Aliases = []string{"https://id.acme.example"} }, "https://id.acme.example"},
		{func(t *core.Tenant) { t.Issuer = "https://pinned.example" }, "https://pinned.example"},
	} {
		change(t, w, w.Tenant, c.set)
		got, accepted, err := w.App.Issuers(t.Context(), w.Tenant)
		if err != nil || got != c.want || !slices.Equal(accepted, []string{c.want}) {
			t.Errorf("%s, %q, %v: want %s", got, accepted, err, c.want)
		}
	}
}

// pinned is the tenant's issuer and the former ones that are accepted.
func pinned(t *testing.T, w *coretest.World) (issuer string, former []string) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		rec, err := core.Get(tx, w.Tenant)
		if err == nil {
			issuer, former = rec.Issuer, rec.Formerly(tx.Now)
		}
		return err
	})
	return issuer, former
}

func TestTheIssuerIsPinnedWhereTheServerIsReachedFromElsewhere(t *testing.T) {
	const at, other, alias = "https://id.example.com", "https://login.example.com", "https://id.acme.example"
	for _, c := range []struct {
		name, was, server string
		aliases           []string
		want, served      string // served names the mismatch
	}{
		{"on this machine", "", "http://localhost:8080", nil, "", ""},
		{"on this machine by number", "", "http://[::1]:8080", []string{alias}, "", ""},
		{"first", "", at, nil, at, ""},
		{"first, with a base URL", "", at, []string{alias}, alias, ""},
		{"again", at, at, nil, at, ""},
		{"a base URL is added", at, at, []string{alias}, at, ""},
		{"the public URL has become a base URL", at, other, []string{at}, at, ""},
		{"elsewhere", at, other, nil, at, other},
		{"elsewhere, with a base URL", at, other, []string{alias}, at, alias},
		{"back on this machine", at, "http://localhost:8080", nil, at, "http://localhost:8080"},
	} {
		w := newWorld(t)
		w.App.PublicURL = c.server
		change(t, w, w.Tenant, func(t *core.Tenant) { t.Issuer, t.Aliases = c.was, c.aliases })
		err := w.App.PinIssuers(t.Context())
		got, _ := pinned(t, w)
		m, wrong := errors.AsType[*core.IssuerMismatch](err)
		if got != c.want || wrong != (c.served != "") || err != nil && !wrong {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
		if wrong && (m.Served != c.served || m.Issuer != c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAnotherTenantIsPinnedToItsOwnBaseURLAlone(t *testing.T) {
	w := newWorld(t)
	other := w.Other(t, "acme")
	ok(t, w.App.PinIssuers(t.Context()))
	if got, _ := pinned(t, other); got != "" {
		t.Error(got)
	}
	change(t, other, other.Tenant, func(t *core.Tenant) { t.Aliases = []string{"https://id.acme.example"} })
	ok(t, w.App.PinIssuers(t.Context()))
	if got, _ := pinned(t, other); got != "https://id.acme.example" {
		t.Error(got)
	}
	change(t, other, other.Tenant, func(t *core.Tenant) { t.Aliases = []string{"https://new.acme.example"} })
	if _, wrong := errors.AsType[*core.IssuerMismatch](w.App.PinIssuers(t.Context())); !wrong {
		t.Error("it is served elsewhere")
	}
}

func TestAFormerIssuerIsAcceptedUntilItsDate(t *testing.T) {
	w := newWorld(t)
	a, b := "https://id.example.com", "https://b.example"
	set := func(url string, keep time.Duration) {
		t.Helper()
		ok(t, w.App.SetIssuer(w.Machine(), w.Tenant, url, w.Clock.Now().Add(keep)))
	}
	want := func(all ...string) {
		t.Helper()
		current, accepted, err := w.App.Issuers(t.Context(), w.Tenant)
		if err != nil || current != all[0] || !slices.Equal(accepted, all) {
			t.Errorf("%s, %q, %v: want %q", current, accepted, err, all)
		}
	}
	set(a, time.Hour)
	want(a)
	set("https://B.example/", time.Hour)
	want(b, a)
	set(b, 2*time.Hour)
	want(b, a)
	w.View(t, func(tx *core.Tx) error {
		if got := core.PublicURL(tx); got != b {
			t.Error("mails lead to", got)
		}
		return nil
	})
	w.Clock.Turn(time.Hour)
	want(b)
	set(a, time.Minute)
	want(a, b)
	set(b, -time.Second)
	want(b)
	if _, former := pinned(t, w); len(former) != 0 {
		t.Error(former)
	}
	w.Update(t, func(tx *core.Tx) error {
		api := core.Make[core.Resource]()
		api.Application, api.Name, api.Identifier = w.Application(t, "My Application").ID, "api", "https://api.example.com"
		return core.Put(tx, api)
	})
	for _, url := range []string{"https://api.example.com", "https://API.example.com/"} {
		wantCode(t, "a resource's", w.App.SetIssuer(w.Machine(), w.Tenant, url, w.Clock.Now()), "taken")
	}
	want(b)
	wantCode(t, "a path", w.App.SetIssuer(w.Machine(), w.Tenant, a+"/x", w.Clock.Now()), "invalid_format")
	other := w.Other(t, "acme")
	wantCode(t, "not reached there", w.App.SetIssuer(other.Machine(), other.Tenant, "https://c.example", w.Clock.Now()), "no_host")
	change(t, other, other.Tenant, func(t *core.Tenant) { t.Aliases = []string{"https://c.example"} })
	ok(t, w.App.SetIssuer(other.Machine(), other.Tenant, "https://c.example", w.Clock.Now()))
	wantCode(t, "another's", w.App.SetIssuer(w.Machine(), w.Tenant, "https://c.example", w.Clock.Now()), "taken")
}
