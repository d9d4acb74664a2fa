package secret

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestRotationNeedsTheOldKeyUntilAllIsRewrapped(t *testing.T) {
	old := NewMaster()
	wrapped, key := old.NewDataKey("acme")
	sealed := key.Seal([]byte("secret"), "p")
	next := NewMaster()
	ring := &Keyring{Current: next, Older: []*Master{NewMaster(), old}}

	if current, err := ring.VerifyCheck(old.CheckValue()); current || err != nil {
		t.Errorf("the old check value: current %v, %v", current, err)
	}
	rewrapped, err := ring.Rewrap(wrapped, "acme")
	if err != nil || bytes.Equal(rewrapped, wrapped) {
		t.Fatalf("rewrap: %v", err)
	}
	if again, err := ring.Rewrap(rewrapped, "acme"); err != nil || !bytes.Equal(again, rewrapped) {
		t.Errorf("rewrapped twice, it changed: %v", err)
	}
	if _, err := ring.Rewrap(wrapped, "evil"); !errors.Is(err, ErrNotAuthentic) {
		t.Errorf("rewrapped for another tenant: %v", err)
	}
	alone := &Keyring{Current: next}
	if _, err := alone.Unwrap(wrapped, "acme"); !errors.Is(err, ErrWrongKey) || !strings.Contains(err.Error(), old.ID()) {
		t.Errorf("without the old key: %v", err)
	}
	after, err := alone.Unwrap(rewrapped, "acme")
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := after.Open(sealed, "p"); err != nil || string(plain) != "secret" {
		t.Errorf("%q, %v", plain, err)
	}
	if current, err := alone.VerifyCheck(next.CheckValue()); !current || err != nil {
		t.Errorf("the new check value: current %v, %v", current, err)
	}
	if _, err := alone.VerifyCheck(old.CheckValue()); !errors.Is(err, ErrWrongKey) {
		t.Errorf("the old check value without the old key: %v", err)
	}
	if _, err := alone.Unwrap([]byte("short"), "acme"); !errors.Is(err, ErrMalformed) {
		t.Errorf("a short value: %v", err)
	}
	fresh, _ := ring.NewDataKey("acme")
	if _, err := next.Unwrap(fresh, "acme"); err != nil {
		t.Errorf("a new data key is not under the current master: %v", err)
	}
}

func TestAKeyringIsReadAsItIsWritten(t *testing.T) {
	a, b := NewMaster(), NewMaster()
	ring := &Keyring{Current: a, Older: []*Master{b}}
	text := "# made by hand\n\n" + strings.ReplaceAll(ring.Encode(), "\n", "\r\n") + "  \n"
	got, err := ParseKeyring(text)
	if err != nil || got.Encode() != ring.Encode() {
		t.Errorf("%v, %v", got, err)
	}
	rows := map[string]string{
		"":                             "no master key",
		"# nothing\n":                  "no master key",
		a.Encode() + "\noops hunter2":  "line 2",
		"\n" + a.Encode() + b.Encode(): "line 2",
	}
	for text, want := range rows {
		_, err := ParseKeyring(text)
		if !errors.Is(err, ErrMalformed) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), a.Encode()[30:40]) {
			t.Errorf("the error tells the text: %v", err)
		}
	}
}
