package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestATemplateIsOfAPageThatThereIs(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	id := core.PageTemplateOf(s.app.ID, "login")
	own := func(source string) error {
		return tryChange(w, id, func(p *core.PageTemplate) { p.Source = source })
	}
	wantCode(t, "without pages", own("<p>mine"), "invalid_template")
	paged(w.App)
	wantCode(t, "a bad one", own("mine"), "invalid_template")
	wantCode(t, "none", own(" "), "required")
	wantCode(t, "a long one", own("<p>"+strings.Repeat("a", 33<<10)), "too_long")
	source := func() (text string) {
		w.View(t, func(tx *core.Tx) (err error) {
			text, _, err = core.PageSource(tx, s.app.ID, "login")
			return err
		})
		return text
	}
	if source() != "" {
		t.Error(source())
	}
	ok(t, own("<p>mine"))
	if p, err := get(w, id); err != nil || !p.Own || p.Page != "login" || source() != "<p>mine" || p.Application() != s.app.ID {
		t.Errorf("%+v %v", p, err)
	}
	ok(t, remove(w, id))
	if p, err := get(w, id); err != nil || p.Own || source() != "" {
		t.Errorf("%+v %v", p, err)
	} else if p.Ours(w.App); p.Source != "<p>ours" {
		t.Errorf("%+v", p)
	}
	for _, bad := range []core.ID[core.PageTemplate]{core.PageTemplateOf(s.app.ID, "setup"), core.PageTemplateOf(s.app.ID, ""), "", core.PageTemplateOf("0123456789012345678901", "login")} {
		if _, err := get(w, bad); !core.IsNotFound(err) {
			t.Errorf("%q is there: %v", bad, err)
		}
	}
	w.Sound(t)
}
