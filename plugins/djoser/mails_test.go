package djoser_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/plugins/djoser"
)

func TestAMountHasTextsOfItsOwn(t *testing.T) {
	s := mounted(t, djoser.Old, `{"SITE_NAME":"Shop","DOMAIN":"x.co","PASSWORD_RESET_CONFIRM_URL":"reset?u={uid}&t={token}"}`)
	s.set(t, `{"templates":{"password_reset_email_subject.txt":"{% load i18n %}{% trans 'Forgot,' %}\n {{ user.get_username }}?","password_reset_email_body.txt":"{{ protocol }}://{{ domain }}/{{ url }} {{ uid }} {{ token }} {{ user.email }}"}}`)
	s.join(t, "john", "old", "email", "john@x.co")
	s.call(t, "POST", "/auth/password/reset", "email=john@x.co")
	mails := s.mails(t)
	if len(mails) != 1 || !strings.HasPrefix(mails[0], "john@x.co\nForgot, john?\nhttps://x.co/reset?u=MQ&t=") || !strings.HasSuffix(mails[0], " john@x.co") {
		t.Errorf("%q", mails)
	}
	s.set(t, `{"templates":{"password_reset_email_subject.txt":""}}`)
	s.call(t, "POST", "/auth/password/reset", "email=john@x.co")
	if mails = s.mails(t); len(mails) != 2 || !strings.Contains(mails[1], "\nPassword reset on Shop\n") {
		t.Errorf("%q", mails)
	}
	for body, want := range map[string]string{
		`{"templates":{"password_reset_email_body.txt":"{{ user.password }}"}}`: "{{ user.password }}",
		`{"templates":{"activation.html":"x"}}`:                                 "has no activation.html",
	} {
		if ans := s.Do(t, "", "POST", "/v1/djoserMounts/{mount}", body, nil); ans.Status != 400 || ans.Has(want) != nil {
			t.Errorf("%s: %d %s", body, ans.Status, ans.Body)
		}
	}
}

// Nothing of a request decides where a link leads.
func TestClass14_ALinkLeadsWhereTheSettingsSay(t *testing.T) {
	s := mounted(t, djoser.New, "")
	s.join(t, "john", secret2, "email", "john@x.co")
	s.call(t, "POST", "/auth/users/reset_password/", "email=john@x.co", "Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http")
	mails := s.mails(t)
	if len(mails) != 1 || !strings.Contains(mails[0], "\nhttps://id.example.com/#/password/reset/confirm/MQ/") || strings.Contains(mails[0], "evil") {
		t.Errorf("%q", mails)
	}
}

// A name that holds markup or a line is text in a mail.
func TestClass24_NamesDoNotWriteMails(t *testing.T) {
	s := mounted(t, djoser.New, `{"SITE_NAME":"<b>Shop</b>"}`)
	s.set(t, `{"templates":{"password_reset.html":"{% block subject %}{{ user.first_name }} {{ site_name }}{% endblock %}{% block html_body %}<p>{{ user.first_name }}</p>{{ url }}{% endblock %}"}}`)
	s.set(t, `{"settings":{"REQUIRED_FIELDS":["email","first_name"]}}`)
	s.join(t, "john", secret2, "email", "john@x.co", "first_name", "a\r\nBcc: x@y.co <script>{{ token }}")
	s.call(t, "POST", "/auth/users/reset_password/", "email=john@x.co")
	s.mails(t)
	sent := s.Post.All()
	if len(sent) != 1 || strings.ContainsAny(sent[0].Subject, "\r\n") || strings.Contains(sent[0].HTML, "<script>") || !strings.Contains(sent[0].HTML, "&lt;script&gt;{{ token }}") {
		t.Errorf("%+v", sent)
	}
}
