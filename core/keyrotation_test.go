package core_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestKeysFollowEachOtherBySchedule(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		first := signer(t, w, core.ES256).Kid
		tend := func(d time.Duration) {
			w.Clock.Turn(d)
			w.App.TendKeys(t.Context())
		}
		tend(88 * 24 * time.Hour)
		if kids, _ := jwks(t, w); !slices.Equal(kids, []string{first}) {
			t.Fatalf("two days before its end: %q", kids)
		}
		tend(24 * time.Hour)
		kids, etag := jwks(t, w)
		if len(kids) != 2 || kids[1] != first || signer(t, w, core.ES256).Kid != first {
			t.Fatalf("a day before its end: %q", kids)
		}
		second := kids[0]
		tend(24*time.Hour - time.Millisecond)
		if signer(t, w, core.ES256).Kid != first {
			t.Error("the second key signs early")
		}
		tend(time.Millisecond)
		if signer(t, w, core.ES256).Kid != second {
			t.Error("the second key does not sign")
		}
		if after, tag := jwks(t, w); !slices.Equal(after, kids) || tag != etag {
			t.Errorf("JWKS changed to %q when the second began to sign", after)
		}
		if !keysOf(t, w)[first].Private.IsZero() {
			t.Error("the first has its private part, of which there is no more use")
		}
		tend(core.KeyLingers)
		if after, tag := jwks(t, w); !slices.Equal(after, []string{second}) || tag == etag {
			t.Errorf("when no token of the first is left: %q", after)
		}
		k, err := w.App.VerificationKey(t.Context(), w.Tenant, core.KeyTokens, first)
		if err != nil || !k.HintOnly {
			t.Errorf("the first verifies no hints: %+v, %v", k, err)
		}
		tend(90 * 24 * time.Hour)
		if _, there := keysOf(t, w)[first]; there {
			t.Error("the first is still there")
		}
	})
}

// Whoever was switched off for long publishes the next key ahead all the same.
func TestANextKeyIsPublishedADayAheadHoweverLateItIs(t *testing.T) {
	w := newWorld(t)
	first := signer(t, w, core.ES256).Kid
	w.Clock.Turn(400 * 24 * time.Hour)
	if signer(t, w, core.ES256).Kid != first {
		t.Error("the only key stopped signing")
	}
	w.App.TendKeys(t.Context())
	for kid, k := range keysOf(t, w) {
		if kid != first && (k.PublishAt.Time != w.Clock.Now() || k.ActiveFrom.Sub(k.PublishAt.Time) != core.KeyAhead) {
			t.Errorf("published %s, active %s", k.PublishAt, k.ActiveFrom)
		}
	}
	if n := len(keysOf(t, w)); n != 2 {
		t.Errorf("%d keys", n)
	}
}

func TestTheScheduleIsASetting(t *testing.T) {
	for every, days := range map[time.Duration]int{0: 89, 10 * 24 * time.Hour: 9, time.Hour: 1} {
		w := coretest.New(t, func(a *core.App) { a.KeyRotation = every })
		signer(t, w, core.EdDSA)
		n := 0
		for ; n < 100 && len(keysOf(t, w)) == 1; n++ {
			w.Clock.Turn(24 * time.Hour)
			w.App.TendKeys(t.Context())
		}
		if n != days {
			t.Errorf("every %s: the next was made after %d days, want %d", every, n, days)
		}
	}
}

func TestRotatingMakesTheNextKeyOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		_, err := w.App.RotateKeys(w.Machine(), "", "")
		wantCode(t, "nothing to rotate", err, "not_found")
		first, other := signer(t, w, core.ES256).Kid, signer(t, w, core.EdDSA).Kid
		next, err := w.App.RotateKeys(w.Machine(), core.KeyTokens, core.ES256)
		ok(t, err)
		if len(next) != 1 || next[0].Alg != core.ES256 || next[0].State(w.Clock.Now()) != core.KeyWaiting {
			t.Fatalf("%+v", next)
		}
		again, err := w.App.RotateKeys(w.Machine(), core.KeyTokens, core.ES256)
		ok(t, err)
		if len(again) != 1 || again[0].ID != next[0].ID || len(keysOf(t, w)) != 3 {
			t.Errorf("a second time: %+v", again)
		}
		both, err := w.App.RotateKeys(w.Machine(), "", "")
		if err != nil || len(both) != 2 || len(keysOf(t, w)) != 4 {
			t.Errorf("all: %+v, %v", both, err)
		}
		w.Clock.Turn(core.KeyAhead)
		if got := signer(t, w, core.ES256).Kid; got != next[0].Kid() || got == first || signer(t, w, core.EdDSA).Kid == other {
			t.Errorf("%s signs a day later", got)
		}
	})
}

func TestRevokingEndsAKeyNow(t *testing.T) {
	for _, c := range []struct {
		name   string
		rotate bool // a next key waits
		which  func(active, waiting string) string
		signs  func(active, waiting string) string // "" for a new one
	}{
		{"the only", false, func(a, _ string) string { return a }, func(_, _ string) string { return "" }},
		{"the active, and one waits", true, func(a, _ string) string { return a }, func(_, w string) string { return w }},
		{"the one that waits", true, func(_, w string) string { return w }, func(a, _ string) string { return a }},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				w := worldOn(t, s)
				active, waiting := signer(t, w, core.ES256).Kid, ""
				if c.rotate {
					next, err := w.App.RotateKeys(w.Machine(), "", "")
					ok(t, err)
					waiting = next[0].Kid()
				}
				tenant, err := get(w, w.Tenant)
				ok(t, err)
				_, before := jwks(t, w)
				gone := c.which(active, waiting)
				k, err := w.App.RevokeKey(w.Machine(), core.SigningKeyOf(gone))
				ok(t, err)
				if k.State(w.Clock.Now()) != core.KeyRevoked || !k.Private.IsZero() {
					t.Errorf("%+v", k)
				}
				_, err = w.App.VerificationKey(t.Context(), w.Tenant, core.KeyTokens, gone)
				wantCode(t, "its key", err, "not_found")
				kids, after := jwks(t, w)
				if slices.Contains(kids, gone) || before == after {
					t.Errorf("JWKS has %q", kids)
				}
				now := signer(t, w, core.ES256).Kid
				if want := c.signs(active, waiting); want != "" && now != want || now == gone || !slices.Contains(kids, now) {
					t.Errorf("%s signs", now)
				}
				is, err := get(w, w.Tenant)
				if err != nil || is.Epoch != tenant.Epoch+1 {
					t.Errorf("the epoch went from %d to %d", tenant.Epoch, is.Epoch)
				}
				_, err = w.App.RevokeKey(w.Machine(), core.SigningKeyOf(gone))
				ok(t, err)
				if again, _ := get(w, w.Tenant); again.Epoch != is.Epoch {
					t.Error("a second revocation raised the epoch again")
				}
				w.Clock.Turn(3 * core.KeyAhead)
				if signer(t, w, core.ES256).Kid != now {
					t.Error("what signs did not last")
				}
			})
		})
	}
}

func TestKeysAreAuditedWithoutTheirSecret(t *testing.T) {
	w := newWorld(t)
	kid := signer(t, w, core.ES256).Kid
	_, err := w.App.RevokeKey(w.Machine(), core.SigningKeyOf(kid))
	ok(t, err)
	var types []string
	w.View(t, func(tx *core.Tx) error {
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			if line.Ref.Kind() == "signingKeys" {
				types = append(types, line.Type)
				for _, m := range []string{"private", "publicJwk"} {
					if v := string(line.After[m]); v != "" && v != `"changed"` {
						t.Errorf("%s shows %s: %s", line.Type, m, v)
					}
				}
			}
		}
		return nil
	})
	if !slices.Equal(types, []string{"signingKey.create", "signingKey.update", "signingKey.create"}) {
		t.Errorf("%q", types)
	}
}

func TestAKeyWithoutItsPrivatePartIsFollowedAtOnce(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	w := coretest.On(t, s)
	lost := signer(t, w, core.ES256).Kid
	w.Update(t, func(tx *core.Tx) error {
		k, err := core.Get(tx, core.SigningKeyOf(lost))
		if err != nil {
			return err
		}
		k.Private = core.Sealed{}
		return core.Put(tx, k)
	})
	if got := signer(t, w, core.ES256).Kid; got == lost {
		t.Error("it signs")
	}
	if k := keysOf(t, w)[lost]; k.State(w.Clock.Now()) != core.KeyRetired {
		t.Errorf("it is %s", k.State(w.Clock.Now()))
	}
}

func TestAnExportHasSigningKeysOnlyWithSecrets(t *testing.T) {
	w := newWorld(t)
	kid := signer(t, w, core.ES256).Kid
	for _, secrets := range []bool{false, true} {
		page, err := w.App.Export(w.Machine(), core.ExportOptions{Secrets: secrets}, "")
		ok(t, err)
		var lines [][]byte
		for _, r := range page.Records {
			if in, err := core.ParseExported(r); err == nil && in.Kind == "signingKeys" {
				lines = append(lines, r)
			}
		}
		if len(lines) != map[bool]int{true: 1}[secrets] {
			t.Errorf("secrets %t: %d keys", secrets, len(lines))
		}
		if !secrets {
			continue
		}
		other := coretest.New(t)
		jwks(t, other) // in memory
		report, err := other.App.Import(other.Machine(), lines, core.ImportOptions{})
		if err != nil || report.Made != 1 {
			t.Fatalf("%+v, %v", report, err)
		}
		if signer(t, other, core.ES256).Kid != kid {
			t.Error("what was imported does not sign")
		}
	}
}
