package apis

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// The grammar of searches (spec 2.7, 2.8). What a list can be searched by is its
// kind's to say; a name that is none is refused, never ignored.

const (
	maxTerms  = 20 // attributes of one search
	maxOrders = 8  // attributes of one order

	customData = "customData."
)

// searching is the search that a page asks for, of records of a kind.
func (p page) searching(info core.KindInfo) (s core.Search, err error) {
	s = core.Search{Offset: p.offset, Limit: p.limit}
	if len(p.where) > maxTerms {
		return s, queryError("bad_query", "A search may have at most %d attributes.", maxTerms)
	}
	for _, name := range slices.Sorted(maps.Keys(p.where)) {
		term, err := parseTerm(info, name, p.where[name])
		if err != nil {
			return s, err
		}
		if term != nil {
			s.Terms = append(s.Terms, *term)
		}
	}
	s.Order, err = parseOrder(info, p.order)
	return s, err
}

// parseTerm reads one attribute and its value. It is nil where nothing is asked: an
// empty q.
func parseTerm(info core.KindInfo, name, value string) (*core.Term, error) {
	if name == "q" && info.Search != nil {
		if value == "" {
			return nil, nil
		}
		return &core.Term{Text: &core.TextTerm{Text: value, Before: true, After: true}}, nil
	}
	if path, ok := strings.CutPrefix(name, customData); ok && info.Custom && info.Search != nil && path != "" {
		return parseCustom(name, value)
	}
	sort, ok := info.Search[name]
	if !ok {
		return nil, queryError("unsupported_query", "%q is not a supported query property.", name)
	}
	if value == "" {
		return nil, queryError("query_missing", "The query property %q has no value.", name)
	}
	if sort == core.TimeAttr {
		times, err := parseTimes(name, value)
		if err != nil {
			return nil, err
		}
		return &core.Term{Attr: name, Times: times}, nil
	}
	return &core.Term{Attr: name, Text: wildcards(value)}, nil
}

// wildcards reads "text", "text*", "*text" and "*text*".
func wildcards(value string) *core.TextTerm {
	t := &core.TextTerm{}
	t.Text, t.Before = strings.CutPrefix(value, "*")
	t.Text, t.After = strings.CutSuffix(t.Text, "*")
	if value == "*" {
		t.After = true
	}
	return t
}

// bounds is a range as it is written: "[a,b)". only is set for "[a]".
type bounds struct {
	from, to         string
	fromOpen, toOpen bool
	only             bool
}

// parseBounds cuts a range; ok is false where the value is none.
func parseBounds(value string) (b bounds, ok bool) {
	if len(value) < 3 || !strings.ContainsRune("[(", rune(value[0])) || !strings.ContainsRune("])", rune(value[len(value)-1])) {
		return b, false
	}
	b.fromOpen, b.toOpen = value[0] == '(', value[len(value)-1] == ')'
	inner := value[1 : len(value)-1]
	from, to, two := strings.Cut(inner, ",")
	b.from, b.to, b.only = strings.TrimSpace(from), strings.TrimSpace(to), !two
	if b.only {
		b.to = b.from
	}
	return b, !strings.Contains(to, ",") && !(b.only && (b.fromOpen || b.toOpen || b.from == ""))
}

func errRange(name string) error {
	return queryError("bad_query_value", "The query property %q must be a date or a range such as [2015-01,2016-01).", name)
}

// parseTimes reads a range of time or the period that stands for one.
func parseTimes(name, value string) (*core.TimeRange, error) {
	if from, to, ok := core.ParsePeriod(value); ok {
		return &core.TimeRange{From: from, To: to}, nil
	}
	b, ok := parseBounds(value)
	if !ok {
		return nil, errRange(name)
	}
	r, inOrder, ok := b.times()
	if !ok {
		return nil, errRange(name)
	}
	return r, endsBefore(name, !inOrder)
}

// endsBefore refuses a range that ends before it starts (2108).
func endsBefore(name string, it bool) error {
	if !it {
		return nil
	}
	return queryError("range_order", "The range of the query property %q ends before it starts.", name)
}

// times is the range as one of time, in whole milliseconds, and whether it ends
// where it starts or later. A bound of reduced precision is the start of its unit,
// the literal reading of spec 2.8; "[a]" is the whole unit.
func (b bounds) times() (r *core.TimeRange, inOrder, ok bool) {
	r = &core.TimeRange{}
	var from, next, to core.Time
	if b.from != "" {
		if from, next, ok = core.ParsePeriod(b.from); !ok {
			return nil, false, false
		}
		r.From = from
		if b.fromOpen {
			r.From = core.At(from.Add(time.Millisecond))
		}
	}
	if b.only {
		r.To = next
		return r, true, true
	}
	if b.to != "" {
		if to, _, ok = core.ParsePeriod(b.to); !ok {
			return nil, false, false
		}
		r.To = to
		if !b.toOpen {
			r.To = core.At(to.Add(time.Millisecond))
		}
	}
	return r, to.IsZero() || !from.After(to.Time), true
}

// numbers is the range as one of numbers.
func (b bounds) numbers() (*core.NumberRange, bool) {
	r := &core.NumberRange{From: math.Inf(-1), To: math.Inf(1), FromOpen: b.fromOpen && b.from != "", ToOpen: b.toOpen && b.to != ""}
	for _, end := range []struct {
		text string
		to   *float64
	}{{b.from, &r.From}, {b.to, &r.To}} {
		if end.text == "" {
			continue
		}
		f, ok := core.ParseNumber(end.text)
		if !ok || math.IsInf(f, 0) {
			return nil, false
		}
		*end.to = f
	}
	return r, true
}

// parseCustom reads a condition on custom data: text as elsewhere, or a range of
// numbers, of dates, or of either where both can be meant.
func parseCustom(name, value string) (*core.Term, error) {
	if value == "" {
		return nil, queryError("query_missing", "The query property %q has no value.", name)
	}
	if !strings.ContainsRune("[(", rune(value[0])) {
		return &core.Term{Attr: name, Text: wildcards(value)}, nil
	}
	b, ok := parseBounds(value)
	if !ok || b.from == "" && b.to == "" {
		return nil, queryError("bad_query_value", "The query property %q must be a value or a range such as [1,5) or [2015-01,2016-01).", name)
	}
	t := &core.Term{Attr: name}
	if n, ok := b.numbers(); ok {
		t.Numbers = n
	}
	r, inOrder, ok := b.times()
	if ok {
		t.Times = r
	}
	if t.Numbers == nil && t.Times == nil {
		return nil, queryError("bad_query_value", "The range of the query property %q must be of numbers or of dates.", name)
	}
	return t, endsBefore(name, t.Times != nil && !inOrder || t.Numbers != nil && t.Numbers.From > t.Numbers.To)
}

// parseOrder reads "surname,givenName desc".
func parseOrder(info core.KindInfo, text string) (all []core.Order, err error) {
	if text == "" {
		return nil, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		words := strings.Fields(part)
		if len(words) == 0 || len(words) > 2 || len(all) == maxOrders {
			return nil, queryError("bad_order", "The orderBy statement is malformed: it must look like \"surname,givenName desc\", of at most %d attributes.", maxOrders)
		}
		o := core.Order{Attr: words[0]}
		if len(words) == 2 {
			switch strings.ToLower(words[1]) {
			case "asc":
			case "desc":
				o.Desc = true
			default:
				return nil, queryError("bad_order", "The orderBy statement is malformed: %q is neither asc nor desc.", words[1])
			}
		}
		path, custom := strings.CutPrefix(o.Attr, customData)
		if _, ok := info.Search[o.Attr]; !ok && !(custom && path != "" && info.Custom && info.Search != nil) {
			return nil, queryError("unsupported_order", "Ordering by %q is not supported.", o.Attr)
		}
		all = append(all, o)
	}
	return all, nil
}
