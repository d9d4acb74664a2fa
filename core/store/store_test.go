package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
)

func TestEndIsTheFirstKeyAfterAPrefix(t *testing.T) {
	for _, c := range []struct{ prefix, want string }{
		{"a", "b"},
		{"a/", "a0"},
		{"a\x7f", "a\x80"},
		{"a\xc3", "a\xc4"},
		{"a\xff", "b"},
		{"a\xff\xff", "b"},
		{"a\xfe\xff", "a\xff"},
		{"\xff", ""},
		{"\xff\xff", ""},
		{"", ""},
	} {
		got := store.End(c.prefix)
		if got != c.want {
			t.Errorf("End(%q) = %q, want %q", c.prefix, got, c.want)
		}
		if last := c.prefix + "\xff\xff\xff"; got != "" && last >= got {
			t.Errorf("End(%q) = %q, which is not after %q", c.prefix, got, last)
		}
	}
}

func TestCheckRefusesWhatNoEngineTakes(t *testing.T) {
	one := []byte{1}
	for _, c := range []struct {
		name  string
		key   string
		value []byte
		want  error
	}{
		{"a key and a value", "k", one, nil},
		{"the longest key", strings.Repeat("k", store.MaxKey), one, nil},
		{"a key too long", strings.Repeat("k", store.MaxKey+1), one, store.ErrInvalid},
		{"no key", "", one, store.ErrInvalid},
		{"no value", "k", nil, store.ErrInvalid},
		{"an empty value", "k", []byte{}, store.ErrInvalid},
		{"a value too long", "k", bytes.Repeat(one, store.MaxValue+1), store.ErrInvalid},
	} {
		if got := store.Check(c.key, c.value); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
