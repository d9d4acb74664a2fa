package apis

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

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
	packed    map[string][]byte // by Content-Encoding
	plain     func() ([]byte, error)
}

// consoleFiles are those of a folder with an index.html and assets. A name with .br or
// .gz at its end is the file without it, compressed.
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
		for ext := range encodings {
			name = strings.TrimSuffix(name, ext)
		}
		if assets[path.Base(name)] != nil {
			continue
		}
		if assets[path.Base(name)], err = readConsoleFile(dist, name); err != nil {
			return nil, nil, err
		}
	}
	return index, assets, nil
}

// encodings are the Content-Encodings of packed files, by how their names end.
var encodings = map[string]string{".br": "br", ".gz": "gzip"}

// readConsoleFile reads a file, its packed forms, or both. Of one that is only there
// packed there must be a .gz, which is unpacked for whoever takes neither.
func readConsoleFile(dist fs.FS, name string) (*consoleFile, error) {
	f := &consoleFile{kind: mediaType(name), packed: map[string][]byte{}}
	for ext, encoding := range encodings {
		if packed, err := fs.ReadFile(dist, name+ext); err == nil {
			f.packed[encoding] = packed
		}
	}
	body, err := fs.ReadFile(dist, name)
	gz := f.packed["gzip"]
	switch {
	case err == nil:
		f.plain = func() ([]byte, error) { return body, nil }
	case errors.Is(err, fs.ErrNotExist) && gz != nil:
		body, err = gz, nil // its bytes tell one version from another as well
		f.plain = sync.OnceValues(func() ([]byte, error) {
			r, err := gzip.NewReader(bytes.NewReader(gz))
			if err != nil {
				return nil, err
			}
			return io.ReadAll(r)
		})
	default:
		return nil, err
	}
	sum := sha256.Sum256(body)
	f.tag = hex.EncodeToString(sum[:8])
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
	if len(f.packed) > 0 {
		c.Vary(fiber.HeaderAcceptEncoding)
		for _, e := range []string{"br", "gzip"} {
			if f.packed[e] != nil && c.Request().Header.HasAcceptEncoding(e) {
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
		return c.Send(f.packed[encoding])
	}
	body, err := f.plain()
	if err != nil {
		return err
	}
	return c.Send(body)
}
