package notes

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

type (
	row = apitest.Scenario
	w   = []string
)

func TestNotesOnAnAccount(t *testing.T) {
	a := apitest.Plugged(t, mem.Open(), apis.Options{}, Plugin{})
	const at = "/v1/accounts/{ann}/notes"
	a.Run(t, []row{
		{Name: "none yet", Path: at, Want: w{"size=0"}},
		{Name: "write", As: "support", Path: at, Body: `{"text":"called on Monday"}`, Status: 201, Keep: "n", Events: w{"note.create"},
			Want: w{"text=called on Monday", "account.href={base}/accounts/{ann}", "author.href={base}/accounts/{support}"}},
		{Name: "list", As: "auditor", Path: at, Want: w{"size=1", "items.0.text=called on Monday"}},
		{Name: "list all", Path: "/v1/notes?expand=account", Want: w{"size=1", "items.0.account.email=ann@example.com"}},
		{Name: "change", As: "support", Path: "/v1/notes/{n}", Body: `{"text":"called on Tuesday"}`, Want: w{"text=called on Tuesday"}, Events: w{"note.update"}},
		{Name: "without a text", Path: at, Body: `{"text":""}`, Status: 400, Want: w{"code=2000"}},
		{Name: "too long", Path: at, Body: `{"text":"` + strings.Repeat("x", maxNote+1) + `"}`, Status: 400},
		{Name: "on another's behalf", Path: at, Body: `{"text":"x","author":{"href":"{base}/accounts/{ann}"}}`, Status: 201, Not: w{"author.href={base}/accounts/{ann}"}, Events: w{"note.create"}},
		{Name: "an auditor does not write", As: "auditor", Path: at, Body: `{"text":"x"}`, Status: 403},
		{Name: "on nobody", Path: "/v1/accounts/none/notes", Body: `{"text":"x"}`, Status: 404},
		{Name: "of another tenant", Path: "/v1/accounts/{otherann}/notes", Status: 404},
		{Name: "delete", As: "support", Method: http.MethodDelete, Path: "/v1/notes/{n}", Status: 204, Events: w{"note.delete"}},
		{Name: "it is gone", Path: at, Want: w{"size=1"}},
	})
}
