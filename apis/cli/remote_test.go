package cli

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhatAServerRefusesIsShownWithAHint(t *testing.T) {
	for _, c := range []struct {
		name, body, said, hint string
		status                 int
	}{
		{"a message", `{"message":"No.","developerMessage":"No."}`, "No.", "correct the value", 400},
		{"with what to do", `{"message":"No.","developerMessage":"Do that."}`, "No.", "Do that.", 400},
		{"not found", `{"message":"Gone."}`, "Gone.", "list", 404},
		{"a fault", `{"message":"Oops."}`, "Oops.", "log", 500},
		{"no JSON", `<html>`, "the server answered 502 Bad Gateway", "not expected", 502},
	} {
		t.Run(c.name, func(t *testing.T) {
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				w.Write([]byte(c.body))
			}))
			defer srv.Close()
			res, err := http.Get(srv.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			p, ok := errors.AsType[*problem](asProblem(answered(res)))
			if !ok || p.Error() != c.said || !strings.Contains(p.hint, c.hint) || p.code != failed {
				t.Errorf("%+v", p)
			}
		})
	}
}
