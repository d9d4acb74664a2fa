package djoser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"unicode/utf8"
)

// value is a field of a body.
type value struct {
	kind kind
	text string // as Python would write what it is
}

type kind int

const (
	absent kind = iota
	null
	text   // also a number: both versions take its text
	truth  // true or false
	nested // a list or an object
)

// body is what a request carries, by field. Names are compared exactly, and of one that
// is there twice the last counts (djoser 7).
type body map[string]value

// The bounds of a body; the server bounds its length.
const (
	maxParts  = 100
	maxNested = 64
)

// unreadable is why a body cannot be read: a status and what is said.
type unreadable struct {
	status int
	text   string
}

func (u *unreadable) Error() string { return u.text }

// wrongShape is a JSON text that is no object; it is called as Python calls it.
type wrongShape struct{ is string }

func (w *wrongShape) Error() string { return "the body is a " + w.is }

// decode reads a body by its type. An empty one is an empty object whatever its type.
func decode(contentType string, raw []byte) (body, error) {
	if len(raw) == 0 {
		return body{}, nil
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil && kind == "" {
		kind, _, _ = strings.Cut(contentType, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	switch kind {
	case "application/json":
		return decodeJSON(raw)
	case "application/x-www-form-urlencoded":
		return decodeForm(raw), nil
	case "multipart/form-data":
		return decodeParts(raw, params["boundary"])
	}
	return nil, &unreadable{415, contentType}
}

func decodeJSON(raw []byte) (body, error) {
	bad := func(why string) error { return &unreadable{400, "JSON parse error - " + why} }
	switch {
	case !utf8.Valid(raw):
		return nil, bad("invalid UTF-8")
	case deeper(raw, maxNested):
		return nil, bad("nested too deep")
	case !json.Valid(raw):
		return nil, bad("Expecting value")
	}
	var in map[string]json.RawMessage
	if err := json.Unmarshal(raw, &in); err != nil || in == nil {
		return nil, &wrongShape{pythonType(bytes.TrimLeft(raw, " \t\r\n"))}
	}
	out := make(body, len(in))
	for name, v := range in {
		out[name] = valueOf(v)
	}
	return out, nil
}

// deeper tells whether the brackets of a JSON text nest deeper than that.
func deeper(raw []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > most {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}

// pythonType is how Python calls what a JSON text stands for.
func pythonType(raw []byte) string {
	switch raw[0] {
	case '[':
		return "list"
	case '"':
		return "str"
	case 't', 'f':
		return "bool"
	case 'n':
		return "NoneType"
	case '{':
		return "dict"
	}
	if bytes.ContainsAny(raw, ".eE") {
		return "float"
	}
	return "int"
}

// valueOf is a member of a JSON object.
func valueOf(raw json.RawMessage) value {
	switch pythonType(raw) {
	case "NoneType":
		return value{kind: null}
	case "str":
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return value{kind: nested, text: string(raw)}
		}
		return value{text, s}
	case "bool":
		return value{truth, map[byte]string{'t': "True", 'f': "False"}[raw[0]]}
	case "list", "dict":
		return value{nested, string(raw)}
	}
	return value{text, string(raw)}
}

// decodeForm reads a form as Django does: what is not well escaped stays as it is.
func decodeForm(raw []byte) body {
	out := body{}
	for pair := range strings.SplitSeq(string(raw), "&") {
		if pair == "" {
			continue
		}
		name, v, _ := strings.Cut(pair, "=")
		out[unescape(name)] = value{text, unescape(v)}
	}
	return out
}

func unescape(s string) string {
	s = strings.ReplaceAll(s, "+", " ")
	plain, err := url.PathUnescape(s)
	if err != nil {
		plain = s
	}
	return strings.ToValidUTF8(plain, "\uFFFD")
}

// decodeParts reads the fields of a form in parts. Files are none.
func decodeParts(raw []byte, boundary string) (body, error) {
	bad := func(why string) error { return &unreadable{400, "Multipart form parse error - " + why} }
	if boundary == "" || len(boundary) > 200 {
		return nil, bad("Invalid boundary in multipart: None")
	}
	out := body{}
	r := multipart.NewReader(bytes.NewReader(raw), boundary)
	for n := 0; ; n++ {
		part, err := r.NextPart()
		if err == io.EOF {
			return out, nil
		}
		if err != nil || n == maxParts {
			return nil, bad("it cannot be read")
		}
		v, err := io.ReadAll(part)
		if err != nil {
			return nil, bad("it cannot be read")
		}
		if part.FormName() != "" && part.FileName() == "" {
			out[part.FormName()] = value{text, strings.ToValidUTF8(string(v), "\uFFFD")}
		}
	}
}

// quoted is a media type as an answer of the version names it.
func quoted(version, contentType string) string {
	if version == Old {
		return fmt.Sprintf("Unsupported media type '%s' in request.", contentType)
	}
	return fmt.Sprintf("Unsupported media type \"%s\" in request.", contentType)
}
