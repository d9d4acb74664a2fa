package oauth

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// Failure is an error as RFC 6749 section 5.2 has it.
type Failure struct {
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
	Issuer      string `json:"iss,omitempty"`
}

// refuse makes an error of one of the registered codes.
func refuse(code, format string, args ...any) *core.Error {
	return core.Errorf(core.Invalid, code, format, args...)
}

// table is the codes of core that have one of their own here, and the status of those
// that are not answered 400.
var (
	table = map[string]string{
		"ended": "invalid_grant",
	}
	own = map[string]int{
		"invalid_request": 400, "invalid_client": 401, "invalid_grant": 400, "unauthorized_client": 400, "unsupported_grant_type": 400,
		"invalid_scope": 400, "invalid_target": 400, "invalid_token": 401, "insufficient_scope": 403, "access_denied": 400,
		"unsupported_response_type": 400, "login_required": 400, "interaction_required": 400, "consent_required": 400,
		"account_selection_required": 400, "request_not_supported": 400, "request_uri_not_supported": 400, "registration_not_supported": 400,
	}
)

// failure is how an error is told to a client, and its status.
func failure(err error) (Failure, int) {
	e := core.AsError(err)
	code := e.Code
	if other, ok := table[code]; ok {
		return Failure{Error: other, Description: ascii(e.Msg)}, 400
	}
	if status, ok := own[code]; ok {
		return Failure{Error: code, Description: ascii(e.Msg)}, status
	}
	switch e.Kind {
	case core.Internal:
		return Failure{Error: "server_error", Description: "Something went wrong on our side."}, 500
	case core.Limited:
		return Failure{Error: "temporarily_unavailable", Description: ascii(e.Msg)}, 429
	case core.Unavailable:
		return Failure{Error: "temporarily_unavailable", Description: ascii(e.Msg)}, 503
	case core.TooLarge:
		return Failure{Error: "invalid_request", Description: ascii(e.Msg)}, 413
	}
	return Failure{Error: "invalid_request", Description: ascii(e.Msg)}, 400
}

// ascii is a text with the characters that an error_description may have.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '\''
		}
		return r
	}, s)
}

// fail sends an error. One of ours is left to the server, which logs it.
func fail(c fiber.Ctx, err error) error {
	e := core.AsError(err)
	f, status := failure(err)
	if status == 500 {
		return err
	}
	if e.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(e.RetryAfter.Round(time.Millisecond).Seconds()))))
	}
	switch f.Error {
	case "invalid_client":
		c.Set(fiber.HeaderWWWAuthenticate, `Basic realm="stormkeep", charset="UTF-8"`)
	case "invalid_token", "insufficient_scope":
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="stormkeep", error="`+f.Error+`", error_description="`+f.Description+`"`)
	}
	return c.Status(status).JSON(f)
}
