package apis

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// accountInfo is what searches of accounts know of them.
func accountInfo() core.KindInfo {
	return core.KindInfo{Name: "accounts", Custom: true, Search: map[string]core.AttrType{"username": core.TextAttr, "surname": core.TextAttr,
		"status": core.StatusAttr, "createdAt": core.TimeAttr}}
}

// codeOf is the number of a refusal, 0 for none.
func codeOf(err error) int {
	var e *core.Error
	if errors.As(err, &e) {
		return codes[e.Code]
	}
	return 0
}

func TestWildcardsStandBeforeOrAfterText(t *testing.T) {
	for value, want := range map[string]core.TextTerm{
		"ann":   {Text: "ann"},
		"ann*":  {Text: "ann", After: true},
		"*ann":  {Text: "ann", Before: true},
		"*ann*": {Text: "ann", Before: true, After: true},
		"a*n":   {Text: "a*n"},
		"*":     {Before: true, After: true},
		"**":    {Before: true, After: true},
		"***":   {Text: "*", Before: true, After: true},
		" a ":   {Text: " a "},
	} {
		if got := wildcards(value); *got != want {
			t.Errorf("%q is %+v, want %+v", value, *got, want)
		}
	}
}

// day is a time in 2015.
func day(month time.Month, day, hour, min, sec, milli int) core.Time {
	return core.At(time.Date(2015, month, day, hour, min, sec, milli*1e6, time.UTC))
}

func TestRangesOfTime(t *testing.T) {
	no, y15, y16 := core.Time{}, day(1, 1, 0, 0, 0, 0), day(13, 1, 0, 0, 0, 0)
	for _, c := range []struct {
		value    string
		from, to core.Time // [from, to)
		code     int
	}{
		{"2015", y15, y16, 0},
		{"2015-02", day(2, 1, 0, 0, 0, 0), day(3, 1, 0, 0, 0, 0), 0},
		{"2015-02-28", day(2, 28, 0, 0, 0, 0), day(3, 1, 0, 0, 0, 0), 0},
		{"2015-02-03T12", day(2, 3, 12, 0, 0, 0), day(2, 3, 13, 0, 0, 0), 0},
		{"2015-02-03T12:30Z", day(2, 3, 12, 30, 0, 0), day(2, 3, 12, 31, 0, 0), 0},
		{"2015-02-03t12:30:15z", day(2, 3, 12, 30, 15, 0), day(2, 3, 12, 30, 16, 0), 0},
		{"2015-02-03T12:30:15.5", day(2, 3, 12, 30, 15, 500), day(2, 3, 12, 30, 15, 600), 0},
		{"2015-02-03T12:30:15.123Z", day(2, 3, 12, 30, 15, 123), day(2, 3, 12, 30, 15, 124), 0},
		{"[2015,2016]", y15, day(13, 1, 0, 0, 0, 1), 0}, // a bound is the start of its unit (safe choice of 2.8)
		{"[2015,2016)", y15, y16, 0},
		{"(2015,2016)", day(1, 1, 0, 0, 0, 1), y16, 0},
		{"(2015, 2016]", day(1, 1, 0, 0, 0, 1), day(13, 1, 0, 0, 0, 1), 0},
		{"[ 2015 , 2016 )", y15, y16, 0},
		{"[2015,]", y15, no, 0},
		{"[,2015)", no, y15, 0},
		{"(,2015]", no, day(1, 1, 0, 0, 0, 1), 0},
		{"[,]", no, no, 0}, // whatever has the time at all (safe choice)
		{"[2015]", y15, y16, 0},
		{"[2015-02-03T12:30:15.123Z]", day(2, 3, 12, 30, 15, 123), day(2, 3, 12, 30, 15, 124), 0},
		{"[2015,2015]", y15, day(1, 1, 0, 0, 0, 1), 0},
		{"(2015,2015)", day(1, 1, 0, 0, 0, 1), y15, 0}, // nothing, and in order
		{"[2016,2015]", no, no, 2108},
		{"(2015-01-01T00:00:00.001,2015)", no, no, 2108},
		{"x", no, no, 2103},
		{"15", no, no, 2103},
		{"20150203", no, no, 2103},
		{"2015-2-3", no, no, 2103},
		{"2015-02-30", no, no, 2103},
		{"2015-13", no, no, 2103},
		{"2015-02-03T25", no, no, 2103},
		{"2015Z", no, no, 2103},
		{"2015-02-03 12:00", no, no, 2103},
		{"2015-02-03T12:00+01:00", no, no, 2103},
		{"0000", no, no, 2103}, // its end would be no bound at all
		{"2015*", no, no, 2103},
		{"[2015,2016", no, no, 2103},
		{"2015,2016]", no, no, 2103},
		{"{2015,2016}", no, no, 2103},
		{"[2015,2016,2017]", no, no, 2103},
		{"[a,b]", no, no, 2103},
		{"[2015,b]", no, no, 2103},
		{"(2015)", no, no, 2103},
		{"[]", no, no, 2103},
		{"[ ]", no, no, 2103},
		{"[", no, no, 2103},
	} {
		got, err := parseTimes("createdAt", c.value)
		switch {
		case codeOf(err) != c.code:
			t.Errorf("%s: %v, want code %d", c.value, err, c.code)
		case err == nil && (!got.From.Equal(c.from.Time) || !got.To.Equal(c.to.Time)):
			t.Errorf("%s is [%v, %v), want [%v, %v)", c.value, got.From, got.To, c.from, c.to)
		}
	}
}

func TestConditionsOnCustomData(t *testing.T) {
	inf := math.Inf(1)
	numbers := func(from, to float64, fromOpen, toOpen bool) *core.NumberRange {
		return &core.NumberRange{From: from, To: to, FromOpen: fromOpen, ToOpen: toOpen}
	}
	years := &core.TimeRange{From: day(1, 1, 0, 0, 0, 0), To: day(13, 1, 0, 0, 0, 0)}
	for _, c := range []struct {
		value string
		want  core.Term
		code  int
	}{
		{"pro", core.Term{Text: &core.TextTerm{Text: "pro"}}, 0},
		{"1*", core.Term{Text: &core.TextTerm{Text: "1", After: true}}, 0},
		{"2015", core.Term{Text: &core.TextTerm{Text: "2015"}}, 0}, // no shorthand
		{"[2015]", core.Term{Times: years, Numbers: numbers(2015, 2015, false, false)}, 0},
		{"[2015,2016)", core.Term{Times: years, Numbers: numbers(2015, 2016, false, true)}, 0},
		{"[2015-01,2016-01)", core.Term{Times: years}, 0},
		{"[0,1000]", core.Term{Numbers: numbers(0, 1000, false, false)}, 0},
		{"(0,999]", core.Term{Numbers: numbers(0, 999, true, false)}, 0},
		{"(-1.5, 2.5e2)", core.Term{Numbers: numbers(-1.5, 250, true, true)}, 0},
		{"[50,]", core.Term{Numbers: numbers(50, inf, false, false)}, 0},
		{"(,50)", core.Term{Numbers: numbers(-inf, 50, false, true)}, 0},
		{"[5]", core.Term{Numbers: numbers(5, 5, false, false)}, 0},
		{"", core.Term{}, 2101},
		{"[5,1]", core.Term{}, 2108},
		{"[2016-02,2016-01]", core.Term{}, 2108},
		{"[,]", core.Term{}, 2103},
		{"[a,b]", core.Term{}, 2103},
		{"[1,b]", core.Term{}, 2103},
		{"[1,2015-01]", core.Term{}, 2103},
		{"[nan,]", core.Term{}, 2103},
		{"[inf,]", core.Term{}, 2103},
		{"[0x10,]", core.Term{}, 2103},
		{"[1e999,]", core.Term{}, 2103},
		{"(5)", core.Term{}, 2103},
		{"[5", core.Term{}, 2103},
	} {
		got, err := parseCustom("customData.x", c.value)
		if codeOf(err) != c.code {
			t.Errorf("%s: %v, want code %d", c.value, err, c.code)
		}
		if c.code != 0 {
			continue
		}
		if c.want.Attr = "customData.x"; !reflect.DeepEqual(*got, c.want) {
			t.Errorf("%s is %+v, want %+v", c.value, *got, c.want)
		}
	}
}

func TestOrders(t *testing.T) {
	for _, c := range []struct {
		text string
		want []core.Order
		code int
	}{
		{"", nil, 0},
		{"surname", []core.Order{{Attr: "surname"}}, 0},
		{"surname asc", []core.Order{{Attr: "surname"}}, 0},
		{"surname,username desc", []core.Order{{Attr: "surname"}, {Attr: "username", Desc: true}}, 0},
		{" surname  DESC , createdAt", []core.Order{{Attr: "surname", Desc: true}, {Attr: "createdAt"}}, 0},
		{"status,customData.a.b desc", []core.Order{{Attr: "status"}, {Attr: "customData.a.b", Desc: true}}, 0},
		{",", nil, 2104},
		{"surname,", nil, 2104},
		{"surname,,username", nil, 2104},
		{"surname up", nil, 2104},
		{"surname desc asc", nil, 2104},
		{strings.Repeat("surname,", maxOrders) + "username", nil, 2104},
		{"nmae", nil, 2106},
		{"Surname", nil, 2106},
		{"customData", nil, 2106},
		{"customData.", nil, 2106},
		{"q", nil, 2106},
		{"href", nil, 2106},
	} {
		got, err := parseOrder(accountInfo(), c.text)
		if codeOf(err) != c.code || c.code == 0 && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q is %+v, %v; want %+v, code %d", c.text, got, err, c.want, c.code)
		}
	}
	bare := accountInfo()
	bare.Custom = false
	if _, err := parseOrder(bare, "customData.a"); codeOf(err) != 2106 {
		t.Errorf("what has no custom data is ordered by them: %v", err)
	}
}

func TestASearchHasABoundedNumberOfAttributes(t *testing.T) {
	p := page{limit: 25, where: map[string]string{}}
	for len(p.where) <= maxTerms {
		if _, err := p.searching(accountInfo()); err != nil {
			t.Fatalf("%d attributes: %v", len(p.where), err)
		}
		p.where["customData."+strings.Repeat("x", len(p.where)+1)] = "1"
	}
	if _, err := p.searching(accountInfo()); codeOf(err) != 2100 {
		t.Errorf("%d attributes: %v", len(p.where), err)
	}
}

// What is read of a search keeps its promises, whatever strangers write.
func FuzzSearch(f *testing.F) {
	for _, s := range [][3]string{{"createdAt", "[2015,2016)", "surname desc"}, {"createdAt", "2015-02-03T12:30:15.123Z", ""}, {"customData.a", "(1.5,]", "customData.a"},
		{"customData.a", "[2015]", ","}, {"customData.a.b", "*x*", "a b c"}, {"status", "enabled", "status"}, {"q", "x", "q"}, {"username", "*", "username asc,surname DESC"},
		{"createdAt", "[,\xff]", "\x00"}, {"nmae", "", "customData."}, {"createdAt", "[９,]", " "}, {"customData.a", "[1e400,-0]", ""}, {"createdAt", "[0000-12-31T23:59:59.999]", ""}} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, name, value, order string) {
		info := accountInfo()
		s, err := page{limit: 1, where: map[string]string{name: value}, order: order}.searching(info)
		if err != nil {
			if code := codeOf(err); code < 2100 || code > 2108 {
				t.Fatalf("%s=%s, %q: %v, of code %d", name, value, order, err, code)
			}
			return
		}
		if len(s.Order) > maxOrders || len(s.Terms) == 0 && !(name == "q" && value == "") {
			t.Fatalf("%s=%s, %q: %+v", name, value, order, s)
		}
		for _, term := range s.Terms {
			text, times, numbers := term.Text, term.Times, term.Numbers
			switch {
			case text == nil && times == nil && numbers == nil, text != nil && (times != nil || numbers != nil):
				t.Fatalf("%s=%s: %+v", name, value, term)
			case numbers != nil && !(numbers.From <= numbers.To):
				t.Fatalf("%s=%s: %+v", name, value, numbers)
			case times != nil && !times.To.IsZero() && times.To.Add(time.Millisecond).Before(times.From.Time):
				t.Fatalf("%s=%s: %+v", name, value, times)
			case times != nil && times.From.IsZero() && times.To.IsZero() && strings.ContainsAny(value, "0123456789"):
				t.Fatalf("%s=%s asks for nothing: %+v", name, value, times)
			}
		}
	})
}
