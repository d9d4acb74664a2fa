package apis

import (
	"slices"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// closed are the codes by which an application says that it takes no accounts now. What
// stands behind them is for its operators.
var closed = map[string]bool{"no_account_store": true, "account_store_disabled": true, "nested_no_account_store": true, "nested_account_store_disabled": true,
	"organization_no_account_store": true, "organization_account_store_disabled": true, "no_stores": true, "organization_no_stores": true,
	"application_disabled": true, "directory_disabled": true, "organization_disabled": true, "group_disabled": true, "tenant_disabled": true}

// told is what an error says in the language of a page. What is known by neither its
// code nor its kind, the error of a plugin's hook, says it in its own words.
func told(l *hosted.Locale, e *core.Error) string {
	if closed[e.Code] {
		return l.Say("register.none")
	}
	names := []string{"error." + e.Code}
	switch e.Kind {
	case core.Limited, core.Unavailable, core.Internal:
		names = append(names, "error."+string(e.Kind))
	}
	for _, name := range names {
		if text, ok := l.Text(name); ok {
			return text
		}
	}
	return e.Msg
}

// toldOf is what an error says of one of its fields, on a form for that purpose. A rule
// that a password breaks is told with what it asks for.
func toldOf(l *hosted.Locale, field, purpose string, e *core.Error) string {
	name := "error." + field + "."
	if e.Fault != nil {
		with := []any{}
		if e.Fault.Need > 0 {
			with = append(with, e.Fault.Need)
		}
		if text, ok := l.Text(name+e.Fault.Rule, with...); ok {
			return text
		}
	}
	name += e.Code
	for _, name := range []string{name + "." + purpose, name, "error." + e.Code} {
		if text, ok := l.Text(name); ok {
			return text
		}
	}
	if len(e.Fields) > 1 {
		return e.Fields[field]
	}
	return e.Msg
}

// atFields says at the fields of a form what an error says of them.
func atFields(v hosted.Visit, f *setupForm, purpose string, e *core.Error) {
	for field := range e.Fields {
		at := field
		if field == "username" && !slices.Contains(f.order, field) { // is the address, where nobody chose one
			if at = "email"; f.wrong[at] != "" {
				continue
			}
		}
		f.wrong[at] = toldOf(v.Locale, at, purpose, e)
	}
}
