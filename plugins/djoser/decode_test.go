package djoser

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestABodyIsReadAsDjangoReadsIt(t *testing.T) {
	const form, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
	part := func(name, v string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + v + "\r\n"
	}
	for name, c := range map[string]struct {
		kind, raw string
		want      value
	}{
		"text":                    {"application/json", `{"a":"x"}`, value{text, "x"}},
		"with a charset":          {"application/json; charset=utf-8", `{"a":"x"}`, value{text, "x"}},
		"a number":                {"application/json", `{"a":12345}`, value{text, "12345"}},
		"a fraction":              {"application/json", `{"a":1.50}`, value{text, "1.50"}},
		"true":                    {"application/json", `{"a":true}`, value{truth, "True"}},
		"null":                    {"application/json", `{"a":null}`, value{kind: null}},
		"a list":                  {"application/json", `{"a":[1]}`, value{nested, "[1]"}},
		"twice":                   {"application/json", `{"a":1,"a":2}`, value{text, "2"}},
		"in another case":         {"application/json", `{"A":1}`, value{}},
		"a form":                  {form, "a=x", value{text, "x"}},
		"a form, twice":           {form, "a=x&a=y", value{text, "y"}},
		"a form, escaped":         {form, "a=%C3%A4+b", value{text, "ä b"}},
		"a form, badly escaped":   {form, "a=100%", value{text, "100%"}},
		"a form, no UTF-8":        {form, "a=%ff", value{text, "\uFFFD"}},
		"a form, without a value": {form, "a", value{text, ""}},
		"a form in capitals":      {"Application/X-WWW-Form-URLencoded", "a=x", value{text, "x"}},
		"in parts":                {parts, part("a", "x") + "--b--", value{text, "x"}},
		"in parts, twice":         {parts, part("a", "x") + part("a", "y") + "--b--", value{text, "y"}},
		"a file is no field":      {parts, "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nx\r\n--b--", value{}},
		"nothing, of any type":    {"text/plain", "", value{}},
	} {
		got, err := decode(c.kind, []byte(c.raw))
		if err != nil || got["a"] != c.want {
			t.Errorf("%s: %+v, %v", name, got["a"], err)
		}
	}
	for name, c := range map[string]struct{ kind, raw, want string }{
		"no JSON":              {"application/json", `{"a`, "JSON parse error - Expecting value"},
		"no UTF-8":             {"application/json", "\"\xff\"", "JSON parse error - invalid UTF-8"},
		"deep":                 {"application/json", strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "JSON parse error - nested too deep"},
		"a list":               {"application/json", " [1]", "the body is a list"},
		"a text":               {"application/json", `"x"`, "the body is a str"},
		"a number":             {"application/json", `1`, "the body is a int"},
		"a fraction":           {"application/json", `1e5`, "the body is a float"},
		"null":                 {"application/json", `null`, "the body is a NoneType"},
		"another type":         {"text/plain", "x", "text/plain"},
		"no type":              {"", "x", ""},
		"parts of no boundary": {"multipart/form-data", "x", "Multipart form parse error - Invalid boundary in multipart: None"},
		"parts cut off":        {parts, part("a", "x"), "Multipart form parse error - it cannot be read"},
		"too many parts":       {parts, strings.Repeat(part("a", "x"), 101) + "--b--", "Multipart form parse error - it cannot be read"},
	} {
		if got, err := decode(c.kind, []byte(c.raw)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", ""} {
		for _, raw := range []string{`{"a":"x","b":[1,{"c":null}]}`, "a=x&a=%ff&b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n", "[", ""} {
			f.Add(kind, []byte(raw))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		in, err := decode(kind, raw)
		if err != nil {
			return
		}
		for name, v := range in {
			if b, err := json.Marshal(v.text); err != nil || !json.Valid(b) {
				t.Errorf("%q: %q cannot be shown: %v", name, v.text, err)
			}
		}
	})
}

func FuzzUID(f *testing.F) {
	for _, uid := range []string{"MQ", "MQ==", "MTIzNA", "!!!", "x", "YWJj", "LTE", ""} {
		f.Add(uid)
	}
	f.Fuzz(func(t *testing.T, uid string) {
		if n := numberOf(uid); n < 0 || n >= 1<<53 {
			t.Errorf("%q is %d", uid, n)
		}
	})
}
