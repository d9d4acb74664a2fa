package hosted

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// The elements and attributes that the body of a page may have: none runs anything, and
// none loads anything but our own pictures.
var (
	elements = strings.Fields(`main div span p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd a b i em strong small br hr img form input label button select option optgroup
		fieldset legend details summary section article aside header footer nav figure figcaption table thead tbody tfoot tr th td caption
		code pre kbd abbr time blockquote q sub sup mark svg g path circle rect line polyline polygon ellipse`)
	attributes = strings.Fields(`class id name type value href src alt action method for placeholder required autocomplete autofocus autocapitalize inputmode spellcheck
		maxlength minlength pattern checked selected disabled readonly title lang dir hidden role tabindex open datetime colspan rowspan scope hreflang rel width height
		data-once data-reveal viewbox d fill stroke stroke-width stroke-linecap stroke-linejoin fill-rule clip-rule transform cx cy r rx ry x y x1 x2 y1 y2 points xmlns`)
	aria = regexp.MustCompile(`^aria-[a-z]+$`)
)

// tag is one that was found, with its line.
type tag struct {
	name  string
	attrs map[string]string
	line  int
	ends  bool
}

// action is one of a template.
var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// filler stands for what is not known before a page is made.
const filler = '\x1a'

// mask is a source in which nothing is where its actions are, so that it reads as
// markup; its lines stay.
func mask(source string) string {
	source = strings.ReplaceAll(source, string(filler), " ")
	return action.ReplaceAllStringFunc(source, func(a string) string {
		return strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return filler
		}, a)
	})
}

// masked sees nothing: a form is looked for in what a template makes.
func masked(tag) error { return nil }

// checkMarkup holds a text to the elements and attributes of a page, and shows each tag
// to see. Of an attribute that is there twice the first counts, as in browsers. Errors
// name the line.
func checkMarkup(text string, see func(tag) error) error {
	z := html.NewTokenizer(strings.NewReader(text))
	line := 1
	for {
		kind := z.Next()
		raw := string(z.Raw())
		at := line
		line += strings.Count(raw, "\n")
		switch kind {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return fmt.Errorf("line %d: it cannot be read", at)
			}
			if strings.ContainsRune(raw, '<') {
				return fmt.Errorf("line %d: a tag does not end", at)
			}
			return nil
		case html.CommentToken, html.DoctypeToken:
			if !strings.HasPrefix(raw, "<!--") || !strings.HasSuffix(raw, "-->") || strings.Contains(raw[4:len(raw)-3], "<") {
				return fmt.Errorf("line %d: what begins with <! or <? is no comment", at)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if !slices.Contains(elements, string(name)) {
				return fmt.Errorf("line %d: the element %q is not for pages", at, trim(string(name)))
			}
			if err := see(tag{name: string(name), line: at, ends: true}); err != nil {
				return fmt.Errorf("line %d: %w", at, err)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			x, err := readTag(z, at)
			if err == nil {
				err = see(x)
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", at, err)
			}
		}
	}
}

func trim(s string) string {
	if len(s) > 40 {
		s = s[:40]
	}
	return strings.ToValidUTF8(s, "?")
}

func readTag(z *html.Tokenizer, line int) (x tag, err error) {
	name, more := z.TagName()
	x = tag{name: string(name), attrs: map[string]string{}, line: line}
	if !slices.Contains(elements, x.name) {
		return x, fmt.Errorf("the element %q is not for pages", trim(x.name))
	}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		key, value := strings.Trim(string(k), string(filler)), string(v)
		if key == "" && strings.Trim(value, string(filler)) == "" {
			continue // of an action between attributes
		}
		if !slices.Contains(attributes, key) && !aria.MatchString(key) {
			return x, fmt.Errorf("the attribute %q is not for pages", trim(key))
		}
		if err := checkValue(x.name, key, value); err != nil {
			return x, err
		}
		x.attrs[key] = value
	}
	return x, nil
}

// checkValue holds the attributes that lead somewhere, or load something, to where they
// may.
func checkValue(element, key, value string) error {
	known, _, hidden := strings.Cut(value, string(filler))
	switch key {
	case "action", "href", "src":
	case "method":
		if !hidden && !strings.EqualFold(value, "post") {
			return errors.New("a form is sent by POST")
		}
		return nil
	case "type":
		if kind := strings.ToLower(value); kind == "image" || kind == "file" {
			return fmt.Errorf("the type %s is not for pages", kind)
		}
		return nil
	case "xmlns":
		if value != "http://www.w3.org/2000/svg" {
			return errors.New("the attribute xmlns is of SVG alone")
		}
		return nil
	default:
		return nil
	}
	if hidden && known == "" {
		return nil // what it is, is seen in what is made
	}
	if strings.ContainsFunc(known, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return fmt.Errorf("the attribute %s has a space, a backslash or a control character", key)
	}
	ours := strings.HasPrefix(known, "/") && !strings.HasPrefix(known, "//")
	switch {
	case key == "action" && element == "form" && ours:
		return nil
	case key == "src" && element == "img" && (strings.HasPrefix(known, AssetsAt) || strings.HasPrefix(known, BrandAt)) && !strings.Contains(known, ".."):
		return nil
	case key == "href" && element == "a" && (ours || strings.HasPrefix(known, "#") || strings.HasPrefix(known, "?") || elsewhere(known, hidden)):
		return nil
	}
	return fmt.Errorf("%s=%q of %s leads elsewhere, or loads what is not ours", key, trim(value), element)
}

// elsewhere tells whether a link may lead there: to another site by https, or to a
// mailbox.
func elsewhere(value string, part bool) bool {
	u, err := url.Parse(value)
	if err != nil {
		return false
	}
	return u.Scheme == "https" && u.Host != "" && u.User == nil && !part || u.Scheme == "mailto" && u.Host == ""
}

// form is the form of a page, as it is found in what was made.
type form struct {
	token  string
	forms  int
	open   bool
	action string
	inputs map[string]string // by name
	extra  []string          // values of buttons called answer
	bound  bool
}

func (f *form) see(x tag) error {
	switch {
	case x.name == "form" && x.ends:
		f.open = false
	case x.name == "form":
		if f.forms++; f.open || f.forms > 1 {
			return errors.New("a page has one form")
		}
		if !strings.EqualFold(x.attrs["method"], "post") {
			return errors.New("a form is sent by POST")
		}
		f.open, f.action, f.inputs = true, x.attrs["action"], map[string]string{}
	case x.ends:
	case f.open && (x.name == "input" || x.name == "button"):
		name := x.attrs["name"]
		if name == "answer" {
			f.extra = append(f.extra, x.attrs["value"])
		}
		if name == "csrfToken" && x.name == "input" && x.attrs["value"] == f.token {
			f.bound = true
		}
		if name != "" {
			f.inputs[name] = x.attrs["value"]
		}
	}
	return nil
}

// needs are where the form of a page leads, and the names of its inputs.
var needs = map[string]struct {
	action string
	inputs []string
}{
	"login":    {"/login", []string{"login", "password"}},
	"register": {"/register", []string{"givenName", "surname", "email", "password"}},
	"forgot":   {"/forgot", []string{"email"}},
	"resend":   {"/verify", []string{"email"}},
	"change":   {"", []string{"password", "confirmPassword"}},
	"verify":   {"", []string{"code"}},
	"consent":  {"/consent", []string{"flow", "answer"}},
}

// lacks says what a page misses that its form needs.
func (f *form) lacks(page string, seen shown) error {
	need, ok := needs[page]
	if !ok {
		if f.forms > 0 {
			return errors.New("this page has no form")
		}
		return nil
	}
	if f.forms == 0 {
		return errors.New("the form is missing")
	}
	path, _, _ := strings.Cut(f.action, "?")
	to := seen.Base + need.action
	if page == "consent" {
		to = need.action
	}
	switch {
	case need.action != "" && path != to:
		return fmt.Errorf("the form leads to %q, not to %q", trim(path), to)
	case need.action == "" && f.action != actionOf(seen.Data):
		return fmt.Errorf("the form leads to %q, not to {{.Data.Action}}", trim(f.action))
	case !f.bound:
		return errors.New(`the form lacks csrfToken: {{template "form" .}}`)
	}
	for _, name := range need.inputs {
		if _, ok := f.inputs[name]; !ok {
			return fmt.Errorf("the form lacks an input called %s", name)
		}
	}
	if flow := flowOf(seen.Data); flow != "" && f.inputs["flow"] != flow && !strings.Contains(f.action, "flow=") {
		return errors.New("the form loses the flow of a client: {{.Data.Flow}}")
	}
	if page == "consent" && !(slices.Contains(f.extra, "allow") && slices.Contains(f.extra, "deny")) {
		return errors.New("the form lacks a button called answer with the value allow, or deny")
	}
	return nil
}

// Acting is the data of a page whose form leads where they say.
type Acting interface{ FormAction() string }

// Flowing is the data of a page that carries the flow of a client.
type Flowing interface{ FormFlow() string }

func actionOf(data any) string {
	if a, ok := data.(Acting); ok {
		return a.FormAction()
	}
	return ""
}

func flowOf(data any) string {
	if a, ok := data.(Flowing); ok {
		return a.FormFlow()
	}
	return ""
}
