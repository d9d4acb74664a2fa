package apis

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	defaultLimit = 25
	maxLimit     = 100
)

// page is which part of a collection is asked for (spec 2.6).
type page struct {
	offset, limit int
	where         map[string]string // attribute → what it must be
	order         string            // as asked for
}

// narrowed tells whether more is asked than a part of the whole list.
func (p page) narrowed() bool { return len(p.where) > 0 || p.order != "" }

// expansion is which links are asked for whole (spec 2.5): by name, and for a
// collection which part of it.
type expansion map[string]page

// ownParameters are those that are not attributes to search by.
var ownParameters = []string{"offset", "limit", "expand", "_method",
	"encryptSecret", "encryptionKeySalt", "encryptionKeySize", "encryptionKeyIterations",
	"createDirectory", "registrationWorkflowEnabled", "passwordFormat", "challenge"}

// parsePage reads the parameters of a collection. A limit above 100 is taken for
// 100, the safe choice of spec 2.6.
func parsePage(q url.Values) (page, error) {
	p := page{limit: defaultLimit, where: map[string]string{}}
	for name, values := range q {
		value := values[0]
		if slices.ContainsFunc(values, func(v string) bool { return v != value }) && name != "expand" {
			return p, queryError("bad_query_value", "The query parameter %q is given twice.", name)
		}
		switch {
		case name == "offset" || name == "limit":
			n, err := pageNumber(name, value)
			if err != nil {
				return p, err
			}
			if name == "offset" {
				p.offset = n
			} else {
				p.limit = n
			}
		case name == "orderBy":
			p.order = value
		case slices.Contains(ownParameters, name):
		default:
			p.where[name] = value
		}
	}
	return p, nil
}

func pageNumber(name, value string) (int, error) {
	n, err := strconv.Atoi(value)
	switch {
	case err != nil:
		return 0, queryError("bad_query_value", "The query parameter %q must be a number.", name)
	case name == "offset" && n < 0, name == "limit" && n < 1:
		return 0, queryError("bad_query_value", "The query parameter %q is out of range.", name)
	case name == "limit":
		return min(n, maxLimit), nil
	}
	return n, nil
}

// parseExpand reads the values of the parameter expand: "a,b(offset:0,limit:10)".
// Repeated names are one, the last with a page deciding it.
func parseExpand(values []string) (expansion, error) {
	all := expansion{}
	for _, text := range values {
		for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
			name, rest, part, err := nextExpand(text)
			if err != nil {
				return nil, err
			}
			if old, ok := all[name]; !ok || part != nil {
				if part != nil {
					old = *part
				} else {
					old = page{limit: defaultLimit}
				}
				all[name] = old
			}
			text = rest
		}
	}
	return all, nil
}

// nextExpand cuts one name and its page from the front of text.
func nextExpand(text string) (name, rest string, part *page, err error) {
	end := strings.IndexAny(text, ",(")
	if end < 0 {
		end = len(text)
	}
	name = strings.TrimSpace(text[:end])
	if name == "" || strings.ContainsAny(name, ") :") {
		return "", "", nil, queryError("bad_query", "The expand parameter is malformed.")
	}
	rest = text[end:]
	if strings.HasPrefix(rest, "(") {
		inner, after, ok := strings.Cut(rest[1:], ")")
		if !ok {
			return "", "", nil, queryError("bad_query", "The expand parameter lacks a closing parenthesis.")
		}
		part = &page{limit: defaultLimit}
		for item := range strings.SplitSeq(inner, ",") {
			key, value, _ := strings.Cut(item, ":")
			key, value = strings.TrimSpace(key), strings.TrimSpace(value)
			if key != "offset" && key != "limit" {
				return "", "", nil, queryError("bad_query", "The expand parameter takes offset and limit only.")
			}
			n, err := pageNumber(key, value)
			if err != nil {
				return "", "", nil, err
			}
			if key == "offset" {
				part.offset = n
			} else {
				part.limit = n
			}
		}
		rest = strings.TrimSpace(after)
	}
	if rest == "" {
		return name, "", part, nil
	}
	if rest[0] != ',' {
		return "", "", nil, queryError("bad_query", "The expand parameter is malformed.")
	}
	return name, rest[1:], part, nil
}

// parseQuery reads a query string as SDKs write it: a second "?" stands for "&"
// (spec 2.10).
func parseQuery(raw string) (url.Values, error) {
	q, err := url.ParseQuery(strings.ReplaceAll(raw, "?", "&"))
	if err != nil {
		return nil, queryError("bad_query", "The query string is malformed.")
	}
	return q, nil
}

// truth reads a query boolean in any case (spec 2.3).
func truth(q url.Values, name string) (bool, error) {
	switch strings.ToLower(q.Get(name)) {
	case "", "false", "0":
		return false, nil
	case "true", "1":
		return true, nil
	}
	return false, queryError("bad_query_value", "The query parameter %q must be true or false.", name)
}
