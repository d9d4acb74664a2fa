package core_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/stormkeep/stormkeep"

// root is the folder of the module, seen from this package.
const root = ".."

// stair is who stands on whom: a package imports its own floor and those before it.
var stair = []string{"hooks", "core", "apis", "plugins", ""}

// floor is the stair that a package stands on; false for one that is on none.
func floor(path string) (int, bool) {
	rel := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	first, _, _ := strings.Cut(rel, "/")
	i := slices.Index(stair, first)
	return i, i >= 0
}

type goPackage struct {
	ImportPath, Dir               string
	Imports, TestImports, GoFiles []string
	XTestImports                  []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Imports,TestImports,XTestImports,GoFiles", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestNoPackageImportsAFloorAboveItsOwn(t *testing.T) {
	for _, p := range packages(t) {
		own, ok := floor(p.ImportPath)
		if !ok {
			continue // ui is a leaf of files
		}
		for _, imported := range p.Imports {
			if !strings.HasPrefix(imported, module) {
				continue
			}
			if other, ok := floor(imported); ok && other > own {
				t.Errorf("%s imports %s, which is above it", p.ImportPath, imported)
			}
			if imported == module+"/ui" && stair[own] != "apis" {
				t.Errorf("%s imports ui, which only apis opens", p.ImportPath)
			}
		}
	}
}

func TestTheDomainKnowsNoTransport(t *testing.T) {
	for _, p := range packages(t) {
		if own, ok := floor(p.ImportPath); !ok || stair[own] != "hooks" && stair[own] != "core" {
			continue
		}
		for _, imported := range p.Imports {
			for _, foreign := range []string{"net/http", "github.com/gofiber/", "github.com/valyala/fasthttp", "database/sql", "html/template"} {
				allowed := foreign == "html/template" && p.ImportPath == module+"/core/mail/letter" || // texts of mails
					foreign == "net/http" && p.ImportPath == module+"/core/egress" // the one client
				if strings.HasPrefix(imported, foreign) && !allowed {
					t.Errorf("%s imports %s", p.ImportPath, imported)
				}
			}
			if p.ImportPath == module+"/core" && strings.HasPrefix(imported, module+"/core/store/") {
				t.Errorf("core imports the engine %s: it is given one", imported)
			}
			if strings.HasPrefix(p.ImportPath, module+"/hooks") && strings.HasPrefix(imported, module) {
				t.Errorf("hooks imports %s: it is the mechanism only", imported)
			}
		}
	}
}

// goFiles are the Go files of the module below some folders, by their path.
func goFiles(t *testing.T, below ...string) (paths []string) {
	t.Helper()
	for _, dir := range below {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == ".git"):
				return fs.SkipDir
			case strings.HasSuffix(path, ".go"):
				rel, err := filepath.Rel(root, path)
				paths = append(paths, filepath.ToSlash(rel))
				return err
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return paths
}

func TestNoFileIsOver500Lines(t *testing.T) {
	for _, path := range goFiles(t, "") {
		b, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b, []byte("\n")); n > 500 {
			t.Errorf("%s has %d lines", path, n)
		}
	}
}

// tested says which tests prove the files that have none beside them.
var tested = map[string]string{
	"core/keep/owner_windows.go":            "cannot run here; rights_test.go says what it must do",
	"core/store/bolt/errors_windows.go":     "cannot run here; it does nothing",
	"core/store/bolt/free_other.go":         "cannot run here; it says that it does not know",
	"core/store/full_windows.go":            "cannot run here; full_test.go says what it must do",
	"core/store/storetest/basics.go":        "is a test: storetest_test.go runs it on a right and a wrong engine",
	"core/store/storetest/concurrency.go":   "is a test",
	"core/store/storetest/machine.go":       "is a test",
	"core/store/storetest/scans.go":         "is a test",
	"core/store/storetest/transactions.go":  "is a test",
	"plugins/notes/stormkeep-notes/main.go": "hands one plugin more to it; the browser tests run it",
	"main.go":                               "hands two things to the command line, whose tests run it",
}

func TestEveryFileHasItsTestsBesideIt(t *testing.T) {
	for _, path := range goFiles(t, "hooks", "core", "apis", "plugins") {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "/doc.go") || tested[path] != "" {
			continue
		}
		beside := strings.TrimSuffix(path, ".go") + "_test.go"
		if _, err := os.Stat(filepath.Join(root, beside)); err != nil {
			t.Errorf("%s has no %s", path, filepath.Base(beside))
		}
	}
}

// clocks are the files that may read the machine's clock: the app's default, the
// timers of its workers, and what measures or names things for people.
var clocks = map[string]bool{
	"core/app.go":               true, // the default of App.Now
	"core/worker.go":            true, // timers
	"core/pulse.go":             true, // how long a worker has been at one thing
	"core/coretest/coretest.go": true, // how long a test waits
	"core/coretest/post.go":     true, // the same
}

var readsClock = regexp.MustCompile(`\btime\.(Now|Since|Until)\b`)

func TestVerbsTakeTheTimeFromTheirTransaction(t *testing.T) {
	for _, path := range goFiles(t, "core") {
		inner := strings.TrimPrefix(path, "core/")
		if strings.HasSuffix(path, "_test.go") || clocks[path] || strings.Contains(inner, "/") && !strings.HasPrefix(inner, "coretest") {
			continue
		}
		f, err := os.Open(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for n, s := 1, bufio.NewScanner(f); s.Scan(); n++ {
			code, _, _ := strings.Cut(s.Text(), "//")
			if readsClock.MatchString(code) {
				t.Errorf("%s:%d reads the machine's clock: %s", path, n, strings.TrimSpace(code))
			}
		}
	}
}

func TestExportedNamesSayWhatTheyPromise(t *testing.T) {
	fset := token.NewFileSet()
	for _, path := range goFiles(t, "hooks", "core", "apis", "plugins", "ui") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, filepath.Join(root, path), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, d := range f.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s has no comment", path, name)
			}
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init", path)
			}
		}
	}
}

// undocumented are the exported names of a declaration that nothing is said of.
func undocumented(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || ast.IsExported(receiver(d))) && !told[d.Name.Name] {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
						names = append(names, n.Name)
					}
				}
			}
		}
	}
	return names
}

// told are methods whose interface says what they promise.
var told = map[string]bool{"Error": true, "Unwrap": true, "Is": true, "String": true, "Kind": true, "Level": true}

func receiver(d *ast.FuncDecl) string {
	name := ""
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return name == ""
	})
	return name
}
