package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestAPasswordPolicyHasLimits(t *testing.T) {
	w := newWorld(t)
	id := core.ID[core.PasswordPolicy](directory(t, w, "d").ID)
	p, err := get(w, id)
	if err != nil || p.ResetTokenTTL != 24 || p.ResetEmailStatus != core.Enabled || p.ResetSuccessEmailStatus != core.Enabled {
		t.Errorf("%+v, %v", p, err)
	}
	for _, c := range []struct {
		change func(*core.PasswordPolicy)
		want   string
	}{
		{func(p *core.PasswordPolicy) { p.ResetTokenTTL = 168 }, ""},
		{func(p *core.PasswordPolicy) { p.ResetTokenTTL = 0 }, "below_min"},
		{func(p *core.PasswordPolicy) { p.ResetTokenTTL = 169 }, "above_max"},
		{func(p *core.PasswordPolicy) { p.ResetEmailStatus = core.Disabled }, ""},
		{func(p *core.PasswordPolicy) { p.ResetEmailStatus = core.Unverified }, "unsupported_value"},
		{func(p *core.PasswordPolicy) { p.ResetSuccessEmailStatus = "" }, "unsupported_value"},
	} {
		wantCode(t, "policy", tryChange(w, id, c.change), c.want)
	}
}

func TestAResetTokenLivesAsLongAsItsDirectorySays(t *testing.T) {
	for _, c := range []struct {
		hours int
		after time.Duration
		want  string
	}{
		{1, time.Hour - time.Millisecond, ""}, {1, time.Hour, "not_found"},
		{168, 168*time.Hour - time.Millisecond, ""}, {168, 168 * time.Hour, "not_found"},
	} {
		s := newShop(t, newWorld(t))
		change(t, s.w, core.ID[core.PasswordPolicy](s.dir.ID), func(p *core.PasswordPolicy) { p.ResetTokenTTL = c.hours })
		token := s.reset(t)
		s.w.Clock.Turn(c.after)
		_, err := s.w.App.SpendReset(s.w.Machine(), s.app.ID, token, "N3wPassword")
		wantCode(t, c.after.String(), err, c.want)
	}
}

// proofs are how many there are in the tenant.
func proofs(t *testing.T, s *shop) (n int) {
	t.Helper()
	ok(t, s.w.App.View(core.AsSystem(t.Context(), s.w.Tenant), func(tx *core.Tx) error {
		page, err := core.List[core.Proof](tx, nil, core.Query{Limit: 1000})
		n = len(page.Items)
		return err
	}))
	return n
}

func TestADeadProofDoesNotLinger(t *testing.T) {
	s := newShop(t, newWorld(t))
	s.reset(t)
	s.w.Clock.Turn(24*time.Hour - time.Millisecond)
	s.w.Settle(t)
	if n := proofs(t, s); n != 1 {
		t.Errorf("%d while it lives", n)
	}
	s.w.Clock.Turn(time.Millisecond)
	s.w.Settle(t)
	if n := proofs(t, s); n != 0 {
		t.Errorf("%d once it is dead", n)
	}
	ok(t, second(s.w.App.SpendReset(s.w.Machine(), s.app.ID, s.reset(t), "N3wPassword")))
	s.w.Clock.Turn(time.Hour)
	s.w.Settle(t)
	if n := proofs(t, s); n != 0 {
		t.Errorf("%d an hour after it was spent", n)
	}
}
