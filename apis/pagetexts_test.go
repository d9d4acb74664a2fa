package apis_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// german is a browser whose person reads German.
type german struct{ *apitest.Browser }

func (b german) get(t testing.TB, path string) *apitest.Page {
	t.Helper()
	return b.Send(t, "GET", path, "", map[string]string{"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
}

func (b german) post(t testing.TB, path string, fields map[string]string) *apitest.Page {
	t.Helper()
	form := url.Values{}
	for name := range b.Hidden {
		form.Set(name, b.Hidden.Get(name))
	}
	for name, value := range fields {
		form.Set(name, value)
	}
	return b.Send(t, "POST", path, form.Encode(), map[string]string{"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
}

// What core refuses is told in the language of the page: every rule of a password, and
// what else a form can bring.
func TestWhatIsWrongIsToldInTheLanguageOfThePage(t *testing.T) {
	f := newFront(t)
	dir := string(f.dir)
	f.set(t, "/v1/passwordPolicies/"+dir+"/strength", `{"minLength":9,"maxLength":20,"minLowerCase":1,"minUpperCase":1,"minNumeric":1,"minSymbol":1,"minDiacritic":1,"denyNumeric":true,"preventReuse":3}`)
	b := german{f.Browser()}
	b.get(t, "/register")
	const good = "Pass-w0rd-für-eve"
	for _, c := range []struct{ name, field, value, says string }{
		{"no password", "password", "", "Es fehlt: Passwort."},
		{"no name", "surname", "", "Es fehlt: Nachname."},
		{"short", "password", "x", "Dieses Passwort ist zu kurz. Zeichen mindestens: 9."},
		{"long", "password", strings.Repeat("aB1-ü", 5), "Dieses Passwort ist zu lang. Zeichen höchstens: 20."},
		{"no small letter", "password", "PASS-W0RD-FÜR-EVE", "fehlen Kleinbuchstaben. Mindestens: 1."},
		{"no capital", "password", "pass-w0rd-für-eve", "fehlen Großbuchstaben. Mindestens: 1."},
		{"no digit", "password", "Pass-word-für-eve", "fehlen Ziffern. Mindestens: 1."},
		{"no sign", "password", "Passw0rdfüreve", "fehlen Sonderzeichen wie ! oder %. Mindestens: 1."},
		{"no accent", "password", "Pass-w0rd-fur-eve", "wie é oder ü. Mindestens: 1."},
		{"not text", "password", "Pass-w0rd-f\xff", "Dieses Passwort enthält Zeichen, die nicht lesbar sind."},
		{"no address", "email", "eve@x@y", "Das ist keine E-Mail-Adresse."},
		{"a taken one", "email", "ann.lee@example.com", "Zu dieser Adresse gibt es schon ein Konto."},
		{"a long one", "email", strings.Repeat("e", 250) + "@example.com", "Das ist zu lang."},
		{"a long name", "givenName", strings.Repeat("é", 256), "Das ist zu lang."},
		{"a name that is no text", "surname", "\xff", "Das enthält Zeichen, die nicht lesbar sind."},
		{"another field", "status", "ENABLED", "status ist kein Feld dieses Formulars."},
	} {
		fields := person("eve@example.com", good)
		fields[c.field] = c.value
		p := b.post(t, "/register", fields)
		shows(t, c.name, p, 200, c.says, `lang="de"`, "<title>Fehler: Konto bei My Application anlegen")
	}
	f.set(t, "/v1/passwordPolicies/"+dir+"/strength", `{"minLength":1,"minLowerCase":0,"minUpperCase":0,"minNumeric":0,"minSymbol":0,"minDiacritic":0,"denySimilar":true,"denyCommon":true}`)
	for _, c := range []struct{ name, policy, field, value, says string }{
		{"digits", "", "password", "8273645546", "besteht nur aus Ziffern"},
		{"like the name", "", "password", "eve@example.com", "zu ähnlich"},
		{"common", "", "password", "password1", "leicht zu erraten"},
		{"a domain that is shut out", `{"emailDomainBlacklist":["x.example"]}`, "email", "eve@x.example", "Mit Adressen dieser Domain"},
		{"a domain that is not let in", `{"emailDomainBlacklist":[],"emailDomainWhitelist":["y.example"]}`, "email", "eve@x.example", "nur mit Adressen bestimmter Domains"},
	} {
		if c.policy != "" {
			f.set(t, "/v1/accountCreationPolicies/"+dir, c.policy)
		}
		fields := person("eve@example.com", "eine gute Wahl, eve")
		fields["givenName"], fields["surname"] = "Eve", "Ash"
		fields[c.field] = c.value
		shows(t, c.name, b.post(t, "/register", fields), 200, c.says)
	}
}

func TestThePagesOfMailedLinksSpeakGerman(t *testing.T) {
	f := newFront(t)
	f.set(t, "/v1/passwordPolicies/"+string(f.dir)+"/strength", `{"preventReuse":3}`)
	token := f.resetToken(t, "ann.lee@example.com")
	b := german{f.Browser()}
	went(t, "a language that was chosen stays", b.get(t, "/change?sptoken="+token+"&ui_locales=en"), "/change?ui_locales=en")
	shows(t, "in English", b.get(t, "/change?ui_locales=en"), 200, "Choose a new password", `action="/change?ui_locales=en"`, `href="/change?ui_locales=de" hreflang="de" lang="de" rel="nofollow">Deutsch</a>`)
	delete(b.Cookies, "language") // which keeps the choice
	shows(t, "the form", b.get(t, "/change"), 200, "Neues Passwort wählen", "Es gilt für das Konto ann.lee@example.com", `>English</a>`, "Gesichert durch Stormkeep")
	shows(t, "two", b.post(t, "/change", map[string]string{"password": "a b c d e f", "confirmPassword": "x"}), 200, "Die Passwörter stimmen nicht überein.")
	shows(t, "a former one", b.post(t, "/change", map[string]string{"password": coretest.Password, "confirmPassword": coretest.Password}), 200, "hatten Sie schon einmal")
	went(t, "a dead link", b.get(t, "/change?sptoken=0123456789012345678901nothing&ui_locales=de"), "/forgot?status=invalid_sptoken&ui_locales=de")
	shows(t, "told", b.get(t, "/forgot?status=invalid_sptoken&ui_locales=de"), 200, "Dieser Link gilt nicht mehr.", `href="/login?ui_locales=de"`)

	f.verifies(t)
	b.get(t, "/register")
	went(t, "made", b.post(t, "/register", person("eve@example.com", coretest.Password)), "/login?status=unverified")
	path, _ := lastMail(t, f.API)
	_, sptoken, _ := strings.Cut(path, "sptoken=")
	b.get(t, "/verify?sptoken="+sptoken)
	shows(t, "the form of an address", b.get(t, "/verify"), 200, "Gehört eve@example.com Ihnen?")
	shows(t, "no code", b.post(t, "/verify", map[string]string{"code": ""}), 200, "Geben Sie den Code ein, der in der Mail steht.")
	shows(t, "a wrong code", b.post(t, "/verify", map[string]string{"code": "000000"}), 200, "Das ist nicht der Code")
	shows(t, "a wrong password", b.post(t, "/verify", map[string]string{"code": "", "password": "x"}), 200, "Das ist nicht das Passwort des Kontos.")
	shows(t, "in no time", b.get(t, "/login?status=unverified"), 200, "Wenn es ein Konto gibt, ist eine Mail unterwegs")
	shows(t, "a wrong login", b.post(t, "/login", map[string]string{"login": "x", "password": "y"}), 200, "Der Name oder das Passwort ist falsch.", `href="/login?ui_locales=en"`)
	shows(t, "another site's", b.Send(t, "POST", "/login", "", map[string]string{"Accept-Language": "de", "Sec-Fetch-Site": "cross-site"}), 403, "von einer anderen Website")
}

// Programs are answered in English, whatever they say they read.
func TestJSONIsEnglish(t *testing.T) {
	f := newFront(t)
	p := f.json(t, "POST", "/login", `{}`, "Accept-Language", "de")
	if !strings.Contains(p.Text, "Username or Email is required.") {
		t.Error(p.Text)
	}
}
