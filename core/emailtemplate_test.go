package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail/letter"
)

func TestEveryPurposeHasATemplateWithATextInEveryLanguage(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	for _, name := range core.EmailPurposes() {
		e, err := get(w, core.EmailTemplateOf(d.ID, name))
		if err != nil || e.Name == "" || e.TextBody == "" || e.Own || e.MimeType != "multipart/alternative" {
			t.Errorf("%s: %+v, %v", name, e, err)
			continue
		}
		for _, p := range e.Lint() {
			t.Errorf("%s: %+v", name, p)
		}
		for _, locale := range letter.Locales() {
			if _, got, err := letter.Default(name, locale); err != nil || got != locale {
				t.Errorf("%s in %s: %s, %v", name, locale, got, err)
			}
		}
	}
	for _, id := range []string{string(d.ID), string(d.ID) + "none", "x", string(d.ID)[:21] + "welcome", "0000000000000000000000welcome"} {
		if _, err := get(w, core.ID[core.EmailTemplate](id)); !core.IsNotFound(err) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestATemplateTakesWhatCanBeSent(t *testing.T) {
	type tpl = core.EmailTemplate
	for name, c := range map[string]struct {
		purpose string
		change  func(*tpl)
		want    string
	}{
		"a subject":                     {"passwordReset", func(e *tpl) { e.Subject = "Hi ${account.givenName}" }, ""},
		"no subject":                    {"passwordReset", func(e *tpl) { e.Subject = "" }, "invalid_template"},
		"no name":                       {"passwordReset", func(e *tpl) { e.Name = "" }, "required"},
		"no link":                       {"passwordReset", func(e *tpl) { e.TextBody = "Hi" }, "template_without_link"},
		"no link in HTML":               {"emailVerification", func(e *tpl) { e.HTMLBody = "Hi" }, "template_without_link"},
		"no link where it is not shown": {"emailVerification", func(e *tpl) { e.HTMLBody, e.MimeType = "Hi", "text/plain" }, ""},
		"none is needed":                {"welcome", func(e *tpl) { e.TextBody, e.HTMLBody = "Hi", "Hi" }, ""},
		"script":                        {"welcome", func(e *tpl) { e.HTMLBody = "<script>" }, "invalid_template"},
		"another mime type":             {"welcome", func(e *tpl) { e.MimeType = "text/markdown" }, "unsupported_value"},
		"a sender":                      {"welcome", func(e *tpl) { e.FromName, e.FromEmailAddress = "Shop", "shop@example.com" }, ""},
		"a sender on two lines":         {"welcome", func(e *tpl) { e.FromName = "Shop\r\nBcc: x@example.com" }, "invalid_format"},
		"a sender who is none":          {"welcome", func(e *tpl) { e.FromEmailAddress = "Shop <shop@example.com>" }, "invalid_format"},
		"a link of ours":                {"passwordReset", func(e *tpl) { e.LinkBaseURL = "https://app.example.com/#/reset" }, ""},
		"a link of an app":              {"passwordReset", func(e *tpl) { e.LinkBaseURL = "com.example.app://reset" }, ""},
		"a link of script":              {"passwordReset", func(e *tpl) { e.LinkBaseURL = "javascript:alert(1)//" }, "invalid_format"},
		"a link to nowhere":             {"passwordReset", func(e *tpl) { e.LinkBaseURL = "/reset" }, "invalid_format"},
		"a model of no use":             {"welcome", func(e *tpl) { e.LinkBaseURL = "x" }, ""},
		"a translation": {"welcome", func(e *tpl) {
			e.Translations = map[string]core.EmailText{"fr": {Subject: "S", TextBody: "B", HTMLBody: "<p>B"}}
		}, ""},
		"half a translation": {"passwordReset", func(e *tpl) {
			e.Translations = map[string]core.EmailText{"fr": {Subject: "S", TextBody: "B", HTMLBody: "<p>B"}}
		}, "template_without_link"},
		"a translation to noise": {"welcome", func(e *tpl) {
			e.Translations = map[string]core.EmailText{"f!": {Subject: "S", TextBody: "B", HTMLBody: "<p>B"}}
		}, "invalid_format"},
	} {
		w := newWorld(t)
		d := directory(t, w, "d")
		wantCode(t, name, tryChange(w, core.EmailTemplateOf(d.ID, c.purpose), c.change), c.want)
	}
}

func TestAMailIsInTheLanguageOfWhomItIsFor(t *testing.T) {
	for name, c := range map[string]struct {
		locale string
		change func(*core.EmailTemplate)
		want   string
	}{
		"nothing said":       {``, nil, "Your registration was successful"},
		"German":             {`"de-AT"`, nil, "Ihre Registrierung war erfolgreich"},
		"not there":          {`"fr"`, nil, "Your registration was successful"},
		"no text":            {`{"x":1}`, nil, "Your registration was successful"},
		"their own":          {`"de"`, func(e *core.EmailTemplate) { e.Subject = "Welcome!" }, "Welcome!"},
		"a sender of theirs": {`"de"`, func(e *core.EmailTemplate) { e.FromName = "Shop" }, "Ihre Registrierung war erfolgreich"},
		"translated": {`"de-CH"`, func(e *core.EmailTemplate) {
			e.Subject = "Welcome!"
			e.Translations = map[string]core.EmailText{"de": {Subject: "Grüezi!", TextBody: "x", HTMLBody: "x"}}
		}, "Grüezi!"},
		"translated for others": {`"en"`, func(e *core.EmailTemplate) {
			e.Translations = map[string]core.EmailText{"de": {Subject: "Grüezi!", TextBody: "x", HTMLBody: "x"}}
		}, "Your registration was successful"},
	} {
		sh := newShop(t, newWorld(t))
		if c.locale != "" {
			sh.w.Update(t, func(tx *core.Tx) error {
				return core.MergeCustomData(tx, core.RefTo(sh.ann.ID), custom("locale", c.locale))
			})
		}
		if c.change != nil {
			change(t, sh.w, core.EmailTemplateOf(sh.dir.ID, "welcome"), c.change)
		}
		post(t, sh.w, core.Letter{Template: "welcome", Account: sh.ann})
		if got := sh.w.Post.Wait(t, 1)[0]; got.Subject != c.want {
			t.Errorf("%s: %q", name, got.Subject)
		}
	}
}

func TestTheTokenGoesBeforeAFragment(t *testing.T) {
	for base, want := range map[string]string{
		"":                             "https://id.example.com/passwordReset?sptoken=T",
		"https://app.example.com":      "https://app.example.com?sptoken=T",
		"https://app.example.com/?a=b": "https://app.example.com/?a=b&sptoken=T",
		"https://app.example.com/#/x":  "https://app.example.com/?sptoken=T#/x",
		"com.example.app://reset":      "com.example.app://reset?sptoken=T",
	} {
		sh := newShop(t, newWorld(t))
		change(t, sh.w, core.EmailTemplateOf(sh.dir.ID, "passwordReset"), func(e *core.EmailTemplate) { e.LinkBaseURL = base })
		post(t, sh.w, core.Letter{Template: "passwordReset", Account: sh.ann, Token: "T"})
		got := sh.w.Post.Wait(t, 1)[0]
		if !strings.Contains(got.Text, "\n"+want+"\n") || !strings.Contains(got.HTML, `href="`+strings.ReplaceAll(want, "&", "&amp;")+`"`) {
			t.Errorf("%s: %s %s", base, got.Text, got.HTML)
		}
	}
}

func TestALinkLeadsToTheTenantsOwnBase(t *testing.T) {
	sh := newShop(t, newWorld(t))
	change(t, sh.w, sh.w.Tenant, func(t *core.Tenant) { t.Aliases = []string{"https://login.shop.example"} })
	post(t, sh.w, core.Letter{Template: "emailVerification", Account: sh.ann, Token: "T"})
	if got := sh.w.Post.Wait(t, 1)[0]; !strings.Contains(got.Text, "https://login.shop.example/emailVerificationTokens?sptoken=T") {
		t.Error(got.Text)
	}
}

func TestAPreviewShowsTheMailAndWhatIsWrongWithIt(t *testing.T) {
	sh := newShop(t, newWorld(t))
	e, err := get(sh.w, core.EmailTemplateOf(sh.dir.ID, "passwordReset"))
	ok(t, err)
	e.TextBody += "${acount.email}"
	sh.w.View(t, func(tx *core.Tx) error {
		text, problems, err := e.Preview(tx, sh.ann, "en")
		if err != nil || len(problems) != 1 || problems[0].Serious || !strings.Contains(text.Plain, "Ann@Example.com") || !strings.Contains(text.HTML, "sptoken=xxxx") {
			t.Errorf("%+v %+v %v", text, problems, err)
		}
		e.HTMLBody = `<a href="$!{url}`
		_, problems, err = e.Preview(tx, sh.ann, "en")
		if err != nil || len(problems) == 0 || !problems[len(problems)-1].Serious {
			t.Errorf("%+v %v", problems, err)
		}
		return nil
	})
}

func TestTemplatesGoWithTheirDirectory(t *testing.T) {
	w := newWorld(t)
	d, other := directory(t, w, "d"), directory(t, w, "other")
	for _, name := range []string{"welcome", "passwordReset"} {
		for _, dir := range []*core.Directory{d, other} {
			change(t, w, core.EmailTemplateOf(dir.ID, name), func(e *core.EmailTemplate) { e.Subject = "Mine" })
		}
	}
	ok(t, remove(w, d.ID))
	w.Settle(t)
	w.Sound(t)
	if _, err := get(w, core.EmailTemplateOf(d.ID, "welcome")); !core.IsNotFound(err) {
		t.Error(err)
	}
	if e, err := get(w, core.EmailTemplateOf(other.ID, "welcome")); err != nil || e.Subject != "Mine" || !e.Own {
		t.Errorf("%+v, %v", e, err)
	}
}
