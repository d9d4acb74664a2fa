package apitest

import (
	"maps"
	"net/http"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// Console signs an account in to the console of the first tenant, by a sign-in of this
// moment, and lets it call under that name as the console's script does. It returns what
// the cookie holds.
func (a *API) Console(t testing.TB, as string, account core.ID[core.Account]) string {
	t.Helper()
	token, err := a.OpenConsole(t, account)
	must(t, err)
	next := map[string]string{as: token}
	maps.Copy(next, a.consoles)
	next[as] = token
	a.consoles = next
	return token
}

// OpenConsole signs an account in to the console, and returns what the cookie holds.
func (a *API) OpenConsole(t testing.TB, account core.ID[core.Account]) (token string, err error) {
	t.Helper()
	back := PublicURL + "/console/callback"
	client, err := a.App.ConsoleClientFor(a.Machine(), back)
	must(t, err)
	return token, a.App.Update(a.Machine(), func(tx *core.Tx) error {
		acc, err := core.Get(tx, account)
		if err != nil {
			return err
		}
		done := &core.Done{Account: acc, ACR: "pwd", AMR: []string{"pwd"}, AuthTime: core.At(tx.Now)}
		if done.Stamp, err = done.Bond(client.Application).Stamp(tx); err != nil {
			return err
		}
		_, session, err := core.OpenSession(tx, done, client.Application)
		if err != nil {
			return err
		}
		code, err := core.NewCode(tx, core.Authorized{Client: client, Session: session, RedirectURI: back, Named: true, Scopes: []string{"openid"}})
		if err != nil {
			return err
		}
		token, _, err = core.OpenConsole(tx, core.Redemption{Client: client, Code: code, RedirectURI: back})
		return err
	})
}

// asConsole has a request sent as the console's script does.
func asConsole(req *http.Request, token string) {
	req.Header.Set("Cookie", "console="+token)
	req.Header.Set(apis.ConsoleHeader, "1")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
}
