package apis

import (
	"encoding/json"
	"net/url"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// reset serves password reset tokens (spec 13). No mail is sent from here: who
// asks has the token, and gives it to the account's owner.
func (s *Server) reset() {
	path := "/v1/applications/:id/passwordResetTokens"
	shown := resetToken("", "", &core.Account{}).example()
	s.route(Route{Method: fiber.MethodPost, Path: path, Kind: "applications", Status: 200,
		Shows: "PasswordResetToken", Members: shown, Takes: []core.ViewField{{Name: "email", Value: ""}, {Name: "accountStore", Value: map[string]string{"href": "", "nameKey": ""}}},
		Summary: "Make a token by which an account's owner can set a new password"}, s.handle(requestReset))
	s.route(Route{Method: fiber.MethodGet, Path: path + "/:token", Kind: "applications", Status: 200, Shows: "PasswordResetToken",
		Summary: "Tell whose a password reset token is"}, s.handle(func(r *request, id string) error {
		token, err := r.token()
		if err != nil {
			return err
		}
		return r.guessing(token, func() error {
			return r.view(func(r *request) (any, error) {
				_, acc, err := core.Reset(r.tx, core.ID[core.Application](id), token)
				if err != nil {
					return nil, err
				}
				return resetToken(id, token, acc), nil
			})
		})
	}))
	s.route(Route{Method: fiber.MethodPost, Path: path + "/:token", Kind: "applications", Status: 200, Shows: "PasswordResetToken",
		Takes: []core.ViewField{{Name: "password", Value: ""}}, Summary: "Set a new password with a token, once"}, s.handle(spendReset))
}

func (r *request) token() (string, error) {
	token, err := url.PathUnescape(r.c.Params("token"))
	if err != nil {
		return "", queryError("bad_encoding", "The token is not percent-encoded.")
	}
	return token, nil
}

func resetToken(app, token string, acc *core.Account) *object {
	return &object{path: "applications/" + app + "/passwordResetTokens/" + token, members: []core.ViewField{
		{Name: "email", Value: acc.Email}, {Name: "account", Value: acc.ID}}}
}

func requestReset(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "email", "accountStore", "href", "account"); err != nil {
		return err
	}
	email, err := required(in, "PasswordResetToken", "email")
	if err != nil {
		return err
	}
	store, err := r.optionalStore(id, in)
	if err != nil {
		return err
	}
	return r.update(func(r *request) (any, error) {
		token, acc, err := core.RequestReset(r.tx, core.ID[core.Application](id), email, store)
		if err != nil {
			return nil, err
		}
		return resetToken(id, token, acc), nil
	})
}

func spendReset(r *request, id string) error {
	token, err := r.token()
	if err != nil {
		return err
	}
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "password", "href", "email", "account"); err != nil {
		return err
	}
	if err := r.mayExpand(accountOnly); err != nil {
		return err
	}
	pw, _, err := text(in, "password")
	if err != nil {
		return err
	}
	var acc *core.Account
	err = r.guessing(token, func() (err error) {
		acc, err = r.srv.App.SpendReset(r.c.Context(), core.ID[core.Application](id), token, pw)
		return err
	})
	if err != nil {
		return err
	}
	return r.view(func(*request) (any, error) { return resetToken(id, token, acc), nil })
}

// optionalStore is the account store that a body names, "" for none.
func (r *request) optionalStore(app string, in map[string]json.RawMessage) (core.Ref, error) {
	raw, ok := in["accountStore"]
	if !ok || string(raw) == "null" {
		return "", nil
	}
	return r.storeIn(app, raw)
}
