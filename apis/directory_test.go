package apis_test

import (
	"strings"
	"testing"
)

func TestDirectories(t *testing.T) {
	each(t, []row{
		{Name: "make", Path: "/v1/directories?expand=provider", Body: `{"name":"Folks","description":"d","customData":{"a":[1]}}`, Status: 201,
			Want:   w{"name=Folks", "status=ENABLED", "provider.providerId=stormpath"},
			Events: w{"directory.create", "customData.update"}},
		{Name: "make with our own provider", Path: "/v1/directories", Body: `{"name":"Folks","provider":{"providerId":"stormpath"}}`, Status: 201, Events: w{"directory.create"}},
		{Name: "make with a provider that does not exist yet", Path: "/v1/directories", Body: `{"name":"Folks","provider":{"providerId":"google"}}`, Status: 400, Want: w{"code=2003"}},
		{Name: "a name is required", Path: "/v1/directories", Body: `{"name":null}`, Status: 400, Want: w{"code=2000"}},
		{Name: "a name in use, in any case", Path: "/v1/directories", Body: `{"name":"MY APPLICATION DIRECTORY"}`, Status: 409, Want: w{"code=2001"}},
		{Name: "a description too long", Path: "/v1/directories", Body: `{"name":"Folks","description":"` + strings.Repeat("x", 1001) + `"}`, Status: 400, Want: w{"code=2008"}},
		{Name: "a name with a NUL", Path: "/v1/directories", Body: `{"name":"a\u0000b"}`, Status: 400, Want: w{"code=2002"}},
		{Name: "auditors make none", As: "auditor", Path: "/v1/directories", Body: `{"name":"Folks"}`, Status: 403},
		{Name: "read", Path: "/v1/directories/{dir}?expand=tenant,accounts,groups,provider,customData,passwordPolicy,accountCreationPolicy,accountSchema,applications,applicationMappings,organizations,organizationMappings",
			Want: w{"tenant.key=storm-keep", "accounts.size=1", "groups.size=1", "passwordPolicy.resetTokenTtl=24", "accountCreationPolicy.emailDomainWhitelist=[]",
				"accountSchema.href={base}/schemas/{dir}", "applications.items.0.href={base}/applications/{app}", "applicationMappings.items.0.listIndex=0", "organizations.size=0"}},
		{Name: "another's is not found", Path: "/v1/directories/{otherdir}", Status: 404},
		{Name: "change", Path: "/v1/directories/{dir}", Body: `{"status":"Disabled"}`, Want: w{"status=DISABLED"}, Events: w{"directory.update"}},
		{Name: "the rules of naming are fixed", Path: "/v1/directories/{dir}", Body: `{"emailUnique":false,"usernameCaseSensitive":true}`, Want: w{"emailUnique=true", "usernameCaseSensitive=false"}},
		{Name: "the administrators' directory cannot be disabled", Path: "/v1/directories/{admindir}", Body: `{"status":"DISABLED"}`, Status: 400},
		{Name: "delete with all that is in it", Method: "DELETE", Path: "/v1/directories/{dir}", Status: 204,
			Events: w{"application.update", "accountStoreMapping.delete", "passwordStrength.delete", "groupMembership.delete", "group.delete", "apiKey.delete", "account.delete", "directory.delete"}},
		{Name: "the administrators' directory cannot be deleted", Method: "DELETE", Path: "/v1/directories/{admindir}", Status: 400},
		{Name: "another's cannot be deleted", Method: "DELETE", Path: "/v1/directories/{otherdir}", Status: 404},
		{Name: "its accounts", Path: "/v1/directories/{dir}/accounts?expand=customData", Want: w{"size=1", "items.0.customData.href={base}/accounts/{ann}/customData"}},
		{Name: "an account by user name", Path: "/v1/directories/{dir}/accounts?username=Ann", Want: w{"size=1"}},
		{Name: "its groups", Path: "/v1/directories/{dir}/groups?name=STAFF", Want: w{"size=1"}},
		{Name: "its applications", Path: "/v1/directories/{dir}/applications", Want: w{"size=1", "items.0.href={base}/applications/{app}"}},
		{Name: "its mappings", Path: "/v1/directories/{dir}/applicationMappings", Want: w{"size=1", "items.0.href={base}/accountStoreMappings/{map}"}},
		{Name: "make a group", Path: "/v1/directories/{dir}/groups", Body: `{"name":"Crew"}`, Status: 201, Events: w{"group.create"}},
		{Name: "make a group elsewhere", Path: "/v1/directories/{otherdir}/groups", Body: `{"name":"Crew"}`, Status: 404},
		{Name: "make an account", Path: "/v1/directories/{dir}/accounts", Body: `{"email":"bob@example.com","password":"Passw0rd1!"}`, Status: 201, Events: w{"account.create"}},
		{Name: "make an account elsewhere", Path: "/v1/directories/{otherdir}/accounts", Body: `{"email":"bob@example.com","password":"Passw0rd1!"}`, Status: 404},
	})
}

func TestPasswordStrength(t *testing.T) {
	each(t, []row{
		{Name: "the rules of a first start", Path: "/v1/passwordPolicies/{dir}/strength",
			Want: w{"href={base}/passwordPolicies/{dir}/strength", "minLength=8", "maxLength=255", "minLowerCase=0", "preventReuse=0"}},
		{Name: "another's are not found", Path: "/v1/passwordPolicies/{otherdir}/strength", Status: 404},
		{Name: "change", Path: "/v1/passwordPolicies/{dir}/strength", Body: `{"minLength":"10","minSymbol":1}`, Want: w{"minLength=10", "minSymbol=1", "maxLength=255"},
			Events: w{"passwordStrength.update"}},
		{Name: "below the least", Path: "/v1/passwordPolicies/{dir}/strength", Body: `{"minLength":0}`, Status: 400, Want: w{"code=2009"}},
		{Name: "above the most", Path: "/v1/passwordPolicies/{dir}/strength", Body: `{"maxLength":1000}`, Status: 400, Want: w{"code=2010"}},
		{Name: "the least above the most", Path: "/v1/passwordPolicies/{dir}/strength", Body: `{"minLength":20,"maxLength":10}`, Status: 400, Want: w{"code=2013"}},
		{Name: "support changes none", As: "support", Path: "/v1/passwordPolicies/{dir}/strength", Body: `{"minLength":10}`, Status: 403},
		{Name: "admins change none of the administrators'", As: "admin", Path: "/v1/passwordPolicies/{admindir}/strength", Body: `{"denyCommon":false}`, Status: 403},
		{Name: "a common password", Path: "/v1/accounts/{ann}", Body: `{"password":"PassW0rd1"}`, Status: 400,
			Want: w{"code=400", "message=Account password is too common: it is on a list of passwords that are tried first."}},
	})
	api(t).Run(t, []row{
		{Name: "looking back", Path: "/v1/passwordPolicies/{dir}/strength", Body: `{"preventReuse":"2","denyCommon":false,"denySimilar":true,"denyNumeric":true}`,
			Want: w{"preventReuse=2", "denyCommon=false", "denySimilar=true"}, Events: w{"passwordStrength.update"}},
		{Name: "the present password", Path: "/v1/accounts/{ann}", Body: `{"password":"Passw0rd!"}`, Status: 400, Want: w{"code=6401"}},
		{Name: "a common one, which may be", Path: "/v1/accounts/{ann}", Body: `{"password":"password"}`, Events: w{"account.update"}},
		{Name: "the one before", Path: "/v1/accounts/{ann}", Body: `{"password":"Passw0rd!"}`, Status: 400, Want: w{"code=6401"}},
		{Name: "one like the address", Path: "/v1/accounts/{ann}", Body: `{"password":"ann@example"}`, Status: 400, Want: w{"code=400", "message=Account password is too similar to the email of the account."}},
		{Name: "digits", Path: "/v1/accounts/{ann}", Body: `{"password":"80912734"}`, Status: 400, Want: w{"code=400"}},
		{Name: "another", Path: "/v1/accounts/{ann}", Body: `{"password":"another one"}`, Events: w{"account.update"}},
		{Name: "the third last", Path: "/v1/accounts/{ann}", Body: `{"password":"Passw0rd!"}`, Events: w{"account.update"}},
	})
}

func TestPoliciesOfADirectory(t *testing.T) {
	const password, creation, provider = "/v1/passwordPolicies/{dir}", "/v1/accountCreationPolicies/{dir}", "/v1/directories/{dir}/provider"
	api(t).Run(t, []row{
		{Name: "the password policy", Path: password + "?expand=strength,resetEmailTemplates,resetSuccessEmailTemplates",
			Want: w{"href={base}/passwordPolicies/{dir}", "resetTokenTtl=24", "resetEmailStatus=ENABLED", "resetSuccessEmailStatus=ENABLED", "strength.minLength=8",
				"resetEmailTemplates.size=1", "createdAt=2026-11-21T12:00:00.000Z", `Etag="0"`}},
		{Name: "from its directory", Path: "/v1/directories/{dir}?expand=passwordPolicy,accountCreationPolicy,provider",
			Want: w{"passwordPolicy.strength.href={base}/passwordPolicies/{dir}/strength", "accountCreationPolicy.welcomeEmailStatus=DISABLED", "provider.href={base}/directories/{dir}/provider"}},
		{Name: "of a reading", Path: password, Body: `{"resetTokenTtl":1}`, Header: map[string]string{"If-Match": `"1"`}, Status: 412},
		{Name: "changed", Path: password + "?expand=strength", Body: `{"resetTokenTtl":"168","resetEmailStatus":"disabled"}`, Header: map[string]string{"If-Match": `"0"`},
			Want: w{"resetTokenTtl=168", "resetEmailStatus=DISABLED", "strength.minLength=8", `Etag="1"`}, Events: w{"passwordPolicy.create"}},
		{Name: "posted back", Path: password, Body: `{"resetTokenTtl":168,"strength":{"href":"x"},"href":"x"}`, Want: w{`Etag="1"`}},
		{Name: "too long", Path: password, Body: `{"resetTokenTtl":169}`, Status: 400, Want: w{"code=2010"}},
		{Name: "too short", Path: password, Body: `{"resetTokenTtl":0}`, Status: 400, Want: w{"code=2009"}},
		{Name: "no state", Path: password, Body: `{"resetEmailStatus":"UNVERIFIED"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "another's", Path: "/v1/passwordPolicies/{otherdir}", Body: `{"resetTokenTtl":1}`, Status: 404},
		{Name: "support changes none", As: "support", Path: password, Body: `{"resetTokenTtl":1}`, Status: 403},
		{Name: "admins change none of the administrators'", As: "admin", Path: "/v1/passwordPolicies/{admindir}", Body: `{"resetTokenTtl":168}`, Status: 403},

		{Name: "the creation policy", Path: creation + "?expand=verificationEmailTemplates,verificationSuccessEmailTemplates,welcomeEmailTemplates",
			Want: w{"verificationEmailStatus=DISABLED", "emailDomainWhitelist=[]", "emailDomainBlacklist=[]", "welcomeEmailTemplates.size=1"}},
		{Name: "lists", Path: creation, Body: `{"emailDomainWhitelist":["*example.com"],"emailDomainBlacklist":["bad.example.com"]}`,
			Want: w{`emailDomainWhitelist=["*example.com"]`}, Events: w{"accountCreationPolicy.create"}},
		{Name: "a list is set whole", Path: creation, Body: `{"emailDomainWhitelist":["*.com"]}`, Want: w{`emailDomainWhitelist=["*.com"]`, `emailDomainBlacklist=["bad.example.com"]`}, Events: w{"accountCreationPolicy.update"}},
		{Name: "not on the whitelist", Path: "/v1/directories/{dir}/accounts", Body: `{"email":"b@example.org","password":"Passw0rd!"}`, Status: 400, Want: w{"code=7206"}},
		{Name: "on the blacklist", Path: "/v1/applications/{app}/accounts", Body: `{"email":"b@bad.example.com","password":"Passw0rd!"}`, Status: 400, Want: w{"code=7205"}},
		{Name: "changed to one on the blacklist", Path: "/v1/accounts/{ann}", Body: `{"email":"b@bad.example.com"}`, Status: 400, Want: w{"code=7205"}},
		{Name: "a list that is none", Path: creation, Body: `{"emailDomainWhitelist":"example.com"}`, Status: 400, Want: w{"code=2004"}},
		{Name: "a null list is empty", Path: creation, Body: `{"emailDomainWhitelist":null}`, Want: w{"emailDomainWhitelist=[]"}, Events: w{"accountCreationPolicy.update"}},
		{Name: "an entry that is none", Path: creation, Body: `{"emailDomainWhitelist":["a@b.c"]}`, Status: 400, Want: w{"code=2002"}},
		{Name: "admins change none of the administrators' whitelist", As: "admin", Path: "/v1/accountCreationPolicies/{admindir}", Body: `{"emailDomainWhitelist":["x"]}`, Status: 403},

		{Name: "the provider", Path: provider, Want: w{"href={base}/directories/{dir}/provider", "providerId=stormpath", "providerType=stormpath", "createdAt=2026-11-21T12:00:00.000Z"}},
		{Name: "stays", Path: provider, Body: `{"providerId":"google"}`, Status: 400, Want: w{"code=6202"}},
		{Name: "posted back, it changes nothing", Path: provider, Body: `{"providerId":"stormpath","providerType":"x","clientId":"x"}`, Want: w{"providerId=stormpath", `Etag="0"`}},
		{Name: "of an account", Path: "/v1/accounts/{ann}/providerData", Want: w{"providerId=stormpath"}},
	})
}

// A directory made over /v1 asks of passwords what Stormpath's asked.
func TestPasswordRulesOfStormpath(t *testing.T) {
	a := api(t)
	a.Run(t, []row{{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Folks"}`, Status: 201, Keep: "folks", Events: w{"directory.create"}}})
	account := func(name, password, code string) row {
		return row{Name: name, Path: "/v1/directories/{folks}/accounts", Body: `{"email":"b@example.com","password":` + password + `}`, Status: 400, Want: w{code}}
	}
	a.Run(t, []row{
		account("missing", `null`, "code=2000"),
		account("empty", `""`, "code=2000"),
		account("too short", `"Pa55wor"`, "code=2007"),
		account("too long", `"Aa1`+strings.Repeat("x", 98)+`"`, "code=2008"),
		account("no lower case", `"PASSW0RD"`, "code=400"),
		account("no upper case", `"passw0rd"`, "code=400"),
		account("no digit", `"Password"`, "message=Password requires at least 1 numeric character."),
		account("of the wrong type", `12345678`, "code=2004"),
	})
}
