package djoser

import (
	"bytes"
	"encoding/json"
	"strings"
)

// member is one of an object, whose order is part of what people compare.
type member struct {
	name  string
	value any
}

// object is a JSON object in order.
type object []member

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(&b, m.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := appendJSON(&b, m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func appendJSON(b *bytes.Buffer, v any) error {
	if o, ok := v.(object); ok {
		inner, err := o.MarshalJSON()
		b.Write(inner)
		return err
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // its newline
	return nil
}

// render is the text of an answer: with a space behind each comma and colon for a
// version that wrote so, and over several lines for who asked for that.
func render(v any, spaced bool, indent int) ([]byte, error) {
	var b bytes.Buffer
	if err := appendJSON(&b, v); err != nil {
		return nil, err
	}
	switch {
	case indent > 0:
		var out bytes.Buffer
		err := json.Indent(&out, b.Bytes(), "", strings.Repeat(" ", indent))
		return out.Bytes(), err
	case spaced:
		return space(b.Bytes()), nil
	}
	return b.Bytes(), nil
}

// space puts a space behind the commas and colons of a compact JSON text.
func space(in []byte) []byte {
	out := make([]byte, 0, len(in)+16)
	text := false
	for i := 0; i < len(in); i++ {
		c := in[i]
		out = append(out, c)
		switch {
		case text && c == '\\':
			i++
			out = append(out, in[i])
		case c == '"':
			text = !text
		case !text && (c == ',' || c == ':'):
			out = append(out, ' ')
		}
	}
	return out
}

// answer is what a view returns. A body that is nil is not written, and nothing is said
// of its type.
type answer struct {
	status int
	body   any
}

// refusal is an answer that is no success.
type refusal struct {
	answer
	challenge string // what WWW-Authenticate says
}

func (r *refusal) Error() string {
	b, err := render(r.body, false, 0)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// detail refuses with the one sentence that Django REST framework says.
func detail(status int, text string) *refusal {
	return &refusal{answer: answer{status, object{{"detail", text}}}}
}

// wrongs are what is wrong with the fields of a body, in the order in which it was
// found.
type wrongs object

func (w *wrongs) add(field string, texts ...string) {
	for i, m := range *w {
		if m.name == field {
			(*w)[i].value = append(m.value.([]string), texts...)
			return
		}
	}
	*w = append(*w, member{field, texts})
}

func (w wrongs) has(field string) bool {
	for _, m := range w {
		if m.name == field {
			return true
		}
	}
	return false
}

// err is the refusal of a body, nil where nothing is wrong with it.
func (w wrongs) err() error {
	if len(w) == 0 {
		return nil
	}
	return &refusal{answer: answer{400, object(w)}}
}

// wrong refuses one field.
func wrong(field, text string) error { return wrongs{{field, []string{text}}}.err() }

// generally refuses a body for what is wrong with all of it.
func generally(text string) error { return wrong("non_field_errors", text) }
