package oauth

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// The paths of the metadata, below the issuer (OpenID Connect Discovery 1.0 section 4,
// RFC 8414 section 3).
const (
	OpenIDPath   = "/.well-known/openid-configuration"
	MetadataPath = "/.well-known/oauth-authorization-server"
)

// metadata is what clients learn of the provider (RFC 8414 section 2, OpenID Connect
// Discovery 1.0 section 3, RFC 9207 section 3, and the logout documents).
type metadata struct {
	Issuer         string   `json:"issuer"`
	Authorization  string   `json:"authorization_endpoint"`
	Token          string   `json:"token_endpoint"`
	Introspection  string   `json:"introspection_endpoint"`
	Revocation     string   `json:"revocation_endpoint"`
	UserInfo       string   `json:"userinfo_endpoint"`
	EndSession     string   `json:"end_session_endpoint"`
	JWKS           string   `json:"jwks_uri"`
	Revocations    string   `json:"stormkeep_revocations_uri"`
	Scopes         []string `json:"scopes_supported"`
	Claims         []string `json:"claims_supported"`
	ResponseTypes  []string `json:"response_types_supported"`
	ResponseModes  []string `json:"response_modes_supported"`
	GrantTypes     []string `json:"grant_types_supported"`
	SubjectTypes   []string `json:"subject_types_supported"`
	IDTokenAlgs    []string `json:"id_token_signing_alg_values_supported"`
	TokenAuth      []string `json:"token_endpoint_auth_methods_supported"`
	TokenAuthAlgs  []string `json:"token_endpoint_auth_signing_alg_values_supported"`
	InspectAuth    []string `json:"introspection_endpoint_auth_methods_supported"`
	InspectAlgs    []string `json:"introspection_endpoint_auth_signing_alg_values_supported"`
	RevokeAuth     []string `json:"revocation_endpoint_auth_methods_supported"`
	RevokeAlgs     []string `json:"revocation_endpoint_auth_signing_alg_values_supported"`
	Challenges     []string `json:"code_challenge_methods_supported"`
	Prompts        []string `json:"prompt_values_supported"`
	Displays       []string `json:"display_values_supported"`
	ACRs           []string `json:"acr_values_supported"`
	ClaimTypes     []string `json:"claim_types_supported"`
	Locales        []string `json:"ui_locales_supported"`
	ClaimsParam    bool     `json:"claims_parameter_supported"`
	RequestParam   bool     `json:"request_parameter_supported"`
	RequestURI     bool     `json:"request_uri_parameter_supported"`
	IssInResponse  bool     `json:"authorization_response_iss_parameter_supported"`
	Frontchannel   bool     `json:"frontchannel_logout_supported"`
	FrontchannelID bool     `json:"frontchannel_logout_session_supported"`
	Backchannel    bool     `json:"backchannel_logout_supported"`
	BackchannelID  bool     `json:"backchannel_logout_session_supported"`
}

var (
	confidential = []string{core.AuthBasic, core.AuthPost, core.AuthPrivateKey}
	anyClient    = append(confidential[:3:3], core.AuthNone)
)

// discovered is the answer of what was asked for last: an issuer, with the grants and
// claims that there were.
type discovered struct {
	of   string
	body []byte
}

// Discovery answers what the provider is and can.
func (p *Provider) Discovery() fiber.Handler {
	return func(c fiber.Ctx) error {
		k, err := p.open(c)
		if err != nil {
			return err
		}
		open(c, 5*time.Minute)
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
		names := p.App.ClaimsSupported()
		is := strings.Join(slices.Concat([]string{k.issuer}, p.Grants(), []string{""}, names), " ")
		if last := p.discovered.Load(); last != nil && last.of == is {
			return c.Send(last.body)
		}
		at := func(path string) string { return k.issuer + path }
		body, err := json.Marshal(metadata{
			Issuer: k.issuer, Authorization: at(AuthorizePath), Token: at(TokenPath), Introspection: at(IntrospectPath), Revocation: at(RevokePath),
			UserInfo: at(UserInfoPath), EndSession: at(LogoutPath), JWKS: at("/.well-known/jwks.json"), Revocations: at(RevocationsPath),
			Scopes: core.OpenIDScopes, Claims: append([]string{"sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash"}, names...),
			ResponseTypes: []string{"code"}, ResponseModes: []string{"query", "form_post"}, GrantTypes: p.Grants(), SubjectTypes: []string{"public"},
			IDTokenAlgs: []string{"RS256", "ES256", "EdDSA", "HS256"}, TokenAuth: anyClient, TokenAuthAlgs: assertionAlgs,
			InspectAuth: confidential, InspectAlgs: assertionAlgs, RevokeAuth: anyClient, RevokeAlgs: assertionAlgs,
			Challenges: []string{"S256"}, Prompts: []string{"none", "login", "consent", "select_account"}, Displays: []string{"page"}, ACRs: []string{"pwd"},
			ClaimTypes: []string{"normal"}, Locales: p.Pages.Locales(), ClaimsParam: true, IssInResponse: true,
			Frontchannel: true, FrontchannelID: true, Backchannel: true, BackchannelID: true,
		})
		if err != nil {
			return err
		}
		p.discovered.Store(&discovered{is, body})
		return c.Send(body)
	}
}

// open lets scripts of every origin read an answer, and caches keep it for a while.
func open(c fiber.Ctx, keep time.Duration) {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderCacheControl, "public, max-age="+seconds(keep))
}
