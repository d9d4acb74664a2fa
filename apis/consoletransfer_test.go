package apis_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

const importsPath = "/console/api/imports"

// recordsIn is a body of them.
func recordsIn(all ...string) string {
	b, _ := json.Marshal(map[string]any{"records": all})
	return string(b)
}

// begun begins an import of a table of e-mails and surnames, and returns its path.
func begun(t *testing.T, a *apitest.API, as, more string) string {
	t.Helper()
	ans := a.Do(t, as, "POST", importsPath, `{"directory":"{dir}","comma":",","columns":["email","surname"]`+more+`}`, nil)
	var in struct{ ID string }
	if err := json.Unmarshal(ans.Body, &in); err != nil || ans.Status != 200 || in.ID == "" {
		t.Fatalf("no import: %d %s", ans.Status, ans.Body)
	}
	return importsPath + "/" + in.ID
}

func TestTheConsoleImportsAccounts(t *testing.T) {
	a := consoled(t)
	at, dry := begun(t, a, "console admin", ""), begun(t, a, "console admin", `,"dryRun":true`)
	some := recordsIn("new@x.io,One", "no,Two", "ann@example.com,Other", "two@x.io,Three\n", "a,b,c")
	a.Run(t, []row{
		{Name: "a dry run tells what would be", As: "console admin", Method: "POST", Path: dry, Body: some, Want: w{"made=2", "skipped=1", "refused.#=2", "refused.0.line=4", "refused.1.line=1", "refused.1.what=no"}, Events: []string{}},
		{Name: "with what it made before", As: "console admin", Method: "POST", Path: dry, Body: recordsIn("new@x.io,Else"), Want: w{"made=0", "skipped=1"}},
		{Name: "and makes nothing", As: "console", Path: "/v1/directories/{dir}/accounts?email=new@x.io", Want: w{"size=0"}},
		{Name: "an import does", As: "console admin", Method: "POST", Path: at, Body: some, Want: w{"made=2", "skipped=1", "refused.#=2"}, Events: []string{}},
		{Name: "a batch is a line of the audit log", As: "console auditor", Path: "/console/api/audit?q=import.accounts", Want: w{"items.#=1", "items.0.action=import.accounts", "items.0.actor.kind=console", `"made":"2"`}},
		{Name: "they are there", As: "console", Path: "/v1/directories/{dir}/accounts?email=new@x.io", Want: w{"size=1", "items.0.surname=One"}},
		{Name: "a batch that comes again makes nothing twice", As: "console admin", Method: "POST", Path: at, Body: some, Want: w{"made=0", "changed=0", "same=2", "skipped=1", "refused.#=2"}, Events: []string{}},
		{Name: "no records", As: "console admin", Method: "POST", Path: at, Body: recordsIn(), Status: 400},
		{Name: "too many", As: "console admin", Method: "POST", Path: at, Body: recordsIn(make([]string, 1001)...), Status: 400},
		{Name: "too long", As: "console admin", Method: "POST", Path: at, Body: recordsIn(strings.Repeat("x", 256<<10+1)), Status: 400},
		{Name: "no JSON", As: "console admin", Method: "POST", Path: at, Body: `[`, Status: 400},
		{Name: "more than there is", As: "console admin", Method: "POST", Path: at, Body: `{"records":["a@x.io,"],"mcf":true}`, Status: 400},
		{Name: "what another began", As: "console", Method: "POST", Path: at, Body: some, Status: 404},
		{Name: "what nobody began", As: "console admin", Method: "POST", Path: importsPath + "/moon", Body: some, Status: 404},
		{Name: "support does not", As: "console support", Method: "POST", Path: at, Body: some, Status: 403},
		{Name: "nor a key", Method: "POST", Path: at, Body: some, Status: 401},
		{Name: "another's is not ended", As: "console", Method: "DELETE", Path: at, Status: 404},
		{Name: "it is ended", As: "console admin", Method: "DELETE", Path: at, Status: 204},
		{Name: "and takes no more", As: "console admin", Method: "POST", Path: at, Body: some, Status: 404},
		{Name: "the dry run too", As: "console admin", Method: "DELETE", Path: dry, Status: 204},
	})
}

func TestWhatCannotBeginAnImport(t *testing.T) {
	a := consoled(t)
	body := func(dir, more string) string {
		return `{"directory":"` + dir + `","comma":",","columns":["email"]` + more + `}`
	}
	a.Run(t, []row{
		{Name: "another tenant's directory", As: "console", Method: "POST", Path: importsPath, Body: body("{otherdir}", ""), Status: 404},
		{Name: "no directory", As: "console", Method: "POST", Path: importsPath, Body: body("", ""), Status: 404},
		{Name: "the administrators'", As: "console", Method: "POST", Path: importsPath, Body: body("{admindir}", ""), Status: 403, Want: w{"error=protected"}},
		{Name: "a way that is none", As: "console", Method: "POST", Path: importsPath, Body: body("{dir}", `,"onConflict":"replace"`), Status: 400},
		{Name: "a part that is none", As: "console", Method: "POST", Path: importsPath, Body: `{"directory":"{dir}","comma":"|","columns":["email"]}`, Status: 400, Want: w{"field=comma"}},
		{Name: "no such field", As: "console", Method: "POST", Path: importsPath, Body: `{"directory":"{dir}","comma":",","columns":["email","moon"]}`, Status: 400, Want: w{"field=columns"}},
		{Name: "nobody known", As: "console", Method: "POST", Path: importsPath, Body: `{"directory":"{dir}","comma":",","columns":["surname"]}`, Status: 400, Want: w{"field=columns"}},
		{Name: "support", As: "console support", Method: "POST", Path: importsPath, Body: body("{dir}", ""), Status: 403},
		{Name: "lines of JSON", As: "console admin", Method: "POST", Path: importsPath, Body: `{"directory":"{dir}","names":{"mail":"email"},"onConflict":"update"}`},
	})
	at := begun(t, a, "console", "")
	a.Clock.Turn(core.StepUp)
	a.Run(t, []row{
		{Name: "beginning wants a fresh sign-in", As: "console", Method: "POST", Path: importsPath, Body: body("{dir}", ""), Status: 403, Want: w{"error=step_up"}},
		{Name: "what was begun goes on", As: "console", Method: "POST", Path: at, Body: recordsIn("late@x.io,Late"), Want: w{"made=1"}},
	})
}

func TestTheConsoleLooksAtAFile(t *testing.T) {
	a := consoled(t)
	path := importsPath + "/look"
	a.Run(t, []row{
		{Name: "a table", As: "console admin", Method: "POST", Path: path, Body: recordsIn("Mail;Shoe", "a@x.io;42", "b"),
			Want: w{"comma=;", "columns.0.field=email", "columns.1.field=", `"rows":[["a@x.io","42"],["b",""]]`, "wrong.0=", `wrong number`, "fields.0=email"}},
		{Name: "lines", As: "console admin", Method: "POST", Path: path, Body: recordsIn(`{"email":"a@x.io","n":{"b":1}}`), Want: w{"comma=", "columns.1.name=n", `{\"b\":1}`}},
		{Name: "what is none", As: "console admin", Method: "POST", Path: path, Body: recordsIn("PK\x03\x04\x00"), Status: 400},
		{Name: "nothing", As: "console admin", Method: "POST", Path: path, Body: recordsIn(""), Status: 400},
		{Name: "support", As: "console support", Method: "POST", Path: path, Body: recordsIn("email"), Status: 403},
	})
}

func TestTheConsoleExportsAccounts(t *testing.T) {
	a := consoled(t)
	at := begun(t, a, "console", "")
	var many []string
	for i := range 600 {
		many = append(many, fmt.Sprintf("many%d@x.io,Many", i))
	}
	a.Do(t, "console", "POST", at, recordsIn(many...), nil)
	const path = "/console/api/exports/accounts"
	a.Run(t, []row{
		{Name: "of a directory", As: "console admin", Path: path + "?directory={dir}", Want: w{"items.#=500", "items.0.email=ann@example.com"}},
		{Name: "another tenant's", As: "console", Path: path + "?directory={otherdir}", Status: 404},
		{Name: "after what is no id", As: "console", Path: path + "?past=../x", Status: 404},
		{Name: "support", As: "console support", Path: path, Status: 403},
		{Name: "a key", Path: path, Status: 401},
	})
	after, seen := "", map[string]bool{}
	for range 10 {
		ans := a.Do(t, "console", "GET", path+"?past="+after, "", nil)
		var page struct {
			Next  string
			Items []struct{ Email, Directory string }
		}
		if err := json.Unmarshal(ans.Body, &page); err != nil {
			t.Fatal(err)
		}
		for _, acc := range page.Items {
			if seen[acc.Email] || acc.Directory == "Stormpath Administrators" {
				t.Errorf("%s of %s", acc.Email, acc.Directory)
			}
			seen[acc.Email] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if !seen["many599@x.io"] || !seen["ann@example.com"] || strings.Contains(fmt.Sprint(seen), "assword") {
		t.Errorf("%d accounts", len(seen))
	}
	a.Clock.Turn(core.StepUp)
	if ans := a.Do(t, "console", "GET", path, "", nil); ans.Has("error=step_up") != nil {
		t.Errorf("without a fresh sign-in: %s", ans.Body)
	}
}

// Dry runs hold files: their number is bounded, and what was left is thrown away.
func TestDryRunsAreFew(t *testing.T) {
	a := consoled(t)
	first := begun(t, a, "console", `,"dryRun":true`)
	begun(t, a, "console", `,"dryRun":true`)
	if ans := a.Do(t, "console", "POST", first, recordsIn("x@x.io,"), nil); ans.Status != 404 {
		t.Errorf("the former one of the same operator: %d", ans.Status)
	}
	left := begun(t, a, "console", "")
	a.Clock.Turn(20 * time.Minute)
	a.Console(t, "console", a.Owner.ID)
	if ans := a.Do(t, "console", "POST", left, recordsIn("y@x.io,Y"), nil); ans.Status != 200 {
		t.Errorf("from another session of the same operator: %d %s", ans.Status, ans.Body)
	}
	a.Clock.Turn(31 * time.Minute)
	a.Console(t, "console", a.Owner.ID)
	begun(t, a, "console", "")
	if ans := a.Do(t, "console", "POST", left, recordsIn("z@x.io,Z"), nil); ans.Status != 404 {
		t.Errorf("one that was left: %d", ans.Status)
	}
}
