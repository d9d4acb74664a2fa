package apis_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// finds is a row of a search that finds records with these values of an attribute,
// in this order.
func finds(name, path, attr string, values ...string) row {
	want := w{fmt.Sprintf("size=%d", len(values)), fmt.Sprintf("items.#=%d", len(values))}
	for i, v := range values {
		want = append(want, fmt.Sprintf("items.%d.%s=%s", i, attr, v))
	}
	return row{Name: name, Path: path, Want: want}
}

// refused is a row of a search that is refused.
func refused(name, path string, code int) row {
	return row{Name: name, Path: path, Status: 400, Want: w{fmt.Sprintf("code=%d", code)}}
}

// people is an API with directory people of four accounts, one made each day at noon
// from 2026-11-21 on, and two groups.
func people(t testing.TB) *apitest.API {
	t.Helper()
	a := api(t)
	made := func(keep, path, body string) {
		t.Helper()
		ans := a.Do(t, apitest.Owner, "POST", path, body, nil)
		if ans.Status != 201 {
			t.Fatalf("%s: %d %s", body, ans.Status, ans.Body)
		}
		a.Vars[keep] = ans.Value("href").(string)[len(ans.Value("href").(string))-22:]
	}
	made("people", "/v1/directories", `{"name":"People","description":"Who is searched"}`)
	for i, p := range []string{
		`"username":"ada","email":"Ada@Example.com","givenName":"Ada","middleName":"King","surname":"Lovelace","customData":{"plan":"Pro","n":5,"born":"1815-12-10","tags":["math","code"],"a":{"b":{"c":true}}}`,
		`"username":"bob","email":"bob@example.com","givenName":"Bob","surname":"Straße","status":"DISABLED","customData":{"plan":"free","n":10,"born":"1990","tags":["code",7]}`,
		`"username":"cem","email":"cem@example.com","givenName":"Änne","surname":"Ångström","customData":{"plan":"prospect","n":1.5,"born":"1990-06-01T12:00Z","N":5,"tags":[]}`,
		`"username":"zoe","email":"zoe@example.com","givenName":"Zoe a","surname":"lovelace","status":"UNVERIFIED","customData":{"plan":"1","n":"5","a":[{"b":{"c":"x"}},{"b":{"c":"y"}}]}`,
	} {
		made(strings.Split(p, `"`)[3], "/v1/directories/{people}/accounts", `{`+p+`,"password":"Passw0rd!"}`)
		if i == 0 {
			made("team", "/v1/directories/{people}/groups", `{"name":"Team A","description":"the first","customData":{"n":1}}`)
			made("crew", "/v1/directories/{people}/groups", `{"name":"Crew","status":"DISABLED"}`)
		}
		a.Clock.Turn(24 * time.Hour)
	}
	for _, pair := range [][2]string{{"zoe", "team"}, {"ada", "team"}, {"ada", "crew"}} {
		made("", "/v1/groupMemberships", fmt.Sprintf(`{"account":{"href":"{base}/accounts/{%s}"},"group":{"href":"{base}/groups/{%s}"}}`, pair[0], pair[1]))
	}
	return a
}

const inPeople = "/v1/directories/{people}/accounts?"

func TestSearchesByAttributes(t *testing.T) {
	find := func(name, query string, who ...string) row { return finds(name, inPeople+query, "username", who...) }
	esc := url.QueryEscape
	people(t).Run(t, []row{
		find("the exact value, in any case", "givenName=ADA", "ada"),
		find("a part is not the value", "givenName=ad"),
		find("the beginning", "surname=LOVE*", "ada", "zoe"),
		find("the end", "surname=*lace", "ada", "zoe"),
		find("any part", "surname=*OV*", "ada", "zoe"),
		find("a star in the middle is one", "surname=l*e"),
		find("a star alone fits all, also who has none", "middleName=*", "ada", "bob", "cem", "zoe"),
		find("by an index, exact", "username=BOB", "bob"),
		find("by an index, the beginning", "email=a*", "ada"),
		find("by an index, the end", "email=*M", "ada", "bob", "cem", "zoe"),
		find("letters that are folded", "surname="+esc("STRASSE"), "bob"),
		find("letters that are composed", "surname="+esc("a\u030angstro\u0308m"), "cem"),
		find("letters in the other case", "givenName="+esc("ä*"), "cem"),
		find("a plus is a space", "givenName=zoe+a", "zoe"),
		find("%20 is a space", "givenName=zoe%20A", "zoe"),
		find("the same parameter twice", "givenName=Ada&givenName=Ada", "ada"),
		refused("two values of one parameter", inPeople+"givenName=Ada&givenName=Bob", 2103),
		find("several attributes are all asked for", "surname=lovelace&givenName=ada", "ada"),
		find("and all must fit", "surname=lovelace&givenName=bob"),

		find("q looks everywhere", "q=LOVE", "ada", "zoe"),
		find("q looks into e-mails", "q=@example", "ada", "bob", "cem", "zoe"),
		find("q looks into middle names", "q=king", "ada"),
		find("q does not join attributes", "q=adaLove"),
		find("q does not know the status", "q=DISABLED"),
		find("q takes no star", "q=love*"),
		find("q of letters that are folded", "q=SS", "bob"),
		find("an empty q asks for nothing", "q=", "ada", "bob", "cem", "zoe"),
		find("q of a NUL, which no text has", "q=%00"),
		find("q and an attribute and a range", "q=love&status=unverified&createdAt=[2026-11-22,]", "zoe"),
		find("q and an attribute that do not meet", "q=love&status=disabled"),

		find("the status, in any case", "status=disabled", "bob"),
		find("ENABLED does not begin DISABLED", "status=Enabled", "ada", "cem"),
		refused("a part of a status", inPeople+"status=ENABLE*", 2105),
		refused("a status that is none", inPeople+"status=asleep", 2105),

		refused("an unknown attribute is 2105 (safe choice of 2.8)", inPeople+"nmae=x", 2105),
		refused("an attribute in another case", inPeople+"givenname=x", 2105),
		refused("an attribute that is not searched", inPeople+"fullName=x", 2105),
		refused("a group's attribute", inPeople+"description=x", 2105),
		refused("an empty value is 2101", inPeople+"givenName=", 2101),
		refused("an empty time is 2101", inPeople+"createdAt=", 2101),
		refused("a malformed query", inPeople+"givenName=%zz", 2100),
	})
}

func TestSearchesByTime(t *testing.T) {
	find := func(name, query string, who ...string) row { return finds(name, inPeople+query, "username", who...) }
	people(t).Run(t, []row{
		find("a year", "createdAt=2026", "ada", "bob", "cem", "zoe"),
		find("another year", "createdAt=2025"),
		find("a month", "createdAt=2026-11", "ada", "bob", "cem", "zoe"),
		find("a day", "createdAt=2026-11-22", "bob"),
		find("an hour", "createdAt=2026-11-22T12", "bob"),
		find("the hour before", "createdAt=2026-11-22T11"),
		find("a minute", "createdAt=2026-11-22T12:00Z", "bob"),
		find("a second", "createdAt=2026-11-22T12:00:00", "bob"),
		find("a millisecond", "createdAt=2026-11-22T12:00:00.000Z", "bob"),
		find("the next", "createdAt=2026-11-22T12:00:00.001Z"),
		find("both ends with the range", "createdAt=[2026-11-22T12:00,2026-11-23T12:00:00.000Z]", "bob", "cem"),
		find("the first end without", "createdAt=(2026-11-22T12:00,2026-11-23T12:00]", "cem"),
		find("the last end without", "createdAt=[2026-11-22T12:00,2026-11-23T12:00)", "bob"),
		find("both without", "createdAt=(2026-11-22T12:00,2026-11-23T12:00)"),
		find("a bound of reduced precision is the start of its unit (safe choice of 2.8)", "createdAt=[2026-11-22,2026-11-24]", "bob", "cem"),
		find("no end", "createdAt=[2026-11-23,]", "cem", "zoe"),
		find("no beginning", "createdAt=[,2026-11-23)", "ada", "bob"),
		find("a space after the comma", "createdAt=[2026-11-22,%202026-11-23)", "bob"),
		find("a plus after the comma", "createdAt=[2026-11-22,+2026-11-23)", "bob"),
		find("brackets that are escaped", "createdAt=%5B2026-11-22%2C2026-11-23%29", "bob"),
		find("one date in brackets", "createdAt=[2026-11-22]", "bob"),
		find("the time of a change", "modifiedAt=2026-11-24", "zoe"),
		find("two times", "modifiedAt=2026-11&createdAt=(2026-11-23,]", "cem", "zoe"),
		find("the time of a password", "passwordModifiedAt=2026-11-21", "ada"),
		refused("a day that is none", inPeople+"createdAt=2026-02-30", 2103),
		refused("a range that is none", inPeople+"createdAt=[2026-11-22", 2103),
		refused("a range of words", inPeople+"createdAt=[a,b]", 2103),
		refused("an end before the start", inPeople+"createdAt=[2026-11-23,2026-11-22]", 2108),
	})
}

func TestSearchesByCustomData(t *testing.T) {
	find := func(name, query string, who ...string) row { return finds(name, inPeople+query, "username", who...) }
	rows := []row{
		find("text in any case", "customData.plan=pro", "ada"),
		find("the beginning of text", "customData.plan=PRO*", "ada", "cem"),
		find("the end of text", "customData.plan=*o", "ada"),
		find("a part of text", "customData.plan=*r*", "ada", "bob", "cem"),
		find("whatever there is", "customData.born=*", "ada", "bob", "cem"),
		find("a number, or text of its digits", "customData.n=5", "ada", "zoe"),
		find("a number written in another way", "customData.n=10.0", "bob"),
		find("numbers by their digits", "customData.n=1*", "bob", "cem"),
		find("a range of numbers", "customData.n=[1,5]", "ada", "cem"),
		find("an open range", "customData.n=(1.5,10)", "ada"),
		find("a range without an end", "customData.n=[5,]", "ada", "bob"),
		find("a range without a beginning", "customData.n=(,5)", "cem"),
		find("the case of a path is exact", "customData.N=5", "cem"),
		find("a range of dates", "customData.born=[1990,1991)", "bob", "cem"),
		find("dates to the minute", "customData.born=(1990-01-01,1990-06-01T12:00]", "cem"),
		find("a year in brackets", "customData.born=[1815]", "ada"),
		find("no shorthand: the value is the literal", "customData.born=1990", "bob"),
		find("nor a month", "customData.born=1990-06"),
		find("arrays match by element (safe choice of 2.8)", "customData.tags=code", "ada", "bob"),
		find("an element that is a number", "customData.tags=[7,7]", "bob"),
		find("a nested path", "customData.a.b.c=true", "ada"),
		find("through an array", "customData.a.b.c=Y", "zoe"),
		find("an object is no value", "customData.a=*"),
		find("a path that leads nowhere", "customData.a.x.c=*"),
		find("with q and the status", "customData.n=5&q=love&status=enabled", "ada"),
		refused("an empty value is 2101", inPeople+"customData.plan=", 2101),
		refused("no path", inPeople+"customData.=x", 2105),
		refused("the data as a whole", inPeople+"customData=x", 2105),
		refused("a range of words", inPeople+"customData.plan=[a,b]", 2103),
		refused("a range without ends", inPeople+"customData.n=[,]", 2103),
		refused("numbers that end before they start", inPeople+"customData.n=[5,1]", 2108),
		refused("dates that end before they start", inPeople+"customData.born=[2016-01,2015-01]", 2108),
		refused("of keys, which have none", "/v1/accounts/{ann}/apiKeys?customData.a=1", 2105),
		{Name: "after a change", Path: "/v1/accounts/{bob}/customData", Body: `{"plan":"pro"}`, Events: w{"customData.update"}},
		find("the new value is found at once", "customData.plan=pro", "ada", "bob"),
		find("the old one no more", "customData.plan=free"),
		{Name: "after a deletion", Method: "DELETE", Path: "/v1/accounts/{bob}/customData/plan", Status: 204, Events: w{"customData.update"}},
		find("the value is gone", "customData.plan=pro", "ada"),
	}
	people(t).Run(t, rows)
	t.Run("declared", func(t *testing.T) { // the answers are the same by an index
		a := people(t)
		a.Do(t, apitest.Owner, "POST", "/v1/directories/{people}", `{"customDataIndexes":["plan","n","born","tags","a.b.c","a"]}`, nil)
		a.Settle(t)
		a.Run(t, rows)
		a.Sound(t)
	})
}

func TestOrderBy(t *testing.T) {
	in := func(name, order string, who ...string) row {
		return finds(name, inPeople+"orderBy="+order, "username", who...)
	}
	people(t).Run(t, []row{
		in("by an index", "username", "ada", "bob", "cem", "zoe"),
		in("by an index, backwards", "username+desc", "zoe", "cem", "bob", "ada"),
		in("ties are in the order of making", "surname", "ada", "zoe", "bob", "cem"),
		in("two attributes", "surname,username%20desc", "zoe", "ada", "bob", "cem"),
		in("in any case", "givenName%20DESC", "cem", "zoe", "bob", "ada"),
		in("who has none comes first (safe choice of 2.7)", "middleName", "bob", "cem", "zoe", "ada"),
		in("and last, backwards", "middleName+desc", "ada", "bob", "cem", "zoe"),
		in("the time of making", "createdAt+desc", "zoe", "cem", "bob", "ada"),
		in("the status", "status,username", "bob", "ada", "cem", "zoe"),
		in("numbers as numbers, before text", "customData.n", "cem", "ada", "bob", "zoe"),
		in("backwards", "customData.n+desc", "zoe", "bob", "ada", "cem"),
		in("an array by its first element", "customData.tags,username", "cem", "zoe", "bob", "ada"),
		in("a nested path", "customData.a.b.c+desc", "zoe", "ada", "bob", "cem"),
		in("an empty order is none", "", "ada", "bob", "cem", "zoe"),
		finds("with a filter", inPeople+"q=love&orderBy=username+desc", "username", "zoe", "ada"),
		{Name: "a page of it", Path: inPeople + "orderBy=username+desc&limit=2&offset=1", Want: w{"size=4", "items.#=2", "items.0.username=cem", "items.1.username=bob", "limit=2", "offset=1", "href={base}/directories/{people}/accounts"}},
		{Name: "a page of a sort", Path: inPeople + "orderBy=surname&limit=2&offset=3", Want: w{"size=4", "items.#=1", "items.0.username=cem", "href={base}/directories/{people}/accounts"}},
		{Name: "beyond the end", Path: inPeople + "orderBy=surname&offset=4", Want: w{"size=4", "items=[]"}},
		{Name: "far beyond the end", Path: inPeople + "orderBy=username&offset=9223372036854775807", Want: w{"size=4", "items=[]", "offset=9223372036854775807"}},
		refused("neither asc nor desc", inPeople+"orderBy=surname+up", 2104),
		refused("nothing between commas", inPeople+"orderBy=surname,,username", 2104),
		refused("an attribute that is none", inPeople+"orderBy=nmae", 2106),
		refused("custom data of keys", "/v1/accounts/{ann}/apiKeys?orderBy=customData.a", 2106),
		refused("a list that is not ordered", "/v1/groups/{team}/accountMemberships?orderBy=createdAt", 2106),
	})
}
