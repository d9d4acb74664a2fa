package hosted

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/gofiber/fiber/v3"
)

// AssetsAt is where assets are served, each under a name that changes with it.
const AssetsAt = "/assets/"

// asset is a file that pages load.
type asset struct {
	kind, tag string
	body      []byte
}

// kinds are the media types of what there is.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// load reads the assets. A name is NAME.HASH.EXTENSION.
func (p *Pages) load(files fs.FS) error {
	p.assets, p.paths = map[string]asset{}, map[string]string{}
	names, err := fs.Glob(files, "assets/*")
	if err != nil {
		return err
	}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		ext := path.Ext(name)
		if kinds[ext] == "" {
			return fmt.Errorf("pages: %s is of no known type", name)
		}
		sum := sha256.Sum256(body)
		base := path.Base(name)
		tag := hex.EncodeToString(sum[:6])
		served := strings.TrimSuffix(base, ext) + "." + tag + ext
		p.assets[served] = asset{kind: kinds[ext], tag: `"` + tag + `"`, body: body}
		p.paths[base] = AssetsAt + served
	}
	return nil
}

// Asset answers with the file that the route's parameter "file" names. It never
// changes under that name, so that nobody asks twice.
func (p *Pages) Asset(c fiber.Ctx) error {
	a, ok := p.assets[c.Params("file")]
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderETag, a.tag)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	if c.Get(fiber.HeaderIfNoneMatch) == a.tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, a.kind)
	return c.Send(a.body)
}
