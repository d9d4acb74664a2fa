package core

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Branding is how the hosted pages look and read for an application, or for those who
// sign in to an organization. It is a part of either; an absent one leaves the pages as
// they are.
type Branding struct {
	Base[Branding]
	DisplayName   string `json:"displayName" api:",null"`
	Primary       string `json:"primaryColor" api:",null"`       // of buttons, "#006793"; "" is the server's
	OnPrimary     string `json:"onPrimaryColor" api:",null"`     // of what lies on it; "" is white
	PrimaryDark   string `json:"primaryColorDark" api:",null"`   // in the dark; "" is as in the light
	OnPrimaryDark string `json:"onPrimaryColorDark" api:",null"` // "" is as in the light
	Font          string `json:"font" api:",null"`               // one of Fonts
	Corner        int    `json:"cornerRadius"`                   // pixels, 0 to 16
	Logo          string `json:"logo" api:",null"`               // a data: URI
	Favicon       string `json:"favicon" api:",null"`            // a data: URI
	SupportURL    string `json:"supportUrl" api:",null"`
	PrivacyURL    string `json:"privacyUrl" api:",null"`
	TermsURL      string `json:"termsUrl" api:",null"`

	// Texts are in place of the pages' own, by language and name.
	Texts map[string]map[string]string `json:"texts"`
}

var brandings = &Kind[Branding]{Name: "brandings", Noun: "Branding", Key: "brd", Part: true, Links: []string{"tenant=tenants/{tenant}"}}

// Kind says how it is stored.
func (*Branding) Kind() *Kind[Branding] { return brandings }

// Owners are the application and the organization of that id, of which one is.
func (b *Branding) Owners() []Ref {
	return []Ref{RefTo(ID[Application](b.ID)), RefTo(ID[Organization](b.ID))}
}

// Either says that one of the owners is enough.
func (*Branding) Either() {}

// Defaults is how the pages look.
func (b *Branding) Defaults() { b.Corner, b.Texts = 8, map[string]map[string]string{} }

// Fonts are the names of the stacks of fonts that systems have.
var Fonts = []string{"system", "humanist", "geometric", "serif", "mono"}

const (
	maxPicture    = 32 << 10 // bytes of a logo
	maxTexts      = 32 << 10 // bytes of all texts
	leastContrast = 4.5      // WCAG 2.2, 1.4.3
)

// PageRules is what the hosted pages, which lie above, say of what would change them.
type PageRules interface {
	// TextProblem says what is wrong with a text in place of the pages' own, "" for
	// nothing.
	TextProblem(locale, name, text string) string
	// TemplateProblem says what is wrong with the source of a page, and in which line;
	// "" for nothing.
	TemplateProblem(page, source string) string
	// Template is the source of one of the pages as they are; false if there is none.
	Template(page string) (string, bool)
}

// Check holds colours that can be read, pictures that are some, links and texts.
func (b *Branding) Check(c *Checks) {
	c.Text("displayName", b.DisplayName, 100)
	c.That(!strings.ContainsFunc(b.DisplayName, unicode.IsControl), "displayName", "invalid_value", "Branding displayName must be on one line.")
	for _, f := range []struct {
		field string
		value *string
	}{{"primaryColor", &b.Primary}, {"onPrimaryColor", &b.OnPrimary}, {"primaryColorDark", &b.PrimaryDark}, {"onPrimaryColorDark", &b.OnPrimaryDark}} {
		*f.value = strings.ToLower(*f.value)
		_, ok := ParseColour(*f.value)
		c.That(*f.value == "" || ok, f.field, "invalid_format", "Branding %s must look like #006793.", f.field)
	}
	if c.err() == nil {
		for _, dark := range []bool{false, true} {
			fill, ink := b.Colours(dark)
			field := map[bool]string{false: "primaryColor", true: "primaryColorDark"}[dark]
			ratio := fill.Contrast(ink)
			c.That(ratio >= leastContrast, field, "unsupported_value", "Branding %s: text of %s on %s has a contrast of %.2f:1; it must have 4.5:1.", field, ink, fill, ratio)
		}
	}
	c.That(b.Font == "" || slices.Contains(Fonts, b.Font), "font", "unsupported_value", "Branding font must be one of %s.", strings.Join(Fonts, ", "))
	c.That(b.Corner >= 0 && b.Corner <= 16, "cornerRadius", "out_of_range", "Branding cornerRadius must be 0 to 16.")
	for _, f := range []struct {
		field string
		value *string
	}{{"logo", &b.Logo}, {"favicon", &b.Favicon}} {
		p, err := ParsePicture(*f.value)
		c.That(err == nil, f.field, "invalid_format", "Branding %s %v.", f.field, err)
		if err == nil {
			*f.value = p.URI()
		}
	}
	for field, link := range map[string]string{"supportUrl": b.SupportURL, "privacyUrl": b.PrivacyURL, "termsUrl": b.TermsURL} {
		c.That(link == "" || webLink(link), field, "invalid_format", "Branding %s must be a URL of https.", field)
	}
	b.checkTexts(c)
}

func (b *Branding) checkTexts(c *Checks) {
	total := 0
	for _, locale := range slices.Sorted(maps.Keys(b.Texts)) {
		for _, name := range slices.Sorted(maps.Keys(b.Texts[locale])) {
			text := b.Texts[locale][name]
			if total += len(locale) + len(name) + len(text); total > maxTexts || c.err() != nil || c.Moved {
				break
			}
			problem := "has no pages to be on"
			if rules := c.Tx.App.Pages; rules != nil {
				problem = rules.TextProblem(locale, name, text)
			}
			c.That(problem == "", "texts", "invalid_value", "Branding texts: %s in %s %s.", brief(name), brief(locale), problem)
		}
	}
	c.That(total <= maxTexts, "texts", "too_long", "Branding texts may have at most %d characters in all.", maxTexts)
}

// webLink tells whether people may be sent there from a page.
func webLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= 500 && u.Scheme == "https" && u.Host != "" && u.User == nil && u.Opaque == "" && !strings.ContainsAny(s, " \"'<>\\`{}|^") && isASCII(s)
}

// Colours are those of a button and of what lies on it.
func (b *Branding) Colours(dark bool) (fill, ink Colour) {
	if b.Primary == "" && b.PrimaryDark == "" && b.OnPrimary == "" && b.OnPrimaryDark == "" {
		return Colour{0x00, 0x67, 0x93}, Colour{0xff, 0xff, 0xff} // the pages' own
	}
	pick := func(texts ...string) Colour {
		for _, t := range texts {
			if c, ok := ParseColour(t); ok {
				return c
			}
		}
		return Colour{}
	}
	if dark {
		return pick(b.PrimaryDark, b.Primary, "#0c76a5"), pick(b.OnPrimaryDark, b.OnPrimary, "#ffffff")
	}
	return pick(b.Primary, "#006793"), pick(b.OnPrimary, "#ffffff")
}

// Picture is a small image.
type Picture struct {
	Type string // its media type
	Data []byte
}

// URI is the picture as a data: URI, "" for none.
func (p Picture) URI() string {
	if len(p.Data) == 0 {
		return ""
	}
	return "data:" + p.Type + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
}

// ParsePicture reads a data: URI, or base64 alone: PNG, JPEG, WebP or SVG, of at most 32
// KiB. What it is, its bytes say. "" is none.
func ParsePicture(text string) (p Picture, err error) {
	if text == "" {
		return p, nil
	}
	if len(text) > 2*maxPicture {
		return p, errors.New("has over 32768 bytes")
	}
	if rest, ok := strings.CutPrefix(text, "data:"); ok {
		head, body, ok := strings.Cut(rest, ",")
		if !ok || !strings.HasSuffix(head, ";base64") {
			return p, errors.New("is no data: URI in base64")
		}
		text = body
	}
	p.Data, err = base64.StdEncoding.DecodeString(text)
	switch {
	case err != nil:
		return Picture{}, errors.New("is not in base64")
	case len(p.Data) > maxPicture:
		return Picture{}, fmt.Errorf("has %d bytes, over 32768", len(p.Data))
	}
	switch d := p.Data; {
	case bytes.HasPrefix(d, []byte("\x89PNG\r\n\x1a\n")):
		p.Type = "image/png"
	case bytes.HasPrefix(d, []byte("\xff\xd8\xff")):
		p.Type = "image/jpeg"
	case len(d) > 12 && string(d[:4]) == "RIFF" && string(d[8:12]) == "WEBP":
		p.Type = "image/webp"
	case isSVG(d):
		p.Type = "image/svg+xml"
	default:
		return Picture{}, errors.New("is no picture of PNG, JPEG, WebP or SVG")
	}
	return p, nil
}

// isSVG tells whether a text is one SVG without script, entities and parts from
// elsewhere. It is shown as a picture only, which runs nothing: this keeps what it is
// not from being kept.
func isSVG(b []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(b))
	depth, roots := 0, 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return roots == 1 && depth == 0
		}
		if err != nil {
			return false
		}
		switch x := tok.(type) {
		case xml.Directive:
			return false
		case xml.ProcInst:
			if x.Target != "xml" {
				return false
			}
		case xml.StartElement:
			if depth == 0 {
				if roots++; x.Name.Local != "svg" {
					return false
				}
			}
			depth++
			switch strings.ToLower(x.Name.Local) {
			case "script", "foreignobject", "iframe", "object", "embed":
				return false
			}
			for _, a := range x.Attr {
				name := strings.ToLower(a.Name.Local)
				if strings.HasPrefix(name, "on") || name == "href" && !strings.HasPrefix(a.Value, "#") {
					return false
				}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// BrandingOf is the branding of the application or organization of that id. An absent
// one is as old as its owner.
func BrandingOf(tx *Tx, id ID[Branding]) (*Branding, error) {
	b, err := Get(tx, id)
	if err != nil || b.Rev > 0 {
		return b, err
	}
	for _, owner := range b.Owners() {
		rec, err := tx.App.kinds[owner.Kind()].Load(tx, owner.ID())
		if err == nil {
			b.CreatedAt = rec.(interface{ Created() Time }).Created()
			b.ModifiedAt = b.CreatedAt
			return b, nil
		}
		if !IsNotFound(err) {
			return nil, err
		}
	}
	return nil, errNotFound()
}

// Branded is how the pages look to who signs in to the application, and there to the
// organization if one is named; nil if nobody has said.
func Branded(tx *Tx, app ID[Application], org ID[Organization]) (*Branding, error) {
	for _, id := range []string{string(org), string(app)} {
		if id == "" {
			continue
		}
		b, err := Get(tx.trusted(), ID[Branding](id))
		if err != nil && !IsNotFound(err) {
			return nil, err
		}
		if err == nil && b.Rev > 0 {
			return b, nil
		}
	}
	return nil, nil
}
