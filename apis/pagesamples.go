package apis

import (
	"github.com/stormkeep/stormkeep/apis/oauth"
)

// samples are the data of an application's pages as they may be: as they are first, with
// all that can be wrong with them, and with what there may be besides. By them a template
// is tried, and shown.
func samples(application string) map[string][]any {
	all := map[string][]any{"login": oauth.LoginSamples(application), "consent": oauth.ConsentSamples(application),
		"message": {notice{Title: "Title", Text: "Text"}, notice{Title: "Title", Text: "Text", More: "More", Code: "code"}}}
	field := func(name, kind string, wrong bool) frontField {
		x := frontField{formField{Name: name, Label: name, Placeholder: name, Required: true, Type: kind}, setupField{ID: name, Value: "value"}, completes[name]}
		if wrong {
			x.Text, x.Focus = "wrong", true
		}
		return x
	}
	form := func(wrong bool, names ...string) *frontForm {
		out := &frontForm{setupForm: &setupForm{values: map[string]string{}, wrong: map[string]string{}, order: names}, Application: application}
		for _, name := range names {
			kind := "text"
			if name == "password" {
				kind = name
			}
			out.Fields = append(out.Fields, field(name, kind, wrong))
			if wrong {
				out.wrong[name] = "wrong"
			}
		}
		if wrong {
			out.Message, out.Notice, out.Said, out.Flow, out.Carry = "message", "notice", "said", "flow", "?flow=flow&next=%2Fa"
		}
		return out
	}
	link := func(wrong bool, action string, names ...string) linkForm {
		out := linkForm{setupForm: &setupForm{wrong: map[string]string{}, order: names}, Address: "ann@example.com", Account: "ann", Action: action}
		if wrong {
			out.Application, out.Notice = application, "notice"
			for _, name := range names {
				out.wrong[name] = "wrong"
			}
		}
		return out
	}
	for _, wrong := range []bool{false, true} {
		all["register"] = append(all["register"], form(wrong, "givenName", "surname", "email", "password"))
		all["forgot"] = append(all["forgot"], form(wrong, "email"))
		all["resend"] = append(all["resend"], form(wrong, "email"))
		all["change"] = append(all["change"], link(wrong, changePath, "password", "confirmPassword"))
		all["verify"] = append(all["verify"], link(wrong, confirmPath, "code", "password"))
	}
	return all
}
