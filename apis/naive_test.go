package apis_test

import (
	"cmp"
	"encoding/json"
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A search as spec 2.7 and 2.8 tell of it, answered by looking at the JSON of every
// record. It is slow, plain, and shares nothing with the search it is held against
// but the folding of text.

// naiveTexts are the searchable texts of each kind (spec 2.8).
var naiveTexts = map[string][]string{
	"accounts":     {"givenName", "middleName", "surname", "username", "email"},
	"groups":       {"name", "description"},
	"directories":  {"name", "description"},
	"applications": {"name", "description"},
	"apiKeys":      {"id", "name", "description"},
}

var naiveTimes = map[string][]string{
	"accounts": {"createdAt", "modifiedAt", "passwordModifiedAt"},
	"":         {"createdAt", "modifiedAt"},
}

func timesOf(kind string) []string {
	if some, ok := naiveTimes[kind]; ok {
		return some
	}
	return naiveTimes[""]
}

// naive is a query as it is understood: what a record must fulfil, how two of them
// are in order, and the codes of what is wrong with it.
type naive struct {
	fold  func(string) string // core.Fold, remembered
	fits  []func(rec map[string]any) bool
	order []naiveOrder
	wrong map[int]bool
}

type naiveOrder struct {
	key  func(rec map[string]any) sortable
	desc bool
}

// sortable orders none, truths, numbers and texts in this order.
type sortable struct {
	class  int
	number float64
	text   string
}

func (a sortable) compare(b sortable) int {
	switch {
	case a.class != b.class:
		return cmp.Compare(a.class, b.class)
	case a.class == 2:
		return cmp.Compare(a.number, b.number)
	}
	return strings.Compare(a.text, b.text)
}

func (n *naive) compare(a, b map[string]any) int {
	for _, o := range n.order {
		c := o.key(a).compare(o.key(b))
		if o.desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func understand(kind string, query url.Values, fold func(string) string) *naive {
	n := &naive{fold: fold, wrong: map[int]bool{}}
	for name, values := range query {
		value := values[0]
		custom := len(name) > len("customData.") && strings.HasPrefix(name, "customData.") && kind != "apiKeys"
		switch {
		case name == "orderBy" && value == "": // asks for nothing, as an empty q does
		case name == "orderBy":
			n.orderBy(kind, value)
		case name == "q":
			part := fold(value)
			n.add(func(rec map[string]any) bool {
				return slices.ContainsFunc(naiveTexts[kind], func(attr string) bool {
					return strings.Contains(fold(text(rec, attr)), part)
				})
			})
		case value == "":
			n.wrong[2101] = true
		case slices.Contains(naiveTexts[kind], name):
			fits := n.likeness(value)
			n.add(func(rec map[string]any) bool { return fits(text(rec, name)) })
		case name == "status":
			if !slices.Contains([]string{"ENABLED", "DISABLED", "UNVERIFIED"}, strings.ToUpper(value)) {
				n.wrong[2105] = true
			}
			n.add(func(rec map[string]any) bool { return text(rec, "status") == strings.ToUpper(value) })
		case slices.Contains(timesOf(kind), name):
			fits, code := period(value, true)
			n.wrong[code] = true
			n.add(func(rec map[string]any) bool { return fits(text(rec, name)) })
		case custom:
			n.custom(strings.TrimPrefix(name, "customData."), value)
		default:
			n.wrong[2105] = true
		}
	}
	delete(n.wrong, 0)
	return n
}

func (n *naive) add(fits func(map[string]any) bool) { n.fits = append(n.fits, fits) }

func text(rec map[string]any, attr string) string {
	s, _ := rec[attr].(string)
	return s
}

// likeness is "v", "v*", "*v" or "*v*", in any case.
func (n *naive) likeness(value string) func(string) bool {
	inner, before := strings.CutPrefix(value, "*")
	inner, after := strings.CutSuffix(inner, "*")
	inner = n.fold(inner)
	return func(s string) bool {
		s = n.fold(s)
		switch {
		case before && after:
			return strings.Contains(s, inner)
		case before:
			return strings.HasSuffix(s, inner)
		case after:
			return strings.HasPrefix(s, inner)
		}
		return s == inner
	}
}

var (
	datePattern  = regexp.MustCompile(`^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?[Zz]?)?)?)?$`)
	rangePattern = regexp.MustCompile(`^([\[(])\s*([^,]*?)\s*(?:(,)\s*([^,]*?)\s*)?([\])])$`)
)

// unit is the time that a date of any precision names: its start and its end.
func unit(s string) (from, to time.Time, ok bool) {
	if len(s) < 4 || len(s) > 24 {
		return
	}
	if at, err := time.Parse("2006-01-02T15:04:05.000Z", s); err == nil && at.Year() > 1 { // as all records have it
		return at, at.Add(time.Millisecond), true
	}
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return
	}
	part := func(i, none int) int {
		if m[i] == "" {
			return none
		}
		v, _ := strconv.Atoi(m[i])
		return v
	}
	y, mon, d, h, min, sec := part(1, 0), part(2, 1), part(3, 1), part(4, 0), part(5, 0), part(6, 0)
	fraction, _ := strconv.Atoi((m[7] + "000")[:3])
	from = time.Date(y, time.Month(mon), d, h, min, sec, fraction*1e6, time.UTC)
	if from.Month() != time.Month(mon) || from.Day() != d || from.Hour() != h || from.Minute() != min || from.Second() != sec || y < 2 {
		return from, to, false
	}
	switch {
	case m[7] != "":
		to = from.Add([]time.Duration{0, 100 * time.Millisecond, 10 * time.Millisecond, time.Millisecond}[len(m[7])])
	case m[6] != "":
		to = from.Add(time.Second)
	case m[5] != "":
		to = from.Add(time.Minute)
	case m[4] != "":
		to = from.Add(time.Hour)
	case m[3] != "":
		to = from.AddDate(0, 0, 1)
	case m[2] != "":
		to = from.AddDate(0, 1, 0)
	default:
		to = from.AddDate(1, 0, 0)
	}
	return from, to, true
}

// period reads a range of dates; shorthand allows one that stands for its unit.
func period(value string, shorthand bool) (fits func(string) bool, code int) {
	if from, to, ok := unit(value); ok && shorthand {
		return between(from, true, to, false), 0
	}
	m := rangePattern.FindStringSubmatch(value)
	if m == nil {
		return nothing, 2103
	}
	if m[3] == "" { // one date in brackets
		from, to, ok := unit(m[2])
		if !ok || m[1]+m[5] != "[]" {
			return nothing, 2103
		}
		return between(from, true, to, false), 0
	}
	var ends [2]time.Time
	for i, s := range []string{m[2], m[4]} {
		if s == "" {
			continue
		}
		at, _, ok := unit(s)
		if !ok {
			return nothing, 2103
		}
		ends[i] = at
	}
	if !ends[0].IsZero() && !ends[1].IsZero() && ends[1].Before(ends[0]) {
		return nothing, 2108
	}
	return between(ends[0], m[1] == "[", ends[1], m[5] == "]"), 0
}

func nothing(string) bool { return false }

func between(from time.Time, fromToo bool, to time.Time, toToo bool) func(string) bool {
	return func(s string) bool {
		at, _, ok := unit(s)
		return ok && (from.IsZero() || at.After(from) || fromToo && at.Equal(from)) &&
			(to.IsZero() || at.Before(to) || toToo && at.Equal(to))
	}
}

// at are the scalars at a path of JSON; the elements of an array stand for it.
func at(v any, path string, whole bool) (all []any) {
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if rest, ok := strings.CutPrefix(path, name); ok && !whole && (rest == "" || rest[0] == '.') {
				all = append(all, at(v[name], strings.TrimPrefix(rest, "."), rest == "")...)
			}
		}
	case []any:
		for _, e := range v {
			all = append(all, at(e, path, whole)...)
		}
	case nil:
	default:
		if whole {
			all = append(all, v)
		}
	}
	return all
}

func customAt(rec map[string]any, path string) []any { return at(rec["customData"], path, false) }

// plain is a scalar as text is compared with it.
func plain(v any) string {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		if !strings.ContainsAny(string(v), ".eE") {
			return string(v)
		}
		r, _ := new(big.Rat).SetString(string(v))
		if r.IsInt() {
			return r.Num().String()
		}
		return strings.TrimRight(r.FloatString(30), "0")
	}
	return v.(string)
}

var numeric = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)

func rational(s string) *big.Rat {
	if !numeric.MatchString(s) {
		return nil
	}
	r, _ := new(big.Rat).SetString(s)
	return r
}

// float is a number as ranges and orders compare it; only equality is exact.
func float(s string) *float64 {
	r := rational(s)
	if r == nil {
		return nil
	}
	f, _ := r.Float64()
	return &f
}

func (n *naive) custom(path, value string) {
	some := func(fits func(v any) bool) {
		n.add(func(rec map[string]any) bool { return slices.ContainsFunc(customAt(rec, path), fits) })
	}
	if value[0] != '[' && value[0] != '(' {
		fits, want := n.likeness(value), rational(value)
		some(func(v any) bool {
			if number, ok := v.(json.Number); ok && want != nil {
				return rational(string(number)).Cmp(want) == 0
			}
			return fits(plain(v))
		})
		return
	}
	dates, code := period(value, false)
	m := rangePattern.FindStringSubmatch(value)
	if m == nil || m[2] == "" && m[4] == "" {
		n.wrong[2103] = true
		return
	}
	if m[3] == "" {
		m[4] = m[2]
	}
	from, to := float(m[2]), float(m[4])
	numbers := (from != nil || m[2] == "") && (to != nil || m[4] == "") && (m[3] != "" || m[1]+m[5] == "[]")
	switch {
	case !numbers && code != 0:
		n.wrong[code] = true
	case code == 2108, numbers && from != nil && to != nil && *from > *to:
		n.wrong[2108] = true
	}
	some(func(v any) bool {
		switch v := v.(type) {
		case json.Number:
			f := *float(string(v))
			return numbers && (from == nil || f > *from || f == *from && m[1] == "[") && (to == nil || f < *to || f == *to && m[5] == "]")
		case string:
			return dates(v)
		}
		return false
	})
}

func (n *naive) orderBy(kind, value string) {
	for part := range strings.SplitSeq(value, ",") {
		words := strings.Fields(part)
		if len(words) == 0 || len(words) > 2 || len(words) == 2 && !slices.Contains([]string{"asc", "desc"}, strings.ToLower(words[1])) {
			n.wrong[2104] = true
			return
		}
		attr := words[0]
		path, custom := strings.CutPrefix(attr, "customData.")
		if custom = custom && path != "" && kind != "apiKeys"; !custom && attr != "status" && !slices.Contains(naiveTexts[kind], attr) && !slices.Contains(timesOf(kind), attr) {
			n.wrong[2106] = true
			return
		}
		key := func(rec map[string]any) sortable {
			v := rec[attr]
			if custom {
				v = nil
				if all := customAt(rec, path); len(all) > 0 {
					v = all[0]
				}
			}
			switch v := v.(type) {
			case bool:
				return sortable{class: 1, text: strconv.FormatBool(v)}
			case json.Number:
				return sortable{class: 2, number: *float(string(v))}
			case string:
				if v != "" || custom {
					return sortable{class: 3, text: n.fold(v)}
				}
			}
			return sortable{}
		}
		n.order = append(n.order, naiveOrder{key, len(words) == 2 && strings.EqualFold(words[1], "desc")})
	}
}
