package djoser_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

// Each row is one of the failure catalogue of version 0.1, or of the traps in which it
// differs from what a Go server would do by itself.
func TestVersion01Refuses(t *testing.T) {
	s := mounted(t, djoser.Old, `{"REQUIRED_FIELDS":["email","first_name"]}`)
	token := s.join(t, "john", "secret")
	s.join(t, "other", "secret")
	s.join(t, "off", "secret")
	s.status(t, "off", core.Disabled)
	as := []string{"Authorization", "Token " + token}
	text := func(kind string) []string { return []string{"Content-Type", kind} }
	const required = `["This field is required."]`
	long := strings.Repeat("j", 31)
	s.run(t, []row{
		{"header without a token", "GET", "/auth/me", "", []string{"Authorization", "Token"}, 401, `{"detail": "Invalid token header. No credentials provided."}`},
		{"header with two", "GET", "/auth/me", "", []string{"Authorization", "Token a b"}, 401, `{"detail": "Invalid token header. Token string should not contain spaces."}`},
		{"unknown token", "POST", "/auth/register", "", []string{"Authorization", "Token x"}, 401, `{"detail": "Invalid token"}`},
		{"nobody, by a wrong method", "DELETE", "/auth/me", "", nil, 401, `{"detail": "Authentication credentials were not provided."}`},
		{"nobody, with bad JSON", "POST", "/auth/password", `{"a`, nil, 401, `{"detail": "Authentication credentials were not provided."}`},
		{"wrong method", "DELETE", "/auth/me", "", as, 405, `{"detail": "Method 'DELETE' not allowed."}`},
		{"unknown path", "GET", "/auth/users/", "", nil, 404, `{"detail": "Not found"}`},
		{"root", "GET", "/auth/", "", nil, 404, `{"detail": "Not found"}`},
		{"another case", "GET", "/auth/Me", "", as, 404, `{"detail": "Not found"}`},

		{"a type that is none", "POST", "/auth/login", "x", text("text/plain"), 415, `{"detail": "Unsupported media type 'text/plain' in request."}`},
		{"a type of JSON that is none", "POST", "/auth/login", "{}", text("application/vnd.api+json"), 415, `{"detail": "Unsupported media type 'application/vnd.api+json' in request."}`},
		{"no type", "POST", "/auth/login", "x", text(""), 415, `{"detail": "Unsupported media type '' in request."}`},
		{"an empty body of any type", "POST", "/auth/login", "", text("text/plain"), 400, `{"username": ` + required + `, "password": ` + required + `}`},
		{"an array", "POST", "/auth/login", `[1]`, nil, 400, `{"non_field_errors": ["Invalid data"]}`},
		{"a string", "POST", "/auth/login", `"x"`, text("application/json"), 400, `{"non_field_errors": ["Invalid data"]}`},
		{"another form of answer", "GET", "/auth/me", "", append(as, "Accept", "text/csv"), 406, `{"detail": "Could not satisfy the request's Accept header"}`},
		{"an unknown format", "GET", "/auth/me?format=csv", "", as, 404, `{"detail": "Not found"}`},

		{"register nothing", "POST", "/auth/register", "", nil, 400, `{"username": ` + required + `, "password": ` + required + `}`},
		{"missing, null and blank are one", "POST", "/auth/register", `{"username":null,"password":""}`, nil, 400, `{"username": ` + required + `, "password": ` + required + `}`},
		{"names are exact", "POST", "/auth/register", `{"Username":"x","password":"x"}`, nil, 400, `{"username": ` + required + `}`},
		{"a name in use", "POST", "/auth/register", "username=john&password=x", nil, 400, `{"username": ["User with this Username already exists."]}`},
		{"a bad address", "POST", "/auth/register", "username=x&password=x&email=x", nil, 400, `{"email": ["Enter a valid email address."]}`},
		{"a bad name", "POST", "/auth/register", "username=a+b!&password=x", nil, 400, `{"username": ["Enter a valid username."]}`},
		{"a long name", "POST", "/auth/register", "username=" + long + "&password=x", nil, 400, `{"username": ["Ensure this value has at most 30 characters (it has 31)."]}`},

		{"sign in with nothing", "POST", "/auth/login", `{}`, nil, 400, `{"username": ` + required + `, "password": ` + required + `}`},
		{"a wrong password", "POST", "/auth/login", "username=john&password=x", nil, 400, `{"non_field_errors": ["Unable to login with provided credentials."]}`},
		{"an unknown name", "POST", "/auth/login", "username=nobody&password=x", nil, 400, `{"non_field_errors": ["Unable to login with provided credentials."]}`},
		{"a name in another case", "POST", "/auth/login", "username=JOHN&password=secret", nil, 400, `{"non_field_errors": ["Unable to login with provided credentials."]}`},
		{"a name with a space", "POST", "/auth/login", "username=john+&password=secret", nil, 400, `{"non_field_errors": ["Unable to login with provided credentials."]}`},
		{"disabled, wrong password", "POST", "/auth/login", "username=off&password=x", nil, 400, `{"non_field_errors": ["Unable to login with provided credentials."]}`},
		{"disabled", "POST", "/auth/login", "username=off&password=secret", nil, 400, `{"non_field_errors": ["User account is disabled."]}`},
		{"of two fields the last counts", "POST", "/auth/login", "username=nobody&username=john&password=x&password=secret", nil, 200, `{"auth_token": "` + token + `"}`},
		{"the query is no field", "POST", "/auth/login?username=john&password=secret", "", nil, 400, `{"username": ` + required + `, "password": ` + required + `}`},

		{"a bad profile", "PUT", "/auth/me", `{"email":"x"}`, as, 400, `{"email": ["Enter a valid email address."]}`},
		{"a name that cannot be changed so", "PATCH", "/auth/me", `{"username":"x","first_name":"Jo"}`, as, 200, `{"email": "", "first_name": "Jo", "username": "john"}`},
		{"what is not there stays", "PUT", "/auth/me", `{"email":"j@x.co"}`, as, 200, `{"email": "j@x.co", "first_name": "Jo", "username": "john"}`},
		{"null is blank", "PUT", "/auth/me", `{"first_name":null,"email":""}`, as, 200, `{"email": "", "first_name": "", "username": "john"}`},

		{"a wrong current password", "POST", "/auth/password", "new_password=x&current_password=y", as, 400, `{"current_password": ["Invalid password."]}`},
		{"all that is missing", "POST", "/auth/password", "", as, 400, `{"new_password": ` + required + `, "current_password": ` + required + `}`},
		{"a new name in use", "POST", "/auth/username", "new_username=other&current_password=secret", as, 400, `{"new_username": ["User with this Username already exists."]}`},
		{"an extra retyped field", "POST", "/auth/username", "new_username=john&re_new_username=x&current_password=secret", as, 200, ""},
		{"no address", "POST", "/auth/password/reset", "", nil, 400, `{"email": ` + required + `}`},
		{"a bad address", "POST", "/auth/password/reset", "email=x", nil, 400, `{"email": ["Enter a valid email address."]}`},
		{"an unknown address", "POST", "/auth/password/reset", "email=x@x.co", nil, 200, ""},
		{"a bad token", "POST", "/auth/password/reset/confirm", "uid=MQ&token=x-y&new_password=x", nil, 400, `{"non_field_errors": ["Invalid token for given user."]}`},
		{"activate nothing", "POST", "/auth/activate", "", nil, 400, `{"uid": ` + required + `, "token": ` + required + `}`},
	})
	for _, uid := range []string{"!!!", "x", "YWJj", "MTA", "MTA==", "LTE", "MS4w"} {
		got := s.call(t, "POST", "/auth/activate", url.Values{"uid": {uid}, "token": {"x-y"}}.Encode())
		if want := `{"uid": ["Invalid user id or user doesn't exist."]}`; got.status != 400 || got.body != want {
			t.Errorf("uid %s: %d %s", uid, got.status, got.body)
		}
	}
	if got := s.call(t, "POST", "/auth/activate", "uid=MQ==&token=x-y"); !strings.Contains(got.body, "Invalid token for given user.") {
		t.Errorf("a padded uid: %s", got.body)
	}
}

// status sets that of an account of the mount's directory.
func (s *site) status(t testing.TB, name string, to core.Status) {
	t.Helper()
	s.Update(t, func(tx *core.Tx) error {
		acc, err := core.Find(tx, core.AccountUsername, s.dir, name)
		if err != nil {
			return err
		}
		acc.Status = to
		return core.Put(tx, acc)
	})
}

func TestVersion01AsksTwiceWhereItIsToldTo(t *testing.T) {
	s := mounted(t, djoser.Old, `{"SET_PASSWORD_RETYPE":true,"SET_USERNAME_RETYPE":true,"PASSWORD_RESET_CONFIRM_RETYPE":true}`)
	as := []string{"Authorization", "Token " + s.join(t, "john", "secret")}
	s.run(t, []row{
		{"missing", "POST", "/auth/password", "new_password=x&current_password=secret", as, 400, `{"re_new_password": ["This field is required."]}`},
		{"both wrong", "POST", "/auth/password", "new_password=x&re_new_password=y&current_password=z", as, 400, `{"current_password": ["Invalid password."]}`},
		{"another", "POST", "/auth/password", "new_password=x&re_new_password=y&current_password=secret", as, 400, `{"non_field_errors": ["The two password fields didn't match."]}`},
		{"another name", "POST", "/auth/username", "new_username=x&re_new_username=y&current_password=secret", as, 400, `{"non_field_errors": ["The two username fields didn't match."]}`},
		{"bad token and another", "POST", "/auth/password/reset/confirm", "uid=MQ&token=x-y&new_password=x&re_new_password=y", nil, 400, `{"non_field_errors": ["The two password fields didn't match."]}`},
		{"the same", "POST", "/auth/password", "new_password=x&re_new_password=x&current_password=secret", as, 200, ""},
		{"the acting token stays", "GET", "/auth/me", "", as, 200, `{"email": "", "username": "john"}`},
		{"the new one", "POST", "/auth/username", "new_username=a+b!&re_new_username=a+b!&current_password=x", as, 200, ""},
		{"as it is now", "GET", "/auth/me", "", as, 200, `{"email": "", "username": "a b!"}`},
	})
}

func TestVersion01SaysMoreInItsHeaders(t *testing.T) {
	s := mounted(t, djoser.Old, "")
	as := []string{"Authorization", "Token " + s.join(t, "john", "12345")}
	nobody := s.call(t, "GET", "/auth/me", "")
	if got := nobody.header["Www-Authenticate"]; len(got) != 1 || got[0] != "Token" {
		t.Errorf("WWW-Authenticate %q", got)
	}
	if got := nobody.header.Get("Allow"); got != "GET, PUT, PATCH, HEAD, OPTIONS" {
		t.Errorf("Allow %q", got)
	}
	if got := nobody.header.Get("Vary"); !strings.HasPrefix(got, "Accept,") && got != "Accept" { // what is compressed varies by more
		t.Errorf("Vary %q", got)
	}
	if got := s.call(t, "HEAD", "/auth/me", "", as...); got.status != 200 || got.body != "" {
		t.Errorf("HEAD: %d %q", got.status, got.body)
	}
	if got := s.call(t, "OPTIONS", "/auth/me", ""); got.status != 401 {
		t.Errorf("OPTIONS of nobody: %d", got.status)
	}
	if got := s.call(t, "OPTIONS", "/auth/login", ""); got.status != 200 || !strings.Contains(got.body, `"name": "Login"`) {
		t.Errorf("OPTIONS: %d %s", got.status, got.body)
	}
	if got := s.call(t, "GET", "/auth/me?format=json", "", append(as, "Accept", "application/json; indent=4")...); got.body != "{\n    \"email\": \"\",\n    \"username\": \"john\"\n}" {
		t.Errorf("indented: %s", got.body)
	}
	if got := s.call(t, "POST", "/auth/me", `{"email":"a@b.co"}`, append(as, "X-HTTP-Method-Override", "PATCH")...); got.status != 200 || got.at("email") != "a@b.co" {
		t.Errorf("PATCH by a header: %d %s", got.status, got.body)
	}
	if got := s.call(t, "POST", "/auth/me", "_method=PUT&email=c@b.co", as...); got.status != 200 || got.at("email") != "c@b.co" {
		t.Errorf("PUT by a field: %d %s", got.status, got.body)
	}
	if got := s.call(t, "POST", "/auth/login", `{"username":"john","password":12345}`); got.status != 200 {
		t.Errorf("a number for a password: %d %s", got.status, got.body)
	}
	const parts = "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\njohn\r\n--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n12345\r\n--b--\r\n"
	if got := s.call(t, "POST", "/auth/login", parts, "Content-Type", "multipart/form-data; boundary=b"); got.status != 200 {
		t.Errorf("a form in parts: %d %s", got.status, got.body)
	}
	if got := s.call(t, "POST", "/auth/register", `{"username":"x","password":"x","is_superuser":true,"is_staff":true,"foo":1,"status":"DISABLED","number":9}`); got.status != 201 || got.body != `{"email": "", "username": "x"}` {
		t.Errorf("more than is asked: %d %s", got.status, got.body)
	}
	if n := s.account(t, "x"); n.Number != 2 || n.Status != core.Enabled {
		t.Errorf("%+v", n)
	}
}

// account is the one of that user name.
func (s *site) account(t testing.TB, name string) (acc *core.Account) {
	t.Helper()
	s.View(t, func(tx *core.Tx) (err error) {
		acc, err = core.Find(tx, core.AccountUsername, s.dir, name)
		return err
	})
	return acc
}

func TestVersion01ByEmail(t *testing.T) {
	s := mounted(t, djoser.Old, `{"USERNAME_FIELD":"email","LOGIN_AFTER_REGISTRATION":true}`)
	got := s.call(t, "POST", "/auth/register", "email=jo@Example.COM&password=secret")
	token := got.at("auth_token")
	if got.status != 201 || got.at("email") != "jo@example.com" || len(token) != 40 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	as := []string{"Authorization", "Token " + token}
	s.run(t, []row{
		{"sign in", "POST", "/auth/login", "email=jo@example.com&password=secret", nil, 200, `{"auth_token": "` + token + `"}`},
		{"in use", "POST", "/auth/register", "email=JO@example.com&password=x", nil, 400, `{"email": ["User with this Email address already exists."]}`},
		{"the path is the field's", "POST", "/auth/username", "", as, 404, `{"detail": "Not found"}`},
		{"no address", "POST", "/auth/email", "new_email=x&current_password=secret", as, 400, `{"new_email": ["Enter a valid email address."]}`},
		{"change", "POST", "/auth/email", "new_email=joe@example.com&current_password=secret", as, 200, ""},
		{"me", "GET", "/auth/me", "", as, 200, `{"email": "joe@example.com"}`},
		{"sign in anew", "POST", "/auth/login", "email=joe@example.com&password=secret", nil, 200, `{"auth_token": "` + token + `"}`},
	})
}
