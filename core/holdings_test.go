package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestHoldingsCountAllTenants(t *testing.T) {
	w := coretest.New(t)
	before, err := w.App.Holdings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other := w.Other(t, "other")
	w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	other.Person(t, other.Directory(t, "My Application Directory").ID, "ben@example.com")
	after, err := w.App.Holdings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after["tenants"]-before["tenants"] != 1 || after["accounts"]-before["accounts"] < 2 || after["directories"]-before["directories"] < 2 {
		t.Errorf("%v, then %v", before, after)
	}
}
