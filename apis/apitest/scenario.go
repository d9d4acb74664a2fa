package apitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Scenario is one row: who calls what, and what must come of it. "{name}" in any
// text stands for API.Vars[name].
type Scenario struct {
	Name   string
	As     string // a name of API.Keys; "" is the owner
	Method string // "" is POST with a body and GET without
	Path   string
	Body   string
	Header map[string]string
	Status int // 0 is 200
	// Want is what the body has. "items.0.name=Ann" is the exact value at a path
	// ("#" is a length, "Location" and other capitalised names a header); anything
	// else is text that must be in it.
	Want []string
	// Not is what it must not have, in the same form.
	Not []string
	// Events are the types of all events emitted, in order; nil means none.
	Events []string
	// Keep names the answer's id for the rows that follow.
	Keep string
}

// Run runs the rows one after the other on this API.
func (a *API) Run(t *testing.T, rows []Scenario) {
	t.Helper()
	for _, s := range rows {
		t.Run(s.Name, func(t *testing.T) { a.run(t, s) })
	}
}

// Each runs every row on an API of its own.
func Each(t *testing.T, make func(testing.TB) *API, rows []Scenario) {
	t.Helper()
	for _, s := range rows {
		t.Run(s.Name, func(t *testing.T) { make(t).run(t, s) })
	}
}

func (a *API) run(t *testing.T, s Scenario) {
	t.Helper()
	if s.Method == "" {
		s.Method = http.MethodGet
		if s.Body != "" {
			s.Method = http.MethodPost
		}
	}
	if s.Status == 0 {
		s.Status = http.StatusOK
	}
	before := a.Events(t)
	ans := a.Do(t, s.As, s.Method, s.Path, s.Body, s.Header)
	if ans.Status != s.Status {
		t.Errorf("status %d, want %d", ans.Status, s.Status)
	}
	for _, want := range s.Want {
		if err := ans.Has(a.Fill(want)); err != nil {
			t.Error(err)
		}
	}
	for _, not := range s.Not {
		if ans.Has(a.Fill(not)) == nil {
			t.Errorf("the answer has %s", a.Fill(not))
		}
	}
	if got := a.since(t, before); !slices.Equal(got, s.Events) {
		t.Errorf("events %q, want %q", got, s.Events)
	}
	if s.Keep != "" {
		href, _ := ans.Value("href").(string)
		a.Vars[s.Keep] = path.Base(href)
	}
	if t.Failed() {
		t.Logf("%s %s as %q\n%d %.700s", s.Method, a.Fill(s.Path), s.As, ans.Status, ans.Body)
	}
}

var exact = regexp.MustCompile(`^([A-Za-z0-9_#.-]+)=(.*)$`)

// Has says in what the answer lacks want.
func (ans *Answer) Has(want string) error {
	m := exact.FindStringSubmatch(want)
	if m == nil {
		if !strings.Contains(string(ans.Body), want) {
			return fmt.Errorf("the body lacks %s", want)
		}
		return nil
	}
	var value any
	d := json.NewDecoder(strings.NewReader(m[2]))
	d.UseNumber()
	if header(m[1]) || d.Decode(&value) != nil || d.More() {
		value = m[2]
	}
	if got := ans.Value(m[1]); !reflect.DeepEqual(got, value) {
		return fmt.Errorf("%s is %v, want %v", m[1], got, value)
	}
	return nil
}

// Missing is the value at a path that leads nowhere.
const Missing = "(missing)"

// Value is what is at a path of the body such as "items.0.name"; "#" is the
// length of a list. A name that begins with a capital letter is a header's.
func (ans *Answer) Value(at string) any {
	if header(at) {
		return ans.Header.Get(at)
	}
	now := ans.JSON
	for name := range strings.SplitSeq(at, ".") {
		switch v := now.(type) {
		case map[string]any:
			child, ok := v[name]
			if !ok {
				return Missing
			}
			now = child
		case []any:
			if name == "#" {
				now = json.Number(strconv.Itoa(len(v)))
				continue
			}
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(v) {
				return Missing
			}
			now = v[i]
		default:
			return Missing
		}
	}
	return now
}

func header(name string) bool { return name[0] >= 'A' && name[0] <= 'Z' }
