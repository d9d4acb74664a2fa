package apis

import (
	"encoding/json"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// keySet serves the keys by which others verify what a tenant signs (RFC 7517), to
// anybody, also in a browser on a page of any origin.
func (s *Server) keySet() {
	s.route(Route{Method: fiber.MethodGet, Path: "/.well-known/jwks.json", Public: true, Status: 200, Shows: "JWKS",
		Members: []core.ViewField{{Name: "keys", Value: json.RawMessage("[]")}},
		Summary: "The public keys by which tokens of the host's tenant verify"},
		func(c fiber.Ctx) error {
			t, err := s.pageTenant(c)
			if err != nil {
				return err
			}
			body, etag, err := s.App.JWKS(c.Context(), t)
			if err != nil {
				return err
			}
			c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
			c.Set(fiber.HeaderCacheControl, jwksCache)
			c.Set(fiber.HeaderETag, etag)
			if c.Get(fiber.HeaderIfNoneMatch) == etag {
				return c.SendStatus(fiber.StatusNotModified)
			}
			return send(c, body)
		})
}

// jwksCache is short beside the day for which a key is there before it signs: a key
// that was revoked is gone for everybody soon.
const jwksCache = "public, max-age=300"

// signingKeys serves the keys that sign for the tenant. Nobody is shown a private part.
func (s *Server) signingKeys() {
	k := s.App.KindNamed("signingKeys")
	info := k.Info()
	s.route(Route{Method: fiber.MethodGet, Path: "/v1/signingKeys", Kind: info.Name, List: info.Name, Status: 200,
		Summary: "List the tenant's signing keys"}, s.handle(func(r *request, _ string) error { return r.view(listSigningKeys) }))
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/signingKeys", Kind: info.Name, Status: 201,
		Takes:   []core.ViewField{{Name: "alg", Value: string(core.RS256)}, {Name: "purpose", Value: string(core.KeyTokens)}},
		Summary: "Make the next signing key of an algorithm, which signs a day later, or the first"}, s.handle(rotateSigningKey))
	s.read(k)
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/signingKeys/:id/revoke", Kind: info.Name, Status: 200,
		Summary: "End a signing key now, and what was given before"}, s.handle(revokeSigningKey))
}

func listSigningKeys(r *request) (any, error) {
	info := r.srv.App.KindNamed("signingKeys").Info()
	if _, err := r.page.searching(info); err != nil {
		return nil, err
	}
	p, err := core.List(r.tx, core.SigningKeys, core.Query{Offset: r.page.offset, Limit: r.page.limit})
	return collected(r, info.Name, p), err
}

func rotateSigningKey(r *request, _ string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	alg, _, err := text(in, "alg")
	if err != nil {
		return err
	}
	purpose, given, err := text(in, "purpose")
	if err != nil {
		return err
	}
	if !given {
		purpose = string(core.KeyTokens)
	}
	if alg == "" {
		return fieldError("required", "alg", "SigningKey alg is required; it cannot be null, empty, or blank.")
	}
	next, err := r.srv.App.RotateKeys(r.c.Context(), core.KeyPurpose(purpose), core.Alg(alg))
	if err != nil {
		return err
	}
	return r.view(func(r *request) (any, error) {
		r.created = true
		return core.Get(r.tx, next[0].ID)
	})
}

func revokeSigningKey(r *request, id string) error {
	k, err := r.srv.App.RevokeKey(r.c.Context(), core.ID[core.SigningKey](id))
	if err != nil {
		return err
	}
	return r.view(func(r *request) (any, error) { return core.Get(r.tx, k.ID) })
}
