package hosted

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// BrandAt is where the pictures of brandings are served: below it come the id of the
// branding and a name that changes with the picture.
const BrandAt = "/branding/"

// Brand is how a page looks for whom it belongs to.
type Brand struct {
	Name, Initial           string
	Logo, Icon              string // paths
	Support, Privacy, Terms string
	Style                   template.CSS // custom properties, made of checked values
}

// NewBrand is a branding as pages show it.
func NewBrand(b *core.Branding) *Brand {
	out := &Brand{Name: b.DisplayName, Support: b.SupportURL, Privacy: b.PrivacyURL, Terms: b.TermsURL, Style: style(b),
		Logo: pictureAt(b, b.Logo), Icon: pictureAt(b, b.Favicon)}
	if first, _ := utf8.DecodeRuneInString(strings.TrimSpace(b.DisplayName)); first != utf8.RuneError {
		out.Initial = strings.ToUpper(string(first))
	}
	return out
}

// stacks are the fonts of systems by name: nothing is loaded.
var stacks = map[string]string{
	"humanist":  `Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif`,
	"geometric": `Avenir, Montserrat, Corbel, "URW Gothic", source-sans-pro, sans-serif`,
	"serif":     `Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif`,
	"mono":      `ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace`,
}

// The surfaces that lie below text, in the light and in the dark.
var (
	lightSurfaces = []core.Colour{{0xff, 0xff, 0xff}, {0xf7, 0xf8, 0xfa}, {0xf2, 0xf4, 0xf6}}
	darkSurfaces  = []core.Colour{{0x12, 0x16, 0x19}, {0x0c, 0x0f, 0x12}, {0x1a, 0x1e, 0x22}}
)

// style sets the tokens of the pages. Each value is written anew from what it was read
// as: nothing that was sent is in it.
func style(b *core.Branding) template.CSS {
	out := &strings.Builder{}
	out.WriteString(":root{--corner:" + strconv.Itoa(min(max(b.Corner, 0), 16)) + "px")
	if stack, ok := stacks[b.Font]; ok {
		out.WriteString(";--font:" + stack)
	}
	if b.Primary+b.PrimaryDark+b.OnPrimary+b.OnPrimaryDark != "" {
		light, onLight := b.Colours(false)
		dark, onDark := b.Colours(true)
		for name, pair := range map[string][2]core.Colour{
			"accent":       {light, dark},
			"on-accent":    {onLight, onDark},
			"accent-hover": {hover(light, onLight), hover(dark, onDark)},
			"accent-ink":   {light.Readable(lightSurfaces...), dark.Readable(darkSurfaces...)},
			"accent-line":  {light.Toward(lightSurfaces[0], .6), dark.Toward(darkSurfaces[0], .55)},
			"focus":        {light.Readable(lightSurfaces...), dark.Readable(darkSurfaces...)},
		} {
			fmt.Fprintf(out, ";--%s:light-dark(%s,%s)", name, pair[0], pair[1])
		}
	}
	return template.CSS(out.String() + "}")
}

// hover is a fill that what lies on it can still be read on.
func hover(fill, ink core.Colour) core.Colour {
	for _, to := range []core.Colour{{}, {0xff, 0xff, 0xff}} {
		if out := fill.Toward(to, .16); out.Contrast(ink) >= 4.5 {
			return out
		}
	}
	return fill
}

var endings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/svg+xml": ".svg"}

func pictureName(p core.Picture) string {
	sum := sha256.Sum256(p.Data)
	return hex.EncodeToString(sum[:12]) + endings[p.Type]
}

func pictureAt(b *core.Branding, uri string) string {
	p, err := core.ParsePicture(uri)
	if err != nil || len(p.Data) == 0 {
		return ""
	}
	return BrandAt + string(b.ID) + "/" + pictureName(p)
}

// SendPicture answers with the picture of a branding of that name. It never changes
// under it. Who opens it by itself sees a picture that may do nothing.
func SendPicture(c fiber.Ctx, b *core.Branding, name string) error {
	for _, uri := range []string{b.Logo, b.Favicon} {
		p, err := core.ParsePicture(uri)
		if err != nil || len(p.Data) == 0 || pictureName(p) != name {
			continue
		}
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
		c.Set(fiber.HeaderETag, `"`+name+`"`)
		c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
		c.Set(fiber.HeaderContentType, p.Type)
		return c.Send(p.Data)
	}
	return fiber.ErrNotFound
}
