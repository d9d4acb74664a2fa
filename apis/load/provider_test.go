package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestAllPathsOfTheProviderAnswerAsTheyShould(t *testing.T) {
	a := apitest.New(t)
	app, dir := a.Application(t, "My Application"), a.Directory(t, "My Application Directory")
	if ans := a.Do(t, "", http.MethodPost, "/v1/"+dir.Path()+"/accounts",
		`{"username":"person0","email":"person0@example.com","givenName":"Ann","surname":"Bench","password":"`+password+`"}`, nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	key := a.Keys[apitest.Owner]
	p := &provider{sub: &subject{addr: a.Listen(t), application: string(app.ID), keyID: key.ID, keySecret: key.Secret}}
	for _, target := range p.targets() {
		target.callers = min(target.callers, 2)
		if target.hashes {
			target.next = func(int, int) []byte {
				return post(p.sub.addr, "/login", "", `{"login":"person0","password":"`+password+`"}`)
			}
		}
		if target.fill != nil {
			if err := target.fill(20 * time.Millisecond); err != nil {
				t.Fatalf("%s: %v", target.name, err)
			}
		}
		s, err := generate(p.sub.addr, target, 10*time.Millisecond)
		if err != nil || s.wrong > 0 && target.name != "introspection, first sight" {
			t.Errorf("%s: %v, %d wrong: %s", target.name, err, s.wrong, s.said)
		}
	}
}
