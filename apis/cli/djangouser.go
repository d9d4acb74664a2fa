package cli

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
)

// djangoUser is a user as an account, with the groups that it is in: "#12" is the one
// with that primary key, "=name" the one of that name, "!name" the one that a flag makes.
type djangoUser struct {
	core.ImportedAccount
	in         []string
	unusable   bool // it has no password that anybody could sign in with
	unnumbered bool // its primary key is no integer, or the dump has none
}

// The groups of those who have a flag.
const (
	staffGroup     = "staff"
	superuserGroup = "superusers"
)

// user reads a record as a user, whose name is in the field called name. Fields that an
// account has not become its custom data; permissions of its own are left out.
func (rec *djangoRecord) user(name string) (u djangoUser, err error) {
	keep := map[string]json.RawMessage{}
	for field, raw := range rec.Fields {
		if string(raw) == "null" {
			continue
		}
		switch field {
		case name:
			err = djangoText(field, raw, &u.Username)
			if name == "email" {
				u.Email = u.Username
			}
		case "email":
			err = djangoText(field, raw, &u.Email)
		case "first_name":
			err = djangoText(field, raw, &u.GivenName)
		case "last_name":
			err = djangoText(field, raw, &u.Surname)
		case "password":
			err = djangoText(field, raw, &u.PasswordHash)
		case "date_joined":
			err = u.joined(raw)
		case "is_active":
			var active bool
			if active, err = djangoTruth(field, raw); !active {
				u.Status = core.Disabled
			}
		case "is_staff":
			err = u.flag(keep, field, raw, staffGroup)
		case "is_superuser":
			err = u.flag(keep, field, raw, superuserGroup)
		case "groups":
			err = u.groups(raw)
		case "user_permissions":
		default:
			keep[field] = raw
		}
		if err != nil {
			return u, err
		}
	}
	if u.unusable = u.PasswordHash == "" || u.PasswordHash[0] == '!'; u.unusable {
		u.PasswordHash = ""
	}
	u.Email = strings.TrimSpace(u.Email)
	if _, ok := rec.Fields[name]; !ok {
		u.Username = u.Email
	}
	if u.Username == "" {
		return u, rows.Errorf("it has no %s", plainText(name))
	}
	if u.Number, err = djangoKey(rec.PK); err != nil {
		return u, err
	}
	if u.unnumbered = u.Number == 0; u.unnumbered && len(rec.PK) > 0 && string(rec.PK) != "null" {
		keep["id"] = rec.PK
	}
	if len(keep) > 0 {
		u.CustomData = keep
	}
	slices.Sort(u.in)
	return u, nil
}

func (u *djangoUser) joined(raw json.RawMessage) (err error) {
	var text string
	if err = djangoText("date_joined", raw, &text); err != nil {
		return err
	}
	if u.CreatedAt, err = rows.ParseTime(text); err != nil {
		return rows.Errorf("date_joined must look like 2017-08-31T10:00:00Z")
	}
	return nil
}

// flag keeps a flag as it is, and puts who has it into a group.
func (u *djangoUser) flag(keep map[string]json.RawMessage, field string, raw json.RawMessage, group string) error {
	yes, err := djangoTruth(field, raw)
	if yes {
		u.in = append(u.in, "!"+group)
	}
	keep[field] = json.RawMessage(strconv.FormatBool(yes))
	return err
}

// groups reads primary keys and natural ones ([12, ["editors"]]), or names with ; between
// them.
func (u *djangoUser) groups(raw json.RawMessage) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		for name := range strings.SplitSeq(text, ";") {
			if name = strings.TrimSpace(name); name != "" {
				u.in = append(u.in, "="+name)
			}
		}
		return nil
	}
	var all []json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return rows.Errorf("groups must be an array")
	}
	for _, one := range all {
		var natural []string
		if json.Unmarshal(one, &natural) == nil && len(natural) == 1 {
			u.in = append(u.in, "="+natural[0])
			continue
		}
		n, err := djangoKey(one)
		if err != nil || n == 0 {
			return rows.Errorf("groups must hold primary keys, or names as natural keys")
		}
		u.in = append(u.in, "#"+strconv.FormatInt(n, 10))
	}
	return nil
}

func djangoText(field string, raw json.RawMessage, into *string) error {
	if json.Unmarshal(raw, into) != nil {
		return rows.Errorf("%s must be a string", plainText(field))
	}
	return nil
}

// djangoTruth is a boolean as JSON has it, or as databases write it into a table.
func djangoTruth(field string, raw json.RawMessage) (bool, error) {
	switch strings.ToLower(strings.Trim(string(raw), `"`)) {
	case "true", "t", "1":
		return true, nil
	case "false", "f", "0":
		return false, nil
	}
	return false, rows.Errorf("%s must be true or false", field)
}

// djangoKey is a primary key, 0 where it is none that is an integer: one may be a UUID.
func djangoKey(raw json.RawMessage) (int64, error) {
	text := strings.Trim(string(raw), `"`)
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil && n > 0 && n < 1<<53:
		return n, nil
	case text == "" || text == "null" || raw[0] == '"' && strings.Trim(text, "-0123456789") != "":
		return 0, nil
	}
	return 0, rows.Errorf("its pk is no number from 1 to 2^53-1")
}
