package apis_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

// mailBody is what makes an SmtpServer of s; more are members that replace those.
func mailBody(s *mailtest.Server, protocol, password, more string) string {
	return fmt.Sprintf(`{"host":"127.0.0.1","port":%d,"username":"mailer","password":%q,"securityProtocol":%s%s}`, s.Port(), password, protocol, more)
}

func TestAnSmtpServerIsTriedWhenItIsSaved(t *testing.T) {
	plain, encrypted, tls := mailtest.Options{Plain: true}.Start(t), mailtest.Start(t), mailtest.Options{TLS: true}.Start(t)
	gone := mailtest.Start(t)
	gone.Stop()
	a := hooked(t, coretest.Private)
	for _, c := range []struct {
		name, body string
		status     int
		code       string
	}{
		{"nobody listens", mailBody(gone, "null", "correct horse", ""), 400, "13000"},
		{"a wrong password", mailBody(plain, "null", "wrong", ""), 400, "13001"},
		{"STARTTLS is wanted and not offered", mailBody(plain, `"tls"`, "correct horse", ""), 400, "13002"},
		{"a certificate of nobody", mailBody(encrypted, `"tls"`, "correct horse", ""), 400, "13002"},
		{"a certificate of nobody, opportunistic", mailBody(encrypted, `null`, "correct horse", ""), 400, "13002"},
		{"a certificate of nobody, from the first byte", mailBody(tls, `"SSL"`, "correct horse", ""), 400, "13002"},
		{"no password", strings.Replace(mailBody(plain, "null", "", ""), `"password":"",`, "", 1), 400, "2000"},
		{"an empty body", "", 400, "2000"},
		{"all is well", mailBody(plain, "null", "correct horse", `,"name":"Post"`), 201, ""},
		{"a second", mailBody(plain, "null", "correct horse", ""), 409, "13003"},
		{"a second that nobody tries", mailBody(gone, "null", "x", `,"status":"DISABLED"`), 409, "13003"},
	} {
		before := plain.Connections()
		ans := a.Do(t, "", http.MethodPost, "/v1/smtpServers", c.body, nil)
		if ans.Status != c.status || c.code != "" && fmt.Sprint(ans.Value("code")) != c.code {
			t.Errorf("%s: %d %s", c.name, ans.Status, ans.Body)
		}
		if strings.Contains(string(ans.Body), "correct horse") || strings.Contains(string(ans.Body), "password\":") {
			t.Errorf("%s: the password is shown: %s", c.name, ans.Body)
		}
		if c.code == "13003" && plain.Connections() != before {
			t.Errorf("%s: it was tried", c.name)
		}
	}
	list := a.Do(t, "", http.MethodGet, "/v1/tenants/{tenant}/smtpServers", "", nil)
	href, _ := list.Value("items.0.href").(string)
	if list.Status != 200 || href == "" {
		t.Fatalf("%d %s", list.Status, list.Body)
	}
	path := href[strings.Index(href, "/v1/"):]

	tried := plain.Connections()
	for _, c := range []struct {
		name, body string
		status     int
		want       string // in the answer
	}{
		{"another name", `{"name":"Mail"}`, 200, `"name":"Mail"`},
		{"a password that is wrong", `{"password":"wrong"}`, 400, `"code":13001`},
		{"another port, without a password", fmt.Sprintf(`{"port":%d}`, gone.Port()), 400, `"code":2000`},
		{"what is down, disabled", fmt.Sprintf(`{"port":%d,"password":"x","securityProtocol":"ssl","status":"disabled"}`, gone.Port()), 200, `"securityProtocol":"SSL"`},
		{"what is down, enabled", `{"status":"enabled"}`, 400, `"code":1300`},
	} {
		ans := a.Do(t, "", http.MethodPost, path, c.body, nil)
		if ans.Status != c.status || !strings.Contains(string(ans.Body), c.want) {
			t.Errorf("%s: %d %s", c.name, ans.Status, ans.Body)
		}
	}
	if n := plain.Connections() - tried; n != 2 {
		t.Errorf("it was tried %d times, want with the name and the password", n)
	}
	if n := len(plain.Mails()); n != 0 {
		t.Errorf("%d mails were sent", n)
	}
	if ans := a.Do(t, "", http.MethodDelete, path, "", nil); ans.Status != 204 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
}

func TestATenantDoesNotReachThisMachine(t *testing.T) {
	s := mailtest.Options{Plain: true}.Start(t)
	a := api(t)
	for _, host := range []string{"127.0.0.1", "localhost", "0.0.0.0", "169.254.169.254", "10.0.0.1", "::1"} {
		body := strings.Replace(mailBody(s, "null", "correct horse", ""), "127.0.0.1", host, 1)
		ans := a.Do(t, "", http.MethodPost, "/v1/smtpServers", body, nil)
		if ans.Status != 400 || fmt.Sprint(ans.Value("code")) != "13000" {
			t.Errorf("%s: %d %s", host, ans.Status, ans.Body)
		}
	}
	if n := s.Connections(); n != 0 {
		t.Errorf("there were %d connections", n)
	}
}

func TestWhoMayNotSaveAnSmtpServerHasNothingTried(t *testing.T) {
	s := mailtest.Options{Plain: true}.Start(t)
	a := hooked(t, coretest.Private)
	for _, as := range []string{"support", "auditor", "norole", "nomanage"} {
		if ans := a.Do(t, as, http.MethodPost, "/v1/smtpServers", mailBody(s, "null", "correct horse", ""), nil); ans.Status != 403 {
			t.Errorf("%s: %d %s", as, ans.Status, ans.Body)
		}
	}
	if n := s.Connections(); n != 0 {
		t.Errorf("there were %d connections", n)
	}
}

func TestTheAuditTellsOnlyThatAnSmtpPasswordChanged(t *testing.T) {
	s := mailtest.Options{Plain: true}.Start(t)
	a := hooked(t, coretest.Private)
	if ans := a.Do(t, "", http.MethodPost, "/v1/smtpServers", mailBody(s, "null", "correct horse", ""), nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	told := false
	a.View(t, func(tx *core.Tx) error {
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			if strings.HasPrefix(string(line.Ref), "smtpServers/") {
				told = true
				if got := string(line.After["password"]); line.Type != "smtpServer.create" && line.Type != "smtpserver.create" || got != `"changed"` {
					t.Errorf("%s of %s: %s", line.Type, line.Ref, got)
				}
			}
		}
		return nil
	})
	if !told {
		t.Error("the audit log says nothing")
	}
}
