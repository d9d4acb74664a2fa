package apis

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

const (
	maxJobs     = 10_000 // at how many one request of the console looks
	maxJobError = 500    // characters that are told of why a job failed
)

// shownJob is a job without what it holds, which may be secret.
type shownJob struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind"`
	State string    `json:"state"` // "waiting" or "dead"
	Made  core.Time `json:"made"`
	Due   core.Time `json:"due"` // of a dead one: when it was last
	Tries int       `json:"tries"`
	Error string    `json:"error"` // of its last try
	Lane  string    `json:"lane"`  // the kind that has workers of its own, "" for the common row
}

// jobKind is how many jobs there are of a kind.
type jobKind struct {
	Kind    string `json:"kind"`
	Waiting int    `json:"waiting"`
	Failing int    `json:"failing"` // of those that wait: tried before, in vain
	Dead    int    `json:"dead"`
}

type jobKinds struct {
	Whole bool      `json:"whole"` // all jobs were counted
	Items []jobKind `json:"items"`
}

type retriedJobs struct {
	Retried int  `json:"retried"`
	More    bool `json:"more"` // some are left
}

// consoleJobs serves what is left to be done, and what was given up.
func (s *Server) consoleJobs() {
	s.console(Route{Method: fiber.MethodGet, Path: "jobs", Role: core.Auditor, Summary: "Jobs that wait, the soonest due first, or that were given up, the last one first",
		Filters: []string{"q", "state", "kind"}, Shows: "JobPage", Answer: looked[shownJob]{}}, listJobs)
	s.console(Route{Method: fiber.MethodGet, Path: "jobs/kinds", Role: core.Auditor, Summary: "How many jobs wait and how many were given up, by kind",
		Shows: "JobKinds", Answer: jobKinds{}}, countJobs)
	s.console(Route{Method: fiber.MethodPost, Path: "jobs/retry", Role: core.Admin, Summary: "Have the jobs of a kind that were given up tried again, at most 1000 at a time",
		Shows: "RetriedJobs", Answer: retriedJobs{}}, retryJobs)
	s.console(Route{Method: fiber.MethodPost, Path: "jobs/:id/retry", Role: core.Admin, Status: fiber.StatusNoContent, Summary: "Have a job that was given up tried again"},
		tendJob(core.RetryJob))
	s.console(Route{Method: fiber.MethodDelete, Path: "jobs/:id", Role: core.Admin, Status: fiber.StatusNoContent, Summary: "Discard a job that was given up"},
		tendJob(core.DiscardJob))
}

func listJobs(r *request, _ string) error {
	state, kind, q := cmp.Or(r.query.Get("state"), "waiting"), r.query.Get("kind"), strings.ToLower(r.query.Get("q"))
	if state != "waiting" && state != "dead" {
		return queryError("bad_query_value", "The query parameter %q must be waiting or dead.", "state")
	}
	out := looked[shownJob]{Offset: r.page.offset, Limit: r.page.limit}
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		all, whole, err := core.LookAtJobs(tx, state == "dead", maxJobs)
		if err != nil {
			return err
		}
		out.Size, out.Whole, out.Items = 0, whole, []shownJob{}
		for _, j := range all {
			if kind != "" && j.Kind != kind || !strings.Contains(strings.ToLower(j.Kind+" "+j.ID+" "+firstLine(j.Failed)), q) {
				continue
			}
			if out.Size >= out.Offset && len(out.Items) < out.Limit {
				out.Items = append(out.Items, shownJob{j.ID, j.Kind, state, j.Made, j.Due, j.Tries, firstLine(j.Failed), r.srv.App.Jobs.LaneOf(j.Kind)})
			}
			out.Size++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}

// firstLine is what an error says, without the stack of a panic.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if short := []rune(line); len(short) > maxJobError {
		return string(short[:maxJobError]) + "…"
	}
	return line
}

func countJobs(r *request, _ string) error {
	out := jobKinds{Items: []jobKind{}}
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		of := map[string]*jobKind{}
		out.Whole = true
		for _, dead := range []bool{false, true} {
			all, whole, err := core.LookAtJobs(tx, dead, maxJobs)
			if err != nil {
				return err
			}
			out.Whole = out.Whole && whole
			for _, j := range all {
				k := of[j.Kind]
				if k == nil {
					k = &jobKind{Kind: j.Kind}
					of[j.Kind] = k
				}
				switch {
				case dead:
					k.Dead++
				case j.Tries > 0:
					k.Failing++
					fallthrough
				default:
					k.Waiting++
				}
			}
		}
		out.Items = []jobKind{}
		for _, name := range slices.Sorted(maps.Keys(of)) {
			out.Items = append(out.Items, *of[name])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}

func retryJobs(r *request, _ string) error {
	var in struct {
		Kind string `json:"kind"` // "" for all
	}
	if err := r.input(&in); err != nil {
		return err
	}
	var out retriedJobs
	err := r.srv.App.Update(r.c.Context(), func(tx *core.Tx) (err error) {
		out.Retried, out.More, err = core.RetryJobs(tx, in.Kind)
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}

// tendJob does something to the job whose id is in the path.
func tendJob(do func(*core.Tx, string) error) func(*request, string) error {
	return func(r *request, id string) error {
		if err := r.srv.App.Update(r.c.Context(), func(tx *core.Tx) error { return do(tx, id) }); err != nil {
			return err
		}
		return r.c.SendStatus(fiber.StatusNoContent)
	}
}
