package apis_test

import (
	"strings"
	"testing"
)

// A browser accepts compressed answers, and sends the ETag of one back with a change.
func TestARecordsTagSurvivesCompression(t *testing.T) {
	a := api(t)
	path, long := "/v1/groups/{grp}", `{"description":"`+strings.Repeat("of those who sail ", 40)+`"}`
	do(t, a, row{Path: path, Body: long}, 200)
	plain := a.Get(t, path).Header.Get("ETag")
	for _, accepted := range []string{"gzip", "br", "zstd", "gzip, deflate, br, zstd"} {
		ans := do(t, a, row{Method: "GET", Path: path, Header: map[string]string{"Accept-Encoding": accepted}}, 200)
		if ans.Header.Get("Content-Encoding") == "" {
			t.Errorf("%s: the answer is not compressed, so that nothing is tested", accepted)
		}
		if tag := ans.Header.Get("ETag"); tag != plain {
			t.Errorf("%s: the tag is %s, and %s without", accepted, tag, plain)
		}
	}
}
