package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

func TestWhatAClientMayBe(t *testing.T) {
	p := portalOn(t, memory())
	key := `{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}`
	for _, c := range []struct {
		name   string
		change func(*core.Client)
		want   string // the field that is refused, "" for none
	}{
		{"as it comes", func(c *core.Client) {}, ""},
		{"without a name", func(c *core.Client) { c.Name = "" }, "name"},
		{"of no kind", func(c *core.Client) { c.Type = "ROBOT" }, "kind"},
		{"of no profile", func(c *core.Client) { c.Profile = "fapi9" }, "profile"},
		{"of no status", func(c *core.Client) { c.Status = core.Unverified }, "status"},
		{"a web client without a secret", func(c *core.Client) { c.AuthMethod = core.AuthNone }, "tokenEndpointAuthMethod"},
		{"a script with a secret", func(c *core.Client) { c.Type, c.AuthMethod = core.SpaClient, core.AuthBasic }, "tokenEndpointAuthMethod"},
		{"a script with a key", func(c *core.Client) {
			c.Type, c.AuthMethod = core.SpaClient, core.AuthPrivateKey
			c.JWKS.RawMessage = []byte(key)
		}, "tokenEndpointAuthMethod"},
		{"an app with a key", func(c *core.Client) {
			c.Type, c.AuthMethod = core.NativeClient, core.AuthPrivateKey
			c.JWKS.RawMessage = []byte(key)
		}, ""},
		{"a machine without a secret", func(c *core.Client) {
			c.Type, c.AuthMethod, c.RedirectURIs = core.MachineClient, core.AuthNone, nil
		}, "tokenEndpointAuthMethod"},
		{"unknown method", func(c *core.Client) { c.AuthMethod = "client_secret_jwt" }, "tokenEndpointAuthMethod"},
		{"OIDC and public", func(c *core.Client) { c.Type, c.Profile = core.SpaClient, core.OIDCProfile }, "profile"},
		{"a key without keys", func(c *core.Client) { c.AuthMethod = core.AuthPrivateKey }, "jwks"},
		{"two places of keys", func(c *core.Client) {
			c.AuthMethod, c.JWKSURI = core.AuthPrivateKey, "https://app.example.com/jwks"
			c.JWKS.RawMessage = []byte(key)
		}, "jwks"},
		{"no set", func(c *core.Client) { c.JWKS.RawMessage = []byte(`[]`) }, "jwks"},
		{"an empty set", func(c *core.Client) { c.JWKS.RawMessage = []byte(`{"keys":[]}`) }, "jwks"},
		{"a private key", func(c *core.Client) { c.JWKS.RawMessage = []byte(`{"keys":[{"kty":"EC","d":"x"}]}`) }, "jwks"},
		{"a key that lacks a part", func(c *core.Client) { c.JWKS.RawMessage = []byte(`{"keys":[{"kty":"RSA","e":"AQAB"}]}`) }, "jwks"},
		{"a secret key", func(c *core.Client) { c.JWKS.RawMessage = []byte(`{"keys":[{"kty":"oct","k":"x"}]}`) }, "jwks"},
		{"a set that is too long", func(c *core.Client) {
			c.JWKS.RawMessage = []byte(`{"keys":[{"x":"` + strings.Repeat("x", 16<<10) + `"}]}`)
		}, "jwks"},
		{"keys of this machine", func(c *core.Client) { c.JWKSURI = "http://127.0.0.1/jwks" }, "jwksUri"},
		{"unknown grant", func(c *core.Client) { c.GrantTypes = []string{"password"} }, "grantTypes"},
		{"a public client for itself", func(c *core.Client) {
			c.Type, c.GrantTypes = core.SpaClient, []string{core.GrantCredentials}
		}, "grantTypes"},
		{"a machine that signs in", func(c *core.Client) {
			c.Type, c.RedirectURIs, c.GrantTypes = core.MachineClient, nil, []string{core.GrantCode}
		}, "grantTypes"},
		{"a machine", func(c *core.Client) { c.Type, c.RedirectURIs = core.MachineClient, nil }, ""},
		{"a machine with a redirect URI", func(c *core.Client) { c.Type = core.MachineClient }, "redirectUris"},
		{"a hostile redirect URI", func(c *core.Client) { c.RedirectURIs = []string{"https://app.example.com/a/../b"} }, "redirectUris"},
		{"an app's scheme on the web", func(c *core.Client) { c.RedirectURIs = []string{"com.example.app:/cb"} }, "redirectUris"},
		{"an app's scheme", func(c *core.Client) {
			c.Type, c.RedirectURIs = core.NativeClient, []string{"com.example.app:/cb", "http://127.0.0.1/cb", "http://[::1]/cb"}
		}, ""},
		{"too many redirect URIs", func(c *core.Client) { c.RedirectURIs = many(101, callback) }, "redirectUris"},
		{"a logout URI with a fragment", func(c *core.Client) { c.PostLogoutRedirectURIs = []string{callback + "#x"} }, "postLogoutRedirectUris"},
		{"an origin with a path", func(c *core.Client) { c.Origins = []string{"https://app.example.com/"} }, "allowedOrigins"},
		{"an origin", func(c *core.Client) { c.Origins = []string{"https://app.example.com:8443"} }, ""},
		{"any origin", func(c *core.Client) { c.Origins = []string{"*"} }, "allowedOrigins"},
		{"a frame that is script", func(c *core.Client) { c.FrontchannelLogoutURI = "javascript:alert(1)" }, "frontchannelLogoutUri"},
		{"a frame that ends the policy", func(c *core.Client) { c.FrontchannelLogoutURI = "https://a.example;script-src/x" }, "frontchannelLogoutUri"},
		{"a logout of this machine", func(c *core.Client) { c.BackchannelLogoutURI = "http://localhost/x" }, "backchannelLogoutUri"},
		{"a logout", func(c *core.Client) { c.BackchannelLogoutURI = "https://app.example.com/logout" }, ""},
		{"what it is told of an address", func(c *core.Client) { c.EmailClaim = "some" }, "emailClaim"},
		{"claims", func(c *core.Client) { c.IDClaims = "none" }, "idTokenClaims"},
		{"no signature", func(c *core.Client) { c.IDTokenAlg = "none" }, "idTokenSignedResponseAlg"},
		{"HS256 without a secret", func(c *core.Client) { c.Type, c.IDTokenAlg = core.SpaClient, "HS256" }, "idTokenSignedResponseAlg"},
		{"HS256 with a key", func(c *core.Client) {
			c.AuthMethod, c.IDTokenAlg = core.AuthPrivateKey, "HS256"
			c.JWKS.RawMessage = []byte(key)
		}, "idTokenSignedResponseAlg"},
		{"HS256", func(c *core.Client) { c.IDTokenAlg = "HS256" }, ""},
		{"too short", func(c *core.Client) { c.AccessTTL = 9 }, "accessTokenLifetime"},
		{"too long", func(c *core.Client) { c.AccessTTL = 86401 }, "accessTokenLifetime"},
		{"an ID token for ever", func(c *core.Client) { c.IDTokenTTL = 86401 }, "idTokenLifetime"},
		{"idle", func(c *core.Client) { c.RefreshIdle = 59 }, "refreshTokenIdle"},
		{"absolute", func(c *core.Client) { c.RefreshAbsolute = 401 * 86400 }, "refreshTokenLifetime"},
		{"a grace that never ends", func(c *core.Client) { c.RefreshGrace = 301 }, "refreshTokenGrace"},
		{"a scope with a space", func(c *core.Client) { c.Scopes = []string{"a b"} }, "scopes"},
		{"too many scopes", func(c *core.Client) { c.Scopes = many(201, "a") }, "scopes"},
	} {
		c2 := client(p.app.ID, "client")
		c.change(c2)
		err := undone(p.w, core.Actor{Kind: core.Machine, Tenant: p.w.Tenant}, t, func(tx *core.Tx) error { return core.CreateClient(tx, c2) })
		if (err == nil) != (c.want == "") || err != nil && core.AsError(err).Fields[c.want] == "" {
			t.Errorf("%s: %v, want a refusal of %q", c.name, err, c.want)
		}
	}
}

func many(n int, s string) (all []string) {
	for range n {
		all = append(all, s)
	}
	return all
}

func TestWhatOfAClientIsFixed(t *testing.T) {
	p := portalOn(t, memory())
	var other *core.Application
	p.w.Update(t, func(tx *core.Tx) error {
		other = core.Make[core.Application]()
		other.Name = "other"
		return core.Put(tx, other)
	})
	wantCode(t, "kind", tryChange(p.w, p.web.ID, func(c *core.Client) { c.Type = core.MachineClient; c.RedirectURIs, c.GrantTypes = nil, nil }), "protected")
	wantCode(t, "application", tryChange(p.w, p.web.ID, func(c *core.Client) { c.Application = other.ID }), "protected")
	wantCode(t, "name", tryChange(p.w, p.web.ID, func(c *core.Client) { c.Name = "renamed" }), "")
}

// proves tells whether a text proves a client.
func (p *portal) proves(t *testing.T, id core.ID[core.Client], text string) (yes bool) {
	t.Helper()
	p.w.View(t, func(tx *core.Tx) error {
		c, err := core.Get(tx, id)
		if err == nil {
			yes = c.Proves(tx, text)
		}
		return err
	})
	return yes
}

// rotate gives the client another secret and shows it.
func (p *portal) rotate(t *testing.T, id core.ID[core.Client], until time.Time, change ...func(*core.Client)) (text string) {
	t.Helper()
	p.w.Update(t, func(tx *core.Tx) error {
		c, err := core.Get(tx, id)
		if err != nil {
			return err
		}
		for _, do := range change {
			do(c)
		}
		if err := core.RotateSecret(tx, c, until); err != nil {
			return err
		}
		text = shown(tx, c)
		return nil
	})
	return text
}

// shown is the secret in a client's view.
func shown(tx *core.Tx, c *core.Client) string {
	v := &core.View{Tx: tx}
	c.View(v)
	for _, f := range v.Fields {
		if text, ok := f.Value.(core.Secret); ok && f.Name == "clientSecret" {
			return string(text)
		}
	}
	return ""
}

func TestTwoSecretsOfAClientAreLiveAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		var first string
		c := client(p.app.ID, "another")
		p.w.Update(t, func(tx *core.Tx) error {
			if err := core.CreateClient(tx, c); err != nil {
				return err
			}
			first = shown(tx, c)
			return nil
		})
		if len(first) != 43 {
			t.Fatalf("secret %q", first)
		}
		second := p.rotate(t, c.ID, p.w.Clock.Now().Add(time.Hour))
		check := func(what string, text string, want bool) {
			t.Helper()
			if got := p.proves(t, c.ID, text); got != want {
				t.Errorf("%s: %v", what, got)
			}
		}
		check("nothing", "", false)
		check("the first, an hour long", first, true)
		check("the second", second, true)
		third := p.rotate(t, c.ID, p.w.Clock.Now().Add(2*time.Hour))
		check("the first, once there are two", first, false)
		check("the second", second, true)
		p.w.Clock.Turn(2 * time.Hour)
		check("the second, too late", second, false)
		check("the third", third, true)
		fourth := p.rotate(t, c.ID, time.Time{})
		check("the third, ended at once", third, false)
		change(t, p.w, c.ID, func(c *core.Client) {
			c.AuthMethod = core.AuthPrivateKey
			c.JWKS.RawMessage = []byte(`{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}`)
		})
		check("the fourth, of who has a key now", fourth, false)
		wantCode(t, "a secret of who has a key", p.w.App.Update(p.w.Machine(), func(tx *core.Tx) error {
			c, err := core.Get(tx, c.ID)
			if err != nil {
				return err
			}
			return core.RotateSecret(tx, c, time.Time{})
		}), "unsupported_value")
	})
}

// ID tokens of HS256 are signed with the client's secret, which must then be one that
// the server can read.
func TestHS256NeedsASecretThatCanBeRead(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		p := portalOn(t, s)
		wantCode(t, "the algorithm alone", tryChange(p.w, p.web.ID, func(c *core.Client) { c.IDTokenAlg = "HS256" }), "required")
		text := p.rotate(t, p.web.ID, time.Time{}, func(c *core.Client) { c.IDTokenAlg = "HS256" })
		signing := func() (plain string) {
			p.w.View(t, func(tx *core.Tx) error {
				c, err := core.Get(tx, p.web.ID)
				if err != nil {
					return err
				}
				plain, err = c.Signing.Open(tx, c.ID, "signingSecret")
				return err
			})
			return plain
		}
		if signing() != text {
			t.Errorf("signs with another secret")
		}
		change(t, p.w, p.web.ID, func(c *core.Client) { c.Name = "renamed" })
		if signing() != text {
			t.Errorf("the secret went with another change")
		}
		if text = p.rotate(t, p.web.ID, time.Time{}); signing() != text {
			t.Errorf("signs with a former secret")
		}
		change(t, p.w, p.web.ID, func(c *core.Client) { c.IDTokenAlg = "ES256" })
		if signing() != "" {
			t.Errorf("a secret that nothing is signed with is kept")
		}
	})
}
