package apis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// The limits of security.md section 1, as strangers meet them.
func TestClass21_Limits(t *testing.T) {
	a := api(t)
	const members = "/v1/groupMemberships"
	body := func(n int) string { return `{"a":"` + strings.Repeat("x", n-8) + `"}` }
	a.Run(t, []row{
		{Name: "a body of 1 MiB", Path: members, Body: body(1 << 20), Status: 400, Want: w{"code=2000"}},
		{Name: "custom data of 2 MiB", Path: "/v1/groups/{grp}/customData", Body: body(2 << 20), Events: w{"customData.update"}},
		{Name: "a group with custom data of 2 MiB", Path: "/v1/directories/{dir}/groups", Body: `{"name":"Crew","customData":` + body(2<<20) + `}`, Status: 201, Events: w{"group.create", "customData.update"}},
		{Name: "a URL of 8 KiB", Path: "/v1/groups/{grp}?x=" + strings.Repeat("y", 8<<10-100)},
		{Name: "more", Path: "/v1/groups/{grp}?x=" + strings.Repeat("y", 8<<10), Status: 414},
		{Name: "a header of 15 KiB", Path: "/v1/groups/{grp}", Header: map[string]string{"X-Long": strings.Repeat("y", 15<<10)}},
	})
}

// On a socket: who dribbles a header is cut off, and what is no HTTP is told so in
// the one form.
func TestClass21_OnASocket(t *testing.T) {
	a := api(t)
	a.Server.Fiber().Server().ReadTimeout = 200 * time.Millisecond
	addr := a.Listen(t)
	basic := a.Keys[apitest.Owner].Basic()
	get := func(version, header string) string {
		return "GET /v1/tenants/current " + version + "\r\nAuthorization: " + basic + "\r\nConnection: close\r\n" + header + "\r\n\r\n"
	}
	post := func(path, header string) string {
		return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + basic + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + header + "\r\n\r\n"
	}
	for name, v := range map[string]struct{ send, want string }{
		"a slow header":       {"GET /v1/tenants/current HTTP/1.1\r\nHost: localhost\r\nX: ", ""},
		"nothing":             {"", ""},
		"no HTTP":             {"hello\r\n\r\n", "HTTP/1.1 400"},
		"a wrong length":      {post("/v1/groupMemberships", "Content-Length: x") + "xx", "HTTP/1.1 400"},
		"two lengths":         {post("/v1/groupMemberships", "Content-Length: 1\r\nContent-Length: 2") + "xx", "HTTP/1.1 400"},
		"a length and chunks": {post("/v1/groupMemberships", "Content-Length: 1\r\nTransfer-Encoding: chunked") + "0\r\n\r\n", "HTTP/1.1 4"},
		"a large body":        {post("/v1/groupMemberships", "Content-Length: 1048577"), "HTTP/1.1 413"},
		"large chunks":        {post("/v1/groupMemberships", "Transfer-Encoding: chunked") + "100001\r\n" + strings.Repeat("x", 1<<20+1) + "\r\n0\r\n\r\n", "HTTP/1.1 413"},
		"large custom data":   {post(a.Fill("/v1/groups/{grp}/customData"), "Content-Length: 11534337"), "HTTP/1.1 413"},
		"a large header":      {get("HTTP/1.1", "X: "+strings.Repeat("y", 17<<10)), "HTTP/1.1 431"},
		"many headers":        {get("HTTP/1.1", strings.Repeat("X: y\r\n", 4<<10)+"Y: z"), "HTTP/1.1 431"},
		"a redirect":          {get("HTTP/1.1", "Host: "+addr), "HTTP/1.1 302"},
		"HTTP/1.0":            {get("HTTP/1.0", "X: y"), "HTTP/1.1 302"},
	} {
		got := apitest.Raw(t, addr, v.send)
		if v.want == "" && strings.Contains(got, " 200 ") || !strings.HasPrefix(got, v.want) {
			t.Errorf("%s: %q", name, got)
		}
		if strings.HasPrefix(v.want, "HTTP/1.1 4") && (!strings.Contains(got, `"requestId":"`) || !strings.Contains(got, `"developerMessage":"`)) {
			t.Errorf("%s: not the form of errors: %q", name, got)
		}
		if strings.Contains(got, "Server:") {
			t.Errorf("%s: says which server it is: %q", name, got)
		}
		if name == "a redirect" && !strings.Contains(got, a.Fill("Location: http://"+addr+"/v1/tenants/{tenant}\r\n")) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
