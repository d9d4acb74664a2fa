package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// target is one path that is measured.
type target struct {
	name    string
	callers int
	want    int  // the status of a right answer
	hashes  bool // each request costs one password hash
	goal    string
	// next is a caller's n-th request, whole.
	next func(caller, n int) []byte
	// fill, if any, makes ready what a measurement of that length needs, and read gets
	// the body of each right answer.
	fill func(d time.Duration) error
	read func(caller int, body []byte)
}

// password is that of every account that is made here.
const password = "correct horse battery 1A"

// The registrations that are compared: without a mail, and with one to each.
const (
	unmailed = "create an account"
	mailed   = "create an account, mailed"
)

// newAccount registers somebody in a directory.
func newAccount(addr, directory, auth, name string) []byte {
	return post(addr, "/v1/directories/"+directory+"/accounts", auth, fmt.Sprintf(
		`{"username":"u-%s","email":"u-%s@example.com","givenName":"Ann","surname":"Bench","password":%q}`, name, name, password))
}

// targetsOf are the paths of a server, narrowed to those whose name contains only.
func targetsOf(sub *subject, s *seeded, search bool, only string) []target {
	auth := basic(sub.keyID, sub.keySecret)
	all := append(pathsOf(sub, s, auth), (&provider{sub: sub}).targets()...)
	if search {
		all = searchesOf(sub, s, auth)
	}
	var fit []target
	for _, t := range all {
		if strings.Contains(t.name, only) {
			fit = append(fit, t)
		}
	}
	return fit
}

// pathsOf are the usual paths.
func pathsOf(sub *subject, s *seeded, auth string) []target {
	run := rand.Text()[:8] // so that rounds make different names
	count := make([]int, 256)
	unique := func(caller int) string {
		count[caller]++
		return fmt.Sprintf("%s-%d-%d", run, caller, count[caller])
	}
	some := func(caller, n int) int { return (caller*7919 + n*31) % len(s.accounts) }
	dir := "/v1/directories/" + s.directory
	return []target{
		{name: "GET /healthz", callers: 32, want: 200, next: func(int, int) []byte { return get(sub.addr, "/healthz", "") }},
		{name: "GET an account", callers: 32, want: 200, next: func(caller, n int) []byte {
			return get(sub.addr, "/v1/accounts/"+s.accounts[some(caller, n)].id, auth)
		}},
		{name: "list 25 accounts", callers: 32, want: 200, next: func(int, int) []byte {
			return get(sub.addr, dir+"/accounts?limit=25", auth)
		}},
		{name: "create a group", callers: 64, want: 201, next: func(caller, _ int) []byte {
			return post(sub.addr, dir+"/groups", auth, fmt.Sprintf(`{"name":"g-%s","description":"made by the bench"}`, unique(caller)))
		}},
		{name: "create a group, alone", callers: 1, want: 201, next: func(caller, _ int) []byte {
			return post(sub.addr, dir+"/groups", auth, fmt.Sprintf(`{"name":"g-%s","description":"made by the bench"}`, unique(caller)))
		}},
		{name: unmailed, callers: 64, want: 201, hashes: true, next: func(caller, _ int) []byte {
			return newAccount(sub.addr, s.directory, auth, unique(caller))
		}},
		{name: mailed, callers: 64, want: 201, hashes: true, goal: "0.90 of without", next: func(caller, _ int) []byte {
			return newAccount(sub.addr, s.mailed, auth, unique(caller))
		}},
		{name: "login", callers: 32, want: 200, hashes: true, goal: "95 % of hashes", next: func(caller, n int) []byte {
			who := s.accounts[some(caller, n)].username + ":" + password
			return post(sub.addr, "/v1/applications/"+sub.application+"/loginAttempts", auth,
				`{"type":"basic","value":"`+base64.StdEncoding.EncodeToString([]byte(who))+`"}`)
		}},
	}
}

// get is a GET request as it goes over the wire.
func get(addr, path, auth string) []byte { return request("GET", addr, path, auth, "", "") }

// post is a POST request with a JSON body.
func post(addr, path, auth, body string) []byte {
	return request("POST", addr, path, auth, "application/json", body)
}

// form is a POST request with a form.
func form(addr, path, auth string, fields url.Values) []byte {
	return request("POST", addr, path, auth, "application/x-www-form-urlencoded", fields.Encode())
}

// basic is the Authorization of a name and a secret.
func basic(name, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+secret))
}

func request(method, addr, path, auth, kind, body string) []byte {
	b := fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n", method, path, addr)
	if auth != "" {
		b = fmt.Appendf(b, "Authorization: %s\r\n", auth)
	}
	if body != "" {
		b = fmt.Appendf(b, "Content-Type: %s\r\nContent-Length: %d\r\n", kind, len(body))
	}
	return append(append(b, "\r\n"...), body...)
}
