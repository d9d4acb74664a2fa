package apitest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const sixKeys = `{"status":404,"code":404,"message":"m","developerMessage":"d","moreInfo":"x#404","requestId":"1"}`

func answer(method string, status int, body string, header ...string) *Answer {
	ans := &Answer{Method: method, Status: status, Body: []byte(body), Header: http.Header{
		"Stormpath-Request-Id": {"1"}, "Content-Type": {"application/json;charset=UTF-8"}}}
	for i := 0; i < len(header); i += 2 {
		ans.Header.Set(header[i], header[i+1])
	}
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	d.Decode(&ans.JSON)
	return ans
}

func TestWhatEveryAnswerPromises(t *testing.T) {
	for name, v := range map[string]struct {
		ans *Answer
		ok  bool
	}{
		"a resource":              {answer("GET", 200, `{}`), true},
		"no request id":           {answer("GET", 200, `{}`, "Stormpath-Request-Id", ""), false},
		"another type":            {answer("GET", 200, `{}`, "Content-Type", "text/html"), false},
		"made":                    {answer("POST", 201, `{"href":"x"}`, "Location", "x"), true},
		"made, elsewhere":         {answer("POST", 201, `{"href":"x"}`, "Location", "y"), false},
		"made, nowhere":           {answer("POST", 201, `{"href":"x"}`), false},
		"made, without a body":    {answer("POST", 201, ``, "Location", "x"), false},
		"deleted":                 {answer("DELETE", 204, ``), true},
		"deleted, with a body":    {answer("DELETE", 204, `{}`), false},
		"an error":                {answer("GET", 404, sixKeys), true},
		"an error of five":        {answer("GET", 404, strings.Replace(sixKeys, `"message":"m",`, ``, 1)), false},
		"an error of seven":       {answer("GET", 404, strings.Replace(sixKeys, `{`, `{"x":1,`, 1)), false},
		"an error of text":        {answer("GET", 404, strings.Replace(sixKeys, `"code":404`, `"code":"404"`, 1)), false},
		"an error of another":     {answer("GET", 400, sixKeys), false},
		"an error about another":  {answer("GET", 404, strings.Replace(sixKeys, `"requestId":"1"`, `"requestId":"2"`, 1)), false},
		"an error without advice": {answer("GET", 404, strings.Replace(sixKeys, `x#404`, `x`, 1)), false},
		"a 401 without challenge": {answer("GET", 401, strings.ReplaceAll(sixKeys, "404", "401")), false},
		"a head":                  {answer("HEAD", 404, ``), true},
	} {
		if err := v.ans.promises(); (err == nil) != v.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRoutesOfPaths(t *testing.T) {
	a := New(t)
	for path, want := range map[string]string{
		"/v1/accounts/{ann}": "/v1/accounts/:id", "//v1/accounts/{ann}/?x=y": "/v1/accounts/:id", "/v1/tenants/current": "/v1/tenants/current",
		"/v1/accounts/{ann}/groups": "/v1/accounts/:id/groups", "/v1/nope": "", "/v1/accounts": "",
	} {
		if got := a.route("GET", path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if got := a.route("POST", "/v1/groups/{grp}/customData/x?_method=DELETE"); got != "/v1/groups/:id/customData/:key" {
		t.Errorf("a POST that means DELETE: %q", got)
	}
}
