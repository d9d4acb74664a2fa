package hosted

import (
	"strings"
	"testing"
)

func TestTheMaskOfATemplateKeepsItsLines(t *testing.T) {
	source := "<p>{{if\n.A}}\n<b class=\"{{.B}}\">{{end}}\n\x1a<script>"
	got := mask(source)
	if strings.Count(got, "\n") != strings.Count(source, "\n") || strings.Contains(got, ".A") || strings.Contains(got, "\x1a<script") {
		t.Errorf("%q", got)
	}
	if err := checkMarkup(got, masked); err == nil || !strings.HasPrefix(err.Error(), "line 4:") {
		t.Errorf("%v", err)
	}
}

// A form is where it must be, has what it must have, and leads where ours does.
func TestAFormThatLacksSomethingIsSaid(t *testing.T) {
	seen := shown{Form: "T", Data: flows("F")}
	const ok = `<form method="post" action="/login"><input name="csrfToken" value="T"><input name="flow" value="F"><input name="login"><input name="password"></form>`
	for text, says := range map[string]string{
		ok: "",
		strings.Replace(ok, `value="T"`, `value="U"`, 1):              "csrfToken",
		strings.Replace(ok, `name="login"`, `name="user"`, 1):         "an input called login",
		strings.Replace(ok, `value="F"`, ``, 1):                       "the flow",
		strings.Replace(ok, `value="F"`, ``, 1) + `<input value="F">`: "the flow",
		strings.Replace(ok, "/login", "/logout", 1):                   `leads to "/logout"`,
		strings.Replace(ok, "post", "get", 1):                         "sent by POST",
		strings.Replace(ok, `method="post"`, ``, 1):                   "sent by POST",
		ok + ok: "one form",
		"":      "the form is missing",
	} {
		found := &form{token: seen.Form}
		err := checkMarkup(text, found.see)
		if err == nil {
			err = found.lacks("login", seen)
		}
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
}

type flows string

// FormFlow is itself.
func (f flows) FormFlow() string { return string(f) }
