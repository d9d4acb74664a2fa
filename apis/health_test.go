package apis_test

import "testing"

func TestHealth(t *testing.T) {
	api(t).Run(t, []row{
		{Name: "alive", As: "nobody", Path: "/healthz", Want: w{"status=ok"}},
		{Name: "ready", As: "nobody", Path: "/readyz", Want: w{"status=ready"}},
		{Name: "a page that is none", As: "nobody", Path: "/console/docs/nope", Status: 404},
		{Name: "a page elsewhere", As: "nobody", Path: "/console/docs/..%2f..%2fembed", Status: 404},
		{Name: "slashes are strict here", As: "nobody", Path: "/healthz/", Status: 404},
	})
}
