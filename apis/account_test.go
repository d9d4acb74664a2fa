package apis_test

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestAccounts(t *testing.T) {
	make := func(body string) string {
		return `{"email":"bob@example.com","password":"Passw0rd1!"` + body + `}`
	}
	each(t, []row{
		{Name: "make", Path: "/v1/directories/{dir}/accounts?expand=customData,directory",
			Body: make(`,"username":"bob","givenName":" Bob ","middleName":null,"surname":"Bo","status":"unverified","customData":{"plan":{"x":[1,"é"]}}`), Status: 201,
			Want:   w{"username=bob", "givenName= Bob ", "middleName=null", "status=UNVERIFIED", "emailVerificationStatus=UNVERIFIED", "emailVerificationToken=null", `customData.plan={"x":[1,"é"]}`, "directory.name=My Application Directory"},
			Events: w{"account.create", "customData.update"}},
		{Name: "the user name is the e-mail by default", Path: "/v1/directories/{dir}/accounts", Body: make(``), Status: 201, Want: w{"username=bob@example.com", "fullName="}, Events: w{"account.create"}},
		{Name: "the full name without parts is empty (safe choice of 11)", Path: "/v1/directories/{dir}/accounts", Body: make(`,"givenName":""`), Status: 201, Want: w{`fullName=""`, "givenName=null"}, Events: w{"account.create"}},
		{Name: "read-only members are ignored", Path: "/v1/directories/{dir}/accounts", Body: make(`,"href":"{base}/accounts/x","createdAt":"1999-01-01T00:00:00.000Z","fullName":"X","directory":{"href":"{base}/directories/{admindir}"},"passwordModifiedAt":7,"usernameKey":"zed","rev":9`),
			Status: 201, Want: w{"directory.href={base}/directories/{dir}", "fullName=", "createdAt=2026-11-21T12:00:00.000Z"}, Events: w{"account.create"}},
		{Name: "no e-mail", Path: "/v1/directories/{dir}/accounts", Body: `{"password":"Passw0rd1!"}`, Status: 400, Want: w{"code=2000", "message=Account email is required; it cannot be null, empty, or blank."}},
		{Name: "an e-mail that is none", Path: "/v1/directories/{dir}/accounts", Body: `{"email":"nobody","password":"Passw0rd1!"}`, Status: 400, Want: w{"code=2006"}},
		{Name: "an e-mail in disguise", Path: "/v1/directories/{dir}/accounts", Body: `{"email":"bob＠example.com","password":"Passw0rd1!"}`, Status: 400, Want: w{"code=2006"}},
		{Name: "an e-mail in use, in any case", Path: "/v1/directories/{dir}/accounts", Body: `{"email":"ANN@Example.com","username":"bob","password":"Passw0rd1!"}`, Status: 409, Want: w{"code=2001"}},
		{Name: "a user name in use, in any case", Path: "/v1/directories/{dir}/accounts", Body: make(`,"username":"Ann"`), Status: 409,
			Want: w{"code=2001", "message=Account with that username already exists.  Please choose another username."}},
		{Name: "a user name that is another's e-mail (safe choice of 11)", Path: "/v1/directories/{dir}/accounts", Body: make(`,"username":"ann@example.com"`), Status: 409, Want: w{"code=2001"}},
		{Name: "a name too long", Path: "/v1/directories/{dir}/accounts", Body: make(`,"surname":"` + strings.Repeat("ä", 256) + `"`), Status: 400, Want: w{"code=2008"}},
		{Name: "a name of 255 characters", Path: "/v1/directories/{dir}/accounts", Body: make(`,"surname":"` + strings.Repeat("ä", 255) + `"`), Status: 201, Events: w{"account.create"}},
		{Name: "a status that is none", Path: "/v1/directories/{dir}/accounts", Body: make(`,"status":"LOCKED"`), Status: 400, Want: w{"code=2003"}},
		{Name: "social sign-in is not there yet", Path: "/v1/applications/{app}/accounts", Body: `{"providerData":{"providerId":"google"}}`, Status: 400, Want: w{"code=2003"}},
		{Name: "custom data of the wrong type", Path: "/v1/directories/{dir}/accounts", Body: make(`,"customData":[1]`), Status: 400, Want: w{"code=2004"}},
		{Name: "bad custom data makes nothing", Path: "/v1/directories/{dir}/accounts", Body: make(`,"customData":{"a.b":1}`), Status: 400, Want: w{"code=3002"}},
		{Name: "support makes accounts", As: "support", Path: "/v1/directories/{dir}/accounts", Body: make(``), Status: 201, Events: w{"account.create"}},
		{Name: "auditors do not", As: "auditor", Path: "/v1/directories/{dir}/accounts", Body: make(``), Status: 403},

		{Name: "read", Path: "/v1/accounts/{ann}", Want: w{"fullName=Ann Ames", "passwordModifiedAt=2026-11-21T12:00:00.000Z", "Etag=\"1\""}, Not: w{"usernameKey", "emailKey", "passwordHash", "$argon2", "\"rev\""}},
		{Name: "read expanded", Path: "/v1/accounts/{ann}?expand=customData,tenant,directory,groups,groupMemberships,applications,apiKeys,providerData,accessTokens,refreshTokens,linkedAccounts,accountLinks,phones,factors",
			Want: w{"groups.items.0.name=Staff", "groupMemberships.size=1", "applications.items.0.name=My Application", "apiKeys.items.0.id={key}", "providerData.providerId=stormpath", "factors.size=0"}},
		{Name: "another's is not found", Path: "/v1/accounts/{otherann}", Status: 404},
		{Name: "change", Path: "/v1/accounts/{ann}?expand=directory", Body: `{"givenName":"Anna","middleName":"B","surname":null}`, Want: w{"fullName=Anna B", "surname=null", "directory.name=My Application Directory"}, Events: w{"account.update"}},
		{Name: "change the password", Path: "/v1/accounts/{ann}", Body: `{"password":"N3w password"}`, Not: w{"N3w password"}, Events: w{"account.update"}},
		{Name: "a null password is none", Path: "/v1/accounts/{ann}", Body: `{"password":null,"givenName":"Ann"}`},
		{Name: "a weak password", Path: "/v1/accounts/{ann}", Body: `{"password":"short","givenName":"X"}`, Status: 400, Want: w{"code=2007"}},
		{Name: "change custom data with it", Path: "/v1/accounts/{ann}?expand=customData", Body: `{"customData":{"a":1}}`, Want: w{"customData.a=1"}, Events: w{"customData.update"}},
		{Name: "an empty change is 2000 (safe choice of 2.4)", Path: "/v1/accounts/{ann}", Body: `{}`, Status: 400, Want: w{"code=2000"}},
		{Name: "the only owner cannot be disabled", Path: "/v1/accounts/{own}", Body: `{"status":"DISABLED"}`, Status: 400, Want: w{"code=4002"}},
		{Name: "the only owner cannot be deleted", Method: "DELETE", Path: "/v1/accounts/{own}", Status: 400, Want: w{"code=4001"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/accounts/{ann}", Status: 204, Events: w{"groupMembership.delete", "apiKey.delete", "account.delete"}},
		{Name: "support deletes none", As: "support", Method: "DELETE", Path: "/v1/accounts/{ann}", Status: 403},
		{Name: "its groups", Path: "/v1/accounts/{ann}/groups?name=Staff", Want: w{"size=1"}},
		{Name: "its groups of another name", Path: "/v1/accounts/{ann}/groups?name=Crew", Want: w{"size=0"}},
		{Name: "its memberships", Path: "/v1/accounts/{ann}/groupMemberships", Want: w{"size=1", "items.0.href={base}/groupMemberships/{mem}"}},
		{Name: "its applications", Path: "/v1/accounts/{ann}/applications", Want: w{"size=1", "items.0.href={base}/applications/{app}"}},
		{Name: "another's lists are not found", Path: "/v1/accounts/{otherann}/groups", Status: 404},
	})
}

// The hashes are those of spec 27, and one of bcrypt.
func TestImportedHashes(t *testing.T) {
	const path = "/v1/directories/{dir}/accounts?passwordFormat=mcf"
	body := func(hash string) string { return `{"email":"bob@example.com","password":"` + hash + `"}` }
	for _, v := range []struct{ password, hash string }{
		{"123456", "$stormpath2$MD5$1$OWI3OTQwYjEwODEwOTdkNTcwZDY5NjQ2ZDNlNmZjNzM=$ULWTW74NXPyLYj3VfYHWrg=="},
		{"qwerty", "$stormpath2$MD5$1$OGYyMmM5YzVlMDEwODEwZTg3MzM4ZTA2YjljZjMxYmE=$EuFAr2NTM83PrizVAYuOvw=="},
		{"testing12", "$stormpath2$SHA-512$1$ZFhBRmpFSnEwVEx2ekhKS0JTMDJBNTNmcg==$Q+sGFg9e+pe9QsUdfnbJUMDtrQNf27ezTnnGllBVkQpMRc9bqH6WkyE3y0svD/7cBk8uJW9Wb3dolWwDtDLFjg=="},
		{"U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
	} {
		a := api(t)
		attempt := row{Name: "signing in", Path: "/v1/applications/{app}/loginAttempts", Body: login("bob@example.com:" + v.password), Want: w{`account.href={base}/accounts/{bob}`}, Events: w{"auth.login"}}
		wrong := row{Name: "a wrong password", Path: attempt.Path, Body: login("bob@example.com:" + v.password + "x"), Status: 400, Want: w{"code=7100"}, Events: w{"auth.failure"}}
		a.Run(t, []row{
			{Name: v.hash, Path: path, Body: body(v.hash), Status: 201, Keep: "bob", Not: w{"stormpath2$", "$2a$"}, Events: w{"account.create"}},
			wrong, attempt, attempt, wrong, // the first success replaces the hash
		})
	}
	each(t, []row{
		{Name: "another format (safe choice of 11)", Path: "/v1/directories/{dir}/accounts?passwordFormat=ldap", Body: body("x"), Status: 400, Want: w{"code=2003"}},
		{Name: "no hash", Path: path, Body: body("Passw0rd!"), Status: 400, Want: w{"code=2006"}, Not: w{"Passw0rd!"}},
		{Name: "nothing", Path: path, Body: body(""), Status: 400, Want: w{"code=2000"}},
		{Name: "our own form", Path: path, Body: body("$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"), Status: 400, Want: w{"code=2006"}},
		{Name: "another algorithm", Path: path, Body: body("$stormpath2$MD4$1$$x"), Status: 400, Want: w{"code=2006"}},
		{Name: "too short a hash", Path: path, Body: body("$stormpath2$MD5$1$$ULWTW74N"), Status: 400, Want: w{"code=2006"}},
		{Name: "without a salt", Path: path, Body: body("$stormpath2$MD5$1$$ULWTW74NXPyLYj3VfYHWrg=="), Status: 201, Events: w{"account.create"}},
		{Name: "too many iterations", Path: path, Body: body("$stormpath2$MD5$999999999$$ULWTW74NXPyLYj3VfYHWrg=="), Status: 400,
			Want: w{"code=2010", "message=Account password cannot be taken: stormpath2: password hash costs too much to verify: the number of iterations is 999999999, over 1000000."}},
		{Name: "too high a cost", Path: path, Body: body("$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"), Status: 400, Want: w{"code=2010"}},
		{Name: "the other limits hold", Path: path, Body: `{"email":"ann@example.com","password":"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}`, Status: 409, Want: w{"code=2001"}},
	})
}

// login is the body of a login attempt.
func login(text string, more ...string) string {
	return `{"type":"basic","value":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `"` + strings.Join(more, "") + `}`
}

func TestLoginAttempts(t *testing.T) {
	const path = "/v1/applications/{app}/loginAttempts"
	fail := w{"auth.failure"}
	each(t, []row{
		{Name: "right", Path: path, Body: login("ann:Passw0rd!"), Want: w{`account={"href":"{base}/accounts/{ann}"}`}, Not: w{"Passw0rd"}, Events: w{"auth.login"}},
		{Name: "right, by e-mail, expanded", Path: path + "?expand=account", Body: login("Ann@Example.com:Passw0rd!"), Want: w{"account.username=ann"}, Events: w{"auth.login"}},
		{Name: "the type in any case", Path: path, Body: strings.Replace(login("ann:Passw0rd!"), "basic", "BASIC", 1), Events: w{"auth.login"}},
		{Name: "in a store, by href", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":{"href":"{base}/directories/{dir}"}`), Events: w{"auth.login"}},
		{Name: "a null store is none", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":null`), Events: w{"auth.login"}},
		{Name: "wrong", Path: path, Body: login("ann:wrong"), Status: 400,
			Want: w{"code=7100", "message=Invalid username or password.", "developerMessage=Login attempt failed because the specified password is incorrect."}, Events: fail},
		{Name: "the value is split at its first colon", Path: path, Body: login("ann:Passw0rd!:"), Status: 400, Want: w{"code=7100"}, Events: fail},
		{Name: "nobody", Path: path, Body: login("zed:Passw0rd!"), Status: 400,
			Want: w{"code=7104", "message=Invalid username or password.", "developerMessage=Login attempt failed because there is no Account in the Application's associated Account Stores with the specified username or email."}, Events: fail},
		{Name: "an empty login is nobody", Path: path, Body: login(":x"), Status: 400, Want: w{"code=7104"}, Events: fail},
		{Name: "an operator is nobody here", Path: path, Body: login("owner@example.com:correct horse battery"), Status: 400, Want: w{"code=7104"}, Events: fail},
		{Name: "a store that is not mapped", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":{"href":"{base}/groups/{grp}"}`), Status: 400, Want: w{"code=5114"}},
		{Name: "a store that is unknown", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":{"href":"{base}/groups/nope"}`), Status: 400, Want: w{"code=2014"}},
		{Name: "another tenant's store", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":{"href":"{base}/directories/{otherdir}"}`), Status: 400, Want: w{"code=2014"}},
		{Name: "a store elsewhere", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":{"href":"https://evil.example/v1/directories/{dir}"}`), Status: 400, Want: w{"code=2014"}},
		{Name: "an unknown organization", Path: path, Body: login("ann:Passw0rd!", `,"accountStore":{"nameKey":"nope"}`), Status: 400, Want: w{"code=2014"}},
		{Name: "no type", Path: path, Body: `{"value":"YTpi"}`, Status: 400, Want: w{"code=2000"}},
		{Name: "no value", Path: path, Body: `{"type":"basic"}`, Status: 400, Want: w{"code=2000"}},
		{Name: "another type", Path: path, Body: `{"type":"digest","value":"YTpi"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "a value that is no base64", Path: path, Body: `{"type":"basic","value":"%%%"}`, Status: 400, Want: w{"code=2002"}},
		{Name: "a value without a colon", Path: path, Body: login("ann"), Status: 400, Want: w{"code=2002"}},
		{Name: "a value of the wrong type", Path: path, Body: `{"type":"basic","value":7}`, Status: 400, Want: w{"code=2004"}},
		{Name: "no body", Method: "POST", Path: path, Status: 400, Want: w{"code=2000"}},
		{Name: "another's application", Path: "/v1/applications/{otherapp}/loginAttempts", Body: login("ann:Passw0rd!"), Status: 404},
		{Name: "an ACCOUNT key asks nobody", As: "accountkey", Path: path, Body: login("ann:Passw0rd!"), Status: 401},
		{Name: "it is not read", Path: path, Status: 405, Want: w{"code=1100"}},
	})
}

// An application without account stores signs nobody in.
func TestLoginWithoutStores(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "the mapping goes", Method: "DELETE", Path: "/v1/accountStoreMappings/{map}", Status: 204, Events: w{"application.update", "accountStoreMapping.delete"}},
		{Name: "5105", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Passw0rd!"), Status: 400, Want: w{"code=5105"}},
	})
}

// The first store that holds the login decides, even by a wrong password.
func TestTheFirstStoreDecides(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "a second directory", Path: "/v1/directories", Body: `{"name":"Second"}`, Status: 201, Keep: "second", Events: w{"directory.create"}},
		{Name: "mapped last", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{second}"}}`, Status: 201, Keep: "m2", Events: w{"accountStoreMapping.create"}},
		{Name: "with another ann", Path: "/v1/directories/{second}/accounts", Body: `{"email":"ann@example.com","username":"ann","password":"Second1!"}`, Status: 201, Keep: "ann2", Events: w{"account.create"}},
		{Name: "the first is asked", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Passw0rd!"), Want: w{"account.href={base}/accounts/{ann}"}, Events: w{"auth.login"}},
		{Name: "the second is not", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Second1!"), Status: 400, Want: w{"code=7100"}, Events: w{"auth.failure"}},
		{Name: "unless it is named", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Second1!", `,"accountStore":{"href":"{base}/directories/{second}"}`), Want: w{"account.href={base}/accounts/{ann2}"}, Events: w{"auth.login"}},
		{Name: "or comes first", Path: "/v1/accountStoreMappings/{m2}", Body: `{"listIndex":0}`, Events: w{"accountStoreMapping.update", "accountStoreMapping.update"}},
		{Name: "and is asked", Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Second1!"), Want: w{"account.href={base}/accounts/{ann2}"}, Events: w{"auth.login"}},
	})
}
