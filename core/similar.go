package core

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// similarTo names what of the account a password is too like, "" for nothing. The
// measure and its bounds are those of Django's UserAttributeSimilarityValidator, so
// that what passed there passes here.
func similarTo(pw string, a *Account) string {
	pw = Fold(pw)
	for _, f := range [][2]string{{"username", a.Username}, {"given name", a.GivenName}, {"middle name", a.MiddleName},
		{"surname", a.Surname}, {"email", a.Email}} {
		whole := Fold(f[1])
		parts := strings.FieldsFunc(whole, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, part := range append(parts, whole) {
			if part != "" && alike(pw, part) {
				return f[0]
			}
		}
	}
	return ""
}

// alike tells whether two texts share 70 of 100 characters, whatever their order.
// What is a tenth of the password or less is no reason to refuse it.
func alike(pw, other string) bool {
	n, m := utf8.RuneCountInString(pw), utf8.RuneCountInString(other)
	if n >= 10*m && 20*m < 7*n {
		return false
	}
	left := map[rune]int{}
	for _, r := range other {
		left[r]++
	}
	shared := 0
	for _, r := range pw {
		if left[r] > 0 {
			left[r]--
			shared++
		}
	}
	return 20*shared >= 7*(n+m)
}
