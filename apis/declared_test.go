package apis_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestWhichPathsADirectoryMayDeclare(t *testing.T) {
	const path = "/v1/directories/{dir}"
	changed := w{"directory.update"}
	eleven := `["a","b","c","d","e","f","g","h","i","j","k"]`
	declare := func(name, paths string) row {
		return row{Name: name, Path: path, Body: `{"customDataIndexes":` + paths + `}`, Want: w{"customDataIndexes=" + paths}, Events: changed}
	}
	refuse := func(name, paths string, code int) row {
		return row{Name: name, Path: path, Body: `{"customDataIndexes":` + paths + `}`, Status: 400, Want: w{fmt.Sprintf("code=%d", code), "customDataIndexes"}}
	}
	each(t, []row{
		{Name: "none by default", Path: path, Want: w{"customDataIndexes=[]"}, Not: w{"customDataReady", "declared"}},
		{Name: "when it is made", Path: "/v1/directories", Body: `{"name":"D","customDataIndexes":["plan"]}`, Status: 201, Want: w{`customDataIndexes=["plan"]`}, Events: w{"directory.create"}},
		declare("a key", `["plan"]`),
		declare("a path", `["address.city","a.b.c.d"]`),
		declare("nested names are free", `["a.b c","a.é"]`),
		declare("ten", strings.Replace(eleven, `,"k"`, "", 1)),
		declare("255 characters", `["`+strings.Repeat("x", 255)+`"]`),
		{Name: "none again", Path: path, Body: `{"customDataIndexes":[]}`, Want: w{"customDataIndexes=[]"}},
		{Name: "null is none", Path: path, Body: `{"customDataIndexes":null}`, Want: w{"customDataIndexes=[]"}},
		refuse("eleven", eleven, 2010),
		refuse("256 characters", `["`+strings.Repeat("x", 256)+`"]`, 2008),
		refuse("twice", `["a","a"]`, 2002),
		refuse("an empty path", `[""]`, 2006),
		refuse("an empty name at the end", `["a."]`, 2006),
		refuse("an empty name at the beginning", `[".a"]`, 2006),
		refuse("an empty name between", `["a..b"]`, 2006),
		refuse("a key that none may be", `["a b.c"]`, 2006),
		refuse("with the prefix of a query", `["customData.plan","customData.plan"]`, 2002),
		refuse("a NUL", `["a.\u0000"]`, 2002),
		refuse("no text", `[1]`, 2004),
		refuse("no list", `"plan"`, 2004),
	})
}

// An index is built by a job; what is found never depends on it.
func TestAnswersAreTheSameBeforeAndAfterAnIndex(t *testing.T) {
	db := mem.Open()
	a := apitest.On(t, db)
	post := func(path, body string) {
		t.Helper()
		if ans := a.Do(t, apitest.Owner, "POST", path, body, nil); ans.Status > 201 {
			t.Fatalf("%s %s: %d %s", path, body, ans.Status, ans.Body)
		}
	}
	for i := range 30 {
		post("/v1/directories/{dir}/groups", fmt.Sprintf(`{"name":"g%02d","customData":{"n":%d,"tags":[%d,"t%d",%[1]d],"at":"2015-%02[5]d"}}`, i, i, i%3, i%5, i%12+1))
	}
	queries := []string{"customData.n=[5,9]", "customData.n=(5,9)", "customData.n=7", "customData.tags=t1", "customData.tags=T*", "customData.tags=[0,2]", "customData.tags=*1",
		"customData.at=[2015-03,2015-05]", "customData.at=(2015-03,)", "customData.n=[0,20]&customData.tags=[1,1]&q=g1", "customData.tags=t2&orderBy=customData.n+desc"}
	answers := func() (all []string) {
		for _, q := range queries {
			ans := a.Get(t, "/v1/directories/{dir}/groups?limit=100&"+q)
			var found struct {
				Size  int
				Items []struct{ Name string }
			}
			if err := json.Unmarshal(ans.Body, &found); err != nil || found.Size != len(found.Items) {
				t.Fatalf("%s: %v: %s", q, err, ans.Body)
			}
			all = append(all, fmt.Sprint(q, " ", found))
		}
		return all
	}
	want := answers()
	same := func(when string) {
		t.Helper()
		for i, got := range answers() {
			if got != want[i] {
				t.Errorf("%s: %s\nwant %s", when, got, want[i])
			}
		}
	}
	entries := func() int { return len(coretest.Holding(t, db, ".=/")) }
	declare := func(paths string) { t.Helper(); post("/v1/directories/{dir}", `{"customDataIndexes":`+paths+`}`) }

	declare(`["n","tags","at"]`)
	same("while the job runs")
	if a.Settle(t); entries() == 0 {
		t.Error("nothing is filed")
	}
	same("by the index")
	a.Sound(t)

	declare(`["n"]`)
	a.Settle(t)
	same("by one index")
	a.Sound(t)
	if some := coretest.Holding(t, db, "tags\x00"); len(some) == 0 || strings.Contains(some[0], ".=/") {
		t.Errorf("what is not declared is still filed: %q", some)
	}

	// What changes while a path is not declared is not filed under it, and what was
	// filed must not come back.
	declare(`[]`)
	group := a.Get(t, "/v1/directories/{dir}/groups?name=g07").Value("items.0.href").(string)
	a.Vars["g"] = group[len(group)-22:]
	post("/v1/groups/{g}/customData", `{"n":1000}`)
	declare(`["n"]`)
	a.Settle(t)
	a.Run(t, []row{
		finds("by its old value", "/v1/directories/{dir}/groups?customData.n=7", "name"),
		finds("by its new value", "/v1/directories/{dir}/groups?customData.n=[1000,]", "name", "g07"),
	})
	a.Sound(t)

	declare(`["n","tags","at","none"]`)
	if ans := a.Do(t, apitest.Owner, "DELETE", "/v1/directories/{dir}", "", nil); ans.Status != 204 {
		t.Fatal(string(ans.Body))
	}
	a.Settle(t)
	if n := entries(); n != 0 {
		t.Errorf("the directory is gone, and %d entries are left", n)
	}
	a.Sound(t)
}

// Whatever custom data hold and whatever is asked of them: an index finds what a
// pass over all finds, and an order changes no number.
func FuzzCustomDataSearch(f *testing.F) {
	for _, s := range [][3]string{{`"pro"`, "a", "p*"}, {`5`, "a", "[1,5]"}, {`{"b":[1,{"c":true}]}`, "a.b.c", "true"}, {`["2015","2016-01-01T00:00Z",7]`, "a", "[2015,2016)"},
		{`"\u0000"`, "a", "\x00*"}, {`{"":{"":1}}`, "a..", "1"}, {`1e400`, "a", "[5,]"}, {`[1e400,-0,"-0"]`, "a", "-0"}, {`9007199254740993`, "a", "9007199254740992"},
		{`"` + strings.Repeat("é", 70) + `"`, "a", strings.Repeat("É", 60) + "*"}, {`"ß"`, "a", "S*"}, {`{"b.c":1}`, "a.b.c", "1"}, {`"\ud800"`, "a", "\ufffd"}, {`[[[true]]]`, "a", "t*"}} {
		f.Add(s[0], s[1], s[2])
	}
	a := apitest.New(f)
	a.Check = nil
	for _, name := range []string{"plain", "filed"} {
		ans := a.Do(f, apitest.Owner, "POST", "/v1/directories", `{"name":"`+name+`"}`, nil)
		a.Vars[name] = ans.Value("href").(string)[len(ans.Value("href").(string))-22:]
		ans = a.Do(f, apitest.Owner, "POST", "/v1/directories/{"+name+"}/groups", `{"name":"g"}`, nil)
		a.Vars[name+"g"] = ans.Value("href").(string)[len(ans.Value("href").(string))-22:]
	}
	f.Fuzz(func(t *testing.T, data, path, value string) {
		declared, _ := json.Marshal([]string{path})
		if ans := a.Do(t, apitest.Owner, "POST", "/v1/directories/{filed}", `{"customDataIndexes":`+string(declared)+`}`, nil); ans.Status != 200 {
			return
		}
		top, _, _ := strings.Cut(path, ".")
		var sizes, ordered [2]any
		for _, name := range []string{"plain", "filed"} {
			if a.Do(t, apitest.Owner, "DELETE", "/v1/groups/{"+name+"g}/customData", "", nil).Status != 204 {
				t.Fatal("not emptied")
			}
			if ans := a.Do(t, apitest.Owner, "POST", "/v1/groups/{"+name+"g}/customData", `{"`+top+`":`+data+`}`, nil); ans.Status != 200 {
				return
			}
		}
		a.Settle(t)
		query := url.QueryEscape("customData."+path) + "=" + url.QueryEscape(value)
		for i, name := range []string{"plain", "filed"} {
			sizes[i] = a.Do(t, apitest.Owner, "GET", "/v1/directories/{"+name+"}/groups?"+query, "", nil).Value("size")
			ordered[i] = a.Do(t, apitest.Owner, "GET", "/v1/directories/{"+name+"}/groups?orderBy=name,"+url.QueryEscape("customData."+strings.ReplaceAll(path, ",", ""))+"&"+query, "", nil).Value("size")
		}
		if sizes[0] != sizes[1] {
			t.Fatalf("%q of %q at %q: %v, and %v by an index", value, data, path, sizes[0], sizes[1])
		}
		if path != "" && !strings.ContainsAny(path, ", \t\n\v\f\r\u0085\u00a0") && ordered[0] != ordered[1] {
			t.Fatalf("%q of %q at %q in order: %v, and %v by an index", value, data, path, ordered[0], ordered[1])
		}
	})
}
