package hosted

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

const onePixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"

// Whatever a branding has, its style is tokens and nothing else.
func TestTheStyleOfABrandingIsTokensOnly(t *testing.T) {
	tokens := regexp.MustCompile(`^:root\{--corner:\d{1,2}px(;--font:[A-Za-z" ,-]+)?(;--[a-z-]+:light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\))*\}$`)
	for _, bad := range []string{"", "red", "red;}body{display:none", "</style><script>alert(1)</script>", "#123456;x", "url(//evil.example)", "#006793", "#ffffff"} {
		b := &core.Branding{Primary: bad, OnPrimary: bad, PrimaryDark: bad, OnPrimaryDark: bad, Font: bad, Corner: 1 << 30, DisplayName: bad, Logo: bad, Favicon: bad}
		if got := string(NewBrand(b).Style); !tokens.MatchString(got) {
			t.Errorf("%q: %s", bad, got)
		}
		if brand := NewBrand(b); brand.Logo+brand.Icon != "" {
			t.Errorf("%q: %+v", bad, brand)
		}
	}
	got := string(NewBrand(&core.Branding{Primary: "#aa0000", Font: "serif", Corner: 0}).Style)
	for _, want := range []string{"--corner:0px", "--font:Charter", "--accent:light-dark(#aa0000,#aa0000)", "--on-accent:light-dark(#ffffff,#ffffff)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestAPictureIsServedUnderItsNameAndMayDoNothing(t *testing.T) {
	b := &core.Branding{Logo: onePixel, DisplayName: "éclair"}
	b.ID = "b"
	brand := NewBrand(b)
	if brand.Initial != "É" || !strings.HasPrefix(brand.Logo, "/branding/b/") || !strings.HasSuffix(brand.Logo, ".png") {
		t.Errorf("%+v", brand)
	}
	app := fiber.New()
	app.Get("/branding/b/:file", func(c fiber.Ctx) error { return SendPicture(c, b, c.Params("file")) })
	for path, want := range map[string]int{brand.Logo: 200, "/branding/b/x.png": 404, "/branding/b/": 404} {
		res, err := app.Test(httptest.NewRequest("GET", path, nil))
		if err != nil || res.StatusCode != want {
			t.Errorf("%s: %v %v", path, res.StatusCode, err)
		}
		if want == 200 && (!strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || res.Header.Get("Content-Type") != "image/png" ||
			res.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(res.Header.Get("Cache-Control"), "immutable")) {
			t.Errorf("%v", res.Header)
		}
	}
}
