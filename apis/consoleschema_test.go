package apis

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestReflectedSchemas(t *testing.T) {
	type inner struct {
		N int `json:"n"`
	}
	for name, c := range map[string]struct {
		of   any
		want string
	}{
		"text":   {"", `{"type":"string"}`},
		"a role": {core.Owner, `{"type":"string"}`},
		"number": {uint64(1), `{"type":"integer"}`},
		"part":   {1.5, `{"type":"number"}`},
		"moment": {core.Time{}, `{"format":"date-time","type":"string"}`},
		"list":   {[]bool{}, `{"items":{"type":"boolean"},"type":"array"}`},
		"map":    {map[string]int{}, `{"additionalProperties":{"type":"integer"},"type":"object"}`},
		"raw":    {json.RawMessage{}, `{}`},
		"object": {struct {
			inner
			A *string `json:"a"`
			B string  `json:"b,omitempty"`
			c int
			D int `json:"-"`
		}{}, `{"additionalProperties":false,"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]},"b":{"type":"string"},"n":{"type":"integer"}},"required":["n","a"],"type":"object"}`},
	} {
		got, err := json.Marshal(reflected(reflect.TypeOf(c.of)))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}
