package core_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// A device from which somebody signed in is slowed by nobody but itself, for the
// account that it signed in to, until the password changes or half a year has passed.
func TestAKnownDeviceIsSlowedByNobodyElse(t *testing.T) {
	const who = "ann@example.com"
	for _, c := range []struct {
		name   string
		device func(t *testing.T, d *door, token string) string
		known  bool
	}{
		{name: "known", known: true},
		{name: "of another's sign-in", device: func(t *testing.T, d *door, _ string) string {
			out, err := d.try("vic@example.com", coretest.Password, away)
			ok(t, err)
			return out.Done.Device
		}},
		{name: "after a new password", device: func(t *testing.T, d *door, token string) string {
			hash, err := d.w.App.HashPassword(t.Context(), coretest.Password)
			ok(t, err)
			d.w.Update(t, func(tx *core.Tx) error {
				a, err := core.Get(tx, d.ann.ID)
				return orElse(err, core.SetPassword(tx, a, hash))
			})
			return token
		}},
		{name: "after an edit of the profile", known: true, device: func(t *testing.T, d *door, token string) string {
			change(t, d.w, d.ann.ID, func(a *core.Account) { a.GivenName = "Anna" })
			return token
		}},
		{name: "after half a year", device: func(_ *testing.T, d *door, token string) string {
			d.w.Clock.Turn(180 * 24 * time.Hour)
			return token
		}},
		{name: "used within half a year", known: true, device: func(t *testing.T, d *door, token string) string {
			d.w.Clock.Turn(179 * 24 * time.Hour)
			out, err := d.try(who, coretest.Password, away, token)
			ok(t, err)
			d.w.Clock.Turn(179 * 24 * time.Hour)
			return out.Done.Device
		}},
		{name: "with a bit changed", device: func(_ *testing.T, _ *door, token string) string {
			b, _ := base64.RawURLEncoding.DecodeString(token)
			b[20] ^= 1
			return base64.RawURLEncoding.EncodeToString(b)
		}},
		{name: "cut off", device: func(_ *testing.T, _ *door, token string) string { return token[:40] }},
		{name: "with more", device: func(_ *testing.T, _ *door, token string) string { return token + "AAAA" }},
		{name: "long", device: func(*testing.T, *door, string) string { return strings.Repeat("A", 1<<16) }},
		{name: "nothing", device: func(*testing.T, *door, string) string { return "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDoor(t, newWorld(t))
			out, err := d.try(who, coretest.Password, away)
			ok(t, err)
			token := out.Done.Device
			if c.device != nil {
				token = c.device(t, d, token)
			}
			d.failures(t, 30, who, "")
			d.failures(t, 5, who, home)
			before := d.w.App.Passwords.Count()
			_, err = d.try(who, coretest.Password, home, token)
			if known := err == nil && d.late == 0; known != c.known {
				t.Errorf("%v, late by %v", err, d.late)
			}
			if _, err := d.try("nobody", wrong, away, token); code(err) != "unknown_login" || d.w.App.Passwords.Count() > before+2 {
				t.Errorf("an unknown login: %v", err)
			}
		})
	}
}

// A device has tries of its own, and those count nowhere else.
func TestTriesOfAKnownDeviceAreItsOwn(t *testing.T) {
	d := newDoor(t, newWorld(t))
	const who = "ann@example.com"
	out, err := d.try(who, coretest.Password, home)
	ok(t, err)
	again, err := d.try(who, coretest.Password, home, out.Done.Device)
	ok(t, err)
	d.failures(t, 6, who, home, out.Done.Device)
	d.failures(t, 4, who, home, again.Done.Device) // it is the same device
	if _, err := d.try(who, coretest.Password, away, again.Done.Device); held(err) != 2*time.Second {
		t.Errorf("after ten: %v", err)
	}
	other, err := d.try(who, coretest.Password, home)
	if err != nil || d.late != 0 {
		t.Errorf("where the device is not shown: %v, late by %v", err, d.late)
	}
	if _, err := d.try(who, wrong, home, other.Done.Device); code(err) != "wrong_password" {
		t.Errorf("another device: %v", err)
	}
	d.w.Clock.Turn(2 * time.Second)
	ok(t, second(d.try(who, coretest.Password, home, again.Done.Device)))
	d.failures(t, 10, who, home, again.Done.Device)
}
