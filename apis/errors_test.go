package apis

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// Whatever a handler returns becomes the one form, and says nothing that is ours.
func TestWhatErrorsBecome(t *testing.T) {
	s, _ := server(t)
	for _, row := range []struct {
		err          error
		status, code int
		message      string
	}{
		{&core.Error{Kind: core.Invalid, Code: "required", Msg: "m"}, 400, 2000, "m"},
		{&core.Error{Kind: core.Invalid, Code: "made up", Msg: "m"}, 400, 400, "m"},
		{&core.Error{Kind: core.Limited, Msg: "m"}, 429, 429, "m"},
		{&core.Error{Kind: core.Unavailable, Msg: "m"}, 503, 503, "m"},
		{&core.Error{Msg: "of no kind"}, 500, 500, "of no kind"},
		{errors.New("disk /var/lib on fire"), 500, 500, "Something went wrong on our side."},
		{fiber.NewError(400, "secret"), 400, 400, "The request is malformed."},
		{fiber.ErrRequestURITooLong, 414, 414, "The request URI is too long."},
		{fiber.ErrRequestEntityTooLarge, 413, 413, "The request body is too large."},
		{fiber.ErrRequestHeaderFieldsTooLarge, 431, 431, "The request header is too large."},
		{fiber.ErrRequestTimeout, 408, 408, "The request did not come in time."},
		{fiber.ErrUnsupportedMediaType, 415, 1101, "The Content-Type must be application/json."},
		{fiber.ErrMethodNotAllowed, 405, 1100, "The request method is not supported for the requested resource."},
		{fiber.ErrInternalServerError, 500, 500, "Something went wrong on our side."},
		{errors.Join(errors.New("x"), core.Refuse("f", "refused by a hook")), 400, 2002, "refused by a hook"},
	} {
		app := fiber.New(fiber.Config{ErrorHandler: s.fail})
		app.Get("/", func(fiber.Ctx) error { return row.err })
		res, err := app.Test(httptest.NewRequest("GET", "/", nil), fiber.TestConfig{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		var got body
		if err := json.Unmarshal(b, &got); err != nil || res.StatusCode != row.status || got.Status != row.status || got.Code != row.code || got.Message != row.message {
			t.Errorf("%v: %d %s", row.err, res.StatusCode, b)
		}
	}
}

// What is said beside a field is about that field, whatever the others are called.
func TestTheFieldThatAMessageIsAbout(t *testing.T) {
	for _, row := range []struct {
		name  string
		err   *core.Error
		about string
		all   map[string]string
	}{
		{"none", &core.Error{Msg: "m"}, "", nil},
		{"one", &core.Error{Msg: "m", Fields: map[string]string{"name": "taken"}}, "name", map[string]string{"name": "m"}},
		{"the first of two", &core.Error{Msg: "no colour", Fields: map[string]string{"cornerRadius": "too round", "primaryColor": "no colour"}}, "primaryColor",
			map[string]string{"cornerRadius": "too round", "primaryColor": "no colour"}},
	} {
		about, all := wrongFields(row.err)
		if about != row.about || !maps.Equal(all, row.all) {
			t.Errorf("%s: about %q of %v", row.name, about, all)
		}
	}
}

// Every kind of error has a status.
func TestEveryKindOfErrorHasAStatus(t *testing.T) {
	for _, k := range []core.ErrorKind{core.Invalid, core.Unauthenticated, core.Forbidden, core.NotFound, core.Conflict, core.Stale, core.NotAllowed,
		core.Unsupported, core.TooLarge, core.Limited, core.Unavailable, core.Internal} {
		if statuses[k] < 400 {
			t.Errorf("%s: %d", k, statuses[k])
		}
	}
}

// The page of errors has every code that /v1 answers with.
func TestEveryCodeIsInTheHandbook(t *testing.T) {
	page, err := os.ReadFile("../ui/docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[int]bool{}
	number := regexp.MustCompile(`^(\d+)(?:–(\d+))?$`)
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for part := range strings.SplitSeq(cells[1], ",") {
			m := number.FindStringSubmatch(strings.TrimSpace(part))
			if m == nil {
				continue
			}
			first, _ := strconv.Atoi(m[1])
			last := first
			if m[2] != "" {
				last, _ = strconv.Atoi(m[2])
			}
			for n := first; n <= last; n++ {
				told[n] = true
			}
		}
	}
	for name, code := range codes {
		if !told[code] {
			t.Errorf("%d, %s, is not in errors.md", code, name)
		}
	}
}
