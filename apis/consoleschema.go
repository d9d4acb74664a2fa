package apis

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// reflected is the schema of what a value of the type is in JSON. A pointer may be null,
// and what is left out where it is empty is not required.
func reflected(t reflect.Type) tree {
	switch t {
	case reflect.TypeFor[core.Time]():
		return timeSchema
	case reflect.TypeFor[json.RawMessage]():
		return tree{}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return tree{"anyOf": []tree{reflected(t.Elem()), {"type": "null"}}}
	case reflect.String:
		return tree{"type": "string"}
	case reflect.Bool:
		return tree{"type": "boolean"}
	case reflect.Float64:
		return tree{"type": "number"}
	case reflect.Slice:
		return tree{"type": "array", "items": reflected(t.Elem())}
	case reflect.Map:
		return tree{"type": "object", "additionalProperties": reflected(t.Elem())}
	case reflect.Struct:
		return reflectedObject(t)
	case reflect.Interface:
		return tree{}
	}
	return tree{"type": "integer"}
}

func reflectedObject(t reflect.Type) tree {
	properties, required := tree{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		properties[name] = reflected(f.Type)
		if !strings.Contains(rest, "omit") {
			required = append(required, name)
		}
	}
	return tree{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
