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
	list[core.ApiKey, *core.ApiKey]{page: children(core.ApiKeysOf),
		exact: finders[core.ApiKey]{"id": func(r *request, id, value string) ([]*core.ApiKey, error) {
			key, err := core.Get(r.tx, core.ID[core.ApiKey](value))
			if core.IsNotFound(err) || err == nil && string(key.Account) != id {
				return nil, nil
			}
			return []*core.ApiKey{key}, err
		}},
	}.serve(s, "accounts/:id/apiKeys", "List an account's keys")
	s.resource(s.App.KindNamed("apiKeys"))
}

// decodeBase64 reads text in base64, padded or not.
func decodeBase64(s string) (string, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		b, err = base64.RawStdEncoding.DecodeString(s)
	}
	return string(b), err == nil && utf8.Valid(b)
}
