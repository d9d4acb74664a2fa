package hosted

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// A hosted form carries a token that is bound to the browser by a cookie: a value
// that is new in each page, so that compression tells nothing of it, and its MAC
// under the cookie's secret. It is valid on all pages.
const (
	formCookie = "form"
	formField  = "csrfToken" // as the framework's own tests look for it (framework spec 13.4)
	formHeader = "X-CSRF-TOKEN"
	secretSize = 43 // characters: 32 bytes
)

// cookieName is the name of a cookie: by https only this host can have set it.
func cookieName(v Visit, name string) string {
	if v.TLS {
		return "__Host-" + name
	}
	return name
}

// SetCookie gives the browser a cookie for as long; 0 is until it ends, less takes it
// away.
func SetCookie(c fiber.Ctx, v Visit, name, value string, life time.Duration) {
	k := &fiber.Cookie{Name: cookieName(v, name), Value: value, Path: "/", HTTPOnly: true, Secure: v.TLS, SameSite: fiber.CookieSameSiteLaxMode,
		MaxAge: int(life / time.Second), SessionOnly: life == 0}
	if life < 0 {
		k.MaxAge, k.Expires = -1, time.Unix(1, 0)
	}
	c.Cookie(k)
}

// Cookie is the value of a cookie, "" if the browser sent none.
func Cookie(c fiber.Ctx, v Visit, name string) string {
	return strings.Clone(c.Cookies(cookieName(v, name)))
}

// formToken is what a form of the answer carries; the cookie is set if the browser
// has none.
func formToken(c fiber.Ctx, v Visit) string {
	secret := bind(c, v)
	once := random(16)
	return once + "." + formMAC(secret, once)
}

// bind is the secret of the browser's cookie, which the answer sets if it has none.
func bind(c fiber.Ctx, v Visit) string {
	if secret, ok := c.Locals(formCookie).(string); ok {
		return secret
	}
	secret := Cookie(c, v, formCookie)
	if len(secret) != secretSize {
		secret = random(32)
		SetCookie(c, v, formCookie, secret, 0)
	}
	c.Locals(formCookie, secret)
	return secret
}

// Browser names the browser by its cookie of forms, which the answer sets if it has
// none: what is bound to it comes back from no other.
func Browser(c fiber.Ctx, v Visit) string { return formMAC(bind(c, v), "browser") }

func formMAC(secret, once string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("form " + once))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Form is what a browser sent from one of our pages.
type Form struct {
	values map[string]string
	own    bool
}

// ReadForm reads the fields of a posted form: those of the body alone, none of them
// twice.
func ReadForm(c fiber.Ctx, v Visit) (*Form, error) {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationForm) {
		return nil, core.Errorf(core.Unsupported, "bad_content_type", "The Content-Type must be %s.", fiber.MIMEApplicationForm)
	}
	f := &Form{values: map[string]string{}}
	for name, value := range c.Request().PostArgs().All() {
		if err := f.add(string(name), string(value)); err != nil {
			return nil, err
		}
	}
	return f, f.judge(c, v)
}

// add takes a field, which must be the first of its name.
func (f *Form) add(name, value string) error {
	if _, twice := f.values[name]; twice {
		return core.Errorf(core.Invalid, "field_twice", "The form has a field twice.")
	}
	f.values[name] = value
	return nil
}

// judge tells whether the form is of a page that this browser was given, and refuses one
// of another site.
func (f *Form) judge(c fiber.Ctx, v Visit) error {
	switch site := c.Get("Sec-Fetch-Site"); site {
	case "", "same-origin", "none":
	default:
		return core.Errorf(core.Forbidden, "other_site", "This form was sent by another site.")
	}
	token := f.values[formField]
	if token == "" {
		token = c.Get(formHeader)
	}
	delete(f.values, formField)
	once, mac, _ := strings.Cut(token, ".")
	secret := Cookie(c, v, formCookie)
	f.own = len(secret) == secretSize && hmac.Equal([]byte(mac), []byte(formMAC(secret, once)))
	return nil
}

// FromPage tells whether script of a page that this browser was given sent a request that is
// no form, and refuses one of another site.
func FromPage(c fiber.Ctx, v Visit) (bool, error) {
	f := &Form{values: map[string]string{}}
	err := f.judge(c, v)
	return f.own, err
}

// Own tells whether the form came with a page that this browser was given. What did
// not may be shown again, and does nothing.
func (f *Form) Own() bool { return f.own }

// Values are all fields but the one that binds the form.
func (f *Form) Values() map[string]string { return maps.Clone(f.values) }

// Value is what is in a field, "" if there is none.
func (f *Form) Value(name string) string { return f.values[name] }
