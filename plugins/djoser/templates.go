package djoser

import (
	"embed"
	"encoding/json"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

// Templates are a mount's own texts of mails, by the names of the files in which
// djoser's users have them: "activation_email_body.txt" in version 0.1,
// "activation.html" with its blocks subject, text_body and html_body in version 2.
type Templates map[string]string

// UnmarshalJSON puts what it reads to what is there; "" takes a text out.
func (t *Templates) UnmarshalJSON(b []byte) error {
	var in map[string]string
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*t = merged(*t, in, func(v string) bool { return v == "" })
	return nil
}

//go:embed mails
var mails embed.FS

// templateNames are the files of a version.
func templateNames(version string) (names []string) {
	entries, err := mails.ReadDir("mails/" + version)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// templateOf is the mount's own text, or else djoser's.
func (m *DjoserMount) templateOf(name string) (string, error) {
	if own, ok := m.Templates[name]; ok {
		return own, nil
	}
	b, err := mails.ReadFile("mails/" + m.Version + "/" + name)
	return string(b), err
}

const maxTemplate = 64 << 10

// check refuses names that the version does not have and texts that say what is not
// understood.
func (t Templates) check(c *core.Checks, version string) {
	names := templateNames(version)
	for _, name := range slices.Sorted(maps.Keys(t)) {
		c.That(slices.Contains(names, name), "templates", "unknown_field", "DjoserMount templates: djoser %s has no %s.", version, name)
		c.That(len(t[name]) <= maxTemplate && utf8.ValidString(t[name]), "templates", "too_long", "DjoserMount templates: %s has over %d bytes, or is not UTF-8.", name, maxTemplate)
		bad := misunderstood(t[name])
		c.That(bad == "", "templates", "invalid_value", "DjoserMount templates: %s has %s, which is not understood here.", name, bad)
		if version == New && bad == "" {
			blocks := blocksOf(t[name])
			c.That(blocks["subject"] != "" && blocks["text_body"]+blocks["html_body"] != "", "templates", "invalid_value",
				"DjoserMount templates: %s must have the block subject, and text_body or html_body.", name)
		}
	}
}

// The parts of Django's template language that mails are written in.
var (
	markup    = regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}`)
	quietTags = regexp.MustCompile(`^(load\s.*|autoescape\s+(on|off)|endautoescape|(blocktrans|blocktranslate)(\s.*)?|(endblocktrans|endblocktranslate)|block\s+\w+|endblock(\s+\w+)?|spaceless|endspaceless)$`)
	transTag  = regexp.MustCompile(`^(?:trans|translate)\s+(?:"([^"]*)"|'([^']*)')$`)
	variables = map[string]string{"user": "username", "user.get_username": "username", "user.username": "username", "user.email": "email",
		"user.first_name": "first_name", "user.last_name": "last_name", "user.pk": "id", "user.id": "id",
		"domain": "domain", "site_name": "site_name", "url": "url", "uid": "uid", "token": "token", "protocol": "protocol"}
)

// variable is what a {{ }} is of, "" if it is not understood.
func variable(text string) string {
	name, filter, _ := strings.Cut(strings.TrimSpace(text[2:len(text)-2]), "|")
	if filter = strings.TrimSpace(filter); filter != "" && filter != "safe" && filter != "escape" {
		return ""
	}
	return variables[strings.TrimSpace(name)]
}

func tag(text string) string { return strings.TrimSpace(text[2 : len(text)-2]) }

// misunderstood is the first thing in a text that fill would not understand.
func misunderstood(text string) string {
	for _, m := range markup.FindAllString(text, -1) {
		switch {
		case strings.HasPrefix(m, "{#"):
		case strings.HasPrefix(m, "{{"):
			if variable(m) == "" {
				return m
			}
		case !quietTags.MatchString(tag(m)) && !transTag.MatchString(tag(m)):
			return m
		}
	}
	return ""
}

// fill puts the values of a mail into a text. What they hold is text, also in HTML.
func fill(text string, values map[string]string, escape bool) string {
	return markup.ReplaceAllStringFunc(text, func(m string) string {
		switch {
		case strings.HasPrefix(m, "{{"):
			v := values[variable(m)]
			if escape {
				v = html.EscapeString(v)
			}
			return v
		case strings.HasPrefix(m, "{%"):
			if t := transTag.FindStringSubmatch(tag(m)); t != nil {
				return t[1] + t[2]
			}
		}
		return ""
	})
}

var block = regexp.MustCompile(`(?s)\{%\s*block\s+(\w+)\s*%\}(.*?)\{%\s*endblock(?:\s+\w+)?\s*%\}`)

// blocksOf are the named parts of a text of version 2.
func blocksOf(text string) map[string]string {
	all := map[string]string{}
	for _, m := range block.FindAllStringSubmatch(text, -1) {
		all[m[1]] = m[2]
	}
	return all
}

// oneLine is a subject: Django collapses its newlines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
