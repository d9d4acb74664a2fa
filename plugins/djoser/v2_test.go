package djoser_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

const (
	secret2 = "a right password"
	empty   = `{"non_field_errors":["Unable to log in with provided credentials."]}`
)

// Each row is one of the payloads and failures of version 2.
func TestVersion2(t *testing.T) {
	s := mounted(t, djoser.New, "")
	token := s.join(t, "john", secret2, "email", "john@x.co")
	s.join(t, "other", secret2)
	s.join(t, "off", secret2)
	s.status(t, "off", core.Disabled)
	if got := s.call(t, "POST", "/auth/token/login", `{"username":" john","password":"`+secret2+` "}`); len(got.at("auth_token")) != 40 {
		t.Errorf("what is typed is trimmed: %d %s", got.status, got.body)
	}
	as := []string{"Authorization", "Token " + token}
	const req = `["This field is required."]`
	s.run(t, []row{
		{"root", "GET", "/auth/", "", nil, 200, `{"users":"http://localhost:8080/auth/users/"}`},
		{"make, with no slash", "POST", "/auth/users", `{"username":" ann ","password":" ` + secret2 + ` ","is_staff":true}`, nil, 201, `{"email":"","username":"ann","id":4}`},
		{"missing", "POST", "/auth/users/", `{}`, nil, 400, `{"username":` + req + `,"password":` + req + `}`},
		{"blank", "POST", "/auth/users/", `{"username":"","password":"  "}`, nil, 400, `{"username":["This field may not be blank."],"password":["This field may not be blank."]}`},
		{"null", "POST", "/auth/users/", `{"username":null,"password":null,"email":null}`, nil, 400, `{"username":["This field may not be null."],"email":["This field may not be null."],"password":["This field may not be null."]}`},
		{"no text", "POST", "/auth/users/", `{"username":true,"password":[]}`, nil, 400, `{"username":["Not a valid string."],"password":["Not a valid string."]}`},
		{"a number for a name", "POST", "/auth/users/", `{"username":12345,"password":"x"}`, nil, 400, `{"password":["This password is too short. It must contain at least 8 characters."]}`},
		{"names are exact", "POST", "/auth/users/", `{"Username":"x","password":"x"}`, nil, 400, `{"username":` + req + `}`},
		{"in use, and no password", "POST", "/auth/users/", `{"username":"john"}`, nil, 400, `{"password":` + req + `,"username":["A user with that username already exists."]}`},
		{"bad characters", "POST", "/auth/users/", `{"username":"a b","password":"x"}`, nil, 400, `{"username":["Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."]}`},
		{"long", "POST", "/auth/users/", `{"username":"` + strings.Repeat("x", 151) + `","password":"x"}`, nil, 400, `{"username":["Ensure this field has no more than 150 characters."]}`},
		{"weak", "POST", "/auth/users/", `{"username":"zed","password":"1234567"}`, nil, 400, `{"password":["This password is too short. It must contain at least 8 characters.","This password is too common.","This password is entirely numeric."]}`},
		{"similar", "POST", "/auth/users/", `{"username":"johnny","password":"johnny-3x"}`, nil, 400, `{"password":["The password is too similar to the username."]}`},
		{"an array", "POST", "/auth/users/", `[]`, nil, 400, `{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}`},
		{"a type that is none", "POST", "/auth/users/", `x`, []string{"Content-Type", "text/plain"}, 415, `{"detail":"Unsupported media type \"text/plain\" in request."}`},

		{"sign in with nothing", "POST", "/auth/token/login", `{}`, nil, 400, empty},
		{"wrong", "POST", "/auth/token/login/", `{"username":"john","password":"x"}`, nil, 400, empty},
		{"disabled", "POST", "/auth/token/login/", `{"username":"off","password":"` + secret2 + `"}`, nil, 400, empty},
		{"blank in", "POST", "/auth/token/login/", `{"username":"","password":"x"}`, nil, 400, `{"username":["This field may not be blank."]}`},
		{"by the address, which is no name", "POST", "/auth/token/login/", `{"username":"john@x.co","password":"` + secret2 + `"}`, nil, 400, empty},
		{"a stale header", "POST", "/auth/token/login/", `{}`, []string{"Authorization", "Token x"}, 401, `{"detail":"Invalid token."}`},
		{"by another method", "GET", "/auth/token/login/", "", nil, 405, `{"detail":"Method \"GET\" not allowed."}`},

		{"me", "GET", "/auth/users/me/", "", as, 200, `{"email":"john@x.co","id":1,"username":"john"}`},
		{"me, by its format", "GET", "/auth/users/me.json", "", as, 200, `{"email":"john@x.co","id":1,"username":"john"}`},
		{"nobody", "GET", "/auth/users/me/", "", nil, 401, `{"detail":"Authentication credentials were not provided."}`},
		{"change", "PUT", "/auth/users/me/", `{"email":"j@x.co","username":"x","id":9}`, as, 200, `{"email":"j@x.co","id":1,"username":"john"}`},
		{"change badly", "PATCH", "/auth/users/me/", `{"email":"x"}`, as, 400, `{"email":["Enter a valid email address."]}`},
		{"list", "GET", "/auth/users/", "", as, 200, `[{"email":"j@x.co","id":1,"username":"john"}]`},
		{"list, by the format", "GET", "/auth/users.json", "", as, 200, `[{"email":"j@x.co","id":1,"username":"john"}]`},
		{"list, of nobody", "GET", "/auth/users/", "", nil, 401, `{"detail":"Authentication credentials were not provided."}`},
		{"oneself", "GET", "/auth/users/1/", "", as, 200, `{"email":"j@x.co","id":1,"username":"john"}`},
		{"another", "GET", "/auth/users/2/", "", as, 404, `{"detail":"Not found."}`},
		{"change another", "PATCH", "/auth/users/2/", `{}`, as, 404, `{"detail":"Not found."}`},
		{"delete another", "DELETE", "/auth/users/2/", `{}`, as, 403, `{"detail":"You do not have permission to perform this action."}`},
		{"nobody's", "GET", "/auth/users/99/", "", as, 404, `{"detail":"Not found."}`},
		{"no number", "GET", "/auth/users/x/", "", as, 404, `{"detail":"Not found."}`},
		{"a wrong method, of nobody", "GET", "/auth/users/activation/", "", nil, 401, `{"detail":"Authentication credentials were not provided."}`},
		{"a wrong method", "GET", "/auth/users/activation/", "", as, 405, `{"detail":"Method \"GET\" not allowed."}`},

		{"weak, with a wrong one", "POST", "/auth/users/set_password/", `{"new_password":"x","current_password":"x"}`, as, 400, `{"current_password":["Invalid password."]}`},
		{"weak, with the right one", "POST", "/auth/users/set_password/", `{"new_password":"zqkwvbp","current_password":"` + secret2 + `"}`, as, 400, `{"new_password":["This password is too short. It must contain at least 8 characters."]}`},
		{"a name in use", "POST", "/auth/users/set_username/", `{"new_username":"other","current_password":"` + secret2 + `"}`, as, 400, `{"new_username":["A user with that username already exists."]}`},
		{"another name", "POST", "/auth/users/set_username/", `{"new_username":"johnny","current_password":"` + secret2 + `"}`, as, 204, ""},

		{"reset of nobody", "POST", "/auth/users/reset_password/", `{"email":"x@x.co"}`, nil, 204, ""},
		{"rename of nobody", "POST", "/auth/users/reset_username/", `{"email":"x@x.co"}`, nil, 204, ""},
		{"resend, where none are sent", "POST", "/auth/users/resend_activation/", `{"email":"x@x.co"}`, nil, 400, ""},
		{"resend nothing", "POST", "/auth/users/resend_activation/", `{}`, nil, 400, `{"email":` + req + `}`},
		{"weak before the uid", "POST", "/auth/users/reset_password_confirm/", `{"uid":"x","token":"x","new_password":"1"}`, nil, 400, `{"new_password":["This password is too short. It must contain at least 8 characters.","This password is entirely numeric."]}`},
		{"a bad uid", "POST", "/auth/users/reset_password_confirm/", `{"uid":"x","token":"x","new_password":"` + secret2 + `"}`, nil, 400, `{"uid":["Invalid user id or user doesn't exist."]}`},
		{"a bad token", "POST", "/auth/users/reset_password_confirm/", `{"uid":"MQ","token":"x","new_password":"` + secret2 + `"}`, nil, 400, `{"token":["Invalid token for given user."]}`},
		{"like the name of the uid", "POST", "/auth/users/reset_password_confirm/", `{"uid":"MQ","token":"x","new_password":"johnny-3x"}`, nil, 400, `{"new_password":["The password is too similar to the username."]}`},
		{"rename by no uid", "POST", "/auth/users/reset_username_confirm/", `{"new_username":"zed"}`, nil, 400, `{"uid":["Invalid user id or user doesn't exist."]}`},
		{"rename by no token", "POST", "/auth/users/reset_username_confirm/", `{"uid":"MQ","new_username":"zed"}`, nil, 400, `{"token":["Invalid token for given user."]}`},
		{"activate by a bad token", "POST", "/auth/users/activation/", `{"uid":"MQ","token":"x"}`, nil, 400, `{"token":["Invalid token for given user."]}`},

		{"delete oneself with nothing", "DELETE", "/auth/users/me/", "", as, 400, `{"current_password":` + req + `}`},
		{"delete oneself by a form", "DELETE", "/auth/users/me/", "current_password=" + strings.ReplaceAll(secret2, " ", "+"), as, 204, ""},
		{"gone", "GET", "/auth/users/me/", "", as, 401, `{"detail":"Invalid token."}`},
	})
}

func TestStaffMayDoMore(t *testing.T) {
	s := mounted(t, djoser.New, "")
	boss := []string{"Authorization", "Token " + s.join(t, "boss", secret2)}
	s.join(t, "ann", secret2)
	s.Update(t, func(tx *core.Tx) error {
		g := core.Make[core.Group]()
		g.Directory, g.Name = core.ID[core.Directory](s.dir), "Staff"
		if err := core.Put(tx, g); err != nil {
			return err
		}
		acc, err := core.Find(tx, core.AccountUsername, s.dir, "boss")
		if err != nil {
			return err
		}
		return core.Put(tx, &core.GroupMembership{Account: acc.ID, Group: g.ID})
	})
	s.run(t, []row{
		{"all", "GET", "/auth/users/", "", boss, 200, `[{"email":"","id":1,"username":"boss"},{"email":"","id":2,"username":"ann"}]`},
		{"one", "GET", "/auth/users/2/", "", boss, 200, `{"email":"","id":2,"username":"ann"}`},
		{"change", "PATCH", "/auth/users/2/", `{"email":"ann@x.co"}`, boss, 200, `{"email":"ann@x.co","id":2,"username":"ann"}`},
		{"delete, by the other's password", "DELETE", "/auth/users/2/", `{"current_password":"x"}`, boss, 400, `{"current_password":["Invalid password."]}`},
		{"delete", "DELETE", "/auth/users/2/", `{"current_password":"` + secret2 + `"}`, boss, 204, ""},
		{"gone", "GET", "/auth/users/2/", "", boss, 404, `{"detail":"Not found."}`},
		{"a number is never given again", "POST", "/auth/users/", `{"username":"zoe","password":"` + secret2 + `"}`, nil, 201, `{"email":"","username":"zoe","id":3}`},
	})
}

func TestVersion2AsItIsSet(t *testing.T) {
	s := mounted(t, djoser.New, `{"USER_CREATE_PASSWORD_RETYPE":true,"HIDE_USERS":false,"LOGIN_FIELD":"email","TOKEN_MODEL":"x","REQUIRED_FIELDS":["email","last_name"],
		"PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND":true,"LOGOUT_ON_PASSWORD_CHANGE":true}`)
	s.run(t, []row{
		{"retype missing", "POST", "/auth/users/", `{"username":"ann","password":"` + secret2 + `"}`, nil, 400, `{"re_password":["This field is required."]}`},
		{"another", "POST", "/auth/users/", `{"username":"ann","password":"` + secret2 + `","re_password":"x"}`, nil, 400, `{"non_field_errors":["The two password fields didn't match."]}`},
		{"ann", "POST", "/auth/users/", `{"username":"ann","email":"ann@x.co","password":"` + secret2 + `","re_password":"` + secret2 + `"}`, nil, 201, `{"email":"ann@x.co","last_name":"","username":"ann","id":1}`},
		{"bob", "POST", "/auth/users/", `{"username":"bob","email":"bob@x.co","password":"` + secret2 + `","re_password":"` + secret2 + `"}`, nil, 201, `{"email":"bob@x.co","last_name":"","username":"bob","id":2}`},
		{"not found, said", "POST", "/auth/users/reset_password/", `{"email":"x@x.co"}`, nil, 400, `["User with given email does not exist."]`},
		{"found", "POST", "/auth/users/reset_username/", `{"email":"ann@x.co"}`, nil, 204, ""},
	})
	token := s.call(t, "POST", "/auth/token/login/", `{"email":"ann@x.co","password":"`+secret2+`"}`).at("auth_token")
	other := s.call(t, "POST", "/auth/token/login/", `{"email":"ann@x.co","password":"`+secret2+`"}`).at("auth_token")
	if token == other || len(token) != 40 {
		t.Errorf("tokens %q and %q: each login has its own", token, other)
	}
	as := []string{"Authorization", "Token " + token}
	s.run(t, []row{
		{"everybody", "GET", "/auth/users/", "", as, 200, `[{"email":"ann@x.co","last_name":"","id":1,"username":"ann"},{"email":"bob@x.co","last_name":"","id":2,"username":"bob"}]`},
		{"another", "GET", "/auth/users/2/", "", as, 403, `{"detail":"You do not have permission to perform this action."}`},
		{"a new password", "POST", "/auth/users/set_password/", `{"new_password":"another right one","current_password":"` + secret2 + `"}`, as, 204, ""},
		{"signed out", "GET", "/auth/users/me/", "", as, 401, `{"detail":"Invalid token."}`},
		{"everywhere", "GET", "/auth/users/me/", "", []string{"Authorization", "Token " + other}, 401, `{"detail":"Invalid token."}`},
	})
	s.set(t, `{"settings":{"TOKEN_MODEL":""}}`)
	if got := s.call(t, "POST", "/auth/token/login/", ""); got.status != 404 {
		t.Errorf("without tokens: %d", got.status)
	}
}
