package core

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Search narrows and orders a list (spec 2.7, 2.8).
type Search struct {
	Terms         []Term  // all must hold
	Order         []Order // before the list's own order
	Offset, Limit int
}

// Term is a condition on one attribute. A part that is not set is not asked for;
// numbers and times together find either.
type Term struct {
	Attr    string // "" is any text; "customData.a.b" leads into custom data
	Text    *TextTerm
	Times   *TimeRange
	Numbers *NumberRange
}

// TextTerm is text in any case. Before and After tell whether more may stand before
// it and after it.
type TextTerm struct {
	Text          string
	Before, After bool
}

// TimeRange holds the instants from From on and before To. A zero one is no bound.
type TimeRange struct{ From, To Time }

// NumberRange holds the numbers between two, themselves included unless open.
type NumberRange struct {
	From, To         float64 // infinite where there is no bound
	FromOpen, ToOpen bool
}

// Order is one attribute to order by.
type Order struct {
	Attr string
	Desc bool
}

// AttrType says how an attribute is searched.
type AttrType int

// The types of attribute.
const (
	TextAttr AttrType = iota
	StatusAttr
	TimeAttr
)

// customAttr begins the names of attributes inside custom data.
const customAttr = "customData."

// attrs are the attributes by which records are searched that have such rows.
func (r *rows) attrs() map[string]AttrType {
	all := map[string]AttrType{"createdAt": TimeAttr, "modifiedAt": TimeAttr}
	for _, t := range r.times {
		all[t.name] = TimeAttr
	}
	for _, t := range r.text {
		all[t.name] = TextAttr
	}
	if r.status != nil {
		all["status"] = StatusAttr
	}
	return all
}

// query is a Search made ready for the rows of a kind.
type query struct {
	head     int // of a row
	anywhere [][]byte
	text     []textTerm
	statuses []byte // any of which; nil is any
	times    []timeTerm
	custom   []customTerm
	order    []orderTerm
}

type textTerm struct {
	field         int
	form          []byte
	before, after bool
}

type timeTerm struct {
	slot     int
	from, to uint64 // [from, to)
}

type customTerm struct {
	Term
	path   string
	form   string   // of Text, folded
	number *float64 // what Text reads as
}

type orderTerm struct {
	desc   bool
	field  int // of text; below 0 none
	slot   int // of an instant; below 0 none
	status bool
	path   string // into custom data
}

// errAttr refuses a name that is no attribute to search by, rather than ignoring
// it: a mistyped filter would find everything.
func errAttr(name string) error {
	return fieldError(name, "unsupported_query", strconv.Quote(name)+" is not a supported query property.")
}

// compile makes a search ready, or says which attribute the kind does not have.
func compile(k *kind, s Search) (*query, error) {
	q := &query{head: k.rows.head()}
	for _, t := range s.Terms {
		if err := compileTerm(k, q, t); err != nil {
			return nil, err
		}
	}
	for _, o := range s.Order {
		term := orderTerm{desc: o.Desc, field: k.rows.field(o.Attr), slot: k.rows.slot(o.Attr),
			status: o.Attr == "status" && k.rows.status != nil}
		if path, ok := strings.CutPrefix(o.Attr, customAttr); ok && k.Custom && path != "" {
			term.path = path
		}
		if term.field < 0 && term.slot < 0 && !term.status && term.path == "" {
			return nil, fieldError(o.Attr, "unsupported_order", "Ordering by "+strconv.Quote(o.Attr)+" is not supported.")
		}
		q.order = append(q.order, term)
	}
	return q, nil
}

func compileTerm(k *kind, q *query, t Term) error {
	form := ""
	if t.Text != nil {
		form = searchForm(t.Text.Text)
	}
	field, slot := k.rows.field(t.Attr), k.rows.slot(t.Attr)
	path, isCustom := strings.CutPrefix(t.Attr, customAttr)
	switch {
	case t.Attr == "" && t.Text != nil:
		q.anywhere = append(q.anywhere, []byte(form))
	case field >= 0 && t.Text != nil:
		q.text = append(q.text, textTerm{field, []byte(form), t.Text.Before, t.Text.After})
	case t.Attr == "status" && t.Text != nil && k.rows.status != nil:
		name := Status(strings.ToUpper(form))
		if t.Text.Before || t.Text.After || name != Enabled && name != Disabled && name != Unverified {
			return fieldError(t.Attr, "unsupported_query", "The status is searched by its whole value only: ENABLED, DISABLED or UNVERIFIED.")
		}
		one := []byte{statusByte(string(name))}
		if q.statuses != nil && q.statuses[0] != one[0] {
			one[0] = 1 // no status is two
		}
		q.statuses = one
	case slot >= 0 && t.Times != nil:
		term := timeTerm{slot: slot, from: 1, to: math.MaxUint64}
		if !t.Times.From.IsZero() {
			term.from = instant(t.Times.From)
		}
		if !t.Times.To.IsZero() {
			term.to = instant(t.Times.To)
		}
		q.times = append(q.times, term)
	case isCustom && path != "" && k.Custom:
		c := customTerm{Term: t, path: path, form: form}
		if f, ok := ParseNumber(form); ok && t.Text != nil {
			c.number = &f
		}
		q.custom = append(q.custom, c)
	default:
		return errAttr(t.Attr)
	}
	return nil
}

// field is which of the texts of a row an attribute is, -1 if none.
func (r *rows) field(name string) int {
	return slices.IndexFunc(r.text, func(t text) bool { return t.name == name })
}

// slot is which of the instants of a row an attribute is, -1 if none.
func (r *rows) slot(name string) int {
	switch name {
	case "createdAt":
		return 0
	case "modifiedAt":
		return 1
	}
	if i := slices.IndexFunc(r.times, func(t moment) bool { return t.name == name }); i >= 0 {
		return i + 2
	}
	return -1
}

// needsText tells whether the text of a row is looked at.
func (q *query) needsText() bool {
	return len(q.anywhere) > 0 || len(q.text) > 0 || slices.ContainsFunc(q.order, func(o orderTerm) bool { return o.field >= 0 })
}

// fits tells whether a whole row has what the terms ask of it.
func (q *query) fits(row []byte) bool {
	if q.statuses != nil && q.statuses[0] != row[1] {
		return false
	}
	for _, t := range q.times {
		if at := readInstant(row[rowHead+instantSize*t.slot:]); at < t.from || at >= t.to {
			return false
		}
	}
	text := row[q.head:]
	for _, form := range q.anywhere {
		if !bytes.Contains(text, form) {
			return false
		}
	}
	for _, t := range q.text {
		if !t.fits(fieldOf(text, t.field)) {
			return false
		}
	}
	return true
}

// fieldOf is the n-th text of a row.
func fieldOf(text []byte, n int) []byte {
	for ; n > 0; n-- {
		text = text[bytes.IndexByte(text, 0)+1:]
	}
	if end := bytes.IndexByte(text, 0); end >= 0 {
		text = text[:end]
	}
	return text
}

func (t textTerm) fits(text []byte) bool {
	switch {
	case t.before && t.after:
		return bytes.Contains(text, t.form)
	case t.before:
		return bytes.HasSuffix(text, t.form)
	case t.after:
		return bytes.HasPrefix(text, t.form)
	}
	return bytes.Equal(text, t.form)
}

// fitsCustom tells whether scalars have what the terms ask of custom data.
func (q *query) fitsCustom(all []scalar) bool {
	for _, t := range q.custom {
		if !slices.ContainsFunc(all, t.fits) {
			return false
		}
	}
	return true
}

// maxExact is from where on different integers may be the same float64.
const maxExact = 1 << 53

func (t customTerm) fits(s scalar) bool {
	if s.path != t.path {
		return false
	}
	if t.Text != nil {
		if s.sort == 'n' && t.number != nil && !t.Text.Before && !t.Text.After {
			if math.Abs(*t.number) >= maxExact {
				return s.text == numberText(t.form)
			}
			f, ok := ParseNumber(s.text)
			return ok && f == *t.number
		}
		return textTerm{0, []byte(t.form), t.Text.Before, t.Text.After}.fits([]byte(s.text))
	}
	if s.sort == 'n' && t.Numbers != nil {
		f, ok := ParseNumber(s.text)
		n := t.Numbers
		return ok && (f > n.From || f == n.From && !n.FromOpen) && (f < n.To || f == n.To && !n.ToOpen)
	}
	if s.sort == 's' && t.Times != nil {
		at, _, ok := ParsePeriod(s.text)
		return ok && !at.Before(t.Times.From.Time) && (t.Times.To.IsZero() || at.Before(t.Times.To.Time))
	}
	return false
}

// sortKey appends the key by which a record is ordered: parts that compare as bytes
// do. Nothing comes before something, and numbers before text.
func (q *query) sortKey(key, row []byte, custom []scalar) []byte {
	for _, o := range q.order {
		start := len(key)
		switch {
		case o.field >= 0:
			key = append(key, fieldOf(row[q.head:], o.field)...)
		case o.slot >= 0:
			at := rowHead + instantSize*o.slot
			key = append(key, row[at:at+instantSize]...)
		case o.status:
			key = append(key, row[1])
		default:
			key = append(key, customKeyOf(custom, o.path)...)
		}
		key = append(key, 0)
		if o.desc {
			for i := start; i < len(key); i++ {
				key[i] = ^key[i]
			}
		}
	}
	return key
}

// maxOrdered is how many bytes of a text in custom data order it. The keys of all hits
// as far as the page are in memory together, and such a text may have megabytes.
const maxOrdered = 256

// customKeyOf is the sort key of the first scalar at a path.
func customKeyOf(all []scalar, path string) string {
	i := slices.IndexFunc(all, func(s scalar) bool { return s.path == path })
	if i < 0 {
		return ""
	}
	switch s := all[i]; s.sort {
	case 'n':
		f, _ := ParseNumber(s.text)
		return "n" + sortable(f)
	default:
		return string(s.sort) + s.text[:min(len(s.text), maxOrdered)]
	}
}
