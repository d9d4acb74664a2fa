package secret

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestASubKeyOpensOnlyWithItsDataKeyPurposeSaltAndPlace(t *testing.T) {
	m := NewMaster()
	_, data := m.NewDataKey("t")
	_, other := m.NewDataKey("t")
	sealed := data.Sub("p", []byte("salt")).Seal([]byte("plain"), "place")
	for _, c := range []struct {
		name string
		key  SubKey
		box  []byte
		aad  string
		want error
	}{
		{"itself", data.Sub("p", []byte("salt")), sealed, "place", nil},
		{"another data key", other.Sub("p", []byte("salt")), sealed, "place", ErrWrongKey},
		{"another purpose", data.Sub("q", []byte("salt")), sealed, "place", ErrNotAuthentic},
		{"another salt", data.Sub("p", []byte("SALT")), sealed, "place", ErrNotAuthentic},
		{"another place", data.Sub("p", []byte("salt")), sealed, "elsewhere", ErrNotAuthentic},
		{"a byte changed", data.Sub("p", []byte("salt")), append(sealed[:len(sealed)-1:len(sealed)-1], sealed[len(sealed)-1]^1), "place", ErrNotAuthentic},
		{"cut short", data.Sub("p", []byte("salt")), sealed[:Overhead-1], "place", ErrMalformed},
		{"another version", data.Sub("p", []byte("salt")), append([]byte{9}, sealed[1:]...), "place", ErrMalformed},
	} {
		plain, err := c.key.Open(c.box, c.aad)
		if !errors.Is(err, c.want) || c.want == nil && string(plain) != "plain" {
			t.Errorf("%s: %q, %v, want %v", c.name, plain, err, c.want)
		}
	}
	if _, err := data.Open(sealed, "place"); err == nil {
		t.Error("the data key itself opens it")
	}
	if string(data.Sub("p", []byte("salt")).Seal([]byte("plain"), "place")) == string(sealed) {
		t.Error("sealed twice it is the same")
	}
	if text := fmt.Sprintf("%v %+v %#v", data.Sub("p", nil), data.Sub("p", nil), data.Sub("p", nil)); strings.Contains(text, "aes") {
		t.Errorf("it shows %s", text)
	}
}
