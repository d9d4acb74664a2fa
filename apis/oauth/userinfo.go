package oauth

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// UserInfo answers with the claims about whom an access token is of (OpenID Connect
// Core section 5.3).
func (p *Provider) UserInfo() fiber.Handler {
	return p.serve(func(k *call) (any, error) {
		token, err := k.bearer()
		if err != nil {
			return nil, err
		}
		c, err := k.verify(token)
		if err != nil {
			return nil, err
		}
		var claims map[string]any
		var client *core.Client
		err = p.App.View(k.ctx, func(tx *core.Tx) error {
			var g *core.Grant
			if client, g, err = core.LiveAccess(tx, c); err != nil {
				return err
			}
			if g == nil || !slices.Contains(c.Scopes(), "openid") {
				return refuse("insufficient_scope", "The token does not have the scope openid.")
			}
			acc, err := core.Get(tx, g.Account)
			if err != nil {
				return err
			}
			asked, _ := core.ParseClaims(string(g.Claims))
			if claims, err = core.ClaimsOf(tx, client, acc, c.Scopes(), asked.UserInfo); err == nil {
				claims["sub"] = g.Sub
			}
			return err
		})
		if core.IsEnded(err) || core.IsNotFound(err) {
			err = refuse("invalid_token", "The token has expired or was revoked.")
		}
		if err != nil {
			return nil, err
		}
		k.cors(client)
		return claims, nil
	})
}

// bearer is the token of a request: in its header, or in the form of a POST, and in one
// of them only (RFC 6750 section 2).
func (k *call) bearer() (string, error) {
	scheme, token, _ := strings.Cut(k.c.Get(fiber.HeaderAuthorization), " ")
	if scheme != "" && !strings.EqualFold(scheme, "Bearer") {
		return "", refuse("invalid_token", "The Authorization header is not that of a bearer token.")
	}
	token = strings.TrimSpace(token)
	if k.c.Method() == fiber.MethodPost && len(k.c.Body()) > 0 {
		in, err := form(k.c)
		if err != nil {
			return "", err
		}
		if text := in["access_token"]; text != "" {
			if scheme != "" {
				return "", refuse("invalid_request", "The token is there twice.")
			}
			token = text
		}
	}
	if token == "" || len(token) > maxToken {
		return "", refuse("invalid_token", "There is no access token.")
	}
	return token, nil
}
