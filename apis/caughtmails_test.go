package apis_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// catching is a consoled API that writes its mails to a folder, which has three: one of a
// mail that the tenant knows, one of nobody's, and one that is none.
func catching(t *testing.T) (*apitest.API, *mail.Folder) {
	t.Helper()
	f := &mail.Folder{Dir: t.TempDir()}
	a := consoled(t).With(t, apis.Options{Mailing: apis.Mailing{By: "folder", Folder: f}})
	if ans := a.Do(t, "admin", http.MethodPost, "/v1/emailTemplates/{dir}welcome/test", `{}`, nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	} else {
		href, _ := ans.Value("href").(string)
		a.Vars["known"] = href[strings.LastIndex(href, "/")+1:]
	}
	for n, id := range []string{"nobodys", a.Vars["known"]} {
		if _, err := f.Send(t.Context(), &mail.Message{ID: id, From: mail.Address{Addr: "no-reply@id.example.com"}, To: mail.Address{Addr: "ann@example.com"}, Subject: "Grüße " + id,
			Text: "https://id.example.com/passwordReset?sptoken=abc&x=1\n", HTML: `<a href="https://id.example.com/passwordReset?sptoken=abc&amp;x=1">x</a>`, Date: time.Date(2026, 11, 21, 12, 0, n, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
	}
	for name, what := range map[string]string{"20261121T110000.000Z-broken.eml": "no mail", "master.key": "secret"} {
		if err := os.WriteFile(filepath.Join(f.Dir, name), []byte(what), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a.Vars["caught"], a.Vars["nobodys"] = "20261121T120001.000Z-"+a.Vars["known"], "20261121T120000.000Z-nobodys"
	return a, f
}

func TestCaughtMailsAreReadByWhoOwnsTheServer(t *testing.T) {
	a, _ := catching(t)
	a.Run(t, []row{
		{Name: "how mails go", As: "console auditor", Path: "/console/api/mailing", Want: w{"by=folder", "caught=true", "server=", "signed="}},
		{Name: "the newest first", As: "console", Path: "/console/api/caughtMails", Want: w{"size=3", "items.#=3", "whole=true", "items.0.id={caught}", "items.0.template=welcome", "items.0.subject=Grüße {known}", "items.0.at=2026-11-21T12:00:01.000Z",
			"items.1.id={nobodys}", "items.1.template=", "items.2.subject="}, Not: w{"sptoken"}},
		{Name: "a page of them", As: "console", Path: "/console/api/caughtMails?offset=1&limit=1", Want: w{"size=3", "items.#=1", "items.0.id={nobodys}"}},
		{Name: "past all", As: "console", Path: "/console/api/caughtMails?offset=10", Want: w{"size=3", "items.#=0"}},
		{Name: "one", As: "console", Path: "/console/api/caughtMails/{caught}", Want: w{"subject=Grüße {known}", "to=<ann@example.com>", "links.#=1", "links.0=https://id.example.com/passwordReset?sptoken=abc&x=1", "broken=", `"name":"Message-Id"`}},
		{Name: "one that is none", As: "console", Path: "/console/api/caughtMails/20261121T110000.000Z-broken", Want: w{"text=", "links.#=0", "read a mail"}},
		{Name: "by an admin", As: "console admin", Path: "/console/api/caughtMails/{caught}", Status: 403, Want: w{"error=forbidden"}},
		{Name: "listed by an admin", As: "console admin", Path: "/console/api/caughtMails", Status: 403},
		{Name: "cleared by support", As: "console support", Method: "DELETE", Path: "/console/api/caughtMails", Status: 403},
		{Name: "by a key", Path: "/console/api/caughtMails", Status: 401},
		{Name: "by nobody", As: apitest.Nobody, Path: "/console/api/caughtMails/{caught}", Status: 401},
	})
	b := atIssuer(a)
	b.Cookies["__Host-console"] = a.Console(t, "console", a.Owner.ID)
	if p := b.Send(t, http.MethodGet, "/console/api/caughtMails/"+a.Vars["caught"]+"/raw", "", fromConsole); p.Status != 200 || p.Header.Get("Content-Type") != "message/rfc822" ||
		p.Header.Get("Content-Disposition") != `attachment; filename="`+a.Vars["caught"]+`.eml"` || !strings.Contains(p.Text, "Message-ID: <"+a.Vars["known"]+"@id.example.com>") {
		t.Errorf("its file: %d %v %s", p.Status, p.Header, p.Text)
	}
	for _, id := range []string{"master.key", "..%2Fmaster.key", "%2e%2e%2fmaster.key", "..%5cmaster", "{caught}.eml", "{caught}%00", "%2Fetc%2Fpasswd", "20261121T120001.000Z-..%2f..%2fmaster"} {
		for _, end := range []string{"", "/raw"} {
			if ans := a.Do(t, "console", http.MethodGet, "/console/api/caughtMails/"+id+end, "", nil); ans.Status != 404 || strings.Contains(string(ans.Body), "secret") {
				t.Errorf("%s: %d %s", id, ans.Status, ans.Body)
			}
		}
	}
	lines := map[string]int{}
	a.View(t, func(tx *core.Tx) error {
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			lines[line.Type]++
		}
		return nil
	})
	if lines["mail.readCaught"] != 3 {
		t.Errorf("%v", lines)
	}
}

func TestCaughtMailsAreOpenedByWhoSignedInJustNow(t *testing.T) {
	a, f := catching(t)
	a.Clock.Turn(core.StepUp)
	a.Run(t, []row{
		{Name: "the list", As: "console", Path: "/console/api/caughtMails"},
		{Name: "one", As: "console", Path: "/console/api/caughtMails/{caught}", Status: 403, Want: w{"error=step_up"}},
		{Name: "its file", As: "console", Path: "/console/api/caughtMails/{caught}/raw", Status: 403, Want: w{"error=step_up"}},
		{Name: "clear", As: "console", Method: "DELETE", Path: "/console/api/caughtMails", Status: 403, Want: w{"error=step_up"}},
	})
	a.Console(t, "console", a.Owner.ID)
	a.Run(t, []row{
		{Name: "cleared", As: "console", Method: "DELETE", Path: "/console/api/caughtMails", Status: 204},
		{Name: "none is left", As: "console", Path: "/console/api/caughtMails", Want: w{"size=0", "items.#=0"}},
		{Name: "nor opened", As: "console", Path: "/console/api/caughtMails/{caught}", Status: 404},
	})
	if _, err := os.Stat(filepath.Join(f.Dir, "master.key")); err != nil {
		t.Error(err)
	}
}

func TestWithoutAFolderThereAreNoCaughtMails(t *testing.T) {
	a := consoled(t).With(t, apis.Options{Mailing: apis.Mailing{By: "smtp", Server: "smtp://mail.example.com:587"}})
	rows := []row{{Name: "how mails go", As: "console", Path: "/console/api/mailing", Want: w{"by=smtp", "caught=false", "server=smtp://mail.example.com:587"}}}
	for n, path := range []string{"caughtMails", "caughtMails/20261121T120001.000Z-x1", "caughtMails/20261121T120001.000Z-x1/raw"} {
		rows = append(rows, row{Name: fmt.Sprint("none ", n), As: "console", Path: "/console/api/" + path, Status: 404, Want: w{"writes no mails to a folder"}})
	}
	a.Run(t, append(rows, row{Name: "clear", As: "console", Method: "DELETE", Path: "/console/api/caughtMails", Status: 404}))
}
