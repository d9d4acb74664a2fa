package djoser_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

// pair is an access and a refresh token of an account.
func (s *site) pair(t testing.TB, name string) (access, refresh string) {
	t.Helper()
	got := s.call(t, "POST", "/auth/jwt/create/", `{"username":"`+name+`","password":"`+secret2+`"}`)
	if got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	return got.at("access"), got.at("refresh")
}

const (
	noJWT   = `{"detail":"Token is invalid or expired","code":"token_not_valid"}`
	badKind = `{"detail":"Token has wrong type","code":"token_not_valid"}`
)

func notGood(message string) string {
	return `{"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{"token_class":"AccessToken","token_type":"access","message":"` + message + `"}]}`
}

func TestJWTs(t *testing.T) {
	s := mounted(t, djoser.New, "")
	s.join(t, "john", secret2)
	access, refresh := s.pair(t, "john")
	s.run(t, []row{
		{"nothing", "POST", "/auth/jwt/create", `{}`, nil, 400, `{"username":["This field is required."],"password":["This field is required."]}`},
		{"a wrong password", "POST", "/auth/jwt/create", `{"username":"john","password":"x"}`, nil, 401, `{"detail":"No active account found with the given credentials"}`},
		{"a stale header does not matter", "POST", "/auth/jwt/verify", `{"token":"` + access + `"}`, []string{"Authorization", "Token x"}, 200, `{}`},
		{"verify either", "POST", "/auth/jwt/verify/", `{"token":"` + refresh + `"}`, nil, 200, `{}`},
		{"verify none", "POST", "/auth/jwt/verify/", `{"token":"x.y.z"}`, nil, 401, noJWT},
		{"verify by a longer path", "POST", "/auth/jwt/verifyXYZ", `{"token":"` + refresh + `"}`, nil, 200, `{}`},
		{"verify nothing", "POST", "/auth/jwt/verify/", `{}`, nil, 400, `{"token":["This field is required."]}`},
		{"refresh by the other", "POST", "/auth/jwt/refresh/", `{"refresh":"` + access + `"}`, nil, 401, badKind},
		{"me", "GET", "/auth/users/me/", "", []string{"Authorization", "JWT " + access}, 200, `{"email":"","id":1,"username":"john"}`},
		{"me, as a bearer", "GET", "/auth/users/me/", "", []string{"Authorization", "Bearer " + access}, 200, `{"email":"","id":1,"username":"john"}`},
		{"in another case", "GET", "/auth/users/me/", "", []string{"Authorization", "jwt " + access}, 401, `{"detail":"Authentication credentials were not provided."}`},
		{"by a refresh token", "GET", "/auth/users/me/", "", []string{"Authorization", "JWT " + refresh}, 401, notGood("Token has wrong type")},
		{"two parts more", "GET", "/auth/users/me/", "", []string{"Authorization", "JWT a b"}, 401, `{"detail":"Authorization header must contain two space-delimited values","code":"bad_authorization_header"}`},
		{"by nothing", "GET", "/auth/users/me/", "", []string{"Authorization", "JWT x"}, 401, notGood("Token is invalid or expired")},
		{"signing out is the client's", "POST", "/auth/token/logout/", "", []string{"Authorization", "JWT " + access}, 204, ""},
	})
	if got := s.call(t, "POST", "/auth/jwt/create", `{"username":"john","password":"x"}`).header["Www-Authenticate"]; len(got) != 1 || got[0] != `JWT realm="api"` {
		t.Errorf("WWW-Authenticate %q", got)
	}
	if got := s.call(t, "GET", "/auth/users/me/", "", "Authorization", "Bearer x").header.Get("WWW-Authenticate"); got != `Bearer realm="api"` {
		t.Errorf("WWW-Authenticate %q", got)
	}
	fresh := s.call(t, "POST", "/auth/jwt/refresh/", `{"refresh":"`+refresh+`"}`)
	if fresh.status != 200 || fresh.at("access") == "" || fresh.at("refresh") != "" {
		t.Errorf("%d %s", fresh.status, fresh.body)
	}
	var claims map[string]any
	b, err := base64.RawURLEncoding.DecodeString(strings.Split(access, ".")[1])
	if err != nil || json.Unmarshal(b, &claims) != nil {
		t.Fatal(err)
	}
	now := float64(s.Clock.Now().Unix())
	if claims["token_type"] != "access" || claims["user_id"] != 1.0 || claims["iat"] != now || claims["exp"] != now+300 || len(claims["jti"].(string)) != 32 {
		t.Errorf("%v", claims)
	}
	s.Clock.Turn(5 * time.Minute)
	s.run(t, []row{
		{"too old", "GET", "/auth/users/me/", "", []string{"Authorization", "JWT " + access}, 401, notGood("Token is invalid or expired")},
		{"the refresh token is not", "POST", "/auth/jwt/verify/", `{"token":"` + refresh + `"}`, nil, 200, `{}`},
	})
	s.Clock.Turn(24 * time.Hour)
	s.run(t, []row{{"now it is", "POST", "/auth/jwt/refresh/", `{"refresh":"` + refresh + `"}`, nil, 401, noJWT}})
}

// A token says neither by which algorithm nor with which key it is to be read, and lives
// no longer than what it was given for.
func TestAJWTThatIsNone(t *testing.T) {
	s := mounted(t, djoser.New, "")
	s.join(t, "john", secret2)
	access, refresh := s.pair(t, "john")
	var claims jwt.MapClaims
	if _, _, err := jwt.NewParser().ParseUnverified(access, &claims); err != nil {
		t.Fatal(err)
	}
	forged := func(m jwt.SigningMethod, key any, change func(jwt.MapClaims)) string {
		c := jwt.MapClaims{}
		for name, v := range claims {
			c[name] = v
		}
		change(c)
		text, err := jwt.NewWithClaims(m, c).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	nothing := func(jwt.MapClaims) {}
	for name, token := range map[string]string{
		"unsigned":            forged(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nothing),
		"with an empty key":   forged(jwt.SigningMethodHS256, []byte{}, nothing),
		"with a guessed key":  forged(jwt.SigningMethodHS256, []byte("secret"), nothing),
		"by HS512":            forged(jwt.SigningMethodHS512, []byte("secret"), nothing),
		"with another's name": forged(jwt.SigningMethodHS256, []byte("secret"), func(c jwt.MapClaims) { c["user_id"] = 2 }),
		"cut":                 access[:len(access)-2],
		"with no signature":   access[:strings.LastIndexByte(access, '.')+1],
	} {
		if got := s.call(t, "GET", "/auth/users/me/", "", "Authorization", "JWT "+token); got.status != 401 {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	as := []string{"Authorization", "JWT " + access}
	s.status(t, "john", core.Disabled)
	s.run(t, []row{
		{"disabled", "GET", "/auth/users/me/", "", as, 401, `{"detail":"User is inactive","code":"user_inactive"}`},
		{"refresh, disabled", "POST", "/auth/jwt/refresh/", `{"refresh":"` + refresh + `"}`, nil, 401, noJWT},
	})
	s.status(t, "john", core.Enabled)
	s.run(t, []row{{"enabled again", "GET", "/auth/users/me/", "", as, 401, notGood("Token is invalid or expired")}})
	access, refresh = s.pair(t, "john")
	as[1] = "JWT " + access
	s.run(t, []row{
		{"another password", "POST", "/auth/users/set_password/", `{"new_password":"another right one","current_password":"` + secret2 + `"}`, as, 204, ""},
		{"ends it", "GET", "/auth/users/me/", "", as, 401, notGood("Token is invalid or expired")},
		{"and the refresh token", "POST", "/auth/jwt/refresh/", `{"refresh":"` + refresh + `"}`, nil, 401, noJWT},
	})
	if ans := s.Do(t, "", "DELETE", "/v1/accounts/"+string(s.account(t, "john").ID), "", nil); ans.Status != 204 {
		t.Fatal(ans.Status)
	}
	s.run(t, []row{{"deleted", "GET", "/auth/users/me/", "", as, 401, `{"detail":"User not found","code":"user_not_found"}`}})
}

func TestAJWTOfOneMountIsNoneAtAnother(t *testing.T) {
	s := mounted(t, djoser.New, "")
	s.join(t, "john", secret2)
	access, _ := s.pair(t, "john")
	token := s.call(t, "POST", "/auth/token/login/", `{"username":"john","password":"`+secret2+`"}`).at("auth_token")
	s.move(t)
	for _, as := range []string{"JWT " + access, "Token " + token} {
		if got := s.call(t, "GET", "/elsewhere/users/me/", "", "Authorization", as); got.status != 200 {
			t.Errorf("where it is from: %d %s", got.status, got.body)
		}
		if got := s.call(t, "GET", "/auth/me", "", "Authorization", as); got.status != 401 {
			t.Errorf("at another: %d %s", got.status, got.body)
		}
	}
	if b := s.Do(t, apitest.Owner, "GET", "/v1/djoserMounts/{mount}", "", nil).Body; strings.Contains(string(b), "Key") {
		t.Errorf("a key is shown: %s", b)
	}
}
