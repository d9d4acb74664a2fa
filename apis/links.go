package apis

import (
	"strings"
	"sync"

	"github.com/stormkeep/stormkeep/core"
)

// childLink is a link of a kind to what belongs to its records, cut at its one
// variable part: Kind.Links says it as text, and every record of an answer repeats
// it.
type childLink struct {
	name          string
	key           string // `,"groups":`
	before, after string // of the path
	part          byte   // which value stands between: self, id or tenant
}

const (
	selfPart   = 's'
	idPart     = 'i'
	tenantPart = 't'
)

var childLinks sync.Map // kind name → []childLink

// childLinksOf cuts the links of a kind, once.
func childLinksOf(kind string, links []string) []childLink {
	if known, ok := childLinks.Load(kind); ok {
		return known.([]childLink)
	}
	cut := make([]childLink, len(links))
	for i, text := range links {
		name, pattern, special := strings.Cut(text, "=")
		l := childLink{name: name, key: `,"` + name + `":`, after: "/" + name, part: selfPart}
		if special {
			l.part, l.after = idPart, ""
			l.before, l.after, _ = strings.Cut(pattern, "{id}")
			if before, after, ok := strings.Cut(pattern, "{tenant}"); ok {
				l.part, l.before, l.after = tenantPart, before, after
			}
		}
		cut[i] = l
	}
	known, _ := childLinks.LoadOrStore(kind, cut)
	return known.([]childLink)
}

// childLinks appends the links of a record of a kind, which is at the path self. It
// returns how many of the expansions it met.
func (w *writer) childLinks(info core.KindInfo, self, id string, expand expansion) (known int, err error) {
	for _, l := range childLinksOf(info.Name, info.Links) {
		value := self
		switch l.part {
		case idPart:
			value = id
		case tenantPart:
			value = string(w.tx.Tenant)
		}
		w.b = append(w.b, l.key...)
		if len(expand) > 0 {
			if want, ok := expand[l.name]; ok {
				known++
				if err := w.expanded(l.before+value+l.after, want); err != nil {
					return known, err
				}
				continue
			}
		}
		w.b = append(w.b, `{"href":"`...)
		w.b = append(w.b, w.base...)
		w.b = append(w.b, '/')
		w.b = append(w.b, l.before...)
		w.b = append(w.b, value...)
		w.b = append(w.b, l.after...)
		w.b = append(w.b, '"', '}')
	}
	return known, nil
}
