package keep

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

func TestWhatIsNotWholeIsTold(t *testing.T) {
	h := newHouse(t)
	good := h.backup(t, true)
	open := func(b []byte, k Key) (Manifest, error) {
		return Verify(t.Context(), bytes.NewReader(b), k, t.TempDir(), engine)
	}
	m, err := open(good, h.key)
	if err != nil || m.Tenants != 1 || !m.WithKey || m.KeyID != h.Ring.Current.ID() || m.Size == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	flip := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 1
		return b
	}
	other, err := age.GenerateX25519Identity()
	must(t, err)
	for _, c := range []struct {
		name string
		b    []byte
		key  Key
		want error
	}{
		{"another's identity", good, Key{Identities: other.String()}, ErrCannotOpen},
		{"a passphrase", good, Key{Passphrase: "x"}, ErrCannotOpen},
		{"no backup", []byte("hello"), h.key, ErrNotWhole},
		{"nothing", nil, h.key, ErrNotWhole},
		{"a changed header", flip(30), h.key, ErrCannotOpen},
		{"a changed byte", flip(len(good) / 2), h.key, ErrNotWhole},
		{"a changed end", flip(len(good) - 1), h.key, ErrNotWhole},
		{"cut off", good[:len(good)/2], h.key, ErrNotWhole},
		{"without its last byte", good[:len(good)-1], h.key, ErrNotWhole},
		{"more behind it", append(bytes.Clone(good), 'x'), h.key, ErrNotWhole},
	} {
		if _, err := open(c.b, c.key); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// Whoever knows the recipient can write a file that age finds authentic: what is in
// it is checked too.
func TestAnAuthenticFileMayStillBeNoBackup(t *testing.T) {
	h := newHouse(t)
	to, err := h.lock.AgeRecipients()
	must(t, err)
	data := "some data"
	right := "1307990e6ba5ca145eb35e99182a9bec46531bc54ddf656a602c780fa0240dee"
	for _, c := range []struct {
		name string
		m    Manifest
		want string
	}{
		{"a wrong checksum", Manifest{Version: 1, Size: 9, SHA256: "00"}, "checksum"},
		{"a later form", Manifest{Version: 2, Size: 9, SHA256: right}, "newer program"},
		{"data that are none", Manifest{Version: 1, Size: 9, SHA256: right}, "damaged"},
		{"a key that is none", Manifest{Version: 1, Size: 9, SHA256: right, WithKey: true}, "damaged"},
	} {
		var b bytes.Buffer
		must(t, seal(&b, to, c.m, "no key", strings.NewReader(data)))
		if _, err := Verify(t.Context(), &b, h.key, t.TempDir(), engine); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestADiskThatDoesNotReadIsNoDamage(t *testing.T) {
	h := newHouse(t)
	broken := errors.New("the disk is gone")
	r := io.MultiReader(bytes.NewReader(h.backup(t, true)[:300]), failing{broken})
	if _, err := Verify(t.Context(), r, h.key, t.TempDir(), engine); !errors.Is(err, broken) || errors.Is(err, ErrNotWhole) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestABackupIsNeverInTheClear(t *testing.T) {
	h := newHouse(t)
	for _, text := range []string{"SQLite", "stormkeep-master-1", "storm-keep", "manifest", h.Secret} {
		if bytes.Contains(h.backup(t, true), []byte(text)) {
			t.Errorf("%q can be read", text)
		}
	}
}

func FuzzUnseal(f *testing.F) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	m := Manifest{Version: 1, CreatedAt: time.Unix(0, 0), Size: 4, SHA256: "x"}
	if err := seal(&b, []age.Recipient{id.Recipient()}, m, "", strings.NewReader("data")); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("not zstd"))
	f.Add([]byte{0x28, 0xb5, 0x2f, 0xfd})
	f.Fuzz(func(t *testing.T, inner []byte) {
		var sealed bytes.Buffer
		w, err := age.Encrypt(&sealed, id.Recipient())
		if err != nil {
			t.Fatal(err)
		}
		w.Write(inner)
		w.Close()
		if _, _, err := unseal(&sealed, []age.Identity{id}, io.Discard); err == nil {
			t.Error("strange bytes are a backup")
		}
	})
}
