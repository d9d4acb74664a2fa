package apis_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestAPluginAddsToTheConsole(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{{Name: "no plugin, nothing", As: "console auditor", Path: "/console/api/extensions", Want: w{"items.#=0"}}})
	files := fstest.MapFS{"index.js": {Data: []byte("export default {}")}, "more.css": {Data: []byte("a{}")}, "embed.go": {Data: []byte("package x")}, "deeper/x.js": {Data: []byte("x")}}
	if err := a.Server.ExtendConsole("acme", files); err != nil {
		t.Fatal(err)
	}
	a.Run(t, []row{
		{Name: "what there is", As: "console auditor", Path: "/console/api/extensions", Want: w{"items.#=1", "items.0.name=acme", `"script":"/console/extensions/acme/index.js?`}},
		{Name: "a key asks", Path: "/console/api/extensions", Status: 401},
	})
	for _, c := range []struct {
		path   string
		status int
		kind   string
	}{
		{"/console/extensions/acme/index.js", 200, "text/javascript; charset=utf-8"},
		{"/console/extensions/acme/index.js?abc", 200, "text/javascript; charset=utf-8"},
		{"/console/extensions/acme/more.css", 200, "text/css; charset=utf-8"},
		{"/console/extensions/acme/embed.go", 404, ""},
		{"/console/extensions/acme/x.js", 404, ""},
		{"/console/extensions/acme/deeper%2Fx.js", 404, ""},
		{"/console/extensions/acme/..%2F..%2Findex.html", 404, ""},
		{"/console/extensions/none/index.js", 404, ""},
	} {
		res, body := fetchFile(t, a, c.path, nil)
		if res.StatusCode != c.status || c.status == 200 && (res.Header.Get("Content-Type") != c.kind || res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("ETag") == "") {
			t.Errorf("%s: %d %v %s", c.path, res.StatusCode, res.Header, body)
		}
	}
	for name, want := range map[string]string{"acme": "there is one", "": "a name has", "Acme": "a name has", "../x": "a name has", "other": "has no index.js"} {
		if err := a.Server.ExtendConsole(name, fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
