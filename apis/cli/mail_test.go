package cli

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestWhereMailsGo(t *testing.T) {
	for name, c := range map[string]struct {
		config mailConfig
		public string
		folder string
		sender string // of what type
		from   string
		err    string
	}{
		"a first serve":         {mailConfig{}, "http://localhost:8080", "data/mail", "folder", "no-reply@localhost", ""},
		"on an address of ours": {mailConfig{}, "http://127.0.0.1:8080", "data/mail", "folder", "no-reply@localhost", ""},
		"in public":             {mailConfig{}, "https://id.example.com", "", "", "no-reply@id.example.com", ""},
		"in public, chosen":     {mailConfig{Dir: "/tmp/mails"}, "https://id.example.com", "/tmp/mails", "folder", "no-reply@id.example.com", ""},
		"not at all":            {mailConfig{Dir: "off"}, "http://localhost:8080", "", "", "no-reply@localhost", ""},
		"by a server":           {mailConfig{SMTP: "smtp://u:p@mail.example.com", From: "Shop <shop@example.com>"}, "http://localhost", "", "smtp", "shop@example.com", ""},
		"no key":                {mailConfig{DKIMKey: "/nowhere"}, "http://localhost", "", "", "", "--dkim-key"},
	} {
		app := core.New(mem.Open())
		conf := config{Data: "data", Mail: c.config}
		told, err := conf.mailer(app, c.public)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		to, err2 := conf.sendingTo(c.public, nil)
		kind := ""
		switch to := to.(type) {
		case *mail.Folder:
			kind = "folder"
			if to.Dir != c.folder {
				t.Errorf("%s: into %s", name, to.Dir)
			}
		case *mail.SMTP:
			kind = "smtp"
		}
		if told.By != c.sender || (told.Folder != nil) != (c.folder != "") || strings.Contains(told.Server, ":p@") {
			t.Errorf("%s: it tells %+v", name, told)
		}
		if err != nil || err2 != nil || kind != c.sender || app.Mail.From.Addr != c.from || conf.mailFolder(c.public) != c.folder {
			t.Errorf("%s: %q, from %q, folder %q, %v %v", name, kind, app.Mail.From.Addr, conf.mailFolder(c.public), err, err2)
		}
	}
}

func TestAnErrorInTheMailServersURLDoesNotRepeatIt(t *testing.T) {
	_, err := resolve(flagsOf(t), []string{"STORMKEEP_SMTP_URL=smtp://user:hunter2@"})
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "STORMKEEP_SMTP_URL") {
		t.Errorf("%v", err)
	}
}
