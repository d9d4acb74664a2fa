package apis

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// maxLooks is how many lines of the audit log one request of the console looks at.
const maxLooks = 20_000

// trailActor is who did something.
type trailActor struct {
	Kind      string `json:"kind"`
	Account   string `json:"account"`
	Role      string `json:"role"`
	Key       string `json:"key"`
	Session   string `json:"session"`
	IP        string `json:"ip"`
	UserAgent string `json:"userAgent"`
}

// trailChange is one member of a record as it was and became: JSON, or null.
type trailChange struct {
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old"`
	New   json.RawMessage `json:"new"`
}

// trailLine is a line of the audit log.
type trailLine struct {
	ID     string     `json:"id"`
	At     core.Time  `json:"at"`
	Actor  trailActor `json:"actor"`
	Action string     `json:"action"`
	Target struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"target"`
	Changes   []trailChange     `json:"changes"`
	Outcome   string            `json:"outcome"` // "success" or "failure"
	Reason    string            `json:"reason"`
	Note      map[string]string `json:"note"`
	RequestID string            `json:"requestId"`
}

// timelineItem is something that happened to an account.
type timelineItem struct {
	At          core.Time  `json:"at"`
	Action      string     `json:"action"`
	Text        string     `json:"text"`
	Outcome     string     `json:"outcome"`
	Reason      string     `json:"reason"`
	Actor       trailActor `json:"actor"`
	IP          string     `json:"ip"`
	UserAgent   string     `json:"userAgent"`
	Application string     `json:"application"`
	Account     string     `json:"account"`
}

type timeline struct {
	Items []timelineItem `json:"items"`
	Next  string         `json:"next"` // what before is for the next page, "" at the end
}

// consoleTrail serves what happened.
func (s *Server) consoleTrail() {
	s.console(Route{Method: fiber.MethodGet, Path: "audit", Role: core.Auditor, Summary: "Search the audit log, the newest lines first; the machine reads it in order",
		Filters: []string{"q", "account", "from", "to"}, Shows: "AuditPage", Answer: looked[trailLine]{}}, searchAudit)
	s.console(Route{Method: fiber.MethodGet, Path: "accounts/:id/timeline", Role: core.Auditor, Summary: "What happened to an account, the newest first",
		Filters: []string{"before"}, Shows: "Timeline", Answer: timeline{}}, showTimeline)
	s.console(Route{Method: fiber.MethodGet, Path: "accounts/:id/why", Role: core.Auditor, Summary: "Why an account could, or could not, sign in to an application now",
		Filters: []string{"application"}, Shows: "Why", Answer: core.Why{}}, showWhy)
	s.console(Route{Method: fiber.MethodGet, Path: "signIns", Role: core.Auditor, Summary: "Attempts to sign in, the newest first",
		Filters: []string{"range", "outcome"}, Shows: "SignInPage", Answer: looked[timelineItem]{}}, listSignIns)
}

func lineOf(l core.AuditLine) trailLine {
	out := trailLine{ID: strconv.FormatUint(l.Seq, 10), At: l.At, Actor: actorOf(l.Actor), Action: l.Type, Changes: []trailChange{}, Outcome: "success",
		Reason: reasonOf(l), Note: l.Note, RequestID: l.Actor.RequestID}
	if out.Note == nil {
		out.Note = map[string]string{}
	}
	if failed(l) {
		out.Outcome = "failure"
	}
	if l.Ref != "" {
		out.Target.Kind, out.Target.ID = l.Ref.Kind(), l.Ref.ID()
	}
	for _, side := range []map[string]json.RawMessage{l.After, l.Before} {
		if raw, ok := side["name"]; ok && out.Target.Name == "" {
			json.Unmarshal(raw, &out.Target.Name) // which is shown where it is a text
		}
	}
	names := map[string]bool{}
	for _, side := range []map[string]json.RawMessage{l.Before, l.After} {
		for name := range side {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out.Changes = append(out.Changes, trailChange{name, orNullJSON(l.Before[name]), orNullJSON(l.After[name])})
	}
	return out
}

func orNullJSON(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

func actorOf(a core.Actor) trailActor {
	return trailActor{string(a.Kind), string(a.Account), string(a.Role), string(a.Key), a.Session, a.IP, a.UserAgent}
}

func failed(l core.AuditLine) bool {
	return strings.HasSuffix(l.Type, ".failure") || strings.HasSuffix(l.Type, ".failed")
}

func reasonOf(l core.AuditLine) string {
	if why := l.Note["reason"]; why != "" {
		return why
	}
	return l.Note["why"]
}

// deeds are what lines of the audit log say to people. Others are said by their names.
var deeds = map[string]string{
	"auth.login": "Signed in", "auth.failure": "Could not sign in", "session.open": "A session began", "session.close": "A session ended",
	"console.open": "Entered the console", "console.close": "Left the console", "account.create": "The account was made", "account.update": "The account was changed",
	"account.endSessions": "All sessions were ended", "account.reset": "The password was set by a mail", "account.resetRequest": "A mail to set a password was asked for",
	"account.verify": "The address was confirmed", "account.verificationRequest": "A mail to confirm the address was asked for",
	"account.emailChangeRequest": "Another address was asked for", "account.welcome": "A welcome was sent", "grant.create": "A client was given access", "grant.end": "A client lost its access",
	"customData.update": "The custom data was changed", "security.update": "The password or what guards it was changed", "mail.failed": "A mail could not be delivered",
}

func itemOf(l core.AuditLine) timelineItem {
	line := lineOf(l)
	item := timelineItem{At: l.At, Action: l.Type, Text: deeds[l.Type], Outcome: line.Outcome, Reason: line.Reason, Actor: line.Actor,
		IP: l.Actor.IP, UserAgent: l.Actor.UserAgent, Application: l.Note["application"], Account: l.Note["account"]}
	if item.Text == "" {
		item.Text = l.Type
	}
	if l.Ref.Kind() == "applications" && item.Application == "" {
		item.Application = l.Ref.ID()
	}
	if l.Ref.Kind() == "accounts" {
		item.Account, _, _ = strings.Cut(l.Ref.ID(), "/")
	}
	return item
}

// trail goes back through the audit log, through at most maxLooks lines, and gives those
// that fit to take until it says no. whole tells whether the log came to its end.
func (r *request) trail(before uint64, take func(core.AuditLine) bool) (whole bool, err error) {
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		looks := 0
		for line, err := range tx.AuditBack(before) {
			if err != nil {
				return err
			}
			if looks++; looks > maxLooks || !take(line) {
				return nil
			}
		}
		whole = true
		return nil
	})
	return whole, err
}

// instant reads a query parameter that is an instant of RFC 3339, or a date.
func (r *request) instant(name string) (t time.Time, err error) {
	text := r.query.Get(name)
	if text == "" {
		return t, nil
	}
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if t, err = time.Parse(form, text); err == nil {
			return t, nil
		}
	}
	return t, queryError("bad_query_value", "The query parameter %q must be a time of RFC 3339.", name)
}

// period is how long the time is that is asked for.
func (r *request) period() (time.Duration, error) {
	switch r.query.Get("range") {
	case "", "24h":
		return 24 * time.Hour, nil
	case "7d":
		return 7 * 24 * time.Hour, nil
	case "30d":
		return 30 * 24 * time.Hour, nil
	}
	return 0, queryError("bad_query_value", "The query parameter %q must be 24h, 7d or 30d.", "range")
}

func searchAudit(r *request, id string) error {
	if r.who.console == nil {
		return listAudit(r, id)
	}
	from, err := r.instant("from")
	if err != nil {
		return err
	}
	to, err := r.instant("to")
	if err != nil {
		return err
	}
	q, account := strings.ToLower(r.query.Get("q")), core.ID[core.Account](r.query.Get("account"))
	fits := func(l core.AuditLine) bool {
		if !to.IsZero() && !l.At.Before(to) || account != "" && !l.Concerns(account) {
			return false
		}
		if q == "" {
			return true
		}
		b, err := json.Marshal(lineOf(l))
		return err == nil && strings.Contains(strings.ToLower(string(b)), q)
	}
	return answerTrail(r, from, fits, lineOf)
}

// answerTrail answers with what show makes of the lines since an instant that fit.
func answerTrail[T any](r *request, since time.Time, fits func(core.AuditLine) bool, show func(core.AuditLine) T) error {
	out := looked[T]{Offset: r.page.offset, Limit: r.page.limit, Items: []T{}}
	early := false
	whole, err := r.trail(0, func(l core.AuditLine) bool {
		if l.At.Before(since) {
			early = true
			return false
		}
		if !fits(l) {
			return true
		}
		if out.Size >= out.Offset && len(out.Items) < out.Limit {
			out.Items = append(out.Items, show(l))
		}
		out.Size++
		return true
	})
	if err != nil {
		return err
	}
	out.Whole = whole || early
	return r.answer(out)
}

// account is the account whose id is in the path.
func (r *request) account(id string) (acc *core.Account, err error) {
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		acc, err = core.Get(tx, core.ID[core.Account](id))
		return err
	})
	return acc, err
}

func showTimeline(r *request, id string) error {
	acc, err := r.account(id)
	if err != nil {
		return err
	}
	before, err := r.number("before", 0)
	if err != nil {
		return err
	}
	out := timeline{Items: []timelineItem{}}
	var last uint64
	whole, err := r.trail(before, func(l core.AuditLine) bool {
		if last != 0 && len(out.Items) == r.page.limit {
			out.Next = strconv.FormatUint(last, 10)
			return false
		}
		last = l.Seq
		if l.Concerns(acc.ID) {
			out.Items = append(out.Items, itemOf(l))
		}
		return true
	})
	if err != nil {
		return err
	}
	if !whole && out.Next == "" {
		out.Next = strconv.FormatUint(last, 10) // nothing more so far: there is more to look at
	}
	return r.answer(out)
}

func showWhy(r *request, id string) error {
	app := core.ID[core.Application](r.query.Get("application"))
	if app == "" {
		return queryError("query_missing", "The query parameter %q is required.", "application")
	}
	var why *core.Why
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) (err error) {
		why, err = core.WhyNot(tx, core.ID[core.Account](id), app)
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(why)
}

func listSignIns(r *request, _ string) error {
	long, err := r.period()
	if err != nil {
		return err
	}
	outcome := r.query.Get("outcome")
	if outcome != "" && outcome != "success" && outcome != "failure" {
		return queryError("bad_query_value", "The query parameter %q must be success or failure.", "outcome")
	}
	fits := func(l core.AuditLine) bool {
		return (l.Type == "auth.login" || l.Type == "auth.failure") && (outcome == "" || failed(l) == (outcome == "failure"))
	}
	return answerTrail(r, r.srv.App.Now().Add(-long), fits, itemOf)
}
