package apis

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// format writes an expansion as parseExpand reads it.
func (e expansion) format() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(e)) {
		parts = append(parts, name+"(offset:"+strconv.Itoa(e[name].offset)+",limit:"+strconv.Itoa(e[name].limit)+")")
	}
	return strings.Join(parts, ",")
}

func same(a, b expansion) bool {
	return maps.EqualFunc(a, b, func(x, y page) bool { return x.offset == y.offset && x.limit == y.limit })
}

// Whatever is read stays in bounds, and reads the same when it is written again,
// alone or twice.
func FuzzExpand(f *testing.F) {
	for _, s := range []string{"", "a", "a,b", "a(offset:0,limit:10),b", " a ( limit : 1 , offset:2 ) ", "a(limit:1000)", "a((", "a)", ",", "a,,b", "a(offset:-1)", "a(x:1)", "a()", "ä,\x00"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		got, err := parseExpand([]string{one, two})
		if err != nil {
			return
		}
		for name, p := range got {
			if name == "" || p.offset < 0 || p.limit < 1 || p.limit > maxLimit {
				t.Fatalf("%q: %+v", name, p)
			}
		}
		again, err := parseExpand([]string{got.format(), got.format()})
		if err != nil || !same(got, again) {
			t.Fatalf("%q, %q: %v, again %v: %v", one, two, got, again, err)
		}
		if alone, err := parseExpand([]string{one}); err != nil {
			t.Fatalf("%q is read with %q and not alone: %v", one, two, err)
		} else if twice, err := parseExpand([]string{one, one}); err != nil || !same(alone, twice) {
			t.Fatalf("%q twice: %v, once %v: %v", one, twice, alone, err)
		}
	})
}

// A query that is read gives a page in bounds; it gives the same one with its
// parameters in another order, and with "?" for "&".
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"", "offset=1&limit=2", "limit=0", "limit=101", "name=a+b%20c", "name=a&name=b", "a=b?a=b", "expand=a&expand=b", "orderBy=x", "%zz", "=&=", ";", "offset=9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := parseQuery(raw)
		if err != nil {
			return
		}
		p, err := parsePage(q)
		if err != nil {
			return
		}
		if p.offset < 0 || p.limit < 1 || p.limit > maxLimit {
			t.Fatalf("%+v", p)
		}
		for name := range p.where {
			if slices.Contains(ownParameters, name) {
				t.Fatalf("%q is no attribute", name)
			}
		}
		again, err := parseQuery(strings.ReplaceAll(q.Encode(), "&", "?"))
		if err != nil {
			t.Fatal(err)
		}
		back, err := parsePage(again)
		if err != nil || back.offset != p.offset || back.limit != p.limit || !maps.Equal(back.where, p.where) {
			t.Fatalf("%q: %+v, again %+v: %v", raw, p, back, err)
		}
	})
}

func TestTruth(t *testing.T) {
	for text, want := range map[string]bool{"": false, "false": false, "False": false, "0": false, "true": true, "TRUE": true, "True": true, "1": true} {
		if got, err := truth(url.Values{"x": {text}}, "x"); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if _, err := truth(url.Values{"x": {"yes"}}, "x"); err == nil {
		t.Error("yes is neither")
	}
}
