package djoser_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/plugins/djoser"
)

func TestSettingsThatCannotBe(t *testing.T) {
	s := mounted(t, djoser.New, "")
	old := mounted(t, djoser.Old, "")
	for settings, want := range map[string]string{
		`{"ACTIVATION_URL":"activate/{uid}"}`:           "must have {uid} and {token}",
		`{"ACTIVATION_URL":"a/{uid}/{token}\n"}`:        "control character",
		`{"DOMAIN":"x.co/y"}`:                           "must be a host",
		`{"EMAIL_FRONTEND_DOMAIN":"a@b.co"}`:            "must be a host",
		`{"EMAIL_FRONTEND_PROTOCOL":"javascript"}`:      "http or https",
		`{"USERNAME_FIELD":"phone"}`:                    "username or email",
		`{"LOGIN_FIELD":"id"}`:                          "username or email",
		`{"REQUIRED_FIELDS":["email","email"]}`:         "each once",
		`{"REQUIRED_FIELDS":["is_staff"]}`:              "may have email",
		`{"REQUIRED_FIELDS":["username"]}`:              "may have email",
		`{"REQUIRED_FIELDS":"email"}`:                   "must be a list of strings",
		`{"USER_ID_FIELD":"uuid"}`:                      "must be id",
		`{"CREATE_SESSION_ON_LOGIN":true}`:              "not supported",
		`{"PASSWORD_RESET_TIMEOUT":1}`:                  "from 60 to",
		`{"ACCESS_TOKEN_LIFETIME":1e9}`:                 "",
		`{"REFRESH_TOKEN_LIFETIME":1000000000}`:         "from 60 to",
		`{"SERIALIZERS":{}}`:                            "has no SERIALIZERS",
		`{"USERNAME_FIELD":"email"}`:                    "",
		`{"USERNAME_FIELD":"username","sharedToken":1}`: "must be a boolean",
	} {
		for name, s := range map[string]*site{"2": s, "0.1": old} {
			ans := s.Do(t, "", "POST", "/v1/djoserMounts/{mount}", `{"settings":`+settings+`}`, nil)
			switch {
			case want != "" && ans.Status != 400, want != "" && name == "2" && ans.Has(want) != nil:
				t.Errorf("djoser %s, %s: %d %s", name, settings, ans.Status, ans.Body)
			}
		}
	}
}
