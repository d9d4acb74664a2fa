package apis_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// The owner hears of a sign-in at a page from a browser that the account does not know,
// once it knows one; never of an application's attempts, which come from no browser.
func TestTheOwnerHearsOfAnotherBrowser(t *testing.T) {
	const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
	f := newFront(t)
	app := f.Application(t, "My Application")
	home, away, own := f.Browser(), f.Browser(), f.Browser()
	page := func(b *apitest.Browser, password string) func() {
		return func() {
			delete(b.Cookies, "session")
			b.Get(t, "/login")
			form := "csrfToken=" + b.Hidden.Get("csrfToken") + "&login=ann.lee@example.com&password=" + password
			in := b.Send(t, http.MethodPost, "/login", form, map[string]string{"User-Agent": firefox})
			if (in.Status == http.StatusFound) != (password == coretest.Password) {
				t.Errorf("%d %s", in.Status, in.Text)
			}
		}
	}
	attempt := func() {
		value := base64.StdEncoding.EncodeToString([]byte("ann.lee@example.com:" + coretest.Password))
		if ans := f.Do(t, "", http.MethodPost, "/v1/applications/"+string(app.ID)+"/loginAttempts", `{"type":"basic","value":"`+value+`"}`, nil); ans.Status != 200 {
			t.Errorf("%d %s", ans.Status, ans.Body)
		}
	}
	told := func() (texts []string) {
		f.Settle(t)
		for _, m := range f.Post.All() {
			if strings.Contains(m.Subject, "new device") {
				texts = append(texts, m.Text)
			}
		}
		return texts
	}
	for _, c := range []struct {
		name  string
		do    func()
		mails int // in all
	}{
		{"an application, before", attempt, 0},
		{"the first", page(home, coretest.Password), 0},
		{"the same", page(home, coretest.Password), 0},
		{"an application", attempt, 0},
		{"another, wrong", page(away, "wrong"), 0},
		{"another", page(away, coretest.Password), 1},
		{"that one again", page(away, coretest.Password), 1},
		{"the first again", page(home, coretest.Password), 1},
		{"a third", page(own, coretest.Password), 2},
	} {
		c.do()
		all := told()
		if len(all) != c.mails {
			t.Fatalf("%s: %d mails, want %d", c.name, len(all), c.mails)
		}
		for _, text := range all {
			if !strings.Contains(text, "ann.lee@example.com") || !strings.Contains(text, "before: Firefox, Linux, from the address 0.0.0.0.") {
				t.Errorf("%s: %s", c.name, text)
			}
		}
	}
}
