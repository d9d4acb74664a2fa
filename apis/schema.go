package apis

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// The schemas that all others use.
var (
	linkSchema = tree{"type": "object", "description": "Where something is. With expand it is shown here whole.",
		"properties": tree{"href": tree{"type": "string", "format": "uri"}}, "required": []string{"href"}, "additionalProperties": false}
	resourceSchema = tree{"type": "object", "description": "Any resource.", "properties": tree{"href": hrefSchema}, "required": []string{"href"}, "additionalProperties": true}
	errorSchema    = tree{"type": "object", "description": "Why a request was refused. The message may be shown to people.",
		"properties": tree{
			"status":           tree{"type": "integer", "description": "The HTTP status."},
			"code":             tree{"type": "integer", "description": "What exactly was wrong; the HTTP status where no code says it."},
			"message":          tree{"type": "string"},
			"developerMessage": tree{"type": "string"},
			"moreInfo":         tree{"type": "string", "format": "uri"},
			"requestId":        tree{"type": "string", "description": "Under which the server logged and audited the request."},
			"error":            tree{"type": "string", "description": "The name of the error, for the console."},
			"field":            tree{"type": "string", "description": "The field that the message is about, for the console."},
			"fields":           tree{"type": "object", "description": "What is wrong with each field, for the console.", "additionalProperties": tree{"type": "string"}},
			"need":             tree{"type": "integer", "description": "How many characters a password needs, of the kind that the message names, for the console."},
		}, "required": []string{"status", "code", "message", "developerMessage", "moreInfo", "requestId"}, "additionalProperties": false}
	hrefSchema = tree{"type": "string", "format": "uri", "readOnly": true, "description": "Where this is."}
	timeSchema = tree{"type": "string", "format": "date-time"}
)

// enums are the values of the types that have a few.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[core.Status]():       {string(core.Enabled), string(core.Disabled), string(core.Unverified)},
	reflect.TypeFor[core.Verification](): {string(core.AddressVerified), string(core.AddressUnverified), string(core.AddressUnknown)},
	reflect.TypeFor[core.MailStatus]():   {string(core.MailQueued), string(core.MailSent), string(core.MailFailed)},
	reflect.TypeFor[core.Role]():         {string(core.Owner), string(core.Admin), string(core.Support), string(core.Auditor)},
}

// linkTo is a link, or what it leads to where that is known.
func (d *describer) linkTo(path string) tree {
	if to := d.answerOf(path); to != nil {
		return tree{"anyOf": []tree{ref("Link"), to}}
	}
	return ref("Link")
}

func orNull(schema tree) tree {
	if t, ok := schema["type"].(string); ok {
		schema["type"] = []string{t, "null"}
		return schema
	}
	return tree{"anyOf": []tree{schema, {"type": "null"}}}
}

// kind is the name of the schema of a kind's records.
func (d *describer) kind(name string) string {
	k := d.srv.App.KindNamed(name)
	info := k.Info()
	if d.schemas[info.Noun] != nil {
		return info.Noun
	}
	properties := tree{"href": hrefSchema}
	d.schemas[info.Noun] = tree{} // so that what leads back here finds it
	for i := range shapeOf(info.Type).fields {
		m := &shapeOf(info.Type).fields[i]
		schema := d.field(m)
		if m.access == "ro" {
			schema["readOnly"] = true
		}
		properties[m.name] = schema
	}
	for _, l := range info.Links {
		name, path, special := strings.Cut(l, "=")
		if !special {
			path = info.Where("{id}") + "/" + name
		}
		properties[name] = d.linkTo(pattern(path))
	}
	if v, ok := k.Make().(core.Viewer); ok {
		view := core.View{Tx: d.tx, Any: true}
		v.View(&view)
		shown := whole(properties)
		for _, f := range view.Fields {
			properties[f.Name] = d.example(f.Value) // not required: a view may leave it out
		}
		d.schemas[info.Noun] = shown
		return info.Noun
	}
	d.schemas[info.Noun] = whole(properties)
	return info.Noun
}

// input is the name of the schema of what may be set of a kind's records.
func (d *describer) input(name string) string {
	info := d.srv.App.KindNamed(name).Info()
	in := info.Noun + "Input"
	if d.schemas[in] != nil {
		return in
	}
	properties := tree{}
	for i := range shapeOf(info.Type).fields {
		m := &shapeOf(info.Type).fields[i]
		if m.access == "ro" {
			continue
		}
		schema := d.field(m)
		if isLink(m.typ) {
			schema = ref("Link")
		}
		if m.access == "create" {
			schema["description"] = "Set when it is made, and never again."
		}
		properties[m.name] = schema
	}
	if info.Custom {
		properties["customData"] = tree{"type": "object", "description": "Keys to set of its custom data."}
	}
	if info.Type == reflect.TypeFor[core.Account]() || info.Type == reflect.TypeFor[core.SmtpServer]() {
		properties["password"] = tree{"type": "string", "writeOnly": true}
	}
	d.schemas[in] = tree{"type": "object", "properties": properties,
		"description": "What may be set. Whatever else a resource holds may be posted back, and is ignored."}
	return in
}

// field is the schema of one member of a record.
func (d *describer) field(m *member) tree {
	schema := tree{}
	switch t := m.typ; {
	case t == reflect.TypeFor[core.Ref]():
		schema = tree{"anyOf": []tree{ref("Link"), ref("Resource")}} // of one of several kinds
	case isLink(t):
		path := reflect.ValueOf("id").Convert(t).Interface().(core.Link).Path()
		schema = d.linkTo(pattern(path))
	case t == reflect.TypeFor[core.Time]():
		schema = tree{"type": "string", "format": "date-time"}
		if m.name != "createdAt" && m.name != "modifiedAt" {
			schema = orNull(schema)
		}
	case t.Kind() == reflect.String:
		schema["type"] = "string"
	case t.Kind() == reflect.Bool:
		schema["type"] = "boolean"
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64:
		schema["type"] = "integer"
	case t.Kind() == reflect.Slice:
		schema = tree{"type": "array", "items": d.field(&member{typ: t.Elem()})}
	case t.Kind() == reflect.Struct || t.Kind() == reflect.Map:
		schema["type"] = "object"
	}
	if all := enums[m.typ]; all != nil {
		schema["enum"] = all
	}
	if m.null {
		return orNull(schema)
	}
	return schema
}

// list is the name of the schema of a collection of a kind's records.
func (d *describer) list(kind string) string {
	noun := d.kind(kind)
	d.schemas[noun+"List"] = collectionOf(ref(noun))
	return noun + "List"
}

func collectionOf(item tree) tree {
	return whole(tree{"href": hrefSchema, "offset": tree{"type": "integer"}, "limit": tree{"type": "integer"},
		"size": tree{"type": "integer", "description": "How many there are on all pages."}, "items": tree{"type": "array", "items": item}})
}

// object is the name of the schema of what a route shows that is no record.
func (d *describer) object(rt Route) string {
	item, isList := strings.CutSuffix(rt.Shows, "List")
	switch {
	case rt.Shows == "CustomData":
		d.schemas[rt.Shows] = tree{"type": "object", "properties": tree{"href": hrefSchema, "createdAt": timeSchema, "modifiedAt": timeSchema},
			"required": []string{"href", "createdAt", "modifiedAt"}, "additionalProperties": true}
	case rt.Shows == "EmptyList":
		d.schemas[rt.Shows] = collectionOf(tree{})
	case d.schemas[rt.Shows] != nil || len(rt.Members) == 0 && rt.Answer == nil:
	case rt.Answer != nil:
		d.schemas[rt.Shows] = reflected(reflect.TypeOf(rt.Answer))
	case isList:
		d.schemas[rt.Shows] = collectionOf(ref(d.object(Route{Shows: item, Members: rt.Members})))
	default:
		d.schemas[rt.Shows] = tree{} // so that what leads back here finds it
		d.schemas[rt.Shows] = d.members(rt.Members, true)
	}
	return rt.Shows
}

// members is the schema of an object by example.
func (d *describer) members(fields []core.ViewField, shown bool) tree {
	properties := tree{}
	for _, f := range fields {
		if f.Name == "href" {
			properties[f.Name] = hrefSchema
			continue
		}
		if properties[f.Name] = d.example(f.Value); !shown && isPath(f.Value) {
			properties[f.Name] = ref("Link")
		}
	}
	if !shown {
		return tree{"type": "object", "properties": properties}
	}
	return whole(properties)
}

// example is an object's members as Route.Members has them.
func (o *object) example() []core.ViewField {
	return append([]core.ViewField{{Name: "href", Value: ""}}, o.members...)
}

func isPath(v any) bool { _, ok := v.(core.Href); return ok }

// example is the schema of a value such as v.
func (d *describer) example(v any) tree {
	switch v := v.(type) {
	case nil:
		return tree{}
	case core.Href:
		return d.linkTo(pattern(string(v)))
	case core.Link:
		return d.field(&member{typ: reflect.TypeOf(v)})
	case core.Time:
		return timeSchema
	case core.Secret:
		return tree{"type": []string{"string", "null"}}
	}
	b, err := json.Marshal(v)
	if err != nil || len(b) == 0 {
		return tree{}
	}
	switch b[0] {
	case '"':
		return tree{"type": "string"}
	case '{':
		return tree{"type": "object"}
	case '[':
		return tree{"type": "array"}
	case 't', 'f':
		return tree{"type": "boolean"}
	}
	return tree{"type": "integer"}
}

// whole is the schema of an object that always has all its properties.
func whole(properties tree) tree {
	names := make([]string, 0, len(properties))
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return tree{"type": "object", "properties": properties, "required": names}
}
