package hosted

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// maxFields is how many bytes the fields of a form with a file may have, and maxParts how
// many parts.
const (
	maxFields = 64 << 10
	maxParts  = 32
)

// ReadUpload reads the fields of a posted form that stand before the file of that name,
// and gives the file unread; nil where none was chosen.
func ReadUpload(c fiber.Ctx, v Visit, name string) (f *Form, file *multipart.Part, err error) {
	kind, more, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || more["boundary"] == "" {
		return nil, nil, core.Errorf(core.Unsupported, "bad_content_type", "The Content-Type must be %s.", fiber.MIMEMultipartForm)
	}
	f = &Form{values: map[string]string{}}
	parts := multipart.NewReader(bytes.NewReader(c.Request().Body()), more["boundary"])
	size := 0
	for range maxParts {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f, nil, f.judge(c, v)
		}
		if err != nil {
			return nil, nil, errUpload()
		}
		if p.FormName() == name {
			if p.FileName() == "" {
				continue
			}
			return f, p, f.judge(c, v)
		}
		value, err := io.ReadAll(io.LimitReader(p, maxFields+1))
		if size += len(value); err != nil || size > maxFields {
			return nil, nil, errUpload()
		}
		if err := f.add(strings.Clone(p.FormName()), string(value)); err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, errUpload()
}

func errUpload() error {
	return core.Errorf(core.Invalid, "invalid_value", "The form is not whole, or has too much in it.")
}
