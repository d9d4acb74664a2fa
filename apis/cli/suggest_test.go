package cli

import (
	"strings"
	"testing"
)

func TestTheNearestNameIsSuggested(t *testing.T) {
	known := []string{"http", "data", "public-url"}
	for name, want := range map[string]string{
		"htpp": "http", "HTTP": "http", "publicUrl": "public-url", "public_url": "public-url", "publik-ur": "public-url",
		"dta": "data", "mailserver": "", strings.Repeat("x", 1000): "", "": "",
	} {
		hint := suggest(name, known)
		if want == "" {
			want = "there are http, data, public-url"
			if name == "" {
				continue // any hint will do for a key that is empty
			}
		} else {
			want = "did you mean " + want + "?"
		}
		if hint != want {
			t.Errorf("suggest(%q) = %q, want %q", name, hint, want)
		}
	}
}

func TestDistanceIsTheNumberOfEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "bc", 1}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
