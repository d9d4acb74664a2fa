package djoser

import (
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// newView is what version 2 has at a path below the mount (djoser 2.1). A format at the
// end of a path of the users is taken off.
func (r *request) newView(path string) *view {
	u := r.opt.UsernameField
	switch {
	case path == "":
		return rootView
	case (path == "token/login" || path == "token/logout") && r.opt.TokenModel == "":
		return nil
	case path == "users" || path == "users.json":
		return usersView
	case newViews[path] != nil:
		return newViews[path]
	}
	for _, name := range []string{"jwt/create", "jwt/refresh", "jwt/verify"} {
		if strings.HasPrefix(path, name) { // the originals do not end their patterns
			return newViews[name]
		}
	}
	action, ok := strings.CutPrefix(strings.TrimSuffix(path, ".json"), "users/")
	if !ok || action == "" || strings.ContainsAny(action, "/.") {
		return nil
	}
	switch action {
	case "set_" + u:
		action = "set_{U}"
	case "reset_" + u:
		action = "reset_{U}"
	case "reset_" + u + "_confirm":
		action = "reset_{U}_confirm"
	}
	if v := userActions[action]; v != nil {
		return v
	}
	r.args = action
	return userView
}

var (
	rootView  = &view{name: "Root View", open: true, methods: methods{"GET": root}}
	usersView = &view{name: "User List", open: true, shy: true, methods: methods{"GET": listUsers, "POST": register}}
	userView  = &view{name: "User Instance", methods: methods{"GET": getUser, "PUT": setUser, "PATCH": setUser, "DELETE": deleteUser}}
)

// newViews are the views of version 2 that are no user's.
var newViews = map[string]*view{
	"token/login":  {name: "Token Create", open: true, methods: methods{"POST": login}},
	"token/logout": {name: "Token Destroy", methods: methods{"POST": logout(204)}},
	"jwt/create":   {name: "Token Obtain Pair", open: true, blind: true, scheme: "JWT", methods: methods{"POST": jwtCreate}},
	"jwt/refresh":  {name: "Token Refresh", open: true, blind: true, scheme: "JWT", methods: methods{"POST": jwtRefresh}},
	"jwt/verify":   {name: "Token Verify", open: true, blind: true, scheme: "JWT", methods: methods{"POST": jwtVerify}},
}

// userActions are the actions below users.
var userActions = map[string]*view{
	"me":                     {name: "Me", methods: methods{"GET": me, "PUT": setMe, "PATCH": setMe, "DELETE": deleteMe}},
	"activation":             {name: "Activation", open: true, shy: true, methods: methods{"POST": activate}},
	"resend_activation":      {name: "Resend Activation", open: true, shy: true, methods: methods{"POST": askActivation}},
	"set_password":           {name: "Set Password", methods: methods{"POST": setPassword}},
	"reset_password":         {name: "Reset Password", open: true, shy: true, methods: methods{"POST": askReset}},
	"reset_password_confirm": {name: "Reset Password Confirm", open: true, shy: true, methods: methods{"POST": resetConfirm}},
	"set_{U}":                {name: "Set Username", methods: methods{"POST": setUsername}},
	"reset_{U}":              {name: "Reset Username", open: true, shy: true, methods: methods{"POST": askRename}},
	"reset_{U}_confirm":      {name: "Reset Username Confirm", open: true, shy: true, methods: methods{"POST": usernameConfirm}},
}

// root is the list of what is at the mount.
func root(r *request) (*answer, error) {
	base := string(r.Request().Host())
	return &answer{200, object{{"users", r.Scheme() + "://" + base + r.mount.At + "/users/"}}}, nil
}

// mostUsers bounds a list of users, which has no pages.
const mostUsers = 1000

// listUsers is GET users: those whom the caller may see (djoser 2.2).
func listUsers(r *request) (*answer, error) {
	if r.who == nil {
		return nil, r.unauthorized("Authentication credentials were not provided.")
	}
	out := []object{}
	err := r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		staff, err := r.staff(tx)
		if err != nil {
			return err
		}
		if r.opt.HideUsers && !staff {
			out = []object{r.user(r.who.account, false)}
			return nil
		}
		out = []object{}
		page, err := core.List(tx, core.AccountNumber, core.Query{Owner: string(r.dir.ID), Limit: mostUsers})
		for _, acc := range page.Items {
			out = append(out, r.user(acc, false))
		}
		return err
	})
	return &answer{200, out}, err
}

// staffGroup is the group whose members Django would call is_staff.
const staffGroup = "staff"

func (r *request) staff(tx *core.Tx) (bool, error) {
	g, err := core.Find(tx, core.GroupName, string(r.dir.ID), core.Fold(staffGroup))
	if core.IsNotFound(err) || err == nil && g.Status != core.Enabled {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return core.IsMember(tx, r.who.account.ID, g.ID)
}

// target is the user that the path names, if the caller may do something to it: to read
// and change another's is as if it were not there, to delete it is forbidden (djoser
// 2.2).
func (r *request) target() (acc *core.Account, err error) {
	n, nerr := strconv.ParseInt(r.args, 10, 53)
	err = r.door.app.View(r.Context(""), func(tx *core.Tx) (err error) {
		if nerr == nil {
			acc, err = r.numbered(tx, n)
		}
		if err != nil || acc == nil || acc.ID == r.who.account.ID {
			return err
		}
		staff, err := r.staff(tx)
		if err != nil || staff {
			return err
		}
		acc = nil
		if r.verb == "DELETE" || !r.opt.HideUsers {
			return detail(403, "You do not have permission to perform this action.")
		}
		return nil
	})
	if err == nil && acc == nil {
		err = detail(404, "Not found.")
	}
	return acc, err
}

func getUser(r *request) (*answer, error) {
	acc, err := r.target()
	if err != nil {
		return nil, err
	}
	return &answer{200, r.user(acc, false)}, nil
}

func setUser(r *request) (*answer, error) {
	acc, err := r.target()
	if err != nil {
		return nil, err
	}
	return r.edit(acc.ID)
}

func deleteUser(r *request) (*answer, error) {
	acc, err := r.target()
	if err != nil {
		return nil, err
	}
	return r.erase(acc.ID)
}

func deleteMe(r *request) (*answer, error) { return r.erase(r.who.account.ID) }

// erase deletes an account, for whoever shows the caller's own password.
func (r *request) erase(id core.ID[core.Account]) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	if err := r.currentPassword(&w, in); err != nil {
		return nil, err
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	err = r.door.app.Update(r.Context(r.who.account.ID), func(tx *core.Tx) error {
		acc, err := core.Get(tx, id)
		if core.IsNotFound(err) {
			return nil // somebody else was quicker, or a run of this very call
		}
		if err != nil {
			return err
		}
		return core.Delete(tx, acc)
	})
	return r.done(), err
}
