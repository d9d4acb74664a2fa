package mailtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"slices"
	"strings"
)

// Mail is what a server was sent.
type Mail struct {
	From, To string // of the envelope
	Header   mail.Header
	Subject  string // as people read it
	Text     string // with \n at the ends of lines
	HTML     string
	Links    []string // in Text and in HTML, each once
	Raw      []byte
}

var links = regexp.MustCompile(`https?://[^\s"'<>]+`)

// Parse reads a message of one part or of alternatives, as strictly as it can.
func Parse(raw []byte) (Mail, error) {
	out := Mail{Raw: raw}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return out, err
	}
	out.Header = m.Header
	if out.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return out, err
	}
	if err := out.part(m.Header.Get, m.Body); err != nil {
		return out, err
	}
	found := links.FindAllString(out.Text, -1)
	for _, escaped := range links.FindAllString(out.HTML, -1) {
		found = append(found, html.UnescapeString(escaped))
	}
	for _, link := range found {
		if link = strings.TrimRight(link, ".,;)"); !slices.Contains(out.Links, link) {
			out.Links = append(out.Links, link)
		}
	}
	return out, nil
}

// part reads what header says of the body.
func (m *Mail) part(header func(string) string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		return err
	}
	if strings.HasPrefix(kind, "multipart/") {
		for r := multipart.NewReader(body, params["boundary"]); ; {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err == nil {
				err = m.part(p.Header.Get, p)
			}
			if err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(header("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(string(b), "\r\n", "\n")
	switch kind {
	case "text/plain":
		m.Text = text
	case "text/html":
		m.HTML = text
	default:
		return fmt.Errorf("a part is %s", kind)
	}
	return nil
}
