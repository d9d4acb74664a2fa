package password

import "testing"

// A digest without a mark is taken for one only if it can be nothing else.
func TestADigestWithoutAMarkIsThirtyTwoDigits(t *testing.T) {
	for text, want := range map[string]bool{
		"5f4dcc3b5aa765d61d8327deb882cf99":         true,
		"5F4DCC3B5AA765D61D8327DEB882CF99":         false,
		"5f4dcc3b5aa765d61d8327deb882cf9":          false,
		"5f4dcc3b5aa765d61d8327deb882cf99a":        false,
		"5f4dcc3b5aa765d61d8327deb882cf9g":         false,
		"da39a3ee5e6b4b0d3255bfef95601890afd80709": false,
		"": false,
	} {
		if got := bareMD5(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
