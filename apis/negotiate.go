package apis

import (
	"mime"
	"strconv"
	"strings"
)

// The kinds of answer that the framework's routes give.
const (
	noKind   = ""
	jsonKind = "application/json"
	htmlKind = "text/html"
)

// negotiate is the kind of answer that an Accept header asks for: JSON where it asks
// for nothing or for anything, and none where it takes neither JSON nor HTML.
func negotiate(accept string) string {
	if strings.TrimSpace(accept) == "" {
		return jsonKind
	}
	best := [2]liking{{kind: jsonKind}, {kind: htmlKind}}
	for i, part := range strings.Split(accept, ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil || !(q >= 0 && q <= 1) {
				continue
			}
		}
		for n := range best {
			best[n].hear(name, q, i)
		}
	}
	json, html := best[0], best[1]
	switch {
	case json.q <= 0 && html.q <= 0:
		return noKind
	case html.q > json.q, html.q == json.q && html.exact > json.exact, html.q == json.q && html.exact == json.exact && html.at < json.at:
		return htmlKind
	}
	return jsonKind
}

// liking is how much a header likes a kind.
type liking struct {
	kind  string
	q     float64
	exact int // 1 by "*/*", 2 by "text/*", 3 by its name; the most exact counts
	at    int // place in the header
}

func (l *liking) hear(name string, q float64, at int) {
	major, _, _ := strings.Cut(l.kind, "/")
	exact := 0
	switch name {
	case l.kind:
		exact = 3
	case major + "/*":
		exact = 2
	case "*/*":
		exact = 1
	}
	if exact > l.exact {
		l.q, l.exact, l.at = q, exact, at
	}
}
