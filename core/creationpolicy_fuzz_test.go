package core

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The matcher says what a regular expression made of the pattern says.
func FuzzDomainPatterns(f *testing.F) {
	for _, seed := range [][2]string{{"*site.com", "zsite.com"}, {"*.site.com", "site.com"}, {"**", ""}, {"a*b*c", "aXbXbYc"}, {"*a*a*a*a", "aaaaaaaaab"}, {"", ""}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, domain string) {
		if len(pattern) > 64 || len(domain) > 64 || !utf8.ValidString(pattern) || !utf8.ValidString(domain) {
			return
		}
		naive := regexp.MustCompile(`(?s)^` + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, `.*`) + `$`)
		if got, want := matchDomain(pattern, domain), naive.MatchString(domain); got != want {
			t.Errorf("%q on %q: %v, want %v", pattern, domain, got, want)
		}
	})
}
