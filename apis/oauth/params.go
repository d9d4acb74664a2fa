package oauth

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"
)

// params are the parameters of a request, each of which was there once. One without a
// value is as if it were not there (RFC 6749 section 3.1).
type params map[string]string

// maxParams is how many parameters a request may have.
const maxParams = 100

// readParams reads parameters, and refuses any that is there twice: what one of two
// readers takes the other might not see.
func readParams(args *fasthttp.Args) (params, error) {
	in := params{}
	for name, value := range args.All() {
		n, v := string(name), string(value)
		if _, twice := in[n]; twice {
			return nil, refuse("invalid_request", "The parameter %s is there twice.", short(n))
		}
		if len(in) == maxParams {
			return nil, refuse("invalid_request", "There are more than %d parameters.", maxParams)
		}
		if !utf8.ValidString(n) || !utf8.ValidString(v) || strings.IndexByte(v, 0) >= 0 {
			return nil, refuse("invalid_request", "A parameter is not valid UTF-8.")
		}
		in[n] = v
	}
	for n, v := range in {
		if v == "" {
			delete(in, n)
		}
	}
	return in, nil
}

func short(s string) string {
	if len(s) > 50 {
		s = s[:50]
	}
	return s
}

// form reads the parameters of a request's body, the only place where they may be.
func form(c fiber.Ctx) (params, error) {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationForm) {
		return nil, refuse("invalid_request", "The Content-Type must be %s.", fiber.MIMEApplicationForm)
	}
	return readParams(c.Request().PostArgs())
}

// scopes are the parts of a scope parameter, each once.
func (p params) scopes() []string {
	all := []string{}
	for _, s := range strings.Split(p["scope"], " ") {
		if s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
