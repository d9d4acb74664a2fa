package apis_test

import (
	"fmt"
	"path"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// verifying is api whose directory verifies addresses; zoe waits for it with the
// token {zoe token}.
func verifying(t *testing.T) *apitest.API {
	a := api(t)
	a.Run(t, []row{{Name: "the workflow goes on", Path: "/v1/accountCreationPolicies/{dir}", Body: `{"verificationEmailStatus":"enabled"}`,
		Want: w{"verificationEmailStatus=ENABLED"}, Events: w{"accountCreationPolicy.create"}}})
	ans := do(t, a, row{Path: "/v1/applications/{app}/accounts", Body: `{"email":"zoe@example.com","username":"zoe","password":"Passw0rd!"}`}, 201)
	for _, want := range []string{"status=UNVERIFIED", "emailVerificationStatus=UNVERIFIED"} {
		if err := ans.Has(want); err != nil {
			t.Error(err)
		}
	}
	a.Vars["zoe"] = path.Base(ans.Value("href").(string))
	a.Vars["zoetoken"] = path.Base(ans.Value("emailVerificationToken.href").(string))
	return a
}

func TestVerification(t *testing.T) {
	const token = "/v1/accounts/emailVerificationTokens/{zoetoken}"
	verifying(t).Run(t, []row{
		{Name: "who waits cannot sign in", Path: "/v1/applications/{app}/loginAttempts", Body: login("zoe:Passw0rd!"), Status: 400, Want: w{"code=7102"}, Events: w{"auth.failure"}},
		{Name: "the account shows its token", Path: "/v1/accounts/{zoe}", Want: w{"emailVerificationToken.href={base}/accounts/emailVerificationTokens/{zoetoken}"}},
		{Name: "also in a list", Path: "/v1/directories/{dir}/accounts?username=zoe", Want: w{"items.0.emailVerificationToken.href={base}/accounts/emailVerificationTokens/{zoetoken}"}},
		{Name: "not to support", As: "support", Path: "/v1/accounts/{zoe}", Want: w{"emailVerificationToken=null"}},
		{Name: "nor to auditors", As: "auditor", Path: "/v1/accounts/{zoe}", Want: w{"emailVerificationToken=null"}},
		{Name: "GET spends none", Path: token, Status: 405, Want: w{"code=1100"}},
		{Name: "nor does HEAD", Method: "HEAD", Path: token, Status: 405},
		{Name: "nothing to expand: and none is spent", Method: "POST", Path: token + "?expand=account", Status: 400, Want: w{"code=2107"}},
		{Name: "not a member", Method: "POST", Path: token, Body: `{"account":1}`, Header: map[string]string{"Stormkeep-Strict": "1"}, Status: 400, Want: w{"code=2015"}},
		{Name: "auditors spend none", As: "auditor", Method: "POST", Path: token, Status: 403},
		{Name: "another tenant does not know it", As: "other", Method: "POST", Path: token, Status: 404},
		{Name: "a guess", Method: "POST", Path: token + "x", Status: 404},
		{Name: "an account's id is none", Method: "POST", Path: "/v1/accounts/emailVerificationTokens/{zoe}", Status: 404},
		{Name: "the list of tokens is no account", Path: "/v1/accounts/emailVerificationTokens", Status: 404},
		{Name: "once", Method: "POST", Path: token, Want: w{`href={base}/accounts/{zoe}`, "Location={base}/accounts/{zoe}"}, Not: w{"email"}, Events: w{"account.update", "account.verify"}},
		{Name: "and not again", Path: token, Body: `{"href":"x"}`, Status: 404, Want: w{"code=404"}},
		{Name: "it is verified", Path: "/v1/accounts/{zoe}", Want: w{"status=ENABLED", "emailVerificationStatus=VERIFIED", "emailVerificationToken=null"}},
		{Name: "and signs in", Path: "/v1/applications/{app}/loginAttempts", Body: login("zoe:Passw0rd!"), Events: w{"auth.login"}},
	})
}

func TestTheBodyOfAVerification(t *testing.T) {
	for _, body := range []string{"", "{}", `{"href":"{base}/accounts/emailVerificationTokens/{zoetoken}"}`} {
		verifying(t).Run(t, []row{{Name: body, Method: "POST", Path: "/v1/accounts/emailVerificationTokens/{zoetoken}", Body: body,
			Want: w{`href={base}/accounts/{zoe}`}, Events: w{"account.update", "account.verify"}}})
	}
}

func TestVerificationEmails(t *testing.T) {
	const emails = "/v1/applications/{app}/verificationEmails"
	again := w{"account.update", "account.verificationRequest"}
	a := verifying(t)
	a.Run(t, []row{
		{Name: "by e-mail", Path: emails, Body: `{"login":"ZOE@example.com"}`, Status: 202, Not: w{"href"}, Events: again},
		{Name: "ends the former token", Method: "POST", Path: "/v1/accounts/emailVerificationTokens/{zoetoken}", Status: 404},
		{Name: "by user name, in a store", Path: emails, Body: `{"login":"zoe","accountStore":{"href":"{base}/directories/{dir}"}}`, Status: 202, Events: again},
		{Name: "a store as text", Path: emails, Body: `{"login":"zoe","accountStore":"{base}/directories/{dir}"}`, Status: 202, Events: again},
		{Name: "as Python sends it", Path: emails, Body: `{"login":"zoe","account_store":"{base}/directories/{dir}"}`, Status: 202, Events: again},
		{Name: "in another store", Path: emails, Body: `{"login":"zoe","account_store":"{base}/groups/{grp}"}`, Status: 400, Want: w{"code=5114"}},
		{Name: "nobody", Path: emails, Body: `{"login":"nobody"}`, Status: 400, Want: w{"code=2016"}},
		{Name: "no login", Path: emails, Body: `{}`, Status: 400, Want: w{"code=2000"}},
		{Name: "a login of another type", Path: emails, Body: `{"login":7}`, Status: 400, Want: w{"code=2004"}},
		{Name: "auditors ask for none", As: "auditor", Path: emails, Body: `{"login":"zoe"}`, Status: 403},
		{Name: "GET", Path: emails, Status: 405},
		{Name: "an operator's word", Path: "/v1/accounts/{zoe}", Body: `{"emailVerificationStatus":"verified"}`, Want: w{"emailVerificationToken=null", "status=UNVERIFIED"}, Events: w{"account.update"}},
		{Name: "verified already (safe choice of 14)", Path: emails, Body: `{"login":"zoe"}`, Status: 202},
		{Name: "the workflow goes off", Path: "/v1/accountCreationPolicies/{dir}", Body: `{"verificationEmailStatus":"disabled"}`, Events: w{"accountCreationPolicy.update"}},
		{Name: "without the workflow", Path: emails, Body: `{"login":"zoe"}`, Status: 400, Want: w{"code=6101"}},
	})
}

func TestTheWorkflowInTheQuery(t *testing.T) {
	a := verifying(t)
	n := 0
	make := func(query, status string, events ...string) row {
		n++
		return row{Name: query, Path: "/v1/directories/{dir}/accounts" + query, Body: fmt.Sprintf(`{"email":"a%d@example.com","password":"Passw0rd!"}`, n),
			Status: 201, Want: w{"status=" + status, "emailVerificationStatus=UNVERIFIED"}, Events: append(w{"account.create"}, events...)}
	}
	a.Run(t, []row{
		make("?registrationWorkflowEnabled=false", "ENABLED"),
		make("?registrationWorkflowEnabled=False", "ENABLED"),
		make("?registrationWorkflowEnabled=true", "UNVERIFIED", "account.verificationRequest"),
		{Name: "neither", Path: "/v1/directories/{dir}/accounts?registrationWorkflowEnabled=maybe", Body: `{"email":"y@example.com","password":"Passw0rd!"}`, Status: 400, Want: w{"code=2103"}},
		{Name: "the workflow goes off, the welcome on", Path: "/v1/accountCreationPolicies/{dir}", Body: `{"verificationEmailStatus":"disabled","welcomeEmailStatus":"enabled"}`, Events: w{"accountCreationPolicy.update"}},
		make("?registrationWorkflowEnabled=TRUE", "UNVERIFIED", "account.verificationRequest"), // the safe choice of 11
		make("?expand=directory", "ENABLED", "account.welcome"),
	})
}
