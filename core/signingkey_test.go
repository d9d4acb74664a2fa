package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// keysOf are the tenant's signing keys by kid.
func keysOf(t *testing.T, w *coretest.World) map[string]*core.SigningKey {
	t.Helper()
	all := map[string]*core.SigningKey{}
	w.View(t, func(tx *core.Tx) error {
		for id, err := range core.Walk(tx, core.SigningKeys, core.Query{}) {
			if err != nil {
				return err
			}
			k, err := core.Get(tx, id)
			if err != nil {
				return err
			}
			all[k.Kid()] = k
		}
		return nil
	})
	return all
}

// signer is the active key.
func signer(t *testing.T, w *coretest.World, alg core.Alg) *core.Signer {
	t.Helper()
	s, err := w.App.Signer(t.Context(), w.Tenant, core.KeyTokens, alg)
	ok(t, err)
	return s
}

func TestTheStateOfAKeyFollowsFromItsInstants(t *testing.T) {
	day := func(n float64) core.Time {
		return core.At(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n * 24 * float64(time.Hour))))
	}
	k := core.SigningKey{PublishAt: day(0), ActiveFrom: day(1), RetireAt: day(90), HintUntil: day(180)}
	revoked, endless := k, k
	revoked.RevokedAt = day(50)
	endless.RetireAt, endless.HintUntil = core.Time{}, core.Time{}
	for _, c := range []struct {
		name string
		key  core.SigningKey
		day  float64
		want core.KeyState
	}{
		{"published ahead", k, 0.5, core.KeyWaiting},
		{"its first moment", k, 1, core.KeyActive},
		{"its last day", k, 89.9, core.KeyActive},
		{"its successor signs", k, 90, core.KeyRetired},
		{"a token of its last moment may live", k, 90.9, core.KeyRetired},
		{"no token of it lives", k, 91, core.KeyHints},
		{"no hint either", k, 180, core.KeyOver},
		{"before it was revoked", revoked, 49, core.KeyActive},
		{"revoked", revoked, 50, core.KeyRevoked},
		{"nothing follows it", endless, 4000, core.KeyActive},
	} {
		if got := c.key.State(day(c.day).Time); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAKidAndTheIDNameEachOther(t *testing.T) {
	w := newWorld(t)
	s := signer(t, w, core.EdDSA)
	k := keysOf(t, w)[s.Kid]
	if k == nil || core.SigningKeyOf(s.Kid) != k.ID || len(k.ID) != 64 {
		t.Errorf("%s, %+v", s.Kid, k)
	}
	for _, kid := range []string{"", "x", "../" + s.Kid, s.Kid + "=", string(k.ID), s.Kid[:42]} {
		if id := core.SigningKeyOf(kid); id != "" {
			t.Errorf("%q names %s", kid, id)
		}
	}
}

func TestASigningKeyIsWhole(t *testing.T) {
	w := newWorld(t)
	edward, ellie := signer(t, w, core.EdDSA).Kid, signer(t, w, core.ES256).Kid
	one, other := keysOf(t, w)[edward], keysOf(t, w)[ellie]
	for name, spoil := range map[string]func(*core.SigningKey){
		"another's JWK": func(k *core.SigningKey) { k.PublicJWK = one.PublicJWK },
		"a symmetric JWK": func(k *core.SigningKey) {
			k.PublicJWK = []byte(`{"kty":"oct","k":"AAAA","alg":"HS256","kid":"` + k.Kid() + `"}`)
		},
		"no JWK":                   func(k *core.SigningKey) { k.PublicJWK = []byte(`{}`) },
		"another algorithm":        func(k *core.SigningKey) { k.Alg = core.RS256 },
		"an algorithm of a secret": func(k *core.SigningKey) { k.Alg = "HS256" },
		"another purpose":          func(k *core.SigningKey) { k.Purpose = core.KeyRevocations },
		"no purpose":               func(k *core.SigningKey) { k.Purpose = "x" },
		"published when it signs":  func(k *core.SigningKey) { k.PublishAt = core.At(k.ActiveFrom.Add(time.Hour)) },
		"retired for no reason":    func(k *core.SigningKey) { k.RetireAt = core.At(k.ActiveFrom.Add(time.Hour)) },
	} {
		k := *other
		spoil(&k)
		if err := w.App.Update(w.Machine(), func(tx *core.Tx) error { return core.Put(tx, &k) }); core.AsError(err).Kind != core.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantCode(t, "deleting a key that signs", remove(w, other.ID), "not_allowed")
}

func TestOnlyOwnersAndAdminsChangeSigningKeys(t *testing.T) {
	w := newWorld(t)
	kid := signer(t, w, core.EdDSA).Kid
	for role, want := range map[core.Role]string{core.Owner: "", core.Admin: "", core.Support: "forbidden", core.Auditor: "forbidden"} {
		_, err := w.App.RotateKeys(w.As(role), "", "")
		wantCode(t, string(role)+" rotates", err, want)
		if want != "" {
			_, err = w.App.RevokeKey(w.As(role), core.SigningKeyOf(kid))
			wantCode(t, string(role)+" revokes", err, want)
		}
		err = w.App.View(w.As(role), func(tx *core.Tx) error { _, err := core.Get(tx, core.SigningKeyOf(kid)); return err })
		wantCode(t, string(role)+" reads", err, "")
	}
}
