package oauth

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

// inspected is what a token says to who may ask (RFC 7662 section 2.2).
type inspected struct {
	Active    bool              `json:"active"`
	Scope     string            `json:"scope,omitempty"`
	Client    string            `json:"client_id,omitempty"`
	Username  string            `json:"username,omitempty"`
	TokenType string            `json:"token_type,omitempty"`
	Expires   int64             `json:"exp,omitempty"`
	IssuedAt  int64             `json:"iat,omitempty"`
	Subject   string            `json:"sub,omitempty"`
	Audience  string            `json:"aud,omitempty"`
	Issuer    string            `json:"iss,omitempty"`
	ID        string            `json:"jti,omitempty"`
	Org       string            `json:"org,omitempty"`
	Actor     map[string]string `json:"act,omitempty"`
	AuthTime  int64             `json:"auth_time,omitempty"`
	ACR       string            `json:"acr,omitempty"`

	more map[string]any // what handlers say
}

// said is what is told, with what handlers add to it.
func (i inspected) said() (any, error) {
	if len(i.more) == 0 {
		return i, nil
	}
	b, err := json.Marshal(i)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(i.more)
	return all, json.Unmarshal(b, &all) // ours in place of theirs
}

// maxToken is the length of the longest token that is looked at.
const maxToken = 16 << 10

// Introspect answers resource servers that ask about a token.
func (p *Provider) Introspect() fiber.Handler {
	return p.serve(func(k *call) (any, error) {
		client, token, err := k.about()
		if err != nil {
			return nil, err
		}
		if !client.Confidential() {
			return nil, invalidClient("only a client that proves itself may ask")
		}
		out, err := k.inspect(client.Client, token)
		if dead(err) {
			out, err = inspected{}, nil
		}
		if err != nil {
			return nil, err
		}
		if err := k.spend(client); err != nil {
			return nil, err
		}
		return out.said()
	})
}

// about reads a request about a token.
func (k *call) about() (client *proved, token string, err error) {
	if k.in, err = form(k.c); err != nil {
		return nil, "", err
	}
	if client, err = k.client(); err != nil {
		return nil, "", err
	}
	token = k.in["token"]
	if token == "" || len(token) > maxToken {
		return nil, "", refuse("invalid_request", "The parameter token is missing, or too long.")
	}
	return client, token, nil
}

// spend has an assertion count once at an endpoint that writes nothing else.
func (k *call) spend(client *proved) error {
	if client.nonce == nil {
		return nil
	}
	return k.p.App.Update(k.ctx, func(tx *core.Tx) error {
		_, err := client.again(tx)
		return err
	})
}

// dead tells whether an error says that a token is none that is good now.
func dead(err error) bool { return core.IsEnded(err) || isCode(err, "invalid_token") }

func isCode(err error, code string) bool { return err != nil && core.AsError(err).Code == code }

// verify reads the claims of an access token that we have signed.
func (k *call) verify(token string) (*core.AccessClaims, error) {
	c := &core.AccessClaims{}
	if err := k.p.App.VerifyJWT(k.ctx, k.tenant, core.KeyTokens, token, accessType, c); err != nil {
		return nil, err
	}
	if !slices.Contains(k.accepted, c.Issuer) || c.ID == "" {
		return nil, refuse("invalid_token", "The token is not valid.")
	}
	return c, nil
}

// inspect says what a token is to a client that may know; to others, and of all other
// texts, that it is not active.
func (k *call) inspect(client *core.Client, token string) (out inspected, err error) {
	if !strings.Contains(token, ".") {
		return k.inspectRefresh(client, token)
	}
	c, err := k.verify(token)
	if err != nil {
		return inspected{}, err
	}
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		out = inspected{}
		if c.Client != client.ID {
			r, err := core.Find(tx, core.ResourceIdentifier, "", c.Audience)
			if core.IsNotFound(err) || err == nil && !slices.Contains(r.Inspectors, string(client.ID)) {
				return nil
			}
			if err != nil {
				return err
			}
		}
		_, g, err := core.LiveAccess(tx, c)
		if err != nil {
			return err
		}
		out = inspected{Active: true, Scope: c.Scope, Client: string(c.Client), TokenType: "Bearer", Expires: c.Expires, IssuedAt: c.IssuedAt,
			Subject: c.Subject, Audience: c.Audience, Issuer: c.Issuer, ID: c.ID, Org: string(c.Org), Actor: c.Actor}
		if out.more, err = core.Introspected(tx, client, c, g); err != nil {
			return err
		}
		if g == nil {
			return nil
		}
		out.AuthTime, out.ACR = g.AuthTime.Unix(), g.ACR
		acc, err := core.Get(tx, g.Account)
		if err == nil {
			out.Username = acc.Username
		}
		return err
	})
	return out, err
}

func (k *call) inspectRefresh(client *core.Client, token string) (out inspected, err error) {
	err = k.p.App.View(k.ctx, func(tx *core.Tx) error {
		out = inspected{}
		g, t, err := core.GrantOfRefreshToken(tx, token)
		if err != nil || g.Client != client.ID {
			return err
		}
		out = inspected{Active: true, Scope: strings.Join(g.Scopes, " "), Client: string(g.Client), Expires: t.Idle.Unix(), IssuedAt: t.CreatedAt.Unix(),
			Subject: g.Sub, Issuer: k.issuer}
		out.more, err = core.Introspected(tx, client, nil, g)
		return err
	})
	return out, err
}

// Revoke takes a token back (RFC 7009). It says the same of one that is none.
func (p *Provider) Revoke() fiber.Handler {
	return p.serve(func(k *call) (any, error) {
		client, token, err := k.about()
		if err != nil {
			return nil, err
		}
		k.cors(client.Client)
		var claims *core.AccessClaims
		if strings.Contains(token, ".") {
			if claims, err = k.verify(token); err != nil && !dead(err) {
				return nil, err
			}
		}
		err = p.App.Update(k.ctx, func(tx *core.Tx) error {
			now, err := client.again(tx)
			if err != nil {
				return err
			}
			return core.TakeBack(tx, now, claims, token)
		})
		return nil, err
	})
}
