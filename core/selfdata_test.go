package core_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// What an owner takes along is all that is hers, and nothing that proves anything.
func TestWhatAnOwnerTakesAlongHoldsNoSecret(t *testing.T) {
	p := portalOn(t, memory())
	token, ses := p.open(t, "vic@example.com")
	_, refresh := p.grant(t, ses.ID, p.web, offline)
	k := keyOf(t, p.w, p.vic.ID)
	secrets := []string{token[22:], refresh[22:], "argon2", "$2"}
	p.w.Update(t, func(tx *core.Tx) error {
		plain, err := k.Plain(tx)
		if err != nil {
			return err
		}
		sec, err := core.Get(tx, core.ID[core.Security](p.vic.ID))
		if err != nil {
			return err
		}
		secrets = append(secrets, plain, sec.PasswordHash)
		if err := core.GiveConsent(tx, p.vic.ID, p.web.ID, []string{"openid"}, nil); err != nil {
			return err
		}
		return core.MergeCustomData(tx, core.RefTo(p.vic.ID), map[string]json.RawMessage{"plan": json.RawMessage(`"pro"`)})
	})
	p.w.Update(t, func(tx *core.Tx) error {
		return core.RequestEmailChange(tx, p.vic.ID, p.app.ID, "", "next@example.com")
	})
	proof, _ := letterTo(t, p.w, "next@example.com")
	secrets = append(secrets, proof[22:])
	p.w.Update(t, func(tx *core.Tx) error {
		return core.Put(tx, &core.AccountLink{LeftAccount: p.vic.ID, RightAccount: p.ann.ID})
	})

	var data *core.OwnData
	ok(t, p.herself(p.vic.ID, ses.ID, func(me *core.Self) (err error) {
		data, err = me.Data()
		return err
	}))
	b, err := json.Marshal(data)
	ok(t, err)
	text := string(b)
	for _, want := range []string{`"email":"vic@example.com"`, `"directory":"club"`, `"plan":"pro"`, `"name":"vip"`, string(ses.ID), `"client":"web"`, `"offline":true`, string(k.ID),
		`"linkedAccounts":[{"id":"` + string(p.ann.ID), `"directory":"customers"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	for _, s := range secrets {
		if s == "" || strings.Contains(text, s) {
			t.Errorf("%q is in %s", s, text)
		}
	}
	for _, foreign := range []string{"ann@example.com\",\"email", "out@example.com"} {
		if strings.Contains(text, foreign) {
			t.Errorf("%q is in %s", foreign, text)
		}
	}
}
