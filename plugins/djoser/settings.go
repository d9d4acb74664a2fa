package djoser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// Settings are what a mount sets of the keys of Django's DJOSER dictionary (djoser 1.7
// and 2.3) and of a few others that bear on it. What it does not set has the value that
// djoser gives it.
type Settings map[string]json.RawMessage

// UnmarshalJSON puts what it reads to what is there; null takes a key out.
func (s *Settings) UnmarshalJSON(b []byte) error {
	var in map[string]json.RawMessage
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = merged(*s, in, func(v json.RawMessage) bool { return string(v) == "null" })
	return nil
}

// merged is was with what is in in, save what drop takes out. It changes neither.
func merged[V any](was, in map[string]V, drop func(V) bool) map[string]V {
	all := make(map[string]V, len(was)+len(in))
	maps.Copy(all, was)
	for name, v := range in {
		if all[name] = v; drop(v) {
			delete(all, name)
		}
	}
	return all
}

// options are all settings, set or not. The tag v names the version that alone has one.
type options struct {
	SharedToken   bool     `json:"sharedToken"`    // the same token at every login
	UsernameField string   `json:"USERNAME_FIELD"` // of the user model: "username" or "email"
	Required      []string `json:"REQUIRED_FIELDS"`

	Domain             string `json:"DOMAIN"`
	SiteName           string `json:"SITE_NAME"`
	FrontendProtocol   string `json:"EMAIL_FRONTEND_PROTOCOL"`
	FrontendDomain     string `json:"EMAIL_FRONTEND_DOMAIN" v:"2"`
	FrontendSiteName   string `json:"EMAIL_FRONTEND_SITE_NAME" v:"2"`
	ActivationURL      string `json:"ACTIVATION_URL"`
	PasswordResetURL   string `json:"PASSWORD_RESET_CONFIRM_URL"`
	UsernameResetURL   string `json:"USERNAME_RESET_CONFIRM_URL" v:"2"`
	ResetTimeout       int    `json:"PASSWORD_RESET_TIMEOUT"` // seconds
	SendActivation     bool   `json:"SEND_ACTIVATION_EMAIL"`
	SendConfirmation   bool   `json:"SEND_CONFIRMATION_EMAIL" v:"2"`
	TellPassword       bool   `json:"PASSWORD_CHANGED_EMAIL_CONFIRMATION" v:"2"`
	TellUsername       bool   `json:"USERNAME_CHANGED_EMAIL_CONFIRMATION" v:"2"`
	LoginAfterRegister bool   `json:"LOGIN_AFTER_REGISTRATION" v:"0.1"`
	LoginAfterActivate bool   `json:"LOGIN_AFTER_ACTIVATION" v:"0.1"`

	RetypeCreate        bool `json:"USER_CREATE_PASSWORD_RETYPE" v:"2"`
	RetypePassword      bool `json:"SET_PASSWORD_RETYPE"`
	RetypeReset         bool `json:"PASSWORD_RESET_CONFIRM_RETYPE"`
	RetypeUsername      bool `json:"SET_USERNAME_RETYPE"`
	RetypeUsernameReset bool `json:"USERNAME_RESET_CONFIRM_RETYPE" v:"2"`

	ShowNotFound         bool   `json:"PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND" v:"2"`
	ShowUsernameNotFound bool   `json:"USERNAME_RESET_SHOW_EMAIL_NOT_FOUND" v:"2"`
	Logout               bool   `json:"LOGOUT_ON_PASSWORD_CHANGE" v:"2"`
	CreateSession        bool   `json:"CREATE_SESSION_ON_LOGIN" v:"2"`
	HideUsers            bool   `json:"HIDE_USERS" v:"2"`
	LoginField           string `json:"LOGIN_FIELD" v:"2"` // "" is USERNAME_FIELD
	UserIDField          string `json:"USER_ID_FIELD" v:"2"`
	TokenModel           string `json:"TOKEN_MODEL" v:"2"`            // "" takes token/login and token/logout away
	AccessLifetime       int    `json:"ACCESS_TOKEN_LIFETIME" v:"2"`  // seconds, of simplejwt
	RefreshLifetime      int    `json:"REFRESH_TOKEN_LIFETIME" v:"2"` // seconds
}

// defaultsOf are the options of a mount that sets none. Links have the paths of djoser's
// own documentation.
func defaultsOf(version string) options {
	return options{SharedToken: version == Old, UsernameField: "username", Required: []string{"email"},
		ActivationURL: "#/activate/{uid}/{token}", PasswordResetURL: "#/password/reset/confirm/{uid}/{token}",
		UsernameResetURL: "#/username/reset/confirm/{uid}/{token}", ResetTimeout: 3 * 24 * 3600, HideUsers: true,
		UserIDField: "id", TokenModel: "rest_framework.authtoken.models.Token", AccessLifetime: 300, RefreshLifetime: 24 * 3600}
}

// options are all settings of a mount. Where two need each other they are as djoser
// would take them.
func (m *DjoserMount) options() (options, error) {
	o := defaultsOf(m.Version)
	b, err := json.Marshal(m.Settings)
	if err != nil {
		return o, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(&o); err != nil {
		return o, fmt.Errorf("settings of %s: %w", m.ID.Path(), err)
	}
	if _, set := m.Settings["REQUIRED_FIELDS"]; !set && o.UsernameField == "email" {
		o.Required = nil
	}
	if o.LoginField == "" {
		o.LoginField = o.UsernameField
	}
	return o, nil
}

// notFoundShown tells whether an unknown address is told. Either setting turns it on
// for all (djoser 2.3).
func (o *options) notFoundShown() bool { return o.ShowNotFound || o.ShowUsernameNotFound }

func (o *options) resetTTL() time.Duration { return time.Duration(o.ResetTimeout) * time.Second }

// settingNames are the fields of options that a version has, by their keys.
func settingNames(version string) map[string]reflect.StructField {
	names := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[options]()) {
		if only := f.Tag.Get("v"); only == "" || only == version {
			names[f.Tag.Get("json")] = f
		}
	}
	return names
}

// check refuses keys that the version does not have and values that they cannot have.
func (s Settings) check(c *core.Checks, version string) {
	names := settingNames(version)
	for _, name := range slices.Sorted(maps.Keys(s)) {
		f, ok := names[name]
		c.That(ok, "settings", "unknown_field", "DjoserMount settings: djoser %s has no %s.", version, name)
		if !ok {
			continue
		}
		v := reflect.New(f.Type)
		err := json.Unmarshal(s[name], v.Interface())
		c.That(err == nil, "settings", "wrong_type", "DjoserMount settings: %s must be a %s.", name, typeNames[f.Type.Kind()])
		if text, ok := v.Interface().(*string); ok && err == nil {
			c.Text("settings", *text, 1000)
			c.That(!strings.ContainsFunc(*text, func(r rune) bool { return r < ' ' }), "settings", "invalid_value", "DjoserMount settings: %s has a control character.", name)
		}
	}
	o, err := (&DjoserMount{Version: version, Settings: s}).options()
	if err == nil {
		o.check(c)
	}
}

var typeNames = map[reflect.Kind]string{reflect.Bool: "boolean", reflect.String: "string", reflect.Int: "number", reflect.Slice: "list of strings"}

func (o *options) check(c *core.Checks) {
	wrong := func(ok bool, code, format string, args ...any) {
		c.That(ok, "settings", code, "DjoserMount settings: "+format, args...)
	}
	login := func(name, v string) {
		wrong(v == "username" || v == "email", "unsupported_value", "%s must be username or email.", name)
	}
	login("USERNAME_FIELD", o.UsernameField)
	login("LOGIN_FIELD", o.LoginField)
	seen := map[string]bool{o.UsernameField: true}
	for _, name := range o.Required {
		wrong(!seen[name] && fieldNamed(name) != nil && (name != "username" || o.UsernameField != "email"), "unsupported_value",
			"REQUIRED_FIELDS may have email, first_name and last_name, each once, and not USERNAME_FIELD.")
		seen[name] = true
	}
	for name, link := range map[string]string{"ACTIVATION_URL": o.ActivationURL, "PASSWORD_RESET_CONFIRM_URL": o.PasswordResetURL, "USERNAME_RESET_CONFIRM_URL": o.UsernameResetURL} {
		wrong(strings.Contains(link, "{uid}") && strings.Contains(link, "{token}"), "invalid_value", "%s must have {uid} and {token}.", name)
	}
	wrong(o.FrontendProtocol == "" || o.FrontendProtocol == "http" || o.FrontendProtocol == "https", "unsupported_value", "EMAIL_FRONTEND_PROTOCOL must be http or https.")
	for name, domain := range map[string]string{"DOMAIN": o.Domain, "EMAIL_FRONTEND_DOMAIN": o.FrontendDomain} {
		wrong(!strings.ContainsAny(domain, "/?#@\\ "), "invalid_value", "%s must be a host, with a port or without.", name)
	}
	wrong(o.UserIDField == "id", "unsupported_value", "USER_ID_FIELD must be id.")
	wrong(!o.CreateSession, "unsupported_value", "CREATE_SESSION_ON_LOGIN is not supported: no login here makes a cookie.")
	for _, f := range []struct {
		name           string
		n, least, most int
	}{{"PASSWORD_RESET_TIMEOUT", o.ResetTimeout, 60, 7 * 24 * 3600}, {"ACCESS_TOKEN_LIFETIME", o.AccessLifetime, 10, 24 * 3600},
		{"REFRESH_TOKEN_LIFETIME", o.RefreshLifetime, 60, 90 * 24 * 3600}} {
		wrong(f.n >= f.least && f.n <= f.most, "out_of_range", "%s must be from %d to %d seconds.", f.name, f.least, f.most)
	}
}
