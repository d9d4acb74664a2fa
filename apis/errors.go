package apis

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// statuses are what the kinds of error are in HTTP.
var statuses = map[core.ErrorKind]int{
	core.Invalid:         400,
	core.Unauthenticated: 401,
	core.Forbidden:       403,
	core.NotFound:        404,
	core.NotAllowed:      405,
	core.Conflict:        409,
	core.Stale:           412,
	core.TooLarge:        413,
	core.Unsupported:     415,
	core.Limited:         429,
	core.Internal:        500,
	core.Unavailable:     503,
}

// finer are the statuses of errors that their kind does not tell.
var finer = map[string]int{"request_timeout": 408, "uri_too_long": 414, "header_too_large": 431, "events_gone": 410, "misdirected": 421}

// codes are the numbers of REST v1 (spec 24) for the names that core gives its
// errors. A name without a number shows the HTTP status.
var codes = map[string]int{
	"not_allowed":            1100,
	"bad_content_type":       1101,
	"required":               2000,
	"taken":                  2001,
	"invalid_value":          2002,
	"unsupported_value":      2003,
	"wrong_type":             2004,
	"bad_encoding":           2005,
	"invalid_format":         2006,
	"too_short":              2007,
	"too_long":               2008,
	"below_min":              2009,
	"above_max":              2010,
	"out_of_range":           2013,
	"invalid_reference":      2014,
	"unknown_field":          2015,
	"unknown_resource":       2016,
	"bad_query":              2100,
	"query_missing":          2101,
	"bad_query_value":        2103,
	"bad_order":              2104,
	"unsupported_query":      2105,
	"unsupported_order":      2106,
	"not_expandable":         2107,
	"range_order":            2108,
	"custom_empty":           3000,
	"custom_long":            3001,
	"custom_chars":           3002,
	"custom_reserved":        3003,
	"custom_size":            3004,
	"owner_account":          4001,
	"owner_status":           4002,
	"directory_taken":        5010,
	"no_account_store":       5100,
	"account_store_disabled": 5101,
	"no_group_store":         5102,
	"group_store_disabled":   5103,
	"already_mapped":         5104,
	"no_stores":              5105,
	"group_as_group_store":   5112,
	"store_not_mapped":       5114,
	"no_verification":        6101,
	"provider_type":          6202,
	"password_reused":        6401,
	"wrong_password":         7100,
	"account_disabled":       7101,
	"account_unverified":     7102,
	core.HeldBack:            7103, // 429 where it is no login attempt
	"unknown_login":          7104,
	"group_disabled":         7105,
	"directory_disabled":     7106,

	"organization_directory_taken":        4520,
	"organization_no_account_store":       4600,
	"organization_account_store_disabled": 4601,
	"organization_no_group_store":         4602,
	"organization_group_store_disabled":   4603,
	"organization_already_mapped":         4604,
	"organization_no_stores":              4605,
	"organization_group_as_group_store":   4612,
	"organization_in_organization":        4614,
	"nested_no_account_store":             5116,
	"nested_account_store_disabled":       5117,
	"nested_no_group_store":               5118,
	"nested_group_store_disabled":         5119,
	"organization_disabled":               7107,
	"linked":                              7500,
	"link_to_itself":                      7501,
	"link_malformed":                      7502,
	"too_many_links":                      7503,
	"link_same_directory":                 7504,
	"linked_to_another":                   7505,
	"domain_blacklisted":                  7205,
	"template_without_link":               7301,
	"invalid_template":                    2002,
	"domain_not_whitelisted":              7206,
	"smtp_unreachable":                    13000,
	"smtp_auth":                           13001,
	"smtp_security":                       13002,
	"smtp_server_taken":                   13003,
}

// body is the error of REST v1: all six members, always (spec 2.9).
type body struct {
	Status           int    `json:"status"`
	Code             int    `json:"code"`
	Message          string `json:"message"`
	DeveloperMessage string `json:"developerMessage"`
	MoreInfo         string `json:"moreInfo"`
	RequestID        string `json:"requestId"`

	// What the console is told beside: the name of the error, the field that the message is
	// about, what is wrong with each field, and how many characters a password needs of a kind.
	Error  string            `json:"error,omitempty"`
	Field  string            `json:"field,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
	Need   int               `json:"need,omitempty"`
}

// said is what an error says to people, and its HTTP status. It logs a fault of ours,
// and has an answer that is to be tried again say when.
func (s *Server) said(c fiber.Ctx, err error) (*core.Error, int) {
	e := fromFiber(err)
	status, ok := statuses[e.Kind]
	if !ok {
		status = fiber.StatusInternalServerError // an error of a hook that names no kind
	}
	if n, ok := finer[e.Code]; ok {
		status = n
	}
	if status == fiber.StatusInternalServerError {
		s.App.Log.ErrorContext(c.Context(), "request failed", "method", c.Method(), "route", routeOf(c), "requestId", requestID(c), "err", err)
	}
	if e.RetryAfter > 0 {
		retryAfter(c, e.RetryAfter)
	}
	return e, status
}

func retryAfter(c fiber.Ctx, wait time.Duration) {
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// writeError is the one place where an error becomes a response of the API.
func (s *Server) writeError(c fiber.Ctx, err error) error {
	e, status := s.said(c, err)
	b := body{Status: status, Code: codes[e.Code], Message: e.Msg, DeveloperMessage: e.Dev, RequestID: requestID(c)}
	if b.Code == 0 {
		b.Code = status
	}
	if b.DeveloperMessage == "" {
		b.DeveloperMessage = e.Msg
	}
	b.MoreInfo = s.publicURL + "/console/docs/errors#" + strconv.Itoa(b.Code)
	if e.Existing != "" {
		c.Set(fiber.HeaderLocation, s.base(c, principalOf(c))+"/"+e.Existing.Path())
	}
	if byConsole(c) {
		b.Error = e.Code
		b.Field, b.Fields = wrongFields(e)
		if e.Fault != nil {
			b.Need = e.Fault.Need
		}
		if status == 401 {
			c.Set(fiber.HeaderWWWAuthenticate, `Console realm="Stormkeep"`) // of which no browser asks its user for a key
		}
	} else if status == 401 {
		c.Set(fiber.HeaderWWWAuthenticate, `Basic realm="Stormpath"`)
	}
	out, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return send(c.Status(status), out)
}

// wrongFields are the field that the message of an error is about, "" if it is about none,
// and the messages of all fields that are wrong.
func wrongFields(e *core.Error) (string, map[string]string) {
	if len(e.Fields) == 0 {
		return "", nil
	}
	names := slices.Sorted(maps.Keys(e.Fields))
	about := names[0]
	for _, name := range names {
		if e.Fields[name] == e.Msg {
			about = name
			break
		}
	}
	all := maps.Clone(e.Fields)
	all[about] = e.Msg // some say there in one word what the message says in a sentence
	return about, all
}

// fromFiber says what the framework's own errors mean.
func fromFiber(err error) *core.Error {
	fe, ok := errors.AsType[*fiber.Error](err)
	if !ok {
		return core.AsError(err)
	}
	switch fe.Code {
	case fiber.StatusNotFound:
		return core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
	case fiber.StatusMethodNotAllowed:
		return errMethod()
	case fiber.StatusRequestTimeout:
		return core.Errorf(core.Invalid, "request_timeout", "The request did not come in time.")
	case fiber.StatusRequestEntityTooLarge:
		return core.Errorf(core.TooLarge, "too_large", "The request body is too large.")
	case fiber.StatusRequestHeaderFieldsTooLarge:
		return core.Errorf(core.TooLarge, "header_too_large", "The request header is too large.")
	case fiber.StatusRequestURITooLong:
		return core.Errorf(core.TooLarge, "uri_too_long", "The request URI is too long.")
	case fiber.StatusUnsupportedMediaType:
		return errContentType()
	}
	if fe.Code < 500 {
		return &core.Error{Kind: core.Invalid, Code: "bad_request", Msg: "The request is malformed.", Err: err}
	}
	return core.AsError(err)
}

func errMethod() *core.Error {
	return core.Errorf(core.NotAllowed, "not_allowed", "The request method is not supported for the requested resource.")
}

func errContentType() *core.Error {
	return core.Errorf(core.Unsupported, "bad_content_type", "The Content-Type must be application/json.")
}

func queryError(code, format string, args ...any) error {
	return core.Errorf(core.Invalid, code, format, args...)
}

// send writes a JSON answer.
func send(c fiber.Ctx, out []byte) error {
	c.Set(fiber.HeaderContentType, "application/json;charset=UTF-8")
	return c.Send(out)
}
