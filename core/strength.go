package core

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core/password/breached"
)

// Strength is what a directory asks of a password. It is a part of the directory;
// an absent one is Stormpath's (spec 13).
type Strength struct {
	Base[Strength]
	MinLength    int  `json:"minLength"`
	MaxLength    int  `json:"maxLength"`
	MinLowerCase int  `json:"minLowerCase"`
	MinUpperCase int  `json:"minUpperCase"`
	MinNumeric   int  `json:"minNumeric"`
	MinSymbol    int  `json:"minSymbol"`
	MinDiacritic int  `json:"minDiacritic"`
	PreventReuse int  `json:"preventReuse"` // of the last so many passwords, the present one among them
	DenyCommon   bool `json:"denyCommon"`   // on the list of package breached, in any case
	DenySimilar  bool `json:"denySimilar"`  // like a name or the address of its account
	DenyNumeric  bool `json:"denyNumeric"`  // of digits only
}

var strengths = &Kind[Strength]{Name: "passwordStrengths", Noun: "PasswordStrength", Key: "pws", Part: true, Private: true,
	At: "passwordPolicies/{id}/strength"}

// Kind says how it is stored.
func (*Strength) Kind() *Kind[Strength] { return strengths }

// Owners is the directory.
func (s *Strength) Owners() []Ref { return []Ref{RefTo(ID[Directory](s.ID))} }

// Tags let hooks be narrowed to one directory.
func (s *Strength) Tags(tx *Tx) []string { return directoryTags(tx, ID[Directory](s.ID)) }

// Defaults are those of a directory made over /v1.
func (s *Strength) Defaults() {
	s.MinLength, s.MaxLength, s.MinLowerCase, s.MinUpperCase, s.MinNumeric = 8, 100, 1, 1, 1
}

// Modern makes the rules those of a directory made at first start: length, and none
// of the passwords that are tried first.
func (s *Strength) Modern() {
	s.MinLength, s.MaxLength, s.MinLowerCase, s.MinUpperCase, s.MinNumeric = 8, 255, 0, 0, 0
	s.DenyCommon = true
}

// Check holds the ranges of spec 13.
func (s *Strength) Check(c *Checks) {
	in := func(field string, n, low, high int) {
		c.That(n >= low, field, "below_min", "PasswordStrength %s must be at least %d.", field, low)
		c.That(n <= high, field, "above_max", "PasswordStrength %s must be at most %d.", field, high)
	}
	in("minLength", s.MinLength, 1, 255)
	in("maxLength", s.MaxLength, 1, 255)
	in("minLowerCase", s.MinLowerCase, 0, 255)
	in("minUpperCase", s.MinUpperCase, 0, 255)
	in("minNumeric", s.MinNumeric, 0, 255)
	in("minSymbol", s.MinSymbol, 0, 255)
	in("minDiacritic", s.MinDiacritic, 0, 255)
	in("preventReuse", s.PreventReuse, 0, 25)
	c.That(s.MinLength <= s.MaxLength, "minLength", "out_of_range", "PasswordStrength minLength must not be above maxLength.")
}

// Fault is a rule of Strength that a password breaks.
type Fault struct {
	Rule string // the member of Strength; "required" or "encoding" for what no rule allows
	Need int    // what it asks for, of a rule that counts
	Like string // the name that the password is like, of denySimilar
}

// Faults are all the rules that a password of an account breaks; whether it was used
// before is not asked. Lengths are in characters. The account may be nil.
func (s *Strength) Faults(pw string, of *Account) (all []Fault) {
	switch {
	case pw == "":
		return []Fault{{Rule: "required"}}
	case !utf8.ValidString(pw):
		return []Fault{{Rule: "encoding"}}
	}
	add := func(broken bool, f Fault) {
		if broken {
			all = append(all, f)
		}
	}
	n := utf8.RuneCountInString(pw)
	add(n < s.MinLength, Fault{Rule: "minLength", Need: s.MinLength})
	add(n > s.MaxLength, Fault{Rule: "maxLength", Need: s.MaxLength})
	var lower, upper, digit, symbol, diacritic int
	for _, r := range pw {
		switch {
		case r >= 0xC0 && r <= 0xFF && r != '×' && r != '÷':
			diacritic++
		case unicode.IsDigit(r):
			digit++
		case r < utf8.RuneSelf && !unicode.IsLetter(r), r >= 0xA0 && r < 0xC0, r == '×', r == '÷':
			symbol++
		}
		if unicode.IsLower(r) {
			lower++
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	add(lower < s.MinLowerCase, Fault{Rule: "minLowerCase", Need: s.MinLowerCase})
	add(upper < s.MinUpperCase, Fault{Rule: "minUpperCase", Need: s.MinUpperCase})
	add(digit < s.MinNumeric, Fault{Rule: "minNumeric", Need: s.MinNumeric})
	add(symbol < s.MinSymbol, Fault{Rule: "minSymbol", Need: s.MinSymbol})
	add(diacritic < s.MinDiacritic, Fault{Rule: "minDiacritic", Need: s.MinDiacritic})
	folded := Fold(pw)
	add(s.DenyNumeric && !strings.ContainsFunc(folded, func(r rune) bool { return !unicode.IsDigit(r) }), Fault{Rule: "denyNumeric"})
	add(s.DenyCommon && breached.Has(folded), Fault{Rule: "denyCommon"})
	if s.DenySimilar && of != nil {
		like := similarTo(pw, of)
		add(like != "", Fault{Rule: "denySimilar", Like: like})
	}
	return all
}

// Allows says what is wrong with a password of an account: the first of its Faults,
// nil if it has none.
func (s *Strength) Allows(pw string, of *Account) error {
	all := s.Faults(pw, of)
	if len(all) == 0 {
		return nil
	}
	return all[0].err()
}

// composition is what the rules about characters ask for.
var composition = map[string]string{"minLowerCase": "lowercase", "minUpperCase": "uppercase", "minNumeric": "numeric",
	"minSymbol": "symbol", "minDiacritic": "diacritic"}

func (f Fault) err() error {
	e := f.says()
	e.Fault = &f
	return e
}

func (f Fault) says() *Error {
	if what := composition[f.Rule]; what != "" {
		return &Error{Kind: Invalid, Code: "weak_password", Fields: map[string]string{"password": what},
			Msg: "Password requires at least " + plural(f.Need, what+" character") + "."}
	}
	switch f.Rule {
	case "required":
		return errNoPassword()
	case "encoding":
		return fieldError("password", "bad_encoding", "Account password is not valid UTF-8.")
	case "minLength":
		return fieldError("password", "too_short", "Account password minimum length not satisfied.")
	case "maxLength":
		return fieldError("password", "too_long", "Account password exceeded the maximum length.")
	}
	why := map[string]string{"denyNumeric": "is entirely numeric", "denyCommon": "is too common: it is on a list of passwords that are tried first",
		"denySimilar": "is too similar to the " + f.Like + " of the account"}[f.Rule]
	return fieldError("password", "weak_password", "Account password "+why+".")
}

func errNoPassword() *Error {
	return fieldError("password", "required", "Account password is required; it cannot be null, empty, or blank.")
}
