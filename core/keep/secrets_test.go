package keep

import (
	"errors"
	"strings"
	"testing"
)

const (
	classic = "age1jnr7uv84gu5s5q6mu23a4dkx5u5p0df9d0hfhchmjm9pazpqcd3sf3wv69"
	another = "age19k3xg88uqux0xct0f64klwxrd2fpl8kv09delg4kgn3a9fvy6pfqve082y"
	secrets = "AGE-SECRET-KEY-14CU8ZYGTKLPUJNMP6D9KVVQFWHAXFQ2DLSAKTKWKAARYWL0JF40S5E6D56"
)

func TestALockIsForRecipientsOrForAPassphrase(t *testing.T) {
	for _, c := range []struct {
		name string
		l    Lock
		want string // of the error
	}{
		{"nothing", Lock{}, ErrNoLock.Error()},
		{"a recipient", Lock{Recipients: []string{classic}}, ""},
		{"a file of them", Lock{Recipients: []string{"# mine\n" + classic + "\n" + another + "\n"}}, ""},
		{"a passphrase", Lock{Passphrase: "x"}, ""},
		{"both", Lock{Recipients: []string{classic}, Passphrase: "x"}, "not for both"},
		{"no recipient", Lock{Recipients: []string{"bob"}}, "no age recipient"},
		{"an identity in its place", Lock{Recipients: []string{secrets}}, "no age recipient"},
	} {
		err := c.l.Check()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), secrets) {
			t.Errorf("%s: the error tells a secret", c.name)
		}
	}
	if !errors.Is(Lock{}.Check(), ErrNoLock) {
		t.Error("no lock is no ErrNoLock")
	}
}

func TestAKeyIsAPassphraseOrIdentities(t *testing.T) {
	for _, c := range []struct {
		k  Key
		ok bool
	}{{Key{}, false}, {Key{Passphrase: "x"}, true}, {Key{Identities: "# mine\n" + secrets}, true}, {Key{Identities: classic}, false}} {
		if _, err := c.k.AgeIdentities(); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.k, err)
		}
	}
	if !(Key{}).IsZero() || (Key{Passphrase: "x"}).IsZero() {
		t.Error("IsZero is wrong")
	}
}
