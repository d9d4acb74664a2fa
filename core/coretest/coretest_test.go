package coretest_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAWorldHasAnOwnerAKeyAndPeople(t *testing.T) {
	w := coretest.New(t)
	ann := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	out, err := w.App.Authenticate(w.As(core.Support), core.Attempt{Application: w.Application(t, "My Application").ID,
		Login: "ann@example.com", Password: coretest.Password})
	if err != nil || out.Done.Account.ID != ann.ID {
		t.Errorf("%+v, %v", out, err)
	}
	other := w.Other(t, "other")
	if other.Tenant == w.Tenant || other.Owner.ID == w.Owner.ID || other.Secret == w.Secret {
		t.Error("the other world is this one")
	}
	w.Settle(t)
	w.Sound(t)
}

func TestTheClockStandsUntilItIsTurned(t *testing.T) {
	w := coretest.New(t)
	before := w.Clock.Now()
	w.Clock.Turn(time.Hour)
	if got := w.Clock.Now().Sub(before); got != time.Hour || !w.App.Now().Equal(w.Clock.Now()) {
		t.Errorf("turned by %v", got)
	}
}
