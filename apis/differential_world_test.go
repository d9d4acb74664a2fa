package apis_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// What the random searches are made of: values that are awkward in one way or
// another, lists of each kind, and changes between the searches.

var (
	someNames = []string{"", "Ann", "ann", "ANNA", "Anne-Marie", "Änne", "änne", "a\u0301nne", "Straße", "STRASSE", "İstanbul", "ıspanak",
		"Ａｎｎ", "ﬁnn", "Finn", "日本語", "日本", "💩 x", " lead", "trail ", "a b", "a,b", "100%", "q&a=1+1", "[x", "2015", "*", "a*b", "\x01x", "~", "{b}",
		strings.Repeat("x", 255), strings.Repeat("é", 255), strings.Repeat("ab", 60)}
	somePaths  = []string{"plan", "n", "d", "arr", "mix", "o.p.q", "o.r.s", "o.b.c", "big", "Plan", "o", "none.there"}
	somePlans  = []string{`"free"`, `"Free"`, `"pro"`, `"prö"`, `""`, `"1"`, `"10"`, `"true"`, `"a*"`, `"` + strings.Repeat("long ", 24) + `"`, `"` + strings.Repeat("long ", 25) + `"`, `null`, `true`}
	someNumber = []string{"0", "-0", "1", "10", "100", "1e3", "1000", "1.5", "15e-1", "-7", "-7.25", "0.1", "2015", "2016", "9007199254740993", "9007199254740992", "1234567890123456789"}
	someDates  = []string{"2015", "2015-01", "2015-12-31", "2016-02-29", "2015-02-29", "2016-01-01T00", "2016-01-01T00:00Z", "2016-01-01T00:00:00.000Z",
		"2016-01-01T00:00:00.5", "2015-06-15T12:30:45", "2015-06-15t12:30:45.123z", "20150101", "2015-1-1", "9999", "0000", "1000", "yesterday"}
)

// newRecords fills a server by its API.
func newRecords(t *testing.T, a *apitest.API, seed uint64) *records {
	w := &records{API: a, t: t, rnd: rand.New(rand.NewPCG(seed, 7)), known: map[string]map[string]any{}, lists: map[string][]string{}, forms: map[string]string{}}
	dirs := []string{a.Vars["dir"]}
	dirs = append(dirs, w.make("directories", `{"name":"Cased","usernameCaseSensitive":true,"emailUnique":false,"customDataIndexes":["n","o.r.s"]}`),
		w.make("directories", `{"name":"Small","description":"goes and comes"}`))
	for i := range 160 {
		w.account(dirs[min(i/70, 2)])
		if i%6 == 0 {
			w.group(dirs[min(i/70, 2)])
		}
		if i%8 == 0 {
			w.make("applications", fmt.Sprintf(`{"name":%s,"description":%s}`, js(w.name()+fmt.Sprint(i)), js(w.description(4000))))
		}
	}
	groups := w.list("directories/" + dirs[1] + "/groups")
	for _, store := range []string{groups[0], "directories/" + dirs[1], groups[1]} { // each has accounts of the others
		w.must("POST", "accountStoreMappings", fmt.Sprintf(`{"application":{"href":"%s/applications/%s"},"accountStore":{"href":"%[1]s/%[3]s"}}`, apitest.Base, a.Vars["app"], store))
	}
	for range 120 {
		w.member()
	}
	for range 5 {
		w.must("POST", "accounts/"+a.Vars["ann"]+"/apiKeys", fmt.Sprintf(`{"name":%s,"description":%s}`, js(w.name()), js(w.description(1000))))
	}
	w.lists = map[string][]string{}
	return w
}

func js(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func (w *records) must(method, path, body string) []byte {
	w.t.Helper()
	status, answer := w.call(method, path, body)
	if status >= 300 {
		w.t.Fatalf("%s %s %.300s: %d %s", method, path, body, status, answer)
	}
	return answer
}

// make makes a record, unless its name is taken, and returns its id.
func (w *records) make(list, body string) string {
	w.t.Helper()
	status, answer := w.call("POST", list, body)
	if status >= 300 && status != 409 && status != 400 {
		w.t.Fatalf("%s %.300s: %d %s", list, body, status, answer)
	}
	var made struct{ Href string }
	json.Unmarshal(answer, &made)
	return made.Href[strings.LastIndexByte(made.Href, '/')+1:]
}

func (w *records) name() string { return some(w.rnd, someNames...) }

func (w *records) description(most int) string {
	switch w.rnd.IntN(6) {
	case 0:
		return ""
	case 1:
		return strings.Repeat("Lorem Ipsum é ", most/14) + w.name()[:0]
	}
	return w.name() + " " + w.name()
}

func (w *records) account(dir string) {
	w.made++
	name := w.name()
	if len(name) > 200 {
		name = name[:200] // an even number: no letter is cut
	}
	w.make("directories/"+dir+"/accounts", fmt.Sprintf(`{"username":%s,"email":"p%d@Example.com","givenName":%s,"middleName":%s,"surname":%s,"password":"Passw0rd!","status":%s,"customData":%s}`,
		js(fmt.Sprint(name, w.made)), w.rnd.IntN(1000), js(w.name()), js(some(w.rnd, "", "M", "m")), js(w.name()), js(some(w.rnd, "ENABLED", "ENABLED", "DISABLED", "UNVERIFIED")), w.customData()))
}

func (w *records) group(dir string) {
	w.made++
	w.make("directories/"+dir+"/groups", fmt.Sprintf(`{"name":%s,"description":%s,"status":%s,"customData":%s}`, js(strings.ToValidUTF8(fmt.Sprintf("%.100s%d", w.name(), w.made), "")), js(w.description(1000)),
		js(some(w.rnd, "ENABLED", "DISABLED")), w.customData()))
}

// member puts an account of the second directory into one of its groups.
func (w *records) member() {
	dir := below(w.record(some(w.rnd, w.list(w.dirs())...))["href"].(string))
	accounts, groups := w.list(dir+"/accounts"), w.list(dir+"/groups")
	if len(accounts) > 0 && len(groups) > 0 {
		w.make("groupMemberships", fmt.Sprintf(`{"account":{"href":"%s/%s"},"group":{"href":"%[1]s/%[3]s"}}`, apitest.Base, some(w.rnd, accounts...), some(w.rnd, groups[:min(3, len(groups))]...)))
	}
}

// customData are some members of custom data.
func (w *records) customData() string {
	date := func() string { return js(some(w.rnd, someDates...)) }
	any := func() string {
		return some(w.rnd, some(w.rnd, somePlans...), some(w.rnd, someNumber...), date(), "false")
	}
	all := map[string]json.RawMessage{}
	set := func(name, value string) {
		if w.rnd.IntN(2) == 0 {
			all[name] = json.RawMessage(value)
		}
	}
	set("plan", some(w.rnd, somePlans...))
	set("n", some(w.rnd, someNumber...))
	set("d", date())
	set("mix", any())
	near := any
	if w.rnd.IntN(2) == 0 { // so that a range has more than one of them
		near = func() string { return some(w.rnd, "1", "2", "3", "2", `"a1"`, `"a2"`) }
	}
	set("arr", fmt.Sprintf("[%s,%s,[%s],{}]", near(), near(), near()))
	set("o", fmt.Sprintf(`{"p":{"q":%s},"r":[{"s":%s},{"s":%s},3],"b.c":%s,"b":{"c":%s}}`, any(), any(), any(), any(), any()))
	switch w.rnd.IntN(40) {
	case 0:
		all["big"] = json.RawMessage(`["needle","` + strings.Repeat("hay ", 18_000) + `",7]`)
	case 1, 2, 3:
		all["big"] = json.RawMessage(`["` + strings.Repeat("straw ", 200) + `",8,"needle"]`)
	}
	b, _ := json.Marshal(all)
	return string(b)
}

// change makes one change of some kind.
func (w *records) change() {
	w.Clock.Turn(time.Duration(w.rnd.IntN(5000)) * 7 * time.Minute)
	tenant := "tenants/" + w.Vars["tenant"]
	account := some(w.rnd, w.list(tenant+"/accounts")...)
	group := some(w.rnd, w.list(tenant+"/groups")...)
	dir := some(w.rnd, w.list(w.dirs())...)
	structural := true
	switch w.rnd.IntN(20) {
	case 0, 1:
		w.make(account, fmt.Sprintf(`{"givenName":%s,"surname":%s,"status":%s}`, js(w.name()), js(w.name()), js(some(w.rnd, "ENABLED", "DISABLED"))))
		structural = false
	case 2:
		w.make(account, fmt.Sprintf(`{"username":%s}`, js(fmt.Sprintf("%.30s", w.name()))))
		structural = false
	case 3, 4, 5:
		w.make(some(w.rnd, account, account, group)+"/customData", w.customData())
		structural = false
		w.forget("groups/")
	case 6:
		w.call("DELETE", account+"/customData/"+some(w.rnd, "n", "d", "arr", "o", "big"), "")
		structural = false
	case 7:
		w.call("DELETE", account+"/customData", "")
		structural = false
	case 8:
		w.account(strings.TrimPrefix(dir, "directories/"))
	case 9:
		if account != "accounts/"+w.Vars["own"] && account != "accounts/"+w.Vars["ann"] {
			w.call("DELETE", account, "")
		}
	case 10:
		w.member()
	case 11:
		w.group(strings.TrimPrefix(dir, "directories/"))
	case 12:
		w.make(group, fmt.Sprintf(`{"description":%s}`, js(w.description(1000))))
		w.forget("groups/")
		structural = false
	case 13, 14, 16, 17, 18, 19:
		w.declare(dir)
		structural = false
	case 15:
		if w.rnd.IntN(8) == 0 {
			w.again()
		}
	}
	if w.forget(account); structural {
		w.lists = map[string][]string{}
	}
}

// declare changes which paths of a directory have an index, and at times looks on
// while a job files them.
func (w *records) declare(dir string) {
	var paths []string
	for _, p := range somePaths {
		if w.rnd.IntN(2) == 0 && len(paths) < 10 {
			paths = append(paths, p)
		}
	}
	b, _ := json.Marshal(append([]string{}, paths...))
	w.make(dir, fmt.Sprintf(`{"customDataIndexes":%s,"description":%s}`, b, js(w.description(1000))))
	if w.jobs = w.rnd.IntN(3) > 0; !w.jobs {
		w.Settle(w.t)
	}
	w.forget("directories/")
}

// again deletes a directory with more than a transaction sweeps, and makes it anew.
func (w *records) again() {
	for _, dir := range w.list(w.dirs()) {
		if w.record(dir)["name"] == "Small" {
			w.must("DELETE", dir, "")
		}
	}
	dir := w.make("directories", `{"name":"Small","customDataIndexes":["plan","d"]}`)
	for range 70 {
		w.account(dir)
	}
	w.group(dir)
	w.known = map[string]map[string]any{}
}

// someList is a list that is searched, and the kind of what is in it.
func (w *records) someList() (path, kind string) {
	tenant := "tenants/" + w.Vars["tenant"]
	app := "applications/" + w.Vars["app"]
	dir := some(w.rnd, w.list(w.dirs())...)
	switch w.rnd.IntN(16) {
	case 0, 1:
		return tenant + "/accounts", "accounts"
	case 2:
		return app + "/accounts", "accounts"
	case 3:
		return some(w.rnd, w.list(tenant+"/groups")...) + "/accounts", "accounts"
	case 4:
		return tenant + "/groups", "groups"
	case 5:
		return app + "/groups", "groups"
	case 6:
		return dir + "/groups", "groups"
	case 7:
		return some(w.rnd, w.list(tenant+"/accounts")...) + "/groups", "groups"
	case 8:
		return tenant + "/applications", "applications"
	case 9:
		return tenant + "/directories", "directories"
	case 10:
		return some(w.rnd, dir, "groups/"+w.Vars["grp"], "accounts/"+w.Vars["ann"]) + "/applications", "applications"
	case 11:
		return "accounts/" + w.Vars["ann"] + "/apiKeys", "apiKeys"
	}
	return dir + "/accounts", "accounts"
}

func (w *records) dirs() string { return "tenants/" + w.Vars["tenant"] + "/directories" }
