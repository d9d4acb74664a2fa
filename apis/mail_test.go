package apis_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

func TestTheTemplatesOfMails(t *testing.T) {
	a := api(t)
	a.Run(t, []apitest.Scenario{
		{Name: "a collection holds the one", Path: "/v1/passwordPolicies/{dir}/resetEmailTemplates", Status: 200,
			Want: []string{"size=1", "items.0.href={base}/emailTemplates/{dir}passwordReset", "items.0.subject=Reset your Password", "items.0.mimeType=multipart/alternative",
				"items.0.defaultModel.linkBaseUrl=https://id.example.com/passwordReset", "items.0.name=Default Password Reset Email Template", "items.0.customized=false"}},
		{Name: "of success", Path: "/v1/passwordPolicies/{dir}/resetSuccessEmailTemplates", Status: 200, Want: []string{"size=1", "items.0.subject=Your password has been changed", "items.0.defaultModel=(missing)"}},
		{Name: "of verification", Path: "/v1/accountCreationPolicies/{dir}/verificationEmailTemplates", Status: 200,
			Want: []string{"size=1", "items.0.subject=Verify your account", "items.0.defaultModel.linkBaseUrl=https://id.example.com/emailVerificationTokens"}},
		{Name: "of its success", Path: "/v1/accountCreationPolicies/{dir}/verificationSuccessEmailTemplates", Status: 200, Want: []string{"items.0.subject=Your account has been confirmed"}},
		{Name: "of welcome", Path: "/v1/accountCreationPolicies/{dir}/welcomeEmailTemplates", Status: 200, Want: []string{"items.0.subject=Your registration was successful"}},
		{Name: "all of a directory", Path: "/v1/directories/{dir}/emailTemplates?limit=100", Status: 200, Want: []string{"size=11"}},
		{Name: "of no directory", Path: "/v1/directories/{grp}/emailTemplates", Status: 404},
		{Name: "expanded", Path: "/v1/directories/{dir}?expand=passwordPolicy", Status: 200},
		{Name: "one that is none", Path: "/v1/emailTemplates/{dir}none", Status: 404},
		{Name: "a change of a part", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset", Body: `{"fromName":"Shop","subject":"Hi ${account.givenName}"}`, Status: 200,
			Want: []string{"fromName=Shop", "subject=Hi ${account.givenName}", "customized=true"}, Events: []string{"emailTemplate.create"}},
		{Name: "where it leads", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset", Body: `{"defaultModel":{"linkBaseUrl":"https://app.example.com/#/reset"}}`, Status: 200,
			Want: []string{"defaultModel.linkBaseUrl=https://app.example.com/#/reset"}, Events: []string{"emailTemplate.update"}},
		{Name: "back to our own page, as an SDK that posts it back", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset", Body: `{"defaultModel":{"linkBaseUrl":"https://id.example.com/passwordReset"}}`, Status: 200,
			Want: []string{"defaultModel.linkBaseUrl=https://id.example.com/passwordReset"}, Events: []string{"emailTemplate.update"}},
		{Name: "no object", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset", Body: `{"defaultModel":7}`, Status: 400},
		{Name: "without a link", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset", Body: `{"textBody":"Hello"}`, Status: 400, Want: []string{"code=7301"}},
		{Name: "with script", Method: "POST", Path: "/v1/emailTemplates/{dir}welcome", Body: `{"htmlBody":"<p>\n<script>"}`, Status: 400, Want: []string{"code=2002", "Line 2"}},
		{Name: "a translation", Method: "POST", Path: "/v1/emailTemplates/{dir}welcome", Body: `{"translations":{"fr":{"subject":"Bienvenue","textBody":"Bonjour","htmlBody":"<p>Bonjour"}}}`, Status: 200,
			Want: []string{"translations.fr.subject=Bienvenue"}, Events: []string{"emailTemplate.create"}},
		{Name: "translations are written whole", Method: "POST", Path: "/v1/emailTemplates/{dir}welcome", Body: `{"translations":{}}`, Status: 200, Want: []string{"translations.fr=(missing)"}, Events: []string{"emailTemplate.update"}},
		{Name: "what a strict caller misspells", Method: "POST", Path: "/v1/emailTemplates/{dir}welcome", Body: `{"htmBody":"x"}`, Header: map[string]string{"Stormkeep-Strict": "1"}, Status: 400},
	})
}

func TestAPreviewIsOfWhatIsNotYetKept(t *testing.T) {
	a := api(t)
	a.Run(t, []apitest.Scenario{
		{Name: "of an example", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset/preview", Body: `{}`, Status: 200,
			Want: []string{"subject=Reset your Password", "jane.doe@example.com", "?sptoken=xxxx"}},
		{Name: "in German", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset/preview", Body: `{"locale":"de-AT"}`, Status: 200, Want: []string{"subject=Neues Passwort setzen"}},
		{Name: "for somebody", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset/preview", Body: `{"subject":"Hi ${account.givenName}","account":{"href":"{base}/accounts/{ann}"}}`, Status: 200, Want: []string{"subject=Hi Ann"}},
		{Name: "of what is wrong", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset/preview", Body: `{"textBody":"no link ${acount.x}"}`, Status: 200, Want: []string{"problems.0.part=textBody", "problems.0.serious=true"}},
		{Name: "for another directory's", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset/preview", Body: `{"account":{"href":"{base}/accounts/{own}"}}`, Status: 400},
		{Name: "for nobody's", Method: "POST", Path: "/v1/emailTemplates/{dir}passwordReset/preview", Body: `{"account":{"href":"{base}/groups/{grp}"}}`, Status: 400},
		{Name: "of what is wrong, with its line", Method: "POST", Path: "/v1/emailTemplates/{dir}welcome/preview", Body: `{"htmlBody":"<p>\n<script>x</script>"}`, Status: 200, Want: []string{"problems.0.part=htmlBody", "problems.0.line=2"}},
		{Name: "of a translation that is not kept", Method: "POST", Path: "/v1/emailTemplates/{dir}welcome/preview", Body: `{"locale":"fr","translations":{"fr":{"subject":"Bienvenue","textBody":"Bonjour ${nobody}","htmlBody":"<p>Bonjour"}}}`, Status: 200,
			Want: []string{"subject=Bienvenue", "problems.0.part=translations.fr.textBody", "problems.0.line=1", "problems.0.serious=false"}},
		{Name: "of nothing", Method: "POST", Path: "/v1/emailTemplates/{dir}none/preview", Body: `{}`, Status: 404},
		{Name: "nothing was kept", Path: "/v1/emailTemplates/{dir}passwordReset", Status: 200, Want: []string{"customized=false"}},
	})
}

func TestATestMailGoesToWhoAsks(t *testing.T) {
	a := api(t)
	ans := a.Do(t, "admin", http.MethodPost, "/v1/emailTemplates/{dir}passwordReset/test", `{"locale":"de"}`, nil)
	if ans.Status != 201 || ans.Value("to") != "admin@example.com" || ans.Value("status") != "QUEUED" {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	got := a.Post.Wait(t, 1)[0]
	if got.To.Addr != "admin@example.com" || got.Subject != "Neues Passwort setzen" || !strings.Contains(got.Text, "sptoken=xxxx") {
		t.Errorf("%+v", got)
	}
	for range 4 {
		a.Do(t, "admin", http.MethodPost, "/v1/emailTemplates/{dir}passwordReset/test", `{}`, nil)
	}
	if ans := a.Do(t, "admin", http.MethodPost, "/v1/emailTemplates/{dir}passwordReset/test", `{}`, nil); ans.Status != 429 || ans.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth within an hour: %d %s", ans.Status, ans.Body)
	}
}

func TestATestMailGoesToAnAddressThatIsNamed(t *testing.T) {
	a := api(t)
	a.Run(t, []apitest.Scenario{
		{Name: "to another", As: "admin", Path: "/v1/emailTemplates/{dir}welcome/test", Body: `{"to":"me@elsewhere.example"}`, Status: 201, Want: []string{"to=me@elsewhere.example", "status=QUEUED"}},
		{Name: "to two", As: "admin", Path: "/v1/emailTemplates/{dir}welcome/test", Body: `{"to":"a@x.example, b@x.example"}`, Status: 400},
		{Name: "with another header", As: "admin", Path: "/v1/emailTemplates/{dir}welcome/test", Body: `{"to":"a@x.example\r\nBcc: b@x.example"}`, Status: 400},
		{Name: "to no address", As: "admin", Path: "/v1/emailTemplates/{dir}welcome/test", Body: `{"to":"me"}`, Status: 400},
		{Name: "by who may only read", As: "auditor", Path: "/v1/emailTemplates/{dir}welcome/test", Body: `{"to":"me@elsewhere.example"}`, Status: 403},
	})
	status := 0
	for n := range 11 {
		status = a.Do(t, "admin", http.MethodPost, "/v1/emailTemplates/{dir}welcome/test", fmt.Sprintf(`{"to":"p%d@elsewhere.example"}`, n), nil).Status
	}
	if status != 429 {
		t.Errorf("the eleventh stranger within an hour: %d", status)
	}
}

func TestATemplateGoesBackToWhatItWas(t *testing.T) {
	a := consoled(t)
	a.Run(t, []apitest.Scenario{
		{Name: "the text that it comes with", Path: "/v1/emailTemplates/{dir}welcome/original?locale=de-AT", Want: []string{"locale=de", "subject=Ihre Registrierung war erfolgreich"}},
		{Name: "in no language that there is", Path: "/v1/emailTemplates/{dir}welcome/original?locale=xx", Want: []string{"locale=en", "subject=Your registration was successful"}},
		{Name: "of nothing", Path: "/v1/emailTemplates/{dir}none/original", Status: 404},
		{Name: "of another tenant's", Path: "/v1/emailTemplates/{otherdir}welcome/original", Status: 404},
		{Name: "changed", Path: "/v1/emailTemplates/{dir}welcome", Body: `{"subject":"Hi","translations":{"fr":{"subject":"Salut","textBody":"x","htmlBody":""}}}`, Want: []string{"customized=true"}, Events: []string{"emailTemplate.create"}},
		{Name: "by who may only read", As: "console auditor", Method: "DELETE", Path: "/v1/emailTemplates/{dir}welcome", Status: 403},
		{Name: "back", As: "console", Method: "DELETE", Path: "/v1/emailTemplates/{dir}welcome", Status: 204, Events: []string{"emailTemplate.delete"}},
		{Name: "as it was", Path: "/v1/emailTemplates/{dir}welcome", Want: []string{"customized=false", "subject=Your registration was successful", "translations.fr=(missing)"}},
	})
}

func TestMailsTellWhatBecameOfThem(t *testing.T) {
	a := api(t)
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/passwordResetTokens", `{"email":"ann@example.com"}`, nil); ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	a.Settle(t)
	a.Run(t, []apitest.Scenario{
		{Name: "of an account", Path: "/v1/accounts/{ann}/mails", Status: 200, Want: []string{"size=1", "items.0.status=SENT", "items.0.template=passwordReset", "items.0.to=ann@example.com",
			"items.0.subject=Reset your Password", "items.0.account.href={base}/accounts/{ann}", "items.0.application.href={base}/applications/{app}", "items.0.where=kept", "items.0.content=(missing)", "items.0.stamp=(missing)"}},
		{Name: "of the tenant", Path: "/v1/tenants/{tenant}/mails", Status: 200, Want: []string{"size=1"}},
		{Name: "of another's", Path: "/v1/tenants/{othertenant}/mails", Status: 404},
	})
}

func TestAMailLeadsWhereItsTokenIsSpent(t *testing.T) {
	a := api(t)
	a.Do(t, "", http.MethodPost, "/v1/applications/{app}/passwordResetTokens", `{"email":"ann@example.com"}`, nil)
	text := a.Post.Wait(t, 1)[0].Text
	_, rest, _ := strings.Cut(text, "https://id.example.com/passwordReset?sptoken=")
	token, _, _ := strings.Cut(rest, "\n")
	ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/passwordResetTokens/"+token, `{"password":"N3w passw0rd"}`, nil)
	if ans.Status != 200 {
		t.Errorf("%q: %d %s", token, ans.Status, ans.Body)
	}
	if all := a.Post.Wait(t, 2); all[1].Subject != "Your password has been changed" {
		t.Errorf("%+v", all[1])
	}
	var policy *core.PasswordPolicy
	a.View(t, func(tx *core.Tx) (err error) {
		policy, err = core.Get(tx, core.ID[core.PasswordPolicy](a.Vars["dir"]))
		return err
	})
	policy.ResetEmailStatus, policy.ResetSuccessEmailStatus = core.Disabled, core.Disabled
	a.Update(t, func(tx *core.Tx) error { return core.Put(tx, policy) })
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/passwordResetTokens", `{"email":"ann@example.com"}`, nil); ans.Status != 200 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
	a.Settle(t)
	if n := len(a.Post.All()); n != 2 {
		t.Errorf("%d mails, though the policy wants none", n)
	}
}
