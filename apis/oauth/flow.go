package oauth

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// Flow is a sign-in under way for a client: its request, once it has been found good.
// It travels through the pages as a sealed text that is bound to the browser, so that a
// stranger causes no write.
type Flow struct {
	Client      core.ID[core.Client]   `json:"c"`
	RedirectURI string                 `json:"r"`
	Named       bool                   `json:"n,omitempty"`
	State       string                 `json:"s,omitempty"`
	Nonce       string                 `json:"o,omitempty"`
	Challenge   string                 `json:"h,omitempty"`
	Mode        string                 `json:"m,omitempty"` // "form_post", or "" for query
	Scopes      []string               `json:"p,omitempty"`
	Resource    core.ID[core.Resource] `json:"a,omitempty"`
	Claims      string                 `json:"l,omitempty"`
	// Organization is that in which alone people are looked for, and whose the pages are.
	Organization core.ID[core.Organization] `json:"z,omitempty"`
	Beyond       []string                   `json:"b,omitempty"` // those of Claims that no scope gives
	Prompt       []string                   `json:"t,omitempty"`
	MaxAge       int                        `json:"g,omitempty"` // seconds; -1 for any
	Login        string                     `json:"i,omitempty"` // login_hint
	Subject      string                     `json:"u,omitempty"` // of an id_token_hint
	Locales      string                     `json:"e,omitempty"`
	Started      core.Time                  `json:"d"`
}

// seal is the flow as its pages carry it.
func (k *call) seal(v hosted.Visit, f *Flow) (text string, err error) {
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		text, err = tx.SealBlob("flow", hosted.Browser(k.c, v), f, k.p.App.Lifetimes.Flow)
		return err
	})
	return text, err
}

// flow reads what a page carries.
func (k *call) flow(v hosted.Visit, text string) (f *Flow, client *core.Client, app *core.Application, err error) {
	f = &Flow{}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		if err := tx.OpenBlob("flow", hosted.Browser(k.c, v), text, f); err != nil {
			return err
		}
		client, app, err = k.party(tx, f.Client)
		if err == nil && f.Organization != "" {
			_, err = core.OrganizationOf(tx, app.ID, string(f.Organization))
		}
		return err
	})
	return f, client, app, err
}

// party is a client that is enabled, with its application.
func (k *call) party(tx *core.Tx, id core.ID[core.Client]) (*core.Client, *core.Application, error) {
	client, err := core.Get(tx, id)
	if err != nil {
		return nil, nil, err
	}
	app, err := core.Get(tx, client.Application)
	if err != nil {
		return nil, nil, err
	}
	if client.Status != core.Enabled || app.Status != core.Enabled {
		return nil, nil, refuse("unauthorized_client", "This application is not available.")
	}
	return client, app, nil
}

// asks tells whether the request has a prompt.
func (f *Flow) asks(prompt string) bool { return slices.Contains(f.Prompt, prompt) }

// parse reads an authorization request of a client whose redirect URI is known to be
// good: from here on errors go back to the client (RFC 6749 section 4.1.2.1, OpenID
// Connect Core section 3.1.2.1).
func (k *call) parse(tx *core.Tx, client *core.Client, f *Flow) error {
	in := k.in
	for name, code := range map[string]string{"request": "request_not_supported", "request_uri": "request_uri_not_supported", "registration": "registration_not_supported"} {
		if in[name] != "" {
			return refuse(code, "The parameter %s is not supported.", name)
		}
	}
	switch {
	case in["response_type"] == "":
		return refuse("invalid_request", "The parameter response_type is missing.")
	case in["response_type"] != "code":
		return refuse("unsupported_response_type", "The response_type must be code.")
	case in["response_mode"] != "" && in["response_mode"] != "query" && in["response_mode"] != "form_post":
		return refuse("invalid_request", "The response_mode must be query or form_post.")
	case !client.May(core.GrantCode):
		return refuse("unauthorized_client", "The client may not use the authorization code.")
	}
	if err := f.challenge(client, in); err != nil {
		return err
	}
	if err := f.prompts(in); err != nil {
		return err
	}
	if err := k.scoped(tx, client, f); err != nil {
		return err
	}
	asked, ok := core.ParseClaims(in["claims"])
	if !ok {
		return refuse("invalid_request", "The parameter claims is not a JSON object.")
	}
	if len(asked.IDToken)+len(asked.UserInfo) > 0 {
		f.Claims = in["claims"]
	}
	r, err := resourceOf(tx, client, in)
	if err != nil {
		return err
	}
	if r != nil {
		f.Resource = r.ID
	}
	f.Scopes = allowed(client, r, in.scopes(), true)
	if len(f.Scopes) == 0 && in["scope"] != "" {
		return refuse("invalid_scope", "The client may have none of these scopes.")
	}
	if !client.May(core.GrantRefresh) {
		f.Scopes = slices.DeleteFunc(f.Scopes, func(s string) bool { return s == "offline_access" })
	}
	f.Beyond = asked.Beyond(k.p.App, client, f.Scopes)
	f.Nonce, f.Login, f.Locales = in["nonce"], in["login_hint"], in["ui_locales"]
	return nil
}

// scoped finds the organization in which alone people are looked for: the one that the
// request names, by its id or its nameKey, or that of the domain that it came in by.
func (k *call) scoped(tx *core.Tx, client *core.Client, f *Flow) error {
	d, _, err := core.DomainAt(tx, string(k.c.Request().Host()), "")
	if err != nil {
		return err
	}
	name, at := k.in["organization"], core.ID[core.Organization]("")
	if d != nil && d.Application == client.Application {
		at = d.Organization
	}
	if name == "" {
		name = string(at)
	}
	if name == "" {
		return nil
	}
	o, err := core.OrganizationOf(tx, client.Application, name)
	switch {
	case core.IsNotFound(err):
		return refuse("invalid_request", "The organization is not one of this application.")
	case err != nil:
		return err
	case at != "" && at != o.ID:
		return refuse("invalid_request", "The organization is not the one of this host.")
	}
	f.Organization = o.ID
	return nil
}

// in is where people are looked for: "" is all account stores of the application.
func (f *Flow) in() core.Ref {
	if f.Organization == "" {
		return ""
	}
	return core.RefTo(f.Organization)
}

// challenge reads the parameters of PKCE (RFC 7636 section 4.3).
func (f *Flow) challenge(client *core.Client, in params) error {
	text, method := in["code_challenge"], in["code_challenge_method"]
	switch {
	case text == "" && method != "":
		return refuse("invalid_request", "The parameter code_challenge is missing.")
	case text == "" && client.NeedsPKCE():
		return refuse("invalid_request", "The parameter code_challenge is missing: this client must use PKCE.")
	case text == "":
		return nil
	case method != "S256":
		return refuse("invalid_request", "The code_challenge_method must be S256.")
	case len(text) != 43 || !verifier(text):
		return refuse("invalid_request", "The code_challenge of S256 has 43 characters of base64url.")
	}
	f.Challenge = text
	return nil
}

// prompts reads how far people are to be asked.
func (f *Flow) prompts(in params) error {
	f.Prompt = strings.Fields(in["prompt"])
	for _, p := range f.Prompt {
		if !slices.Contains([]string{"none", "login", "consent", "select_account"}, p) {
			return refuse("invalid_request", "The prompt %s is not known.", short(p))
		}
	}
	if f.asks("none") && len(f.Prompt) > 1 {
		return refuse("invalid_request", "The prompt none stands alone.")
	}
	f.MaxAge = -1
	if text := in["max_age"]; text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return refuse("invalid_request", "The max_age is a number of seconds.")
		}
		f.MaxAge = n
	}
	return nil
}

// answerQuery is a redirect URI with the parameters of an answer.
func answerQuery(uri string, out url.Values) string {
	join := "?"
	if strings.Contains(uri, "?") {
		join = "&"
	}
	return uri + join + out.Encode()
}
