package core_test

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// A token is guessed by way of the buckets, as a password is; only what is no token
// counts.
func TestTokensAreGuessedByWayOfTheBuckets(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		late := time.Duration(0)
		w.App.Pause = func(_ context.Context, by time.Duration) error { late = by; return nil }
		asked := 0
		try := func(token, from string, answer error) error {
			g := core.Guess{Token: token}
			if from != "" {
				g.Source = netip.MustParseAddr(from)
			}
			return w.App.Try(w.Machine(), g, func() error { asked++; return answer })
		}
		none := core.Errorf(core.NotFound, "not_found", "none")
		const token = "0123456789012345678901-the-secret"
		for _, answer := range []error{nil, core.Refuse("password", "too short"), errors.New("a fault"), nil, nil, nil} {
			if err := try(token, home, answer); err != answer {
				t.Errorf("%v, want %v", err, answer)
			}
		}
		for range 5 {
			wantCode(t, "a wrong one", try(token, home, none), "not_found")
		}
		asked = 0
		if err := try("0123456789012345678901-another-secret", home, nil); held(err) != 2*time.Second || asked != 0 {
			t.Errorf("the sixth: %v, asked %d", err, asked)
		}
		ok(t, try(token, away, nil))
		ok(t, try("short", home, nil))
		for range 30 {
			wantCode(t, "from nowhere", try(token, "", none), "not_found")
		}
		if ok(t, try(token, "", nil)); late != 5*time.Second {
			t.Errorf("late by %v", late)
		}
	})
}
