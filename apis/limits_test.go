package apis_test

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// The limits of what a caller may send, as strangers meet them.
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
	custom := a.Fill("/v1/groups/{grp}/customData")
	get := func(version, header string) string {
		return "GET /v1/tenants/current " + version + "\r\nAuthorization: " + basic + "\r\nConnection: close\r\n" + header + "\r\n\r\n"
	}
	post := func(path, header string) string {
		return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + basic + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + header + "\r\n\r\n"
	}
	for name, v := range map[string]struct{ send, want string }{
		"a slow header":       {"GET /v1/tenants/current HTTP/1.1\r\nHost: localhost\r\nX: ", "HTTP/1.1 408"},
		"nothing":             {"", "HTTP/1.1 408"},
		"no HTTP":             {"hello\r\n\r\n", "HTTP/1.1 400"},
		"a wrong length":      {post("/v1/groupMemberships", "Content-Length: x") + "xx", "HTTP/1.1 400"},
		"two lengths":         {post("/v1/groupMemberships", "Content-Length: 1\r\nContent-Length: 2") + "xx", "HTTP/1.1 400"},
		"a length and chunks": {post("/v1/groupMemberships", "Content-Length: 1\r\nTransfer-Encoding: chunked") + "0\r\n\r\n", "HTTP/1.1 4"},
		"a stranger's body":   {strings.Replace(post(custom, "Content-Length: 11534336"), basic, "", 1) + "{", "HTTP/1.1 413"},
		"a stranger's chunks": {strings.Replace(post(custom, "Transfer-Encoding: chunked"), basic, "", 1) + "8000\r\n" + strings.Repeat("x", 32<<10) + "\r\n0\r\n\r\n", "HTTP/1.1 413"},
		"a stranger's form":   {strings.NewReplacer(basic, "", "application/json", "multipart/form-data; boundary=x").Replace(post(custom, "Content-Length: 11534336")), "HTTP/1.1 413"},
		"a stranger who asks": {strings.Replace(post(custom, "Expect: 100-continue\r\nContent-Length: 11534336"), basic, "", 1), "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413"},
		"a body elsewhere":    {post("/healthz", "Content-Length: 65537"), "HTTP/1.1 413"},
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

// Of large bodies a few are on their way at a time, whoever sends them; the next
// is asked to come again.
func TestClass21_LargeBodiesAreTakenInTurn(t *testing.T) {
	a := api(t)
	addr := a.Listen(t)
	body := `{"a":"` + strings.Repeat("x", 2<<20) + `"}`
	head := "POST " + a.Fill("/v1/groups/{grp}/customData") + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + a.Keys[apitest.Owner].Basic() +
		"\r\nContent-Type: application/json\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"
	begin := func() (net.Conn, *bufio.Reader) {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		if _, err := io.WriteString(conn, head); err != nil {
			t.Fatal(err)
		}
		r := bufio.NewReader(conn)
		if line, err := r.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100") {
			t.Fatalf("%q: %v", line, err)
		}
		return conn, r
	}
	first, answer := begin()
	for range 15 {
		begin()
	}
	got := apitest.Raw(t, addr, head)
	if !strings.Contains(got, "HTTP/1.1 429") || !strings.Contains(got, "Retry-After: 1\r\n") || !strings.Contains(got, `"developerMessage":"`) {
		t.Errorf("one more: %q", got)
	}
	if _, err := io.WriteString(first, body); err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(answer); err != nil || !strings.Contains(string(all), "HTTP/1.1 200") {
		t.Errorf("the first: %.200q, %v", all, err)
	}
	begin()
}

// pushes pipelines requests and reads no answer, until the server takes no more or
// ends the connection; it tells which.
func pushes(t *testing.T, addr string, patience time.Duration) error {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	requests := []byte(strings.Repeat("GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n", 100))
	for {
		if err := conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write(requests); err != nil {
			return err
		}
	}
}

// Who does not read is cut off.
func TestClass21_AnswersThatNobodyReadsEnd(t *testing.T) {
	a := api(t)
	a.Server.Fiber().Server().WriteTimeout = 100 * time.Millisecond
	if err := pushes(t, a.Listen(t), 20*time.Second); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the server waits for it")
	}
}

// A stop does not fail, nor wait for long, because of one who does not read:
// Listen asks Serve.
func TestClass21_WhoDoesNotReadHoldsUpNoStop(t *testing.T) {
	a := api(t)
	a.Server.Drain = 50 * time.Millisecond
	if err := pushes(t, a.Listen(t), 300*time.Millisecond); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("it was let go: %v", err)
	}
}

// An answer is at most 32 MiB, however much is asked for at once.
func TestClass21_AnswersAreBounded(t *testing.T) {
	a := api(t)
	big := json.RawMessage(`"` + strings.Repeat("x", 9<<20) + `"`)
	for range 4 {
		a.Update(t, func(tx *core.Tx) error {
			g := core.Make[core.Group]()
			g.Directory, g.Name = core.ID[core.Directory](a.Vars["dir"]), rand.Text()
			if err := core.Put(tx, g); err != nil {
				return err
			}
			return core.MergeCustomData(tx, core.RefTo(g.ID), map[string]json.RawMessage{"a": big})
		})
	}
	a.Run(t, []row{
		{Name: "too much", As: "auditor", Path: "/v1/directories/{dir}/groups?expand=customData", Status: 400, Want: w{"code=2103", "message=The answer would be too large; ask for a smaller page or fewer expansions."}},
		{Name: "less", As: "auditor", Path: "/v1/directories/{dir}/groups?limit=1&offset=4&expand=customData", Want: w{"size=5", "items.#=1"}},
	})
}
