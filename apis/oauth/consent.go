package oauth

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// ConsentPath is where people say what a client may have.
const ConsentPath = "/consent"

// consentPage is what it shows.
type consentPage struct {
	Application, Client   string
	Before, Host, After   string // where the answer goes, in a sentence
	Initials, Name, Login string
	Flow                  string
	Notice                string
	Scopes                []ScopeText
}

// FormFlow is the flow that the form carries.
func (p *consentPage) FormFlow() string { return p.Flow }

// ScopeText is one thing that a client asks for; it has a name if it is one of OpenID
// Connect.
type ScopeText struct{ Name, Title, Text string }

// showConsent asks whether the client may have what it asks for.
func (k *call) showConsent(v hosted.Visit, f *Flow, client *core.Client, app *core.Application, s *core.Session, notice ...string) error {
	v, err := k.p.Env.Dress(k.c, v, app.ID, f.Organization)
	if err != nil {
		return err
	}
	page := &consentPage{Application: v.Named(app.Name), Client: client.Name}
	if u, err := url.Parse(f.RedirectURI); err == nil {
		page.Host = u.Host
		if page.Host == "" {
			page.Host = u.Scheme
		}
	}
	page.Before, page.After, _ = strings.Cut(v.Say("consent.on"), "%s")
	if len(notice) > 0 {
		page.Notice = notice[0]
	}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		acc, err := core.Get(tx, s.Account)
		if err != nil {
			return err
		}
		page.Name, page.Login = acc.FullName(), acc.Username
		page.Initials = Initials(page.Name, page.Login)
		page.Scopes, err = ScopeTexts(tx, v, f.Scopes, f.Resource)
		page.Scopes = append(page.Scopes, k.p.ClaimTexts(v, f.Beyond)...)
		return err
	})
	if err == nil {
		page.Flow, err = k.seal(v, f)
	}
	if err != nil {
		return err
	}
	v.Here = ConsentPath + "?" + url.Values{"flow": {page.Flow}}.Encode()
	return k.p.Pages.ShowTo(k.c, v, fiber.StatusOK, "consent", page, core.OriginOf(f.RedirectURI))
}

// Initials stand for a person where there is no picture: of the first and the last word
// of the name, else of the login.
func Initials(name, login string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		words = []string{login}
	}
	if len(words) > 2 {
		words = []string{words[0], words[len(words)-1]}
	}
	out := ""
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		out += strings.ToUpper(string(first))
	}
	return out
}

// ScopeTexts say in words what scopes give, those of a resource among them, which may be
// "".
func ScopeTexts(tx *core.Tx, v hosted.Visit, scopes []string, resource core.ID[core.Resource]) (all []ScopeText, err error) {
	r := &core.Resource{}
	if resource != "" {
		if r, err = core.Get(tx, resource); err != nil {
			return nil, err
		}
	}
	for _, s := range scopes {
		if slices.Contains(core.OpenIDScopes, s) {
			all = append(all, ScopeText{s, v.Say("scope." + s), v.Say("scope." + s + ".text")})
			continue
		}
		for _, t := range r.Scopes {
			if t.Name == s && t.Description != "" {
				all = append(all, ScopeText{"", t.Description, r.Name})
			} else if t.Name == s {
				all = append(all, ScopeText{"", s, r.Name})
			}
		}
	}
	return all, nil
}

// ClaimTexts say in words what claims tell that are asked for one by one.
func (p *Provider) ClaimTexts(v hosted.Visit, names []string) (all []ScopeText) {
	for _, name := range names {
		icon := "profile"
		if strings.HasPrefix(name, "email") {
			icon = "email"
		}
		title, ok := v.Text("claim." + name)
		if !ok {
			icon, title = "", v.Say("claim.other", name)
		}
		all = append(all, ScopeText{icon, title, v.Say("claim.text")})
	}
	return all
}

// ConsentAgain takes a flow as far as the authorization endpoint does: by it the page is
// shown in another language.
func (p *Provider) ConsentAgain(c fiber.Ctx, v hosted.Visit) error {
	d, err := p.Carried(c, v, c.Query("flow"))
	if err != nil {
		return p.Lost(c, v, err)
	}
	s, err := d.k.sessionFor(d.v, d.f)
	if err != nil {
		return err
	}
	return d.k.proceed(d.v, d.f, d.client, d.app, s)
}

// Consent takes the answer.
func (p *Provider) Consent(c fiber.Ctx, v hosted.Visit) error {
	d, in, err := p.posted(c, v)
	if err != nil {
		return p.Lost(c, v, err)
	}
	k, v, f, client, app := d.k, d.v, d.f, d.client, d.app
	s, err := k.sessionFor(v, f)
	if err != nil {
		return err
	}
	if s == nil {
		return k.proceed(v, f, client, app, nil)
	}
	if !in.Own() {
		return k.showConsent(v, f, client, app, s, v.Say("notice.form"))
	}
	if in.Value("answer") != "allow" {
		return k.reject(v, f, refuse("access_denied", "The person did not agree."))
	}
	err = p.App.Update(k.ctx, func(tx *core.Tx) error {
		var r *core.Resource
		if f.Resource != "" {
			if r, err = core.Get(tx, f.Resource); err != nil {
				return err
			}
		}
		return core.GiveConsent(tx, s.Account, client.ID, f.Scopes, r, f.Beyond...)
	})
	if err != nil {
		return k.reject(v, f, err)
	}
	f.Prompt = slices.DeleteFunc(f.Prompt, func(p string) bool { return p == "consent" })
	return k.proceed(v, f, client, app, s)
}
