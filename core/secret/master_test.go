package secret

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestAMasterKeyIsReadAsItIsWritten(t *testing.T) {
	m := NewMaster()
	for _, text := range []string{m.Encode(), " " + m.Encode() + "\r\n"} {
		again, err := ParseMaster(text)
		if err != nil || again.Encode() != m.Encode() || again.ID() != m.ID() {
			t.Errorf("%v, %v", again, err)
		}
	}
	if NewMaster().Encode() == m.Encode() {
		t.Error("two new keys are alike")
	}
}

func TestTextThatIsNoMasterKeyIsRefusedUnseen(t *testing.T) {
	good := NewMaster().Encode()
	body := strings.TrimPrefix(good, masterPrefix)
	rows := map[string]string{
		"empty":           "",
		"prefix alone":    masterPrefix,
		"no prefix":       body,
		"later version":   "stormkeep-master-2:" + body,
		"one letter less": good[:len(good)-1],
		"one letter more": good + "A",
		"padded":          good + "=",
		"not base64":      masterPrefix + strings.Repeat("!", 43),
		"a line break":    masterPrefix + body[:20] + "\n" + body[20:],
		"loose last bits": masterPrefix + strings.Repeat("A", 42) + "B",
	}
	for name, text := range rows {
		_, err := ParseMaster(text)
		if !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Contains(err.Error(), body[:8]) {
			t.Errorf("%s: the error tells the key: %v", name, err)
		}
	}
}

func TestTheCheckValueTellsTheKey(t *testing.T) {
	m, other := NewMaster(), NewMaster()
	check := m.CheckValue()
	if !bytes.Equal(check, m.CheckValue()) {
		t.Error("two check values of one key differ")
	}
	changed := bytes.Clone(check)
	changed[len(changed)-1] ^= 1
	rows := []struct {
		name  string
		key   *Master
		value []byte
		want  error
	}{
		{"its own", m, check, nil},
		{"another key", other, check, ErrWrongKey},
		{"changed", m, changed, ErrWrongKey},
		{"none", m, nil, ErrMalformed},
		{"cut", m, check[:20], ErrMalformed},
		{"later version", m, append([]byte{2}, check[1:]...), ErrMalformed},
	}
	for _, r := range rows {
		if err := r.key.VerifyCheck(r.value); !errors.Is(err, r.want) {
			t.Errorf("%s: %v, want %v", r.name, err, r.want)
		}
	}
	err := other.VerifyCheck(check).Error()
	if !strings.Contains(err, m.ID()) || !strings.Contains(err, other.ID()) {
		t.Errorf("%q does not name both keys", err)
	}
}

func TestADataKeyOpensForItsTenantOnly(t *testing.T) {
	m := NewMaster()
	wrapped, key := m.NewDataKey("acme")
	sealed := key.Seal([]byte("secret"), "acme/apiKey/k1/secret")
	again, err := m.Unwrap(wrapped, "acme")
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open(sealed, "acme/apiKey/k1/secret"); err != nil || string(plain) != "secret" {
		t.Errorf("%q, %v", plain, err)
	}
	short := m.box.seal([]byte("short"), "acme")
	rows := []struct {
		name    string
		key     *Master
		wrapped []byte
		tenant  string
		want    error
	}{
		{"another tenant", m, wrapped, "evil", ErrNotAuthentic},
		{"another master", NewMaster(), wrapped, "acme", ErrWrongKey},
		{"no key inside", m, short, "acme", ErrMalformed},
		{"nothing", m, nil, "acme", ErrMalformed},
	}
	for _, r := range rows {
		if _, err := r.key.Unwrap(r.wrapped, r.tenant); !errors.Is(err, r.want) {
			t.Errorf("%s: %v, want %v", r.name, err, r.want)
		}
	}
}

// Every way to print a key, or what holds one, shows none of it.
func TestPrintingAKeyShowsItsIDOnly(t *testing.T) {
	m := NewMaster()
	_, d := m.NewDataKey("acme")
	var log bytes.Buffer
	text := slog.New(slog.NewTextHandler(&log, nil))
	object := slog.New(slog.NewJSONHandler(&log, nil))
	ring := &Keyring{Current: m, Older: []*Master{m}}
	type holder struct {
		M *Master
		m *Master
		v Master
		D *DataKey
		d DataKey
	}
	held := holder{m, m, *m, d, *d}
	for _, v := range []any{m, *m, d, *d, ring, *ring, held, &held, []*Master{m}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			fmt.Fprintf(&log, verb+"\n", v)
		}
		text.Info("x", "key", v)
		object.Info("x", "key", v)
		if raw, err := json.Marshal(v); err == nil {
			log.Write(raw)
		}
	}
	for _, root := range [][]byte{m.box.keys().root[:], d.box.keys().root[:]} {
		raw := hex.EncodeToString(root[:4])
		numbers := strings.Trim(fmt.Sprint(root[:4]), "[]")
		goNumbers := fmt.Sprintf("%#v", root[:2])
		for _, leak := range []string{
			raw, strings.ToUpper(raw), numbers, string(root[:4]), m.Encode()[len(masterPrefix):][:8],
			strings.Trim(strings.TrimPrefix(goNumbers, "[]byte"), "{}"),
		} {
			if strings.Contains(log.String(), leak) {
				t.Errorf("a log holds %q of the key", leak)
			}
		}
	}
	if !strings.Contains(log.String(), "master key "+m.ID()) || !strings.Contains(log.String(), "data key "+d.ID()) {
		t.Error("no log names the key")
	}
	var none *Master
	var noData *DataKey
	if got := fmt.Sprint(none, noData); !strings.Contains(got, "(none)") {
		t.Errorf("nil keys print as %q", got)
	}
}

func TestAWipedKeyIsZero(t *testing.T) {
	m := NewMaster()
	_, d := m.NewDataKey("acme")
	m.Wipe()
	d.Wipe()
	if m.box.keys().root != [keySize]byte{} || d.box.keys().root != [keySize]byte{} {
		t.Error("a root is still there")
	}
}

func FuzzParseMaster(f *testing.F) {
	f.Add(NewMaster().Encode())
	f.Add(masterPrefix)
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := ParseMaster(text); err == nil && m.Encode() != strings.TrimSpace(text) {
			t.Fatalf("%q is not the one spelling of its key", text)
		}
	})
}
