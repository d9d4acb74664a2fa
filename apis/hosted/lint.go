package hosted

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/stormkeep/stormkeep/core"
)

// maxRendered bounds what a template makes.
const maxRendered = 256 << 10

// Template is the source of the body of a page of ours, by which to begin one's own
// (core.PageRules).
func (p *Pages) Template(page string) (string, bool) {
	if !slices.Contains(core.PageNames, page) {
		return "", false
	}
	_, body, ok := strings.Cut(p.sources[page], `{{define "body"}}`)
	i := strings.LastIndex(body, "{{end}}")
	if !ok || i < 0 {
		return "", false
	}
	return body[:i], true
}

// TemplateProblem says what is wrong with the source of the body of a page, and in which
// line: what it has is looked at, and then what it makes of each sample, for a template
// could make what it does not have (core.PageRules).
func (p *Pages) TemplateProblem(page, source string) string {
	if !slices.Contains(core.PageNames, page) {
		return "there is no such page"
	}
	if err := checkMarkup(mask(source), masked); err != nil {
		return err.Error()
	}
	samples := p.Samples("Application")[page]
	for _, l := range p.locales {
		t, err := p.override(l, page, source)
		if err != nil {
			return said(err)
		}
		for _, data := range samples {
			for _, base := range []string{"", "/base"} {
				seen := shown{Nonce: random(16), Form: "form." + random(16), Lang: l.Name, Exposed: base != "", Base: base, Data: data}
				if base != "" {
					seen.Brand = &Brand{Name: "Brand", Initial: "B", Logo: BrandAt + "a/b.png"}
				}
				if _, err := render(t, page, seen); err != nil {
					return said(err)
				}
			}
		}
	}
	return ""
}

var where = regexp.MustCompile(`^(?:html/)?template: ?"?(?:body|mine)"?:(\d+)(?::\d+)?: *(?:executing "[^"]*" at )?`)

// said is an error of a template with its line in front.
func said(err error) string {
	text := err.Error()
	if m := where.FindStringSubmatch(text); m != nil {
		return "line " + m[1] + ": " + text[len(m[0]):]
	}
	return text
}

// functions are those that a template may call.
var functions = []string{"t", "asset", "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index"}

// override is the template of a page whose body is somebody else's.
func (p *Pages) override(l *Locale, page, source string) (*template.Template, error) {
	known := map[string]any{}
	for _, name := range functions {
		known[name] = fmt.Sprint
	}
	trees, err := parse.Parse("body", source, "{{", "}}", known)
	if err != nil {
		return nil, err
	}
	if len(trees) != 1 || trees["body"] == nil {
		return nil, errors.New("a template defines no others")
	}
	t, err := p.parse(l, page)
	if err != nil {
		return nil, err
	}
	w := walk{source: source, parts: t}
	if w.node(trees["body"].Root, false); w.err != nil {
		return nil, w.err
	}
	_, err = t.AddParseTree("body", trees["body"])
	return t, err
}

// walk looks at what a template does.
type walk struct {
	source string
	parts  *template.Template
	depth  int
	err    error
}

// frames are the parts of a page that are around its body.
var frames = []string{"page", "head", "foot", "body", "title", "kind"}

func (w *walk) fail(n parse.Node, format string, args ...any) {
	if w.err == nil {
		line := 1 + strings.Count(w.source[:min(int(n.Position()), len(w.source))], "\n")
		w.err = fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
	}
}

// node looks at a node and at all below it; bounds says that it decides how often
// something is done, where no number may stand.
func (w *walk) node(n parse.Node, bounds bool) {
	if w.depth++; w.depth > 200 {
		w.fail(n, "it is nested too deep")
	}
	defer func() { w.depth-- }()
	if w.err != nil {
		return
	}
	list := func(l *parse.ListNode) {
		if l != nil {
			for _, n := range l.Nodes {
				w.node(n, false)
			}
		}
	}
	pipe := func(p *parse.PipeNode, bounds bool) {
		if p == nil {
			return
		}
		for _, c := range p.Cmds {
			for _, a := range c.Args {
				w.node(a, bounds || len(p.Decl) > 0)
			}
		}
	}
	switch x := n.(type) {
	case *parse.ListNode:
		list(x)
	case *parse.ActionNode:
		pipe(x.Pipe, false)
	case *parse.PipeNode:
		pipe(x, bounds)
	case *parse.IfNode:
		pipe(x.Pipe, false)
		list(x.List)
		list(x.ElseList)
	case *parse.WithNode:
		pipe(x.Pipe, true) // what is there is counted by range
		list(x.List)
		list(x.ElseList)
	case *parse.RangeNode:
		pipe(x.Pipe, true)
		list(x.List)
		list(x.ElseList)
	case *parse.TemplateNode:
		if slices.Contains(frames, x.Name) || w.parts.Lookup(x.Name) == nil {
			w.fail(x, "there is no part %q for a body", x.Name)
		}
		pipe(x.Pipe, true)
	case *parse.NumberNode:
		if bounds {
			w.fail(x, "nothing is counted by a number of your own")
		}
	case *parse.FieldNode:
		w.fields(x, x.Ident)
	case *parse.VariableNode:
		w.fields(x, x.Ident[1:])
	case *parse.ChainNode:
		w.node(x.Node, bounds)
		w.fields(x, x.Field)
	}
}

func (w *walk) fields(n parse.Node, names []string) {
	if slices.Contains(names, "Nonce") {
		w.fail(n, "the nonce is for the head alone")
	}
}

// bounded is a text that has an end.
type bounded struct{ bytes.Buffer }

var errTooLong = errors.New("it makes more than 262144 bytes")

// Write refuses what is too much.
func (b *bounded) Write(part []byte) (int, error) {
	if b.Len()+len(part) > maxRendered {
		return 0, errTooLong
	}
	return b.Buffer.Write(part)
}

// render makes a page by a template of somebody's, and looks at what it has made.
func render(t *template.Template, page string, seen shown) ([]byte, error) {
	var body, out bounded
	if err := t.ExecuteTemplate(&body, "body", seen); err != nil {
		return nil, err
	}
	if strings.Contains(body.String(), seen.Nonce) {
		return nil, errors.New("it makes a text with the nonce")
	}
	found := &form{token: seen.Form}
	if err := checkMarkup(strings.ReplaceAll(body.String(), string(filler), "\x01"), found.see); err != nil {
		_, what, _ := strings.Cut(err.Error(), ": ")
		return nil, errors.New("of what it makes, " + what)
	}
	if err := found.lacks(page, seen); err != nil {
		return nil, err
	}
	err := t.ExecuteTemplate(io.Writer(&out), "page", seen)
	return out.Bytes(), err
}
