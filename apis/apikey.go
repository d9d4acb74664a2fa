package apis

import (
	"encoding/base64"
	"encoding/json"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

// apiKeys serves the keys of accounts (spec 4). What is made here is a key of
// kind ACCOUNT: it opens no door of /v1.
func (s *Server) apiKeys() {
	s.create(Route{Path: "accounts/:id/apiKeys", Kind: "accounts", Body: "apiKeys", Summary: "Make an ApiKey for an account"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			acc, err := core.Get(r.tx, core.ID[core.Account](id))
			if err != nil {
				return nil, err
			}
			return made(r, in, func(k *core.ApiKey) error {
				k.Account = acc.ID
				return nil
			}, core.CreateApiKey)
		})
	list[core.ApiKey, *core.ApiKey]{page: children(core.ApiKeysOf), within: owned[core.ApiKey]}.
		serve(s, "accounts/:id/apiKeys", "List an account's keys")
	s.get(Route{Path: "applications/:id/apiKeys", Kind: "applications", List: "apiKeys", Filters: []string{"id"},
		Summary: "Find an API key whose account may use the application"}, keysOfApplication)
	s.resource(s.App.KindNamed("apiKeys"))
}

// keysOfApplication finds one key by its id, which must be given: an application has
// the keys of all who can sign in to it.
func keysOfApplication(r *request, id string) (any, error) {
	if err := r.owner("applications", id); err != nil {
		return nil, err
	}
	c := &collection{path: "applications/" + id + "/apiKeys", page: r.page}
	if r.expanding {
		return c, nil // there is no way to give the id
	}
	for name := range r.page.where {
		if name != "id" {
			return nil, queryError("unsupported_query", "%q is not a supported query property.", name)
		}
	}
	if r.page.where["id"] == "" {
		return nil, queryError("query_missing", "The query parameter \"id\" is required.")
	}
	key, err := core.KeyIn(r.tx, core.ID[core.Application](id), core.ID[core.ApiKey](r.page.where["id"]))
	if core.IsNotFound(err) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	if c.size = 1; c.page.offset == 0 {
		c.items = []any{key}
	}
	return c, nil
}

// decodeBase64 reads text in base64, padded or not.
func decodeBase64(s string) (string, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		b, err = base64.RawStdEncoding.DecodeString(s)
	}
	return string(b), err == nil && utf8.Valid(b)
}
