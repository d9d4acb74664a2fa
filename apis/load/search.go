package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/stormkeep/stormkeep/core"
)

const givenNames = 1000 // among all accounts

// declaring makes a directory with an index of the custom data "score", and maps it
// to an application.
func declaring(app *core.App, ctx context.Context, id core.ID[core.Application]) (dir string, err error) {
	err = app.Update(ctx, func(tx *core.Tx) error {
		d := core.Make[core.Directory]()
		d.Name, d.CustomDataIndexes = "Searched", []string{"score"}
		if err := core.Put(tx, d); err != nil {
			return err
		}
		dir = string(d.ID)
		m := core.Make[core.AccountStoreMapping]()
		m.Application, m.Store = id, core.RefTo(d.ID)
		return core.Put(tx, m)
	})
	return dir, err
}

// customOf is the custom data of the i-th account: a number that has an index and
// the same without.
func customOf(i int) map[string]json.RawMessage {
	n := json.RawMessage(fmt.Sprint(i))
	return map[string]json.RawMessage{"score": n, "level": n}
}

// searchesOf are the searches, each alone, with what they should take at a million
// accounts.
func searchesOf(sub *subject, s *seeded, auth string) []target {
	dir, app := "/v1/directories/"+s.directory+"/accounts", "/v1/applications/"+sub.application+"/accounts"
	some := func(caller, n int) int { return (caller*7919 + n*104_729) % len(s.accounts) }
	search := func(name, goal, path string, query func(i int) string) target {
		return target{name: name, goal: goal, callers: 1, want: 200, next: func(caller, n int) []byte {
			return get(sub.addr, path+"?"+query(some(caller, n)), auth)
		}}
	}
	plain := func(query string) func(int) string { return func(int) string { return query } }
	of := func(format string) func(int) string { return func(i int) string { return fmt.Sprintf(format, i) } }
	exact := search("exact username, 32 callers", "", dir, of("username=person%d"))
	exact.callers = 32
	return []target{
		{name: "GET an account", callers: 1, want: 200, next: func(caller, n int) []byte {
			return get(sub.addr, "/v1/accounts/"+s.accounts[some(caller, n)].id, auth)
		}},
		search("list 25", "", dir, plain("limit=25")),
		search("list 25 of the application", "", app, plain("limit=25")),
		exact,
		search("exact username", "p99 1 ms", dir, of("username=person%d")),
		search("exact e-mail", "p99 1 ms", dir, of("email=Person%d@example.com")),
		search("exact username, of the application", "p99 1 ms", app, of("username=person%d")),
		search("prefix of a username", "p99 1 ms", dir, of("username=person%d*")),
		search("q, first page", "p50 30 ms", dir, of("q=erson%d")),
		search("q, of the application", "", app, of("q=erson%d")),
		search("exact given name", "", dir, func(i int) string { return fmt.Sprintf("givenName=ann%d", i%givenNames) }),
		search("range of declared custom data", "p99 10 ms", dir, func(i int) string { return fmt.Sprintf("customData.score=[%d,%d)", i, i+100) }),
		search("range of undeclared custom data", "", dir, func(i int) string { return fmt.Sprintf("customData.level=[%d,%d)", i, i+100) }),
		search("orderBy=username", "", dir, plain("orderBy=username")),
		search("orderBy=surname", "", dir, plain("orderBy=surname")),
		search("orderBy=createdAt desc", "", dir, plain("orderBy=createdAt+desc")),
	}
}
