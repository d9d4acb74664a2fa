package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// administratorCommands serve the accounts of the administrators' directory to the
// machine itself: /v1 knows them as accounts and as operators, never as both.
func (s *Server) administratorCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "administrators", Summary: "List the administrators, or find the one called ?who="}, listAdministrators)
	s.command(Route{Method: fiber.MethodPost, Path: "administrators", Summary: "Make an administrator, who needs no password yet"}, makeAdministrator)
	s.command(Route{Method: fiber.MethodPost, Path: "owner", Summary: "Find an owner, or make one without a password where none is"}, anOwner)
	s.command(Route{Method: fiber.MethodPost, Path: "owner/link", Summary: "Make the link by which an owner sets a password"}, ownersLink)
}

// ownersLink makes the link of an owner who is locked out, or, while no owner has a
// password, that of the setup page.
func ownersLink(r *request, _ string) error {
	var in struct {
		Account core.ID[core.Account] `json:"account"`
	}
	if err := r.input(&in); err != nil {
		return err
	}
	var token, path string
	err := r.srv.App.Update(r.c.Context(), func(tx *core.Tx) (err error) {
		if done, err := core.IsSetUp(tx); err != nil {
			return err
		} else if !done {
			path = SetupPath
			token, err = core.NewSetupLink(tx)
			return err
		}
		path = RecoveryPath
		token, err = core.NewRecoveryLink(tx, in.Account)
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(map[string]string{"link": r.srv.publicURL + path + "#" + token})
}

// shownAdministrator is an administrator as commands are told of it.
type shownAdministrator struct {
	ID          core.ID[core.Account] `json:"id"`
	Email       string                `json:"email"`
	Username    string                `json:"username"`
	GivenName   string                `json:"givenName"`
	Surname     string                `json:"surname"`
	Status      core.Status           `json:"status"`
	Role        core.Role             `json:"role"`
	HasPassword bool                  `json:"hasPassword"`
}

func shownAs(one core.Administrator) shownAdministrator {
	a := one.Account
	return shownAdministrator{a.ID, a.Email, a.Username, a.GivenName, a.Surname, a.Status, one.Role, one.HasPassword}
}

func listAdministrators(r *request, _ string) error {
	items := []shownAdministrator{}
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		items = items[:0]
		if who := r.query.Get("who"); who != "" {
			one, err := core.FindAdministrator(tx, who)
			items = append(items, shownAdministrator{})
			if err == nil {
				items[0] = shownAs(one)
			}
			return err
		}
		all, err := core.Administrators(tx)
		for _, one := range all {
			items = append(items, shownAs(one))
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"items": items})
}

func makeAdministrator(r *request, _ string) error {
	var in struct {
		Email, Username, GivenName, Surname, Password string
		Role                                          core.Role
	}
	if err := r.input(&in); err != nil {
		return err
	}
	acc := core.Make[core.Account]()
	acc.Email, acc.Username, acc.GivenName, acc.Surname = in.Email, in.Username, in.GivenName, in.Surname
	acc, err := r.srv.App.AddAdministrator(r.c.Context(), acc, in.Role, in.Password)
	if err != nil {
		return err
	}
	return r.answer(shownAs(core.Administrator{Account: acc, Role: in.Role, HasPassword: in.Password != ""}))
}

func anOwner(r *request, _ string) error {
	acc, _, err := r.srv.App.OwnerFor(r.c.Context(), "", "")
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"id": acc.ID})
}
