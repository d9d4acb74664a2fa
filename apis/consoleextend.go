package apis

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// extensionsPath is below what the files of the console's extensions are, and
// extensionScript the one that the console loads of each.
const (
	extensionsPath  = consolePath + "extensions/"
	extensionScript = "index.js"
)

var extensionName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// extension is a script of the console that a plugin brought.
type extension struct {
	Name   string `json:"name"`
	Script string `json:"script"` // its path, other whenever its files are
}

type extensions struct {
	Items []extension `json:"items"`
}

// ExtendConsole adds pages, tabs and commands of a plugin to the console: files holds
// index.js, an ES module whose default export says what there is (handbook, "Pages of
// the console"), and what else that loads, in one folder. The files are public, as the
// console's own are; what they show is asked of routes, which have their own rules. An
// error says that the name is none (a-z, 0-9 and -) or taken, or that index.js is
// missing. Call it before Serve.
func (s *Server) ExtendConsole(name string, files fs.FS) error {
	if !extensionName.MatchString(name) {
		return fmt.Errorf("console extension %q: a name has a-z, 0-9 and -, at most 32", name)
	}
	if s.extensions[name] != nil {
		return fmt.Errorf("console extension %q: there is one of this name", name)
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return fmt.Errorf("console extension %q: %w", name, err)
	}
	all := map[string]*consoleFile{}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) == ".go" {
			continue
		}
		if all[e.Name()], err = readConsoleFile(files, e.Name()); err != nil {
			return fmt.Errorf("console extension %q: %w", name, err)
		}
	}
	if all[extensionScript] == nil {
		return fmt.Errorf("console extension %q: it has no %s", name, extensionScript)
	}
	if s.extensions == nil {
		s.extensions = map[string]map[string]*consoleFile{}
	}
	s.extensions[name] = all
	return nil
}

// consoleExtensions serves what plugins add to the console.
func (s *Server) consoleExtensions() {
	s.console(Route{Method: fiber.MethodGet, Path: "extensions", Role: core.Auditor, Summary: "What plugins add to the console", Shows: "ConsoleExtensions", Answer: extensions{}},
		func(r *request, _ string) error {
			out := extensions{[]extension{}}
			for _, name := range slices.Sorted(maps.Keys(s.extensions)) {
				at := extensionsPath + name + "/" + extensionScript
				out.Items = append(out.Items, extension{name, at + "?" + s.extensions[name][extensionScript].tag})
			}
			return r.answer(out)
		})
	s.route(Route{Method: fiber.MethodGet, Path: extensionsPath + ":plugin/:file", Public: true, Page: true, Status: fiber.StatusOK, Summary: "A file of an extension of the console"},
		func(c fiber.Ctx) error {
			f := s.extensions[c.Params("plugin")][c.Params("file")]
			if f == nil {
				return fiber.ErrNotFound
			}
			return f.send(c, "no-cache")
		})
}
