package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestMacrosSayWhatThereIs(t *testing.T) {
	sh := newShop(t, newWorld(t))
	w := sh.w
	change(t, w, sh.ann.ID, func(a *core.Account) { a.GivenName, a.Surname, a.Username = "Ann", "Lee", "ann" })
	w.Update(t, func(tx *core.Tx) error {
		for ref, key := range map[core.Ref]string{core.RefTo(sh.ann.ID): "plan", core.RefTo(sh.dir.ID): "region", core.RefTo(sh.app.ID): "colour"} {
			if err := core.MergeCustomData(tx, ref, custom(key, `"gold"`)); err != nil {
				return err
			}
		}
		return core.MergeCustomData(tx, core.RefTo(sh.ann.ID), custom("deep", `{"a":{"b":7,"c":true,"d":null,"e":[1]}}`))
	})
	for macro, want := range map[string]string{
		"account.givenName": "Ann", "account.surname": "Lee", "account.fullName": "Ann Lee", "account.middleName": "", "account.username": "ann",
		"account.email": "Ann@Example.com", "account.status": "ENABLED", "account.directory.name": "customers", "account.directory.status": "ENABLED",
		"account.customData.plan": "gold", "account.customData.none": "", "account.customData.deep.a.b": "7", "account.customData.deep.a.c": "true",
		"account.customData.deep.a.d": "", "account.customData.deep.a.e": "", "account.customData.deep.x.y": "", "account.customData.plan.x": "",
		"account.directory.customData.region": "gold", "application.name": "shop", "application.customData.colour": "gold", "application.status": "ENABLED",
		"account.passwordHash": "", "account.href": "", "account": "", "application": "", "tenant.name": "", "sptoken": "T", "sptokenNameValuePair": "sptoken=T",
	} {
		change(t, w, core.EmailTemplateOf(sh.dir.ID, "emailChange"), func(e *core.EmailTemplate) { e.Subject, e.TextBody = "S <$!{"+macro+"}>", "$!{url}" })
		n := len(w.Post.All())
		w.Clock.Turn(3600e9)
		post(t, w, core.Letter{Template: "emailChange", Account: sh.ann, Application: sh.app.ID, Token: "T"})
		if got := w.Post.Wait(t, n+1)[n].Subject; got != "S <"+want+">" {
			t.Errorf("%s: %s", macro, got)
		}
	}
}
