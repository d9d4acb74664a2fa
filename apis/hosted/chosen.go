package hosted

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
)

// The cookie of the language that was chosen with a browser: its tag, and nothing else.
const (
	languageCookie = "language"
	languageLife   = 365 * 24 * time.Hour
)

// Chosen is the language that was chosen with this browser before, "" for none. It may
// be anything: Pages.Locale takes of it what it can.
func Chosen(c fiber.Ctx, v Visit) string { return Cookie(c, v, languageCookie) }

// Choose has the browser keep the language that its owner has just chosen, by the link of
// a page of ours. What another site or a client asks for is chosen by nobody.
func Choose(c fiber.Ctx, v Visit) {
	if c.Method() != fiber.MethodGet || v.Locale == nil || c.Query("ui_locales") != v.Name || Chosen(c, v) == v.Name {
		return
	}
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin":
	case "", "none": // of a browser that does not say, or typed: clients lead there with a choice of theirs
		if strings.HasPrefix(c.Path(), "/oauth2/") {
			return
		}
	default:
		return
	}
	SetCookie(c, v, languageCookie, v.Name, languageLife)
}
