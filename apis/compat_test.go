package apis_test

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
)

// The states of what Stormpath had.
const (
	built    = "built"
	byRote   = "default" // an empty collection, or values that nobody can change
	notThere = "refused" // 404 or 405
)

// lines are those of a file of testdata that are no comments.
func lines(t *testing.T, name string) (all []string) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

var choice = regexp.MustCompile(`\{([A-Za-z0-9]+(?:,[A-Za-z0-9]+)+)\}`)

// spelled are the paths that a pattern with "{a,b}" in it stands for.
func spelled(pattern string) (all []string) {
	m := choice.FindStringSubmatchIndex(pattern)
	if m == nil {
		return []string{pattern}
	}
	for name := range strings.SplitSeq(pattern[m[2]:m[3]], ",") {
		all = append(all, spelled(pattern[:m[0]]+name+pattern[m[1]:])...)
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\w+\}|:\w+`)

// routeAt is the server's route of a method at a path with placeholders, nil if it
// has none.
func routeAt(all []apis.Route, method, path string) *apis.Route {
	shape := placeholder.ReplaceAllString(path, "*")
	i := slices.IndexFunc(all, func(rt apis.Route) bool {
		return (method == "" || rt.Method == method) && placeholder.ReplaceAllString(rt.Path, "*") == shape
	})
	if i < 0 {
		return nil
	}
	return &all[i]
}

func stateOf(rt *apis.Route) string {
	switch {
	case rt == nil:
		return notThere
	case rt.Default:
		return byRote
	}
	return built
}

// What the handbook says of compatibility is made from the running server: -update
// writes it, and what it says is tried here.
func TestTheHandbookSaysHowCompatibleTheServerIs(t *testing.T) {
	a := populated(t)
	counts := map[string]int{}
	routes := compatibleRoutes(t, a, counts)
	fields := compatibleFields(t, a, counts)
	text := fmt.Sprintf(`# Compatibility

What of Stormpath's REST API v1 this server has, made from the server itself by its tests.

- **built**: it works.
- **default**: it answers, with an empty collection or with values that cannot be changed; a later version builds it.
- **refused**: 404, or 405 for a method.

Of %d routes, %d are built, %d default and %d refused. Of %d members of resources, %d are built, %d default and %d refused.

## Routes

Below %s.

| route | built | default | refused |
|---|---|---|---|
%s
## Members of resources

| resource | built | default | refused |
|---|---|---|---|
%s`, counts["routes"], counts["routes "+built], counts["routes "+byRote], counts["routes "+notThere],
		counts["fields"], counts["fields "+built], counts["fields "+byRote], counts["fields "+notThere], "`/v1`", routes, fields)
	golden(t, "../../ui/docs/compatibility.md", text)
}

// tableRow is a line of a table: a name, and what is in which state.
func tableRow(name string, states map[string][]string) string {
	cell := func(state string) string { return strings.Join(states[state], ", ") }
	return fmt.Sprintf("| `%s` | %s | %s | %s |\n", name, cell(built), cell(byRote), cell(notThere))
}

func compatibleRoutes(t *testing.T, a *apitest.API, counts map[string]int) string {
	var table strings.Builder
	for _, line := range lines(t, "stormpath_routes.txt") {
		methods, pattern, _ := strings.Cut(line, " ")
		for _, path := range spelled(pattern) {
			states := map[string][]string{}
			for method := range strings.SplitSeq(methods, ",") {
				rt := routeAt(a.Server.Routes(), method, "/v1"+path)
				state := stateOf(rt)
				states[state] = append(states[state], method)
				counts["routes"]++
				counts["routes "+state]++
				if method == http.MethodGet && rt != nil {
					c := concrete(t, *rt, "")
					if got := a.Do(t, apitest.Owner, c.method, c.path, "", nil).Status; got != rt.Status {
						t.Errorf("GET %s: %d, want %d", c.path, got, rt.Status)
					}
				}
				if state == notThere {
					nothing := placeholder.ReplaceAllString("/v1"+path, "0000000000000000000000")
					if got := a.Do(t, apitest.Owner, method, nothing, "", nil).Status; got != 404 && got != 405 {
						t.Errorf("%s %s: %d, which is no refusal", method, nothing, got)
					}
				}
			}
			table.WriteString(tableRow(path, states))
		}
	}
	return table.String()
}

func compatibleFields(t *testing.T, a *apitest.API, counts map[string]int) string {
	var table strings.Builder
	for _, line := range lines(t, "stormpath_shapes.txt") {
		words := strings.Fields(line)
		noun, path, names := words[0], words[1], words[2:]
		states := map[string][]string{}
		var shown *apitest.Answer
		own := notThere
		if path != "-" {
			shown = a.Get(t, "/v1"+path)
			own = stateOf(routeAt(a.Server.Routes(), http.MethodGet, "/v1"+path))
		}
		for _, name := range names {
			state := own
			if shown != nil {
				state = memberState(a, shown, name, own)
			}
			states[state] = append(states[state], name)
			counts["fields"]++
			counts["fields "+state]++
		}
		table.WriteString(tableRow(noun, states))
	}
	return table.String()
}

// memberState is how much of a member there is: of a link, as much as of what it
// leads to.
func memberState(a *apitest.API, shown *apitest.Answer, name, own string) string {
	value := shown.Value(name)
	if value == apitest.Missing {
		return notThere
	}
	href, _ := shown.Value(name + ".href").(string)
	path, link := strings.CutPrefix(href, apitest.Base)
	if !link || own != built {
		return own
	}
	parts := strings.Split("/v1"+path, "/")
	if len(parts) > 3 {
		parts[3] = ":id"
	}
	return stateOf(routeAt(a.Server.Routes(), "", strings.Join(parts, "/")))
}
