package apis_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// The golden says of every field of every kind who may set it and where it shows:
// a field that is new, or whose access changes, is a diff that somebody reads.
func TestFields(t *testing.T) {
	a := api(t)
	out := &strings.Builder{}
	for _, k := range a.App.Kinds() {
		info := k.Info()
		fmt.Fprint(out, info.Name)
		for i, is := range []bool{info.Internal, info.Private, info.Part, info.Custom} {
			if is {
				fmt.Fprint(out, []string{" internal", " private", " part", " customData"}[i])
			}
		}
		fmt.Fprintln(out)
		for _, f := range reflect.VisibleFields(info.Type) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			access, opts, _ := strings.Cut(f.Tag.Get("api"), ",")
			if f.Anonymous || name == "" || name == "-" {
				continue
			}
			says := map[string]string{"": "read and write", "ro": "read", "create": "read, set when made", "-": "hidden"}[access]
			if info.Internal && access != "-" && name != "createdAt" && name != "modifiedAt" {
				t.Errorf("%s.%s: a field of an internal kind is hidden", info.Name, name)
			}
			if f.Type == reflect.TypeFor[core.Sealed]() {
				says += ", sealed"
				if access != "-" {
					t.Errorf("%s.%s: a sealed field is hidden; a View shows it to those who may see it", info.Name, name)
				}
			}
			if says == "" {
				t.Errorf("%s.%s: %q is no access", info.Name, name, access)
			}
			if opts == "null" {
				says += ", null when empty"
			}
			fmt.Fprintf(out, "  %-24s %-40s %s\n", name, says, strings.ReplaceAll(f.Type.String(), "github.com/stormkeep/stormkeep/", ""))
		}
		if v, ok := k.Make().(core.Viewer); ok {
			a.View(t, func(tx *core.Tx) error {
				view := core.View{Tx: tx}
				v.View(&view)
				for _, f := range view.Fields {
					fmt.Fprintf(out, "  %-24s %-40s %T\n", f.Name, "computed", f.Value)
				}
				return nil
			})
		}
		for _, l := range info.Links {
			name, to, _ := strings.Cut(l, "=")
			fmt.Fprintf(out, "  %-24s %s\n", name, strings.TrimSpace("link "+to))
		}
	}
	golden(t, "fields.golden", out.String())
}
