package password

import "testing"

// An iteration more or less, another salt and another algorithm each make
// another hash: the rows are one vector with one thing changed.
func TestStormpath2CountsEveryPart(t *testing.T) {
	rows := []struct {
		name, rest string
		want       bool
	}{
		{"as written", "SHA-1$2$c2FsdHk=$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY=", true},
		{"one iteration", "SHA-1$1$c2FsdHk=$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY=", false},
		{"three iterations", "SHA-1$3$c2FsdHk=$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY=", false},
		{"no salt", "SHA-1$2$$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY=", false},
	}
	for _, r := range rows {
		v, err := parseStormpath2(r.rest, Caps{}.orDefault())
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if got := v.verify("pässword"); got != r.want {
			t.Errorf("%s: %v, want %v", r.name, got, r.want)
		}
	}
}
