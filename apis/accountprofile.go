package apis

import (
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// profileFields are those of the form, in the order of the page.
var profileFields = []string{"givenName", "middleName", "surname", "username"}

// profilePage shows who the owner is.
type profilePage struct {
	deskFrame
	Email    string
	Verified bool
	Fields   []profileField
	Changes  bool // the form of another address is open
}

// profileField is one field of the form.
type profileField struct {
	setupField
	Label, Complete string
	Required        bool
}

func (d *desk) showProfile(status int, f *setupForm) error {
	frame, err := d.frame("profile", f)
	if err != nil {
		return err
	}
	schema := &core.AccountSchema{}
	err = d.s.App.View(d.door, func(tx *core.Tx) (err error) {
		schema, err = core.Get(tx, core.ID[core.AccountSchema](d.who.Directory))
		return err
	})
	if err != nil {
		return err
	}
	out := profilePage{deskFrame: frame, Email: d.who.Email, Verified: d.who.EmailVerificationStatus == core.AddressVerified}
	complete := map[string]string{"givenName": "given-name", "middleName": "additional-name", "surname": "family-name", "username": "username"}
	is := map[string]string{"givenName": d.who.GivenName, "middleName": d.who.MiddleName, "surname": d.who.Surname, "username": d.who.Username}
	for _, name := range profileFields {
		at := f.Field(name)
		if _, sent := f.values[name]; !sent {
			at.Value = is[name]
		}
		need := schema.Required(name)
		out.Fields = append(out.Fields, profileField{at, d.v.Say("account.field." + name), complete[name], name == "username" || need != nil && *need})
	}
	_, out.Changes = f.values["email"]
	return d.s.pages.Show(d.c, d.v, status, "account-profile", out)
}

func (d *desk) saveProfile(*setupForm) error {
	value := func(name string) string { return strings.TrimSpace(d.in.Value(name)) }
	err := d.act(func(me *core.Self) error {
		return me.SetProfile(core.Profile{Username: value("username"), GivenName: value("givenName"), MiddleName: value("middleName"), Surname: value("surname")})
	})
	if err != nil {
		return err
	}
	return d.did(profilePath, "saved")
}

// changeEmail has a mail sent to the address that the account is to get.
func (d *desk) changeEmail(*setupForm) error {
	if err := d.stepUp(false); err != nil {
		return err
	}
	app, err := d.application()
	if err != nil {
		return err
	}
	err = d.act(func(me *core.Self) error { return me.RequestEmail(app, strings.TrimSpace(d.in.Value("email"))) })
	if err != nil {
		return err
	}
	return d.did(profilePath, "mail")
}
