package core

import (
	"encoding/json"
	"strings"
)

// macros are what the macros of a mail say of people and applications (spec 15): any
// attribute that is no link, custom data by their keys.
type macros struct {
	tx          *Tx
	account     *Account
	application *Application // may be nil
}

// value finds what the macro of that name stands for.
func (m macros) value(name string) (string, bool) {
	who, what, _ := strings.Cut(name, ".")
	switch who {
	case "account":
		if rest, ok := strings.CutPrefix(what, "directory."); ok {
			return m.ofDirectory(rest)
		}
		return m.ofAccount(what)
	case "application":
		if m.application == nil {
			return "", false
		}
		if key, ok := strings.CutPrefix(what, "customData."); ok {
			return m.custom(RefTo(m.application.ID), key)
		}
		switch what {
		case "name":
			return some(m.application.Name)
		case "description":
			return some(m.application.Description)
		case "status":
			return string(m.application.Status), true
		}
	}
	return "", false
}

func (m macros) ofAccount(what string) (string, bool) {
	a := m.account
	if key, ok := strings.CutPrefix(what, "customData."); ok {
		return m.custom(RefTo(a.ID), key)
	}
	switch what {
	case "username":
		return some(a.Username)
	case "email":
		return some(a.Email)
	case "givenName":
		return some(a.GivenName)
	case "middleName":
		return some(a.MiddleName)
	case "surname":
		return some(a.Surname)
	case "fullName":
		return some(a.FullName())
	case "status":
		return string(a.Status), true
	case "emailVerificationStatus":
		return string(a.EmailVerificationStatus), true
	case "createdAt":
		return a.CreatedAt.UTC().Format(mailTime), true
	case "modifiedAt":
		return a.ModifiedAt.UTC().Format(mailTime), true
	}
	return "", false
}

func (m macros) ofDirectory(what string) (string, bool) {
	d, err := Get(m.tx, m.account.Directory)
	if err != nil {
		return "", false
	}
	if key, ok := strings.CutPrefix(what, "customData."); ok {
		return m.custom(RefTo(d.ID), key)
	}
	switch what {
	case "name":
		return some(d.Name)
	case "description":
		return some(d.Description)
	case "status":
		return string(d.Status), true
	}
	return "", false
}

// some is a text that is there unless it is empty.
func some(s string) (string, bool) { return s, s != "" }

// custom is a scalar of custom data; what is deeper is named with dots.
func (m macros) custom(owner Ref, path string) (string, bool) {
	data, err := GetCustomData(m.tx, owner)
	if err != nil {
		return "", false
	}
	if raw, ok := data.Values[path]; ok {
		return shown(raw)
	}
	key, rest, _ := strings.Cut(path, ".")
	raw, ok := data.Values[key]
	for ok && rest != "" {
		var deeper map[string]json.RawMessage
		if json.Unmarshal(raw, &deeper) != nil {
			return "", false
		}
		key, rest, _ = strings.Cut(rest, ".")
		raw, ok = deeper[key]
	}
	if !ok {
		return "", false
	}
	return shown(raw)
}

// shown is a text, a number or a truth as people write it.
func shown(raw json.RawMessage) (string, bool) {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return "", false
	}
	switch v := v.(type) {
	case string:
		return v, true
	case bool, float64:
		return string(raw), true
	}
	return "", false
}
