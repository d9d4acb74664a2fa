package apis_test

import (
	"fmt"
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// through calls the handler as a server does, without a network.
func through(b *testing.B, a *apitest.API, method, path string, status int, body func(i int) string) {
	b.Helper()
	h := a.Server.Fiber().Handler()
	ctx := &fasthttp.RequestCtx{}
	basic, i := a.Keys[apitest.Owner].Basic(), 0
	path = a.Fill(path)
	b.ReportAllocs()
	for b.Loop() {
		ctx.Request.Reset()
		ctx.Response.Reset()
		ctx.Request.Header.SetMethod(method)
		ctx.Request.SetRequestURI(path)
		ctx.Request.Header.SetHost(apitest.Host)
		ctx.Request.Header.Set("Authorization", basic)
		if body != nil {
			ctx.Request.Header.SetContentType("application/json")
			ctx.Request.SetBodyString(body(i))
		}
		h(ctx)
		if got := ctx.Response.StatusCode(); got != status {
			b.Fatalf("%d %s", got, ctx.Response.Body())
		}
		i++
	}
}

func BenchmarkGetAccount(b *testing.B) {
	through(b, apitest.New(b), "GET", "/v1/accounts/{ann}", 200, nil)
}

func BenchmarkList25(b *testing.B) {
	a := apitest.New(b)
	a.Update(b, func(tx *core.Tx) error {
		for i := range 1000 {
			acc := core.Make[core.Account]()
			acc.Directory, acc.Email = core.ID[core.Directory](a.Vars["dir"]), fmt.Sprintf("a%d@example.com", i)
			if err := core.Put(tx, acc); err != nil {
				return err
			}
		}
		return nil
	})
	through(b, a, "GET", "/v1/directories/{dir}/accounts", 200, nil)
}

func BenchmarkCreateAccount(b *testing.B) {
	through(b, apitest.New(b), "POST", "/v1/directories/{dir}/accounts", 201, func(i int) string {
		return fmt.Sprintf(`{"email":"b%d@example.com","password":"Passw0rd1!","givenName":"B"}`, i)
	})
}

func BenchmarkHealth(b *testing.B) { through(b, apitest.New(b), "GET", "/healthz", 200, nil) }
