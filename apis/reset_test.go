package apis_test

import (
	"testing"
	"time"
)

func TestPasswordResetTokens(t *testing.T) {
	const path = "/v1/applications/{app}/passwordResetTokens"
	each(t, []row{
		{Name: "make", Path: path, Body: `{"email":"ann@example.com"}`, Want: w{"email=ann@example.com", "account.href={base}/accounts/{ann}"}, Events: w{"account.resetRequest"}},
		{Name: "make by user name, expanded", Path: path + "?expand=account", Body: `{"email":"ann","accountStore":{"href":"{base}/directories/{dir}"}}`, Want: w{"account.username=ann"}, Events: w{"account.resetRequest"}},
		{Name: "for nobody", Path: path, Body: `{"email":"zed@example.com"}`, Status: 400, Want: w{"code=2016"}},
		{Name: "without an e-mail", Path: path, Body: `{"email":""}`, Status: 400, Want: w{"code=2000"}},
		{Name: "in an unknown store", Path: path, Body: `{"email":"ann","accountStore":{"href":"{base}/directories/nope"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "in a store that is not mapped", Path: path, Body: `{"email":"ann","accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=5114"}},
		{Name: "of another's application", Path: "/v1/applications/{otherapp}/passwordResetTokens", Body: `{"email":"ann"}`, Status: 404},
		{Name: "of an owner, as admin", As: "admin", Path: "/v1/applications/{adminapp}/passwordResetTokens", Body: `{"email":"owner@example.com"}`, Status: 403},
		{Name: "support gets none", As: "support", Path: path, Body: `{"email":"ann"}`, Status: 403},
		{Name: "there is no list", Path: path, Status: 405, Want: w{"code=1100"}},
		{Name: "an unknown token", Path: path + "/0123456789012345678901x", Status: 404},
		{Name: "a malformed token", Path: path + "/%zz", Status: 400, Want: w{"code=2005"}},
	})
}

// A token works once, for its account and application, while nothing it is bound
// to changes.
func TestClass16_AResetTokenWorksOnce(t *testing.T) {
	const path = "/v1/applications/{app}/passwordResetTokens"
	live := func(a interface {
		Run(*testing.T, []row)
	}) {
		a.Run(t, []row{{Name: "a token", Path: path, Body: `{"email":"ann@example.com"}`, Keep: "token", Events: w{"account.resetRequest"}}})
	}
	spend := row{Name: "spent", Path: path + "/{token}", Body: `{"password":"N3w passw0rd"}`, Status: 404}
	t.Run("once", func(t *testing.T) {
		a := api(t)
		live(a)
		a.Run(t, []row{
			{Name: "is read", Path: path + "/{token}", Want: w{"email=ann@example.com"}},
			{Name: "another application knows nothing of it", Path: "/v1/applications/{adminapp}/passwordResetTokens/{token}", Status: 404},
			{Name: "a weak password leaves it", Path: path + "/{token}", Body: `{"password":"short"}`, Status: 400, Want: w{"code=2007"}},
			{Name: "a wrong expansion leaves it", Path: path + "/{token}?expand=nope", Body: `{"password":"N3w passw0rd"}`, Status: 400, Want: w{"code=2107"}},
			{Name: "it sets the password", Path: path + "/{token}?expand=account", Body: `{"password":"N3w passw0rd"}`, Want: w{"account.username=ann"}, Events: w{"account.update", "account.reset"}},
			spend,
			{Name: "is gone", Path: path + "/{token}", Status: 404},
			{Name: "the new one works", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:N3w passw0rd"), Events: w{"auth.login"}},
			{Name: "the old one does not", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Passw0rd!"), Status: 400, Events: w{"auth.failure"}},
		})
	})
	for name, change := range map[string]row{
		"another password": {Path: "/v1/accounts/{ann}", Body: `{"password":"0ther passw0rd"}`},
		"another address":  {Path: "/v1/accounts/{ann}", Body: `{"email":"ann2@example.com"}`},
		"a disabled time":  {Path: "/v1/accounts/{ann}", Body: `{"status":"DISABLED"}`},
		"a newer token":    {Path: path, Body: `{"email":"ann"}`},
		"no account":       {Method: "DELETE", Path: "/v1/accounts/{ann}"},
	} {
		t.Run("ended by "+name, func(t *testing.T) {
			a := api(t)
			live(a)
			do(t, a, change, map[string]int{"DELETE": 204, "": 200}[change.Method])
			do(t, a, spend, 404)
		})
	}
	t.Run("ended by time", func(t *testing.T) {
		a := api(t)
		live(a)
		a.Clock.Turn(24*time.Hour - time.Millisecond)
		do(t, a, row{Path: path + "/{token}"}, 200)
		a.Clock.Turn(time.Millisecond)
		do(t, a, spend, 404)
	})
}
