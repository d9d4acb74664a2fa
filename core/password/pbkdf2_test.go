package password

import "testing"

func TestPBKDF2CountsEveryPart(t *testing.T) {
	rows := []struct {
		name, rest string
		want       bool
	}{
		{"as written", "1000$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", true},
		{"one iteration less", "999$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", false},
		{"another salt", "1000$Salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", false},
	}
	for _, r := range rows {
		v, err := parsePBKDF2SHA1(r.rest, Caps{}.orDefault())
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if got := v.verify("p"); got != r.want {
			t.Errorf("%s: %v, want %v", r.name, got, r.want)
		}
	}
}
