package apis

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
)

// consolePolicy is what the console may load: nothing but its own files, and the pages of
// this server in a frame.
const consolePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// consoleFile is a file of the console in the forms in which it is sent.
type consoleFile struct {
	kind, tag string
	forms     map[string][]byte // by Content-Encoding, "" for as it is
}

// consoleFiles are those of a folder with an index.html and assets, "" for one that has
// none: files that end in .br or .gz are others, compressed.
func consoleFiles(dist fs.FS) (index *consoleFile, assets map[string]*consoleFile, err error) {
	if dist == nil {
		return nil, nil, nil
	}
	if index, err = readConsoleFile(dist, "index.html"); err != nil {
		return nil, nil, err
	}
	names, err := fs.Glob(dist, "assets/*")
	if err != nil {
		return nil, nil, err
	}
	assets = map[string]*consoleFile{}
	for _, name := range names {
		if ext := path.Ext(name); ext == ".br" || ext == ".gz" {
			continue
		}
		if assets[path.Base(name)], err = readConsoleFile(dist, name); err != nil {
			return nil, nil, err
		}
	}
	return index, assets, nil
}

func readConsoleFile(dist fs.FS, name string) (*consoleFile, error) {
	body, err := fs.ReadFile(dist, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	f := &consoleFile{kind: mediaType(name), tag: hex.EncodeToString(sum[:8]), forms: map[string][]byte{"": body}}
	for ext, encoding := range map[string]string{".br": "br", ".gz": "gzip"} {
		if packed, err := fs.ReadFile(dist, name+ext); err == nil {
			f.forms[encoding] = packed
		}
	}
	return f, nil
}

// mediaType is what a file is by its name. The tables of the machine have no say in what
// browsers run.
func mediaType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".png", ".jpg", ".webp", ".gif":
		return mime.TypeByExtension(ext)
	case ".ico":
		return "image/x-icon"
	}
	return fiber.MIMEOctetStream
}

// consoleApp serves the files of the console. Every path below it that is none of its
// interface shows the same page: its script knows them.
func (s *Server) consoleApp() {
	if s.consoleIndex == nil {
		return
	}
	s.page(Route{Method: fiber.MethodGet, Path: strings.TrimSuffix(consolePath, "/"), Status: fiber.StatusSeeOther, Summary: "To the console"},
		func(c fiber.Ctx, _ hosted.Visit) error { return leadTo(c, consolePath) })
	s.route(Route{Method: fiber.MethodGet, Path: consolePath + "assets/:file", Public: true, Page: true, Status: fiber.StatusOK, Summary: "A file of the console"},
		func(c fiber.Ctx) error {
			f := s.consoleAssets[c.Params("file")]
			if f == nil {
				return fiber.ErrNotFound
			}
			return f.send(c, "public, max-age=31536000, immutable")
		})
	s.route(Route{Method: fiber.MethodGet, Path: consolePath + "*", Public: true, Page: true, Status: fiber.StatusOK, Summary: "The console"},
		func(c fiber.Ctx) error {
			for _, other := range []string{consoleAPI, consolePath + "docs/", consolePath + "assets/", extensionsPath} {
				if strings.HasPrefix(c.Path()+"/", other) {
					return fiber.ErrNotFound
				}
			}
			c.Set(fiber.HeaderContentSecurityPolicy, consolePolicy)
			c.Set(fiber.HeaderXFrameOptions, "DENY")
			if s.byTLS(c) {
				c.Set("Cross-Origin-Opener-Policy", "same-origin")
			}
			return s.consoleIndex.send(c, "no-cache")
		})
}

// send answers with the file, packed as the browser takes it.
func (f *consoleFile) send(c fiber.Ctx, keep string) error {
	c.Set(fiber.HeaderCacheControl, keep)
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	encoding := ""
	if len(f.forms) > 1 {
		c.Vary(fiber.HeaderAcceptEncoding)
		for _, e := range []string{"br", "gzip"} {
			if f.forms[e] != nil && c.Request().Header.HasAcceptEncoding(e) {
				encoding = e
				break
			}
		}
	}
	tag := `"` + f.tag + encoding + `"`
	c.Set(fiber.HeaderETag, tag)
	if c.Get(fiber.HeaderIfNoneMatch) == tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, f.kind)
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	return c.Send(f.forms[encoding])
}
