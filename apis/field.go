package apis

import (
	"encoding/json"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// field is one of the two members of an account schema, as /v1 shows them: each a
// resource of its own, whose id is the schema's and its name.
type field struct {
	Required bool `json:"required"`
}

// schemas serves the account schemas of directories (spec 9.4).
func (s *Server) schemas() {
	s.read(s.App.KindNamed("schemas"))
	shown := fieldOf(&core.AccountSchema{}, "").example()
	s.get(Route{Path: "schemas/:id/fields", Kind: "schemas", Shows: "FieldList", Members: shown, Summary: "List what the accounts of a directory may have to have"},
		func(r *request, id string) (any, error) {
			schema, err := r.schema(id)
			if err != nil {
				return nil, err
			}
			c := &collection{path: "schemas/" + id + "/fields", page: r.page, size: len(core.SchemaFields)}
			for _, name := range core.SchemaFields {
				c.items = append(c.items, fieldOf(schema, name))
			}
			c.items = cut(c.items, r.page).Items
			return c, nil
		})
	s.get(Route{Path: "fields/:id", Kind: "schemas", Shows: "Field", Members: shown, Summary: "Read one Field"},
		func(r *request, id string) (any, error) {
			schema, name, err := r.field(id)
			if err != nil {
				return nil, err
			}
			return fieldOf(schema, name), nil
		})
	s.change(Route{Path: "fields/:id", Kind: "schemas", Shows: "Field", Takes: []core.ViewField{{Name: "required", Value: true}}, Summary: "Change one Field"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			schema, name, err := r.field(id)
			if err != nil {
				return nil, err
			}
			if err := r.fresh(schema); err != nil {
				return nil, err
			}
			required := schema.Required(name)
			f := field{Required: *required}
			if err := r.decode(in, &f, false, "createdAt", "modifiedAt", "name", "schema", "href"); err != nil {
				return nil, err
			}
			*required = f.Required
			if err := core.Put(r.tx, schema); err != nil {
				return nil, err
			}
			return fieldOf(schema, name), nil
		})
}

// schema is the account schema of a directory, with its times.
func (r *request) schema(id string) (*core.AccountSchema, error) {
	rec, err := r.srv.App.KindNamed("schemas").Load(r.tx, id)
	if err != nil {
		return nil, err
	}
	return rec.(*core.AccountSchema), nil
}

// field is the schema of a field, and its name there.
func (r *request) field(id string) (*core.AccountSchema, string, error) {
	for _, name := range core.SchemaFields {
		if dir, ok := strings.CutSuffix(id, name); ok {
			schema, err := r.schema(dir)
			return schema, name, err
		}
	}
	return nil, "", core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
}

func fieldOf(s *core.AccountSchema, name string) *object {
	required := s.Required(name)
	return &object{path: "fields/" + string(s.ID) + name, etag: etagOf(s), members: []core.ViewField{
		{Name: "createdAt", Value: s.CreatedAt}, {Name: "modifiedAt", Value: s.ModifiedAt},
		{Name: "name", Value: name}, {Name: "required", Value: required != nil && *required},
		{Name: "schema", Value: core.Href("schemas/" + string(s.ID))}}}
}
