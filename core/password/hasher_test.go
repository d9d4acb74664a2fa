package password

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"
)

// quick has costs that let tests be many.
func quick() Params { return Params{Memory: 32, Iterations: 1, Parallelism: 1} }

func TestAPasswordMatchesItsOwnHashOnly(t *testing.T) {
	h := Hasher{Params: quick()}
	ctx := context.Background()
	for _, password := range []string{"", "x", "lètmein", strings.Repeat("é", MaxLength/2), "nul\x00inside"} {
		encoded, err := h.Hash(ctx, password)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := h.Hash(ctx, password); again == encoded {
			t.Errorf("%.10q: two hashes are alike, so the salt is", password)
		}
		if format, err := h.Recognised(encoded); err != nil || format != "argon2id" {
			t.Errorf("%.10q: %s, %v", password, format, err)
		}
		if got, err := h.Verify(ctx, encoded, password); err != nil || got != (Result{OK: true}) {
			t.Errorf("%.10q: %+v, %v", password, got, err)
		}
		for _, wrong := range []string{"y", "nul", "lètmein "} {
			if got, err := h.Verify(ctx, encoded, wrong); err != nil || got != (Result{}) {
				t.Errorf("%.10q, wrong password %q: %+v, %v", password, wrong, got, err)
			}
		}
	}
}

func TestTheDefaultsAreNineteenMiBAndTwoPasses(t *testing.T) {
	encoded, err := new(Hasher).Hash(context.Background(), "password")
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; err != nil || !strings.HasPrefix(encoded, want) {
		t.Errorf("%.40s, %v; want %s", encoded, err, want)
	}
}

func TestOtherCostsAskForARehash(t *testing.T) {
	ctx := context.Background()
	old := Hasher{Params: quick()}
	encoded, err := old.Hash(ctx, "password")
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name   string
		params Params
		want   bool
	}{
		{"the same", quick(), false},
		{"more memory", Params{64, 1, 1}, true},
		{"less memory", Params{16, 1, 1}, true},
		{"more passes", Params{32, 2, 1}, true},
		{"more lanes", Params{32, 1, 2}, true},
		{"memory that the lanes raise", Params{1, 1, 4}, true},
	}
	for _, r := range rows {
		h := Hasher{Params: r.params}
		if got, err := h.Verify(ctx, encoded, "password"); err != nil || !got.OK || got.Rehash != r.want {
			t.Errorf("%s: %+v, %v; want rehash %v", r.name, got, err, r.want)
		}
		fresh, err := h.Hash(ctx, "password")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := h.Verify(ctx, fresh, "password"); err != nil || got != (Result{OK: true}) {
			t.Errorf("%s: its own hash gives %+v, %v", r.name, got, err)
		}
	}
	short := "$argon2id$v=19$m=32,t=1,p=1$c29tZXNhbHQ$"
	h := Hasher{Params: quick()}
	encoded = short + rawBase64(argon2.IDKey([]byte("password"), []byte("somesalt"), 1, 32, 1, 32))
	if got, err := h.Verify(ctx, encoded, "password"); err != nil || got != (Result{OK: true, Rehash: true}) {
		t.Errorf("a salt of 8 bytes: %+v, %v", got, err)
	}
}

// Who has no account, or no password, costs what everybody costs.
func TestUnknownNamesCostOneHashLikeKnownOnes(t *testing.T) {
	h := Hasher{Params: quick()}
	ctx := context.Background()
	encoded, err := h.Hash(ctx, "password")
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name string
		do   func() error
	}{
		{"right password", func() error { _, err := h.Verify(ctx, encoded, "password"); return err }},
		{"wrong password", func() error { _, err := h.Verify(ctx, encoded, "other"); return err }},
		{"no such account", func() error { return h.VerifyNone(ctx, "password") }},
		{"account without a password", func() error { _, err := h.Verify(ctx, "", "password"); return err }},
	}
	for _, r := range rows {
		before := h.Count()
		if err := r.do(); err != nil {
			t.Errorf("%s: %v", r.name, err)
		}
		if n := h.Count() - before; n != 1 {
			t.Errorf("%s: %d hashes, want 1", r.name, n)
		}
	}
	if got, err := h.Verify(ctx, "", ""); err != nil || got.OK {
		t.Errorf("an account without a password: %+v, %v", got, err)
	}
}

func TestWhatIsRefusedCostsNoHash(t *testing.T) {
	h := Hasher{Params: quick()}
	ctx := context.Background()
	long := strings.Repeat("x", MaxLength+1)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, hashed := h.Hash(ctx, long)
	_, verified := h.Verify(ctx, "$argon2id$", long)
	_, malformed := h.Verify(ctx, "$argon2id$", "x")
	_, unknown := h.Verify(ctx, "plain", "x")
	_, late := h.Hash(ended, "x")
	rows := []struct {
		name      string
		got, want error
	}{
		{"hash, too long", hashed, ErrTooLong},
		{"verify, too long", verified, ErrTooLong},
		{"unknown name, too long", h.VerifyNone(ctx, long), ErrTooLong},
		{"account without a password, too long", second(h.Verify(ctx, "", long)), ErrTooLong},
		{"malformed", malformed, ErrMalformed},
		{"unsupported", unknown, ErrUnsupported},
		{"context ended before", late, context.Canceled},
	}
	for _, r := range rows {
		if !errors.Is(r.got, r.want) {
			t.Errorf("%s: %v, want %v", r.name, r.got, r.want)
		}
	}
	if n := h.Count(); n != 0 {
		t.Errorf("%d hashes were computed", n)
	}
}

func second(_ Result, err error) error { return err }
