package cli

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core/keep"
)

func TestListsAreSeparatedByCommas(t *testing.T) {
	for text, want := range map[string][]string{"": nil, " , ": nil, "a": {"a"}, "a, b ,": {"a", "b"}} {
		if got := listed(text); !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestTheSettingsSayForWhomBackupsAre(t *testing.T) {
	if l, err := (backupConfig{Recipients: "a,b"}).lock(); err != nil || len(l.Recipients) != 2 {
		t.Errorf("%+v, %v", l, err)
	}
	if l, err := (backupConfig{Passphrase: "x"}).lock(); err != nil || l.Passphrase != "x" {
		t.Errorf("%+v, %v", l, err)
	}
	for _, b := range []backupConfig{{Recipients: "a", PassphraseFile: "b"}, {PassphraseFile: "nowhere"}} {
		if l, err := b.lock(); err == nil {
			t.Errorf("%+v is %+v", b, l)
		}
	}
	if err := (keep.Lock{}).Check(); err == nil {
		t.Error("nothing is a lock")
	}
}
