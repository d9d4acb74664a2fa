package apis

import (
	"encoding/json"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// applications serves applications and what they see through their account stores
// (spec 6).
func (s *Server) applications() {
	s.create(Route{Path: "applications", Kind: "applications", Body: "applications", Summary: "Make an Application"}, createApplication)
	s.resource(s.App.KindNamed("applications"))
	list[core.AccountStoreMapping, *core.AccountStoreMapping]{page: func(r *request, id string, p page) (core.Page[*core.AccountStoreMapping], error) {
		all, err := core.Mappings(r.tx, core.ID[core.Application](id))
		return cut(all, p), err
	}}.serve(s, "applications/:id/accountStoreMappings", "List an application's account stores in the order of login")
	s.seenBy("applications")
	s.login()
	s.reset()
}

// createApplication makes an application, with a directory if the query asks for
// one.
func createApplication(r *request, _ string, in map[string]json.RawMessage) (any, error) {
	return made(r, in, func(*core.Application) error { return nil }, func(tx *core.Tx, a *core.Application) error {
		if err := core.Put(tx, a); err != nil {
			return err
		}
		name, wanted, err := r.newDirectory()
		if err != nil || !wanted {
			return err
		}
		if _, err := core.CreateDirectoryFor(tx, a, name); err != nil {
			return err
		}
		fresh, err := core.Get(tx, a.ID) // its defaults have been set
		if err == nil {
			*a = *fresh
		}
		return err
	})
}

// newDirectory is the name of the directory that the query asks to be made along,
// "" for one that the server chooses.
func (r *request) newDirectory() (name string, wanted bool, err error) {
	if !r.query.Has("createDirectory") {
		return "", false, nil
	}
	switch name = r.query.Get("createDirectory"); strings.ToLower(name) {
	case "false":
		return "", false, nil
	case "true":
		return "", true, nil
	case "":
		return "", false, fieldError("required", "createDirectory", "createDirectory is required; it cannot be null, empty, or blank.")
	}
	return name, true, nil
}
