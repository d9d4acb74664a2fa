package hosted

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"
)

func TestAssetsNeverChangeUnderTheirName(t *testing.T) {
	p := pages(t)
	app := fiber.New()
	app.Get(AssetsAt+":file", p.Asset)
	for name, kind := range map[string]string{"hosted.css": "text/css; charset=utf-8", "hosted.js": "text/javascript; charset=utf-8", "favicon.svg": "image/svg+xml"} {
		path, err := p.asset(name)
		if err != nil {
			t.Fatal(err)
		}
		res, body := send(t, app, httptest.NewRequest("GET", path, nil))
		h := res.Header
		if res.StatusCode != 200 || body == "" || h.Get("Content-Type") != kind || h.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
			h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(path, strings.Trim(h.Get("ETag"), `"`)) {
			t.Errorf("%s: %d %v", path, res.StatusCode, h)
		}
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("If-None-Match", h.Get("ETag"))
		if res, body := send(t, app, r); res.StatusCode != 304 || body != "" {
			t.Errorf("asked again: %d", res.StatusCode)
		}
		for _, wrong := range []string{AssetsAt + name, path + "x", AssetsAt + "..%2fembed.go", AssetsAt + "%00"} {
			if res, _ := send(t, app, httptest.NewRequest("GET", wrong, nil)); res.StatusCode != 404 {
				t.Errorf("%s: %d", wrong, res.StatusCode)
			}
		}
	}
}
