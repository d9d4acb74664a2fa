package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

func TestEveryPathSendsAWholeRequest(t *testing.T) {
	sub := &subject{keyID: "ID", keySecret: "SECRET", application: "APP", addr: "127.0.0.1:1"}
	s := &seeded{directory: "DIR", accounts: []person{{"A1", "person1"}, {"A2", "person2"}}}
	seen := map[string]bool{}
	for _, target := range append(pathsOf(sub, s, basic("ID", "SECRET")), targetsOf(sub, s, true, "")...) {
		for caller := range target.callers {
			for n := range 3 {
				req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(target.next(caller, n))))
				if err != nil {
					t.Fatalf("%s: %v", target.name, err)
				}
				body, err := io.ReadAll(req.Body)
				if err != nil {
					t.Fatalf("%s: %v", target.name, err)
				}
				if u, p, _ := req.BasicAuth(); req.URL.Path != "/healthz" && (u != "ID" || p != "SECRET") {
					t.Errorf("%s: signed in as %q, %q", target.name, u, p)
				}
				if req.Method == "POST" && !json.Valid(body) {
					t.Errorf("%s: %q is no JSON", target.name, body)
				}
				if target.want == http.StatusCreated && seen[string(body)] {
					t.Errorf("%s: %q is made twice", target.name, body)
				}
				seen[string(body)] = true
			}
		}
	}
}

func TestPathsCanBeNarrowed(t *testing.T) {
	all := targetsOf(&subject{}, &seeded{}, false, "")
	if got := targetsOf(&subject{}, &seeded{}, false, "login"); len(got) != 2 || len(all) < 15 {
		t.Errorf("%d of %d paths are logins", len(got), len(all))
	}
}
