package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// verify serves the verification of e-mail addresses (spec 14).
func (s *Server) verify() {
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/applications/:id/verificationEmails", Kind: "applications", Status: 202,
		Takes:   []core.ViewField{{Name: "login", Value: ""}, {Name: "accountStore", Value: core.Href("")}},
		Summary: "Have a new token made by which an account's owner verifies its address"}, s.handle(requestVerification))
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/accounts/emailVerificationTokens/:token", Kind: "accounts", Status: 200,
		Shows: "VerifiedAccount", Members: (&object{}).example(), Summary: "Verify the address of an account by the token that was sent to it, once"},
		s.handle(func(r *request, _ string) error { return verifyEmail(r) }))
}

func requestVerification(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "login", "accountStore", "account_store"); err != nil {
		return err
	}
	login, err := required(in, "VerificationEmail", "login")
	if err != nil {
		return err
	}
	if _, ok := in["accountStore"]; !ok && in["account_store"] != nil {
		in["accountStore"] = in["account_store"] // so Python's SDK (spec 2.4)
	}
	store, err := r.optionalStore(id, in)
	if err != nil {
		return err
	}
	err = r.srv.App.Update(r.c.Context(), func(tx *core.Tx) error {
		return core.RequestVerification(tx, core.ID[core.Application](id), login, store)
	})
	if err != nil {
		return err
	}
	return send(r.c.Status(fiber.StatusAccepted), nil)
}

// verifyEmail spends a token. What the body says is what SDKs hold: the token's own
// href.
func verifyEmail(r *request) error {
	token, err := r.token()
	if err != nil {
		return err
	}
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "href"); err != nil {
		return err
	}
	if err := r.mayExpand(func(string) bool { return false }); err != nil {
		return err
	}
	var path string
	err = r.guessing(token, func() error {
		return r.update(func(r *request) (any, error) {
			acc, err := core.VerifyEmail(r.tx, token)
			if err != nil {
				return nil, err
			}
			path = acc.Path()
			return &object{path: path}, nil
		})
	})
	if err == nil {
		r.c.Set(fiber.HeaderLocation, r.base+"/"+path)
	}
	return err
}
