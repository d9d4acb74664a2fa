package djoser

import (
	"errors"

	"github.com/stormkeep/stormkeep/core"
)

// badLogin is why nobody was signed in.
type badLogin struct{ off bool } // the password is right, and the account may not be used

func (*badLogin) Error() string { return "the credentials are not good" }

// jwt is what simplejwt says, of either reason.
func (*badLogin) jwt() string { return "No active account found with the given credentials" }

// signIn proves a login and a password. by is the field that the login is a value of. An
// account that has to show more than a password cannot do so here.
func (r *request) signIn(by, login, pw string) (*core.Done, error) {
	out, err := r.door.app.Authenticate(r.Context(""), core.Attempt{Application: r.app.ID, Login: login, By: by, Password: pw,
		Store: core.RefTo(r.dir.ID), Source: r.Source(), Door: "djoser"})
	if e, ok := errors.AsType[*core.Error](err); ok && e.Kind == core.Invalid {
		return nil, &badLogin{off: e.Code == "account_disabled" || e.Code == "account_unverified"}
	}
	if err != nil {
		return nil, err
	}
	if out.Done == nil || out.Done.Account.Directory != r.dir.ID {
		return nil, &badLogin{}
	}
	return out.Done, nil
}

// current tells whether a password is the caller's own.
func (r *request) current(pw string) (bool, error) {
	done, err := r.signIn("username", r.who.account.Username, pw)
	if _, ok := errors.AsType[*badLogin](err); ok {
		return false, r.Failed(nil)
	}
	return err == nil && done.Account.ID == r.who.account.ID, err
}

// currentPassword reads the field of the caller's own password, and says if it is wrong.
func (r *request) currentPassword(w *wrongs, in body) error {
	pw := r.text(w, in, "current_password")
	if w.has("current_password") {
		return nil
	}
	ok, err := r.current(pw)
	if err == nil && !ok {
		w.add("current_password", "Invalid password.")
	}
	return err
}

// unchanged refuses the caller whose password was changed since it was shown, by any
// other than a run of this very call, which set hash.
func (r *request) unchanged(tx *core.Tx, acc *core.Account, hash string) error {
	sec, err := core.Get(tx, core.ID[core.Security](acc.ID))
	if err != nil || sec.PasswordHash == hash {
		return err
	}
	stamp, err := core.StampOf(tx, acc, r.app)
	if err == nil && stamp != r.who.stamp {
		err = wrong("current_password", "Invalid password.")
	}
	return err
}

// change runs fn in a transaction in which the caller is still somebody.
func (r *request) change(fn func(tx *core.Tx, acc *core.Account) error) error {
	return r.door.app.Update(r.Context(r.who.account.ID), func(tx *core.Tx) error {
		acc, err := core.Get(tx, r.who.account.ID)
		if core.IsNotFound(err) || err == nil && acc.Status == core.Disabled {
			return r.unauthorized(r.say("User inactive or deleted", "User inactive or deleted."))
		}
		if err != nil {
			return err
		}
		return fn(tx, acc)
	})
}

// login is POST login and token/login.
func login(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	unable := generally(r.say("Unable to login with provided credentials.", "Unable to log in with provided credentials."))
	var w wrongs
	var name, pw string
	by := r.opt.LoginField
	if r.old() {
		by = r.opt.UsernameField
		name, pw = r.plain(&w, in, by), r.plain(&w, in, "password")
	} else {
		name, pw = r.char(&w, in, by, optional), r.char(&w, in, "password", optional)
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	if name == "" || pw == "" {
		return nil, unable
	}
	done, err := r.signIn(by, name, pw)
	token, random := "", randomToken()
	if err == nil {
		err = r.door.app.Update(r.Context(done.Account.ID), func(tx *core.Tx) (err error) {
			token, err = r.mount.issue(tx, done.Account, done.Stamp, r.opt.SharedToken, random)
			return err
		})
	}
	if bad, ok := errors.AsType[*badLogin](err); ok {
		if r.old() && bad.off {
			unable = generally("User account is disabled.")
		}
		return nil, r.Failed(unable)
	}
	return &answer{200, object{{"auth_token", token}}}, err
}

// logout is POST logout and token/logout. It reads nothing of the body.
func logout(status int) func(*request) (*answer, error) {
	return func(r *request) (*answer, error) { return &answer{status: status}, r.logout() }
}

// register is POST register and users. It takes the fields that it knows of a body, and
// nothing else, whatever else there is.
func register(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	values := r.given(&w, in, append([]string{r.opt.UsernameField}, r.opt.Required...), true)
	pw := r.text(&w, in, "password")
	again := ""
	if r.opt.RetypeCreate {
		again = r.text(&w, in, "re_password")
	}
	acc := core.Make[core.Account]()
	for name, v := range values {
		if *fieldNamed(name).get(acc) = v; name == "email" {
			acc.Email = normal(v)
		}
	}
	if r.opt.UsernameField == "email" {
		acc.Username = acc.Email
	}
	if !r.old() || len(w) == 0 {
		if err := r.free(&w, r.opt.UsernameField, r.opt.UsernameField, values[r.opt.UsernameField], ""); err != nil {
			return nil, err
		}
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	if err := r.strong("password", pw, acc); err != nil {
		return nil, err
	}
	if r.opt.RetypeCreate && pw != again {
		return nil, generally(passwordsDo)
	}
	return r.registered(acc, pw)
}

// free says if a name is another account's than self's.
func (r *request) free(w *wrongs, name, as, v string, self core.ID[core.Account]) error {
	if v == "" || w.has(as) {
		return nil
	}
	return r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		acc, err := core.FindLogin(tx, r.dir, v)
		if err == nil && acc != nil && acc.ID != self && (name == "username" || r.dir.EmailUnique) {
			w.add(as, r.taken(name))
		}
		return err
	})
}

// registered makes an account, with all that its making brings.
func (r *request) registered(acc *core.Account, pw string) (*answer, error) {
	reg := core.Registration{Through: core.RefTo(r.dir.ID), Account: acc, Password: pw}
	if r.opt.SendActivation {
		reg.Workflow = core.Disabled // the mount's mail stands for the directory's
	}
	token, random := "", randomToken()
	err := r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		policy, err := core.Get(tx, core.ID[core.AccountCreationPolicy](r.dir.ID))
		if err == nil && r.opt.SendActivation && (!r.old() || policy.VerificationEmailStatus == core.Enabled) {
			acc.Status = core.Unverified
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	reg.Then = func(tx *core.Tx, acc *core.Account) error {
		switch {
		case r.opt.SendActivation:
			if err := r.sendLink(tx, acc, activation); err != nil {
				return err
			}
		case r.opt.SendConfirmation:
			if err := r.tell(tx, acc, confirmation); err != nil {
				return err
			}
		}
		if !r.opt.LoginAfterRegister || acc.Status != core.Enabled {
			return nil
		}
		stamp, err := core.StampOf(tx, acc, r.app)
		if err != nil {
			return err
		}
		token, err = r.mount.issue(tx, acc, stamp, r.opt.SharedToken, random)
		return err
	}
	made, err := r.door.app.Register(r.Context(""), reg)
	if err != nil {
		return nil, r.fault(err, nil)
	}
	out := r.user(made, true)
	if token != "" {
		out = append(out, member{"auth_token", token})
	}
	return &answer{201, out}, nil
}

// retyped reads the second of two fields, where the mount asks for it.
func (r *request) retyped(w *wrongs, in body, name string, asked bool) string {
	if !asked {
		return ""
	}
	return r.text(w, in, name)
}

// setPassword is POST password and users/set_password.
func setPassword(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	pw := r.text(&w, in, "new_password")
	again := r.retyped(&w, in, "re_new_password", r.opt.RetypePassword)
	if err := r.currentPassword(&w, in); err != nil {
		return nil, err
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	if err := r.strong("new_password", pw, r.who.account); err != nil {
		return nil, err
	}
	if r.opt.RetypePassword && pw != again {
		return nil, generally(passwordsDo)
	}
	id := r.who.account.ID
	hash, err := r.door.app.ChangePassword(r.Context(id), id, pw)
	if err != nil {
		return nil, r.fault(err, map[string]string{"password": "new_password"})
	}
	err = r.change(func(tx *core.Tx, acc *core.Account) error {
		if err := r.unchanged(tx, acc, hash); err != nil {
			return err
		}
		if err := core.SetPassword(tx, acc, hash); err != nil {
			return err
		}
		if r.opt.TellPassword {
			if err := r.tell(tx, acc, passwordChanged); err != nil {
				return err
			}
		}
		switch {
		case r.who.token == "":
			return nil
		case r.opt.Logout:
			return endToken(tx, r.who.token)
		}
		return r.keepToken(tx, acc)
	})
	return r.done(), err
}

// done is the answer of version 0.1 or 2 to what has nothing to say.
func (r *request) done() *answer {
	if r.old() {
		return &answer{status: 200}
	}
	return &answer{status: 204}
}

// setUsername is POST username and users/set_username, or email where that is the user
// name.
func setUsername(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	u := r.opt.UsernameField
	as := "new_" + u
	var w wrongs
	name := r.newUsername(&w, in, r.who.account.ID)
	again := r.retyped(&w, in, "re_"+as, r.opt.RetypeUsername)
	if err := r.currentPassword(&w, in); err != nil {
		return nil, err
	}
	if err := w.err(); err != nil {
		return nil, err
	}
	if r.opt.RetypeUsername && name != again {
		return nil, generally("The two " + u + " fields didn't match.")
	}
	err = r.change(func(tx *core.Tx, acc *core.Account) error {
		if err := r.rename(tx, acc, name); err != nil {
			return err
		}
		if r.opt.TellUsername {
			return r.tell(tx, acc, usernameChanged)
		}
		return nil
	})
	if err != nil {
		return nil, r.fault(err, map[string]string{u: as, "username": as})
	}
	return r.done(), nil
}

// newUsername reads a new user name. Version 0.1 takes any characters (djoser 1.3).
func (r *request) newUsername(w *wrongs, in body, self core.ID[core.Account]) string {
	f := fieldNamed(r.opt.UsernameField)
	as := "new_" + f.name
	name := r.text(w, in, as)
	if name != "" && (!r.old() || f.name == "email") {
		r.valid(w, f, as, name)
	}
	if err := r.free(w, f.name, as, name, self); err != nil {
		return name // the transaction says so
	}
	return name
}

func (r *request) rename(tx *core.Tx, acc *core.Account, name string) error {
	if acc.Username = name; r.opt.UsernameField == "email" {
		acc.Email = name
	}
	return core.Put(tx, acc)
}

// me is GET me and users/me.
func me(r *request) (*answer, error) { return &answer{200, r.user(r.who.account, false)}, nil }

// setMe is PUT and PATCH of them.
func setMe(r *request) (*answer, error) { return r.edit(r.who.account.ID) }

// edit changes the profile of an account. Its user name stays.
func (r *request) edit(id core.ID[core.Account]) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	names := r.opt.Required
	if r.verb == "PATCH" { // what is not there stays
		names = nil
		for _, name := range r.opt.Required {
			if in[name].kind != absent {
				names = append(names, name)
			}
		}
	}
	values := r.given(&w, in, names, false)
	if err := w.err(); err != nil {
		return nil, err
	}
	var acc *core.Account
	err = r.change(func(tx *core.Tx, self *core.Account) (err error) {
		if acc = self; id != self.ID {
			if acc, err = core.Get(tx, id); err != nil {
				return err
			}
		}
		was := acc.Email
		for name, v := range values {
			*fieldNamed(name).get(acc) = v
		}
		ask := !r.old() && r.opt.SendActivation && acc.Email != was
		if ask && acc.Status == core.Enabled {
			acc.Status = core.Unverified // until its owner reads a mail there (djoser 2.2)
		}
		if err := core.Put(tx, acc); err != nil || !ask {
			return err
		}
		return r.sendLink(tx, acc, activation)
	})
	if err != nil {
		return nil, r.fault(err, nil)
	}
	return &answer{200, r.user(acc, false)}, nil
}
