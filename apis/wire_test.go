package apis

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/stormkeep/stormkeep/core"
)

// Text is written as encoding/json writes it, and reads back as it was.
func TestTextOnTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil || utf8.ValidString(s) && back != s {
			t.Fatalf("%q became %q: %v", s, back, err)
		}
	})
}

// What is expanded in the answer to a change is read after its commit: the one
// writer waits for no reading, and what was kept is not answered by an error.
func TestExpansionsOfAChangeAreReadAfterIt(t *testing.T) {
	s, world := server(t)
	tenant := s.getters["tenants/:id"]
	for name, c := range map[string]struct {
		read getter
		want string
	}{
		"it is read": {tenant, `"key":`},
		"no writer waits for it": {func(r *request, _ string) (any, error) {
			err := s.App.Update(r.tx.Ctx, func(*core.Tx) error { return nil }) // refused in a View
			return &object{members: []core.ViewField{{Name: "reads", Value: err != nil}}}, nil
		}, `"reads":true`},
		"its error is none of the change": {func(*request, string) (any, error) { return nil, errors.New("no") }, `"tenant":{"href":`},
	} {
		s.getters["tenants/:id"] = c.read
		req, err := http.NewRequest("POST", "http://localhost/v1/applications?expand=tenant", strings.NewReader(`{"name":"`+name+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", basicOf(world))
		req.Header.Set("Content-Type", "application/json")
		res, err := s.fiber.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != 201 || !strings.Contains(string(got), c.want) {
			t.Errorf("%s: %d %s, want %s", name, res.StatusCode, got, c.want)
		}
	}
}
