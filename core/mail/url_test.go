package mail_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/mail"
)

func TestMailServersAreReadFromURLs(t *testing.T) {
	for text, want := range map[string]mail.Config{
		"smtp://mail.example":                       {Host: "mail.example", Security: mail.STARTTLS},
		"smtp://me:p%40ss%2F%23@mail.example:2525":  {Host: "mail.example", Port: 2525, Username: "me", Password: "p@ss/#", Security: mail.STARTTLS},
		"smtp://me%40x.example:pw@mail.example:587": {Host: "mail.example", Port: 587, Username: "me@x.example", Password: "pw", Security: mail.STARTTLS},
		"SMTPS://me@mail.example/":                  {Host: "mail.example", Username: "me", Security: mail.TLS},
		"smtp+opportunistic://mail.example:25":      {Host: "mail.example", Port: 25, Security: mail.Opportunistic},
		"smtp+plain://[::1]:1025":                   {Host: "::1", Port: 1025, Security: mail.Plain},
	} {
		got, err := mail.ParseURL(text)
		if err != nil || got.Host != want.Host || got.Port != want.Port || got.Username != want.Username || got.Password != want.Password || got.Security != want.Security {
			t.Errorf("%s: %s with %q, %v", text, got, got.Password, err)
		}
	}
}

func TestAPortFollowsTheSecurity(t *testing.T) {
	for text, want := range map[string]string{
		"smtp://h": "smtp://h:587", "smtps://u:p@h": "smtps://u@h:465", "smtp+plain://h": "smtp+plain://h:25",
		"smtp+opportunistic://h": "smtp+opportunistic://h:25", "smtp://h:26": "smtp://h:26",
	} {
		if c, err := mail.ParseURL(text); err != nil || c.String() != want {
			t.Errorf("%s: %s, %v", text, c, err)
		}
	}
}

func TestAURLThatIsNoneNeverShowsItsPassword(t *testing.T) {
	for _, text := range []string{
		"", "s3cret", "http://me:s3cret@mail.example", "smtp:me:s3cret@mail.example", "smtp://", "smtp://me:s3cret@", "smtp://me:s3#cret@mail.example",
		"smtp://me:s3/cret@mail.example", "smtp://me:s3?cret@mail.example", "smtp://me:s3cret%@mail.example", "smtp://me:s3cret@mail.example:0",
		"smtp://me:s3cret@mail.example:99999", "smtp://me:s3cret@mail.example:s3cret", "smtp://me:s3cret@mail.example/x", "smtp://mail.example?password=s3cret",
		"smtp://:s3cret@mail.example", "smtp://me:s3cret@mail example", "smtp://me:s3cret@mail.example\r\n", "smtp://mail.example#", "me:s3cret://x",
	} {
		_, err := mail.ParseURL(text)
		if err == nil {
			t.Errorf("%q is a mail server", text)
			continue
		}
		for _, secret := range []string{"s3", "cret"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}
