package apis_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

var mailedLinks = regexp.MustCompile(`https://id\.example\.com(/\S+)`)
var mailedCodes = regexp.MustCompile(`code, it is (\d{6})\.`)

// lastMail is where the last mail leads, and the code in it.
func lastMail(t *testing.T, a *apitest.API) (path, code string) {
	t.Helper()
	a.Settle(t)
	all := a.Post.All()
	text := all[len(all)-1].Text
	if m := mailedLinks.FindStringSubmatch(text); m != nil {
		path = m[1]
	}
	if m := mailedCodes.FindStringSubmatch(text); m != nil {
		code = m[1]
	}
	return path, code
}

func TestANewPasswordByAMailedLinkInABrowser(t *testing.T) {
	a := api(t)
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/passwordResetTokens", `{"email":"ann@example.com"}`, nil); ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	path, _ := lastMail(t, a)
	b := a.Browser()
	for range 2 { // whoever looks at links spends nothing
		if p := b.Get(t, path); p.Status != 303 || p.Header.Get("Location") != "/passwordReset" || strings.Contains(p.Text, "sptoken") {
			t.Fatalf("%d %v %s", p.Status, p.Header, p.Text)
		}
	}
	p := b.Get(t, "/passwordReset")
	if p.Status != 200 || !strings.Contains(p.Text, "ann") || strings.Contains(p.Text, strings.SplitN(path, "=", 2)[1]) {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	for _, c := range []struct {
		password string
		status   int
		says     string
	}{
		{"", 400, "Choose a password."},
		{"x", 400, "too short"},
		{"N3w passw0rd for ann", 200, "Your password is set"},
		{"N3w passw0rd for eve", 404, "This link does not work"},
	} {
		if p = b.Post(t, "/passwordReset", map[string]string{"password": c.password}); p.Status != c.status || !strings.Contains(p.Text, c.says) {
			t.Errorf("%q: %d %s", c.password, p.Status, p.Text)
		}
	}
	if p := b.Get(t, path); p.Status != 303 {
		t.Errorf("%d", p.Status)
	}
	if p := b.Get(t, "/passwordReset"); p.Status != 404 || !strings.Contains(p.Text, "This link does not work") {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	login := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/loginAttempts", `{"type":"basic","value":"YW5uOk4zdyBwYXNzdzByZCBmb3IgYW5u"}`, nil)
	if login.Status != 200 {
		t.Errorf("%d %s", login.Status, login.Body)
	}
}

func TestAnAddressIsConfirmedInABrowser(t *testing.T) {
	a := api(t)
	a.Do(t, "", http.MethodPost, "/v1/accountCreationPolicies/{dir}", `{"verificationEmailStatus":"ENABLED"}`, nil)
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/accounts", `{"email":"new@example.com","password":"Passw0rd1!","givenName":"N","surname":"N"}`, nil); ans.Status != 201 || ans.Value("status") != "UNVERIFIED" {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	path, code := lastMail(t, a)
	b := a.Browser()
	b.Get(t, path)
	if p := b.Get(t, "/emailVerificationTokens"); p.Status != 200 || !strings.Contains(p.Text, "new@example.com") || strings.Contains(p.Text, code) {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	if p := b.Get(t, "/passwordReset"); p.Status != 404 {
		t.Errorf("a verification opens a reset: %d", p.Status)
	}
	b.Get(t, path)
	b.Get(t, "/emailVerificationTokens")
	for _, c := range []struct {
		fields map[string]string
		status int
		says   string
	}{
		{nil, 400, "Type the code"},
		{map[string]string{"code": flipped(code)}, 400, "not the code"},
		{map[string]string{"password": "wrong"}, 400, "not the account"},
		{map[string]string{"code": code}, 200, "is confirmed"},
		{map[string]string{"code": code}, 404, "does not work"},
	} {
		if p := b.Post(t, "/emailVerificationTokens", c.fields); p.Status != c.status || !strings.Contains(p.Text, c.says) {
			t.Errorf("%v: %d %s", c.fields, p.Status, p.Text)
		}
	}
}

func flipped(code string) string { return code[:5] + string('0'+(code[5]-'0'+1)%10) }

func TestClass14_MailsLeadToThePublicURLWhateverTheHost(t *testing.T) {
	for name, ask := range map[string]row{
		"reset":        {Path: "/v1/applications/{app}/passwordResetTokens", Body: `{"email":"ann@example.com"}`},
		"registration": {Path: "/v1/applications/{app}/accounts", Body: `{"email":"new@example.com","password":"Passw0rd1!","givenName":"N","surname":"N"}`},
		"resend":       {Path: "/v1/applications/{app}/verificationEmails", Body: `{"login":"ann@example.com"}`},
		"new address":  {Path: "/v1/accounts/{ann}/emailChanges", Body: `{"email":"next@example.com"}`},
	} {
		a := api(t)
		do(t, a, row{Path: "/v1/accountCreationPolicies/{dir}", Body: `{"verificationEmailStatus":"ENABLED"}`}, 200)
		ans := a.Do(t, "", http.MethodPost, ask.Path, ask.Body, map[string]string{"Host": "evil.example", "X-Forwarded-Host": "evil.example",
			"X-Forwarded-Proto": "gopher", "Forwarded": "host=evil.example", "X-Host": "evil.example", "Origin": "https://evil.example", "Referer": "https://evil.example/"})
		if ans.Status >= 300 {
			t.Fatalf("%s: %d %s", name, ans.Status, ans.Body)
		}
		m := a.Post.Wait(t, 1)[0]
		if all := m.Text + m.HTML; strings.Contains(all, "evil") || strings.Contains(all, "gopher") || !strings.Contains(all, "https://id.example.com/") {
			t.Errorf("%s: %s", name, m.Text)
		}
	}
	a := api(t) // what a page sends
	do(t, a, row{Path: "/v1/applications/{app}/passwordResetTokens", Body: `{"email":"ann@example.com"}`}, 200)
	path, _ := lastMail(t, a)
	b := a.Browser()
	b.Get(t, path)
	b.Get(t, "/passwordReset")
	b.Hidden.Set("password", "N3w passw0rd for ann")
	if p := b.Send(t, "POST", "/passwordReset", b.Hidden.Encode(), map[string]string{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}); p.Status != 200 {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	if m := a.Post.Wait(t, 2)[1]; strings.Contains(m.Text+m.HTML, "evil") || strings.Contains(m.Text+m.HTML, "gopher") {
		t.Errorf("%s", m.Text)
	}
}

func TestANewAddressIsAskedForOnV1(t *testing.T) {
	a := api(t)
	a.Run(t, []apitest.Scenario{
		{Name: "asked for", Method: "POST", Path: "/v1/accounts/{ann}/emailChanges", Body: `{"email":"ann@new.example","application":{"href":"{base}/applications/{app}"}}`, Status: 202,
			Events: []string{"account.emailChangeRequest"}},
		{Name: "the account keeps what it has", Path: "/v1/accounts/{ann}", Status: 200, Want: []string{"email=ann@example.com"}},
		{Name: "no address", Method: "POST", Path: "/v1/accounts/{ann}/emailChanges", Body: `{}`, Status: 400, Want: []string{"code=2000"}},
		{Name: "none that is one", Method: "POST", Path: "/v1/accounts/{ann}/emailChanges", Body: `{"email":"x"}`, Status: 400, Want: []string{"code=2006"}},
		{Name: "for no application", Method: "POST", Path: "/v1/accounts/{ann}/emailChanges", Body: `{"email":"y@new.example","application":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: []string{"code=2014"}},
	})
	path, code := lastMail(t, a)
	b := a.Browser()
	b.Get(t, path)
	b.Get(t, "/emailVerificationTokens")
	if p := b.Post(t, "/emailVerificationTokens", map[string]string{"code": code}); p.Status != 200 {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	var acc *core.Account
	a.View(t, func(tx *core.Tx) (err error) {
		acc, err = core.Get(tx, core.ID[core.Account](a.Vars["ann"]))
		return err
	})
	if acc.Email != "ann@new.example" {
		t.Errorf("%+v", acc)
	}
}

// What the workflows promise holds over a real mail server, by STARTTLS and with a
// password, that fails at first: the mails arrive, and their links lead to the end.
func TestWorkflowsOverAMailServer(t *testing.T) {
	server := mailtest.Options{Demand: true}.Start(t)
	conf, err := mail.ParseURL(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	conf.TLS = server.TLS()
	out := mail.NewSMTP(conf)
	t.Cleanup(func() { out.Close() })
	a := apitest.New(t, func(app *core.App) {
		app.Mail.Use("smtp", func(*core.Tx) (mail.Sender, error) { return out, nil })
	})
	server.Fail(func(stage string, n int) error {
		if stage == "data" && n == 1 {
			return mailtest.Reply(451, "4.3.0 come again")
		}
		return nil
	})
	link := func(n int) (path, code string) {
		for limit := time.Now().Add(20 * time.Second); len(server.Mails()) < n && time.Now().Before(limit); time.Sleep(5 * time.Millisecond) {
			a.Clock.Turn(time.Minute)
		}
		m := server.Wait(t, n)[n-1]
		if m.To != "new@example.com" || m.HTML == "" {
			t.Fatalf("%+v", m)
		}
		path = mailedLinks.FindStringSubmatch(m.Text)[1]
		if found := mailedCodes.FindStringSubmatch(m.Text); found != nil {
			code = found[1]
		}
		return path, code
	}
	a.Do(t, "", http.MethodPost, "/v1/accountCreationPolicies/{dir}", `{"verificationEmailStatus":"ENABLED"}`, nil)
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/accounts", `{"email":"new@example.com","password":"Passw0rd1!","givenName":"N","surname":"N"}`, nil); ans.Status != 201 || ans.Value("status") != "UNVERIFIED" {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	path, code := link(1)
	b := a.Browser()
	b.Get(t, path)
	b.Get(t, "/emailVerificationTokens")
	if p := b.Post(t, "/emailVerificationTokens", map[string]string{"code": code}); p.Status != 200 || !strings.Contains(p.Text, "Your address is confirmed") {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/passwordResetTokens", `{"email":"new@example.com"}`, nil); ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	path, _ = link(2)
	b.Get(t, path)
	b.Get(t, "/passwordReset")
	if p := b.Post(t, "/passwordReset", map[string]string{"password": "N3w passw0rd of hers"}); p.Status != 200 || !strings.Contains(p.Text, "Your password is set") {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	if ans := a.Do(t, "", http.MethodPost, "/v1/applications/{app}/loginAttempts", `{"type":"basic","value":"bmV3QGV4YW1wbGUuY29tOk4zdyBwYXNzdzByZCBvZiBoZXJz"}`, nil); ans.Status != 200 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
}
