package apis

import (
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// accounts serves accounts and what is theirs (spec 11).
func (s *Server) accounts() {
	s.read(s.App.KindNamed("accounts"))
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/accounts/:id", Kind: "accounts", Body: "accounts", Status: 200,
		Summary: "Change one Account"}, s.handle(updateAccount))
	s.remove(s.App.KindNamed("accounts"))
	s.verify()
	list[core.Group, *core.Group]{page: groupsOfAccount, within: func(r *request, id string) ([]core.Scope[core.Group], error) {
		acc, err := core.Get(r.tx, core.ID[core.Account](id))
		if err != nil {
			return nil, err
		}
		stores, err := core.StoresHolding(r.tx, acc)
		var ids []core.ID[core.Group]
		for _, store := range stores {
			if g, ok := core.IDOf[core.Group](store); ok {
				ids = append(ids, g)
			}
		}
		return []core.Scope[core.Group]{core.Only(string(acc.Directory), ids)}, err
	}}.serve(s, "accounts/:id/groups", "List the groups of an account")
	list[core.GroupMembership, *core.GroupMembership]{page: children(core.MembershipsOf)}.
		serve(s, "accounts/:id/groupMemberships", "List the memberships of an account")
	atHand(applicationsOfAccount).serve(s, "accounts/:id/applications", "List the applications that an account can sign in to")
}

func groupsOfAccount(r *request, id string, p page) (core.Page[*core.Group], error) {
	ms, err := core.List(r.tx, core.MembershipsOf, core.Query{Owner: id, Offset: p.offset, Limit: p.limit})
	out := core.Page[*core.Group]{Offset: p.offset, Limit: p.limit, Size: ms.Size}
	for _, m := range ms.Items {
		g, err := core.Get(r.tx, m.Group)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, g)
	}
	return out, err
}

func applicationsOfAccount(r *request, id string) ([]*core.Application, error) {
	acc, err := core.Get(r.tx, core.ID[core.Account](id))
	if err != nil {
		return nil, err
	}
	stores, err := core.StoresHolding(r.tx, acc)
	if err != nil {
		return nil, err
	}
	return core.ApplicationsOf(r.tx, stores...)
}

// register serves POST to the accounts of a directory, an application or an
// organization.
func (s *Server) register(through string) {
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/" + through + "/:id/accounts", Kind: through, Body: "accounts", Status: 201,
		Summary: "Make an Account"}, s.handle(func(r *request, id string) error {
		in, err := r.body()
		if err != nil {
			return err
		}
		if err := onlyPlain(in); err != nil {
			return err
		}
		w := writer{request: r}
		if err := r.mayExpand(w.linksOf(core.Make[core.Account]())); err != nil {
			return err
		}
		reg, err := r.registration(in, core.Ref(through+"/"+id))
		if err != nil {
			return err
		}
		acc, err := s.App.Register(r.c.Context(), reg)
		if err != nil {
			return err
		}
		r.created = true
		return r.view(func(r *request) (any, error) { return present(core.Get(r.tx, acc.ID)) })
	}))
}

// registration reads how an account is to be made: what the query says of the mails
// and of its password (spec 11, 27).
func (r *request) registration(in map[string]json.RawMessage, through core.Ref) (core.Registration, error) {
	reg := core.Registration{Through: through, Account: core.Make[core.Account]()}
	switch f := r.query.Get("passwordFormat"); f {
	case "", "mcf":
		reg.Hashed = f != ""
	default:
		return reg, queryError("unsupported_value", "The password format %q is not supported.", f)
	}
	if r.query.Get("registrationWorkflowEnabled") != "" {
		run, err := truth(r.query, "registrationWorkflowEnabled")
		if err != nil {
			return reg, err
		}
		reg.Workflow = core.Disabled
		if run {
			reg.Workflow = core.Enabled
		}
	}
	if err := r.decode(in, reg.Account, true, "password", "providerData"); err != nil {
		return reg, err
	}
	var err error
	if reg.Password, _, err = text(in, "password"); err != nil {
		return reg, err
	}
	reg.CustomData, err = customDataIn(in)
	return reg, err
}

// onlyPlain refuses what a later version brings, rather than ignoring it.
func onlyPlain(in map[string]json.RawMessage) error {
	if raw, ok := in["providerData"]; ok && string(raw) != "null" {
		return fieldError("unsupported_value", "providerData", "Social sign-in is not supported.")
	}
	return nil
}

// updateAccount changes an account. A new password is hashed before the
// transaction.
func updateAccount(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if len(in) == 0 {
		return queryError("required", "The request body is required; it cannot be empty.")
	}
	pw, given, err := text(in, "password")
	if err != nil {
		return err
	}
	hash := ""
	if given {
		if hash, err = r.srv.App.ChangePassword(r.c.Context(), core.ID[core.Account](id), pw); err != nil {
			return err
		}
	}
	return r.update(func(r *request) (any, error) {
		acc, err := core.Get(r.tx, core.ID[core.Account](id))
		if err != nil {
			return nil, err
		}
		if err := r.fresh(acc); err != nil {
			return nil, err
		}
		if err := r.decode(in, acc, false, "password"); err != nil {
			return nil, err
		}
		if hash != "" {
			err = core.SetPassword(r.tx, acc, hash)
		} else {
			err = core.Put(r.tx, acc)
		}
		if err != nil {
			return nil, err
		}
		return acc, r.mergeCustomData(acc, in)
	})
}

// login serves login attempts (spec 16).
func (s *Server) login() {
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/applications/:id/loginAttempts", Kind: "applications", Status: 200,
		Shows: "LoginAttempt", Members: []core.ViewField{{Name: "account", Value: core.ID[core.Account]("")}},
		Takes:   []core.ViewField{{Name: "type", Value: "basic"}, {Name: "value", Value: "base64 of login:password"}, {Name: "accountStore", Value: map[string]string{"href": "", "nameKey": ""}}},
		Summary: "Check a user name or e-mail and a password"}, s.handle(loginAttempt))
}

func loginAttempt(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "type", "value", "accountStore"); err != nil {
		return err
	}
	if err := r.mayExpand(accountOnly); err != nil {
		return err
	}
	at := core.Attempt{Application: core.ID[core.Application](id), Door: "loginAttempts"}
	if at.Login, at.Password, err = credentials(in); err != nil {
		return err
	}
	if at.Store, err = r.optionalStore(id, in); err != nil {
		return err
	}
	if at.Source, err = endUserOf(r.c); err != nil {
		return err
	}
	out, err := r.srv.App.Authenticate(r.c.Context(), at)
	if e := core.AsError(err); r.srv.noteHeld(err) {
		e.Kind = core.Invalid // 400 and 7103: SDKs know no other lock
		return e
	}
	if err != nil {
		return err
	}
	if out.Done == nil {
		return core.Errorf(core.Invalid, "wrong_password", "Invalid username or password.")
	}
	return r.view(func(r *request) (any, error) {
		return &object{members: []core.ViewField{{Name: "account", Value: out.Done.Account.ID}}}, nil
	})
}

// credentials reads type and value of a login attempt. The value is split at its
// first colon.
func credentials(in map[string]json.RawMessage) (login, password string, err error) {
	kind, err := required(in, "LoginAttempt", "type")
	if err != nil {
		return "", "", err
	}
	if !strings.EqualFold(kind, "basic") {
		return "", "", fieldError("unsupported_value", "type", "LoginAttempt type %q is not supported.", kind)
	}
	value, err := required(in, "LoginAttempt", "value")
	if err != nil {
		return "", "", err
	}
	plain, ok := decodeBase64(value)
	if !ok {
		return "", "", fieldError("invalid_value", "value", "LoginAttempt value must be base64 of \"login:password\".")
	}
	login, password, ok = strings.Cut(plain, ":")
	if !ok {
		return "", "", fieldError("invalid_value", "value", "LoginAttempt value must be base64 of \"login:password\".")
	}
	return login, password, nil
}

// storeIn is the account store that an attempt at an application names by its href,
// or the organization that it names by its nameKey (spec 16).
func (r *request) storeIn(app string, raw json.RawMessage) (core.Ref, error) {
	href, err := hrefIn(raw)
	if err != nil {
		return "", fieldError("wrong_type", "accountStore", "accountStore must be an object with an href or a nameKey.")
	}
	var org struct {
		NameKey string `json:"nameKey"`
	}
	if json.Unmarshal(raw, &org) == nil && href == "" && org.NameKey != "" {
		return r.organizationNamed(app, org.NameKey)
	}
	path, ok := r.pathOf(href)
	if !ok {
		return "", fieldError("invalid_reference", "accountStore", "The specified account store does not exist.")
	}
	return core.Ref(path), nil
}

// organizationNamed is the organization of that nameKey, for whoever may know that
// there is the application.
func (r *request) organizationNamed(app, nameKey string) (org core.Ref, err error) {
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		if _, err := core.Get(tx, core.ID[core.Application](app)); err != nil {
			return err
		}
		o, err := core.Find(tx, core.OrganizationKey, "", core.Fold(nameKey))
		if core.IsNotFound(err) {
			return fieldError("invalid_reference", "accountStore", "There is no organization of that nameKey.")
		}
		if err == nil {
			org = core.RefTo(o.ID)
		}
		return err
	})
	return org, err
}
