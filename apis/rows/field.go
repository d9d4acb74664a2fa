package rows

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

// Fields are what a file may say of an account, beside customData.NAME.
var Fields = []string{"email", "username", "password", "passwordHash", "givenName", "middleName", "surname",
	"status", "createdAt", "emailVerified", "groups", "customData"}

// FieldNamed is our field of that name, in any case; false if there is none.
func FieldNamed(name string) (string, bool) {
	for _, f := range Fields {
		if strings.EqualFold(f, name) {
			return f, true
		}
	}
	if key, ok := strings.CutPrefix(name, "customData."); ok && key != "" {
		return name, true
	}
	return "", false
}

// setJSON sets a field to a value of JSON.
func setJSON(acc *core.ImportedAccount, field string, raw json.RawMessage) error {
	if string(raw) == "null" {
		return nil
	}
	if key, ok := strings.CutPrefix(field, "customData."); ok {
		return setCustom(acc, key, raw)
	}
	switch field {
	case "customData":
		return setField(acc, field, string(raw))
	case "groups":
		if raw[0] == '[' {
			if json.Unmarshal(raw, &acc.Groups) != nil {
				return Errorf("groups must be an array of names")
			}
			return nil
		}
	case "emailVerified":
		if raw[0] != '"' {
			return setField(acc, field, string(raw))
		}
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return Errorf("%s must be a string", field)
	}
	return setField(acc, field, text)
}

func setCustom(acc *core.ImportedAccount, key string, raw json.RawMessage) error {
	if acc.CustomData == nil {
		acc.CustomData = map[string]json.RawMessage{}
	}
	if _, twice := acc.CustomData[key]; twice {
		return Errorf("it has customData.%s twice", key)
	}
	acc.CustomData[key] = raw
	return nil
}

// setField sets a field to a text.
func setField(acc *core.ImportedAccount, field, text string) error {
	if !utf8.ValidString(text) {
		return Errorf("%s is not valid UTF-8", field)
	}
	if key, ok := strings.CutPrefix(field, "customData."); ok {
		raw, err := json.Marshal(text)
		if err != nil {
			return err
		}
		return setCustom(acc, key, raw)
	}
	text = strings.Clone(text)
	switch field {
	case "email":
		acc.Email = strings.TrimSpace(text)
	case "username":
		acc.Username = text
	case "password":
		acc.Password = text
	case "passwordHash":
		acc.PasswordHash = strings.TrimSpace(text)
	case "givenName":
		acc.GivenName = text
	case "middleName":
		acc.MiddleName = text
	case "surname":
		acc.Surname = text
	case "status":
		return acc.Status.UnmarshalText([]byte(text))
	case "createdAt":
		at, err := ParseTime(text)
		if err != nil {
			return err
		}
		acc.CreatedAt = at
	case "emailVerified":
		yes, err := parseTruth(text)
		if err != nil {
			return err
		}
		acc.EmailVerified = yes
	case "groups":
		for name := range strings.SplitSeq(text, ";") {
			if name = strings.TrimSpace(name); name != "" {
				acc.Groups = append(acc.Groups, name)
			}
		}
	case "customData":
		var all map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &all) != nil {
			return Errorf("customData must be a JSON object")
		}
		for key, raw := range all {
			if err := setCustom(acc, key, raw); err != nil {
				return err
			}
		}
	}
	return nil
}

// ParseTime reads an instant as RFC 3339 or a database has it, a date, or seconds since
// 1970. One without a zone is of UTC.
func ParseTime(text string) (core.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, time.DateTime, time.DateOnly, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07"} {
		if at, err := time.Parse(layout, text); err == nil {
			return core.At(at), nil
		}
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 && n < 1<<33 {
		return core.At(time.Unix(n, 0)), nil
	}
	return core.Time{}, Errorf("createdAt must look like 2017-08-31T10:00:00Z")
}

func parseTruth(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "1", "yes", "verified":
		return true, nil
	case "false", "0", "no", "unverified", "unknown":
		return false, nil
	}
	return false, Errorf("emailVerified must be true or false")
}
