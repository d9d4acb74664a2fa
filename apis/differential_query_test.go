package apis_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// someQuery is a search, mostly made of what one of the records holds.
func (w *records) someQuery(kind string, hrefs []string) url.Values {
	rec := map[string]any{}
	if len(hrefs) > 0 {
		rec = w.record(some(w.rnd, hrefs...))
	}
	query := url.Values{}
	if w.rnd.IntN(3) == 0 {
		query.Set("orderBy", w.someOrder(kind))
	}
	for n := some(w.rnd, 1, 1, 1, 2, 2, 3); n > 0 || len(query) == 0; n-- {
		texts := naiveTexts[kind]
		switch w.rnd.IntN(12) {
		case 0, 1:
			query.Set("q", w.part(text(rec, some(w.rnd, texts...))))
		case 2, 3, 4, 5:
			attr := some(w.rnd, texts...)
			query.Set(attr, w.pattern(text(rec, attr)))
		case 6:
			query.Set("status", some(w.rnd, "ENABLED", "disabled", "Unverified", "ENABLED", "ENABLED", "disabled", "ENABLE*", "none"))
		case 7, 8:
			attr := some(w.rnd, timesOf(kind)...)
			query.Set(attr, w.times(text(rec, attr)))
		case 9, 10, 11:
			path := some(w.rnd, somePaths...)
			if w.rnd.IntN(4) > 0 && len(hrefs) > 0 {
				for range 5 { // rather one that it has
					if len(customAt(rec, path)) > 0 {
						break
					}
					path = some(w.rnd, somePaths...)
				}
			}
			query.Set("customData."+path, w.custom(customAt(rec, path)))
		}
	}
	if w.rnd.IntN(100) == 0 {
		query.Set(some(w.rnd, "nmae", "customData", "customData.", "fullName", "href"), "x")
	}
	if w.rnd.IntN(100) == 0 {
		query.Set(some(w.rnd, naiveTexts[kind]...), "")
	}
	return query
}

func (w *records) someOrder(kind string) string {
	var all []string
	for range some(w.rnd, 1, 1, 1, 2, 3) {
		attr := some(w.rnd, append(append([]string{"status"}, naiveTexts[kind]...), timesOf(kind)...)...)
		if w.rnd.IntN(4) == 0 {
			attr = "customData." + some(w.rnd, somePaths...)
		}
		if w.rnd.IntN(100) == 0 {
			attr = some(w.rnd, "nmae", "a b c", "", "name down", "customData.")
		}
		all = append(all, attr+some(w.rnd, "", "", " asc", " desc", " DESC", "  desc "))
	}
	return strings.Join(all, some(w.rnd, ",", ", "))
}

// cased is text in another case, where that is only another way to write it.
func (w *records) cased(s string) string {
	plain := strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
	switch w.rnd.IntN(4) {
	case 0:
		if plain {
			return strings.ToUpper(s)
		}
	case 1:
		if plain {
			return strings.ToLower(s)
		}
		return strings.NewReplacer("Ä", "ä", "ß", "SS", "é", "É").Replace(s)
	}
	return s
}

// part is a part of text, mostly.
func (w *records) part(s string) string {
	runes := []rune(s)
	if len(runes) == 0 || w.rnd.IntN(8) == 0 {
		return some(w.rnd, "a", "e", "person", "@", "\x00", "é", "%", "nothing like it", strings.Repeat("x", 20))
	}
	from := w.rnd.IntN(len(runes))
	return w.cased(string(runes[from:min(from+1+w.rnd.IntN(6), len(runes))]))
}

// pattern is text with a star before or after it, or none.
func (w *records) pattern(s string) string {
	if s == "" {
		s = w.name()
	}
	if len(s) > 600 {
		s = s[:50] // an address has an end
	}
	runes := []rune(s)
	cut := w.rnd.IntN(len(runes) + 1)
	switch w.rnd.IntN(8) {
	case 0, 1, 2:
		return w.cased(string(runes[:cut])) + "*"
	case 3:
		return "*" + w.cased(string(runes[cut:]))
	case 4:
		return "*" + w.part(s) + "*"
	case 5:
		return some(w.rnd, "*", "**", "***", w.name()+"x")
	}
	return w.cased(s)
}

var precisions = []string{"2006", "2006-01", "2006-01-02", "2006-01-02T15", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05.0",
	"2006-01-02T15:04:05.00", "2006-01-02T15:04:05.000", "2006-01-02T15Z", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000Z", "2006-01-02t15:04z"}

// times is a period or a range around an instant.
func (w *records) times(s string) string {
	at, _, ok := unit(s)
	if !ok {
		at = time.Date(2015, 6, 15, 12, 30, 45, 123e6, time.UTC)
	}
	near := func() string {
		by := []time.Duration{0, 0, 0, time.Millisecond, time.Second, time.Hour, 30 * 24 * time.Hour, 400 * 24 * time.Hour}
		return at.Add(some(w.rnd, by...) * some(w.rnd, -1, time.Duration(1))).Format(some(w.rnd, precisions...))
	}
	switch w.rnd.IntN(8) {
	case 0, 1, 2:
		return near()
	case 3:
		return "[" + near() + "]"
	case 4:
		return some(w.rnd, "[2015", "(a,b)", "[,", "2015-13", "2015-02-30", "x", "[2015,2016,2017]", "(2015)", "[,]", "[ , ]", "0000", "[0001,]", "[9999,]")
	}
	return w.ranged(near, near)
}

func (w *records) ranged(from, to func() string) string {
	ends := []string{from(), to()}
	if i := w.rnd.IntN(6); i < 2 {
		ends[i] = ""
	}
	return some(w.rnd, "[", "(") + ends[0] + some(w.rnd, ",", ", ") + ends[1] + some(w.rnd, "]", ")")
}

// custom is a condition that one of the scalars may fulfil.
func (w *records) custom(all []any) string {
	if len(all) == 0 {
		all = []any{"free", json.Number("1")}
	}
	switch v := some(w.rnd, all...).(type) {
	case json.Number:
		number := func() string {
			return some(w.rnd, append(someNumber[:len(someNumber)-3:len(someNumber)-3], string(v))...)
		}
		switch w.rnd.IntN(8) {
		case 0:
			return plain(v)[:1] + "*"
		case 1:
			return "[" + number() + "]"
		case 2, 3, 4, 5:
			return w.ranged(number, number)
		}
		return string(v)
	case string:
		_, _, date := unit(v)
		switch {
		case date && w.rnd.IntN(3) > 0:
			near := func() string { return some(w.rnd, v, w.times(v), some(w.rnd, someDates...)) }
			clean := func() string { return strings.Trim(strings.Split(near(), ",")[0], "[]() ") }
			return w.ranged(clean, clean)
		case v == "":
			return some(w.rnd, "*", "**", "x")
		}
		return w.pattern(v)
	}
	return some(w.rnd, "true", "FALSE", "t*", "*e", fmt.Sprint(w.rnd.IntN(3)), "[1,2]", "[a,b]", "[,]", "[5", "(5)")
}
