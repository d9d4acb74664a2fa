package apis_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// lax takes every template, as nothing does.
type lax struct{ core.PageRules }

// TemplateProblem finds nothing.
func (lax) TemplateProblem(string, string) string { return "" }

func TestATemplateTakesThePlaceOfAPage(t *testing.T) {
	f := newFront(t)
	app := string(f.Application(t, "My Application").ID)
	put := func(page, source string) (int, string) {
		body, err := json.Marshal(map[string]string{"page": page, "source": source})
		if err != nil {
			t.Fatal(err)
		}
		ans := f.Do(t, "", http.MethodPost, "/v1/applications/"+app+"/pageTemplates", string(body), nil)
		return ans.Status, string(ans.Body)
	}
	for _, page := range core.PageNames {
		ours, _ := f.Do(t, "", http.MethodGet, "/v1/pageTemplates/"+app+page, "", nil).Value("source").(string)
		if !strings.Contains(ours, "<main>") {
			t.Errorf("%s: ours is %q", page, ours)
		}
		if status, body := put(page, ours); status != 201 {
			t.Errorf("%s: ours is refused: %d %s", page, status, body)
		}
		bad := strings.Replace(ours, "</main>", "\n<script>alert(1)</script></main>", 1)
		if status, body := put(page, bad); status != 400 || !strings.Contains(body, `line `) {
			t.Errorf("%s: %d %s", page, status, body)
		}
		if !strings.Contains(ours, "<form") {
			continue
		}
		for _, without := range []string{`{{template "form" .}}`, ` method="post"`, `name="login"`, `{{range .Data.Fields}}`, `value="deny"`, `{{.Data.Action}}" data-once`} {
			if bad := strings.Replace(ours, without, "", 1); bad != ours && without != `{{range .Data.Fields}}` {
				if status, body := put(page, bad); status != 400 {
					t.Errorf("%s without %s: %d %s", page, without, status, body)
				}
			}
		}
	}
	ours, _ := f.Do(t, "", http.MethodGet, "/v1/pageTemplates/"+app+"login", "", nil).Value("source").(string)
	if status, body := put("login", strings.Replace(ours, `<main>`, `<main><p class="mine">Welcome, stranger.</p>`, 1)); status != 201 {
		t.Fatalf("%d %s", status, body)
	}
	shows(t, "mine", f.Browser().Get(t, "/login"), 200, "Welcome, stranger.", `action="/login"`)
	if status, body := put("setup", "<main></main>"); status != 400 {
		t.Errorf("%d %s", status, body)
	}
	rules := f.App.Pages
	f.App.Pages = lax{rules}
	for _, bad := range []string{`{{.Data.Zebra}}`, `<script>`, `<main>no form</main>`, `{{`} {
		if status, body := put("login", bad); status != 201 {
			t.Fatalf("%d %s", status, body)
		}
		shows(t, "one that fails", f.Browser().Get(t, "/login"), 200, `name="login" type="text"`)
	}
	f.App.Pages = rules
	if ans := f.Do(t, "", http.MethodDelete, "/v1/pageTemplates/"+app+"login", "", nil); ans.Status != 204 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
	if p := f.Browser().Get(t, "/login"); strings.Contains(p.Text, "stranger") {
		t.Error("it stays")
	}
}

func TestAPageIsShownBeforeItIsKept(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "ours, as it is first", Path: "/v1/pageTemplates/{app}login/preview", Body: `{}`, Want: w{"problems.#=0", `\u003cmain\u003e`}, Not: w{"wrong"}},
		{Name: "with all that can stand on it, in German", As: "console", Path: "/v1/pageTemplates/{app}login/preview", Body: `{"full":true,"locale":"de"}`, Want: w{"problems.#=0", "wrong", `html lang=\"de\"`}},
		{Name: "of one's own", As: "console admin", Path: "/v1/pageTemplates/{app}message/preview", Body: `{"source":"<main>Mine: {{.Data.Title}}</main>"}`, Want: w{"problems.#=0", "Mine: Title"}},
		{Name: "of what is refused, with its line", Path: "/v1/pageTemplates/{app}message/preview", Body: `{"source":"<main>\n<script>x</script></main>"}`, Want: w{"html=", "problems.0.line=2", "problems.0.part=source", "problems.0.serious=true"}},
		{Name: "of what cannot be read", Path: "/v1/pageTemplates/{app}message/preview", Body: `{"source":"<main>\n\n{{.Data.Nothing}}</main>"}`, Want: w{"html=", "problems.0.line=3"}},
		{Name: "by who may not keep it", As: "console auditor", Path: "/v1/pageTemplates/{app}login/preview", Body: `{}`, Status: 403},
		{Name: "by support", As: "console support", Path: "/v1/pageTemplates/{app}login/preview", Body: `{}`, Status: 403},
		{Name: "of no page", Path: "/v1/pageTemplates/{app}setup/preview", Body: `{}`, Status: 404},
		{Name: "of another tenant's", Path: "/v1/pageTemplates/{otherapp}login/preview", Body: `{}`, Status: 404},
		{Name: "nothing was kept", Path: "/v1/pageTemplates/{app}message", Want: w{"customized=false"}},
	})
}
