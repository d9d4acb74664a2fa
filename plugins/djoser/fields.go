package djoser

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

// field is one of Django's user model, and what it is of an account.
type field struct {
	name, label string
	core        string         // as core calls it in its errors
	most        map[string]int // characters, by version
	get         func(*core.Account) *string
}

var fields = []field{
	{"username", "Username", "username", map[string]int{Old: 30, New: 150}, func(a *core.Account) *string { return &a.Username }},
	{"email", "Email address", "email", map[string]int{Old: 75, New: 254}, func(a *core.Account) *string { return &a.Email }},
	{"first_name", "First name", "givenName", map[string]int{Old: 30, New: 150}, func(a *core.Account) *string { return &a.GivenName }},
	{"last_name", "Last name", "surname", map[string]int{Old: 30, New: 150}, func(a *core.Account) *string { return &a.Surname }},
}

// fieldNamed is the field of that name, nil if there is none.
func fieldNamed(name string) *field {
	for i := range fields {
		if fields[i].name == name {
			return &fields[i]
		}
	}
	return nil
}

// user is what is shown of an account. Version 2 shows its number, after the other
// fields where it was just made and before its name elsewhere (djoser 2.1).
func (r *request) user(acc *core.Account, made bool) object {
	var out object
	for _, name := range r.opt.Required {
		out = append(out, member{name, *fieldNamed(name).get(acc)})
	}
	u := member{r.opt.UsernameField, *fieldNamed(r.opt.UsernameField).get(acc)}
	id := member{r.opt.UserIDField, acc.Number}
	switch {
	case r.old():
		return append(out, u)
	case made:
		return append(out, u, id)
	}
	return append(out, id, u)
}

// The texts that Django and its REST framework say of a field.
const (
	isRequired  = "This field is required."
	notBlank    = "This field may not be blank."
	notNull     = "This field may not be null."
	notText     = "Not a valid string."
	badEmail    = "Enter a valid email address."
	passwordsDo = "The two password fields didn't match."
)

// need says what of a field of version 2 may be missing.
type need int

const (
	required need = iota
	optional      // it may be missing, but not blank
	blank         // it may be blank, but not missing
	either        // it may be both
)

// char reads a text of version 2, which knows what is missing, null and blank apart and
// trims what it reads (djoser 2.2).
func (r *request) char(w *wrongs, in body, name string, n need) string {
	v := in[name]
	switch v.kind {
	case absent:
		if n == required || n == blank {
			w.add(name, isRequired)
		}
		return ""
	case null:
		w.add(name, notNull)
		return ""
	case truth, nested:
		w.add(name, notText)
		return ""
	}
	s := strings.TrimSpace(v.text)
	if s == "" && (n == required || n == optional) {
		w.add(name, notBlank)
	}
	return s
}

// plain reads a text of version 0.1, to which what is missing, null and blank is one,
// and which takes everything else as it is (djoser 1.1).
func (r *request) plain(w *wrongs, in body, name string) string {
	v := in[name]
	if v.kind == absent || v.kind == null || v.text == "" {
		w.add(name, isRequired)
		return ""
	}
	return v.text
}

// text reads a text that has to be there, by the version.
func (r *request) text(w *wrongs, in body, name string) string {
	if r.old() {
		return r.plain(w, in, name)
	}
	return r.char(w, in, name, required)
}

// given are the fields of a body that a profile may have, by their names. Of a field
// that may be empty, one that is not there keeps its value, whatever the method.
func (r *request) given(w *wrongs, in body, names []string, create bool) map[string]string {
	out := map[string]string{}
	for _, name := range names {
		f := fieldNamed(name)
		must := name == r.opt.UsernameField || name == "email" && r.dir.EmailRequired
		var s string
		switch {
		case must && r.old():
			s = r.plain(w, in, name)
		case must:
			s = r.char(w, in, name, required)
		case r.old():
			if s = in[name].text; in[name].kind == absent && !create {
				continue
			}
		default:
			if s = r.char(w, in, name, either); in[name].kind == absent && !create {
				continue
			}
		}
		if !w.has(name) && s != "" {
			r.valid(w, f, name, s)
		}
		out[name] = s
	}
	return out
}

var usernameForm = regexp.MustCompile(`^[\pL\pN_.@+-]+$`)

// valid holds a value of a field to what Django asks of it. as is how the field is
// called where it is wrong.
func (r *request) valid(w *wrongs, f *field, as, s string) {
	most, n := f.most[r.mount.Version], utf8.RuneCountInString(s)
	if n > most {
		w.add(as, r.say(fmt.Sprintf("Ensure this value has at most %d characters (it has %d).", most, n),
			fmt.Sprintf("Ensure this field has no more than %d characters.", most)))
	}
	switch {
	case f.name == "username" && !usernameForm.MatchString(s):
		w.add(as, r.say("Enter a valid username.", "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."))
	case f.name == "email" && !validEmail(s):
		w.add(as, badEmail)
	case strings.ContainsRune(s, 0):
		w.add(as, "Null characters are not allowed.")
	}
}

var (
	emailUser = regexp.MustCompile("(?i)^[-!#$%&'*+/=?^_`{}|~0-9A-Z]+(\\.[-!#$%&'*+/=?^_`{}|~0-9A-Z]+)*$")
	emailHost = regexp.MustCompile(`(?i)^([a-z0-9\x{a1}-\x{ffff}]([a-z0-9\x{a1}-\x{ffff}-]{0,61}[a-z0-9\x{a1}-\x{ffff}])?\.)+[a-z\x{a1}-\x{ffff}0-9-]{2,63}$`)
)

// validEmail tells whether Django would take an address: a name and a host of two
// labels or more, or localhost. One that mails cannot be sent to is refused by core.
func validEmail(s string) bool {
	i := strings.LastIndexByte(s, '@')
	return i > 0 && emailUser.MatchString(s[:i]) && (emailHost.MatchString(s[i+1:]) || s[i+1:] == "localhost") &&
		!strings.ContainsFunc(s, unicode.IsSpace)
}

// normal is an address as Django keeps it: its host in lower case.
func normal(email string) string {
	i := strings.LastIndexByte(email, '@')
	return email[:i+1] + strings.ToLower(email[i+1:])
}

// email reads the address of a request for a mail.
func (r *request) email(in body) (string, error) {
	var w wrongs
	s := r.text(&w, in, "email")
	if len(w) == 0 && !validEmail(s) {
		w.add("email", badEmail)
	}
	return s, w.err()
}

// taken says that a field has another's value.
func (r *request) taken(name string) string {
	f := fieldNamed(name)
	switch {
	case r.old():
		return fmt.Sprintf("User with this %s already exists.", f.label)
	case name == "username":
		return "A user with that username already exists."
	}
	return "user with this " + strings.ToLower(f.label) + " already exists."
}

// fault says in the version's words what core refuses of an account's fields. as gives
// fields other names. What it cannot say it returns as it is.
func (r *request) fault(err error, as map[string]string) error {
	e := core.AsError(err)
	if e.Kind != core.Invalid && e.Kind != core.Conflict || len(e.Fields) == 0 {
		return err
	}
	var w wrongs
	for _, f := range append(slices.Clone(fields), field{name: "password", core: "password"}) {
		said, ok := e.Fields[f.core]
		if !ok {
			continue
		}
		switch {
		case e.Kind == core.Conflict && f.name != "password":
			said = r.taken(f.name)
		case f.name == "email" && e.Code == "invalid_format":
			said = badEmail
		case f.name == "password", said == "":
			said = e.Msg
		}
		name := f.name
		if as[name] != "" {
			name = as[name]
		}
		w.add(name, said)
	}
	if len(w) == 0 {
		w.add("non_field_errors", e.Msg)
	}
	return w.err()
}

// similarities are Django's names for those of core.
var similarities = map[string]string{"given name": "first name", "middle name": "middle name", "surname": "last name", "email": "email address"}

// weak are Django's words for what is wrong with a password, in the order of its
// validators.
func weak(faults []core.Fault, pw string) (texts []string) {
	n := utf8.RuneCountInString(pw)
	for _, rule := range []string{"denySimilar", "minLength", "maxLength", "denyCommon", "denyNumeric", "minLowerCase", "minUpperCase", "minNumeric", "minSymbol", "minDiacritic", "encoding"} {
		i := slices.IndexFunc(faults, func(f core.Fault) bool { return f.Rule == rule })
		if i < 0 {
			continue
		}
		f := faults[i]
		texts = append(texts, map[string]string{
			"denySimilar":  "The password is too similar to the " + or(similarities[f.Like], f.Like) + ".",
			"minLength":    fmt.Sprintf("This password is too short. It must contain at least %d character%s.", f.Need, plural(f.Need)),
			"maxLength":    fmt.Sprintf("Ensure this value has at most %d characters (it has %d).", f.Need, n),
			"denyCommon":   "This password is too common.",
			"denyNumeric":  "This password is entirely numeric.",
			"minLowerCase": fmt.Sprintf("The password must contain at least %d lower case letter%s.", f.Need, plural(f.Need)),
			"minUpperCase": fmt.Sprintf("The password must contain at least %d upper case letter%s.", f.Need, plural(f.Need)),
			"minNumeric":   fmt.Sprintf("The password must contain at least %d digit%s.", f.Need, plural(f.Need)),
			"minSymbol":    fmt.Sprintf("The password must contain at least %d symbol%s.", f.Need, plural(f.Need)),
			"minDiacritic": fmt.Sprintf("The password must contain at least %d letter%s with a diacritic.", f.Need, plural(f.Need)),
			"encoding":     "The password is not valid UTF-8.",
		}[rule])
	}
	return texts
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// strong refuses a new password by the directory's rules, in the given field. The
// account may be nil.
func (r *request) strong(name, pw string, of *core.Account) error {
	var rules *core.Strength
	err := r.door.app.View(r.Context(""), func(tx *core.Tx) (err error) {
		rules, err = core.Get(tx, core.ID[core.Strength](r.dir.ID))
		return err
	})
	if err != nil {
		return err
	}
	if texts := weak(rules.Faults(pw, of), pw); len(texts) > 0 {
		return wrongs{{name, texts}}.err()
	}
	return nil
}
