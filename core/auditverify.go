package core

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/stormkeep/stormkeep/core/store"
)

// What a fault of the audit log is.
const (
	AuditAltered   = "altered"   // a line is not as it was written
	AuditRemoved   = "removed"   // a line or a run is gone
	AuditReordered = "reordered" // a line stands in another's place
	AuditAdded     = "added"     // a line was put among sealed ones
	AuditForged    = "forged"    // a checkpoint is not one that the server signed
)

// AuditFault is something that is wrong with the audit log.
type AuditFault struct {
	What string `json:"what"`
	Run  uint64 `json:"run,omitempty"`
	Seq  uint64 `json:"seq,omitempty"` // of the line, where one is known
	Text string `json:"text"`
}

// AuditReport is what VerifyAudit found.
type AuditReport struct {
	Runs     int              `json:"runs"`           // that were checked
	Lines    int              `json:"lines"`          // in them
	From     uint64           `json:"from,omitempty"` // the first of these lines
	To       uint64           `json:"to,omitempty"`   // and the last
	Unsealed int              `json:"unsealed"`       // lines after them, which no run holds yet
	Gone     uint64           `json:"gone,omitempty"` // retention removed the lines up to this one
	Compared int              `json:"compared"`       // checkpoints of this log that were kept elsewhere
	Head     *AuditCheckpoint `json:"head,omitempty"` // the last checkpoint
	Faults   []AuditFault     `json:"faults"`         // the first thousand
	More     int              `json:"more,omitempty"` // faults beyond them
}

// Sound tells whether nothing was found to be wrong.
func (r *AuditReport) Sound() bool { return len(r.Faults) == 0 }

const maxFaults = 1000

func (r *AuditReport) fault(what string, run, seq uint64, format string, args ...any) {
	if len(r.Faults) == maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, AuditFault{what, run, seq, fmt.Sprintf(format, args...)})
}

// AuditCheck says how VerifyAudit goes about it.
type AuditCheck struct {
	// Known are checkpoints that were kept elsewhere; those of other tenants are
	// passed over. Without any, an end that was cut off and replaced with the help
	// of the server's own keys is not found.
	Known []AuditCheckpoint
	// Progress, if set, is told now and then how far it is: the commit sequence of
	// the line it has come to, and of the last.
	Progress func(at, last uint64)
}

// auditWalk is a verification under way.
type auditWalk struct {
	app    *App
	check  AuditCheck
	report *AuditReport
	public ed25519.PublicKey
	last   AuditCheckpoint // the run before
	lost   bool            // its checkpoint is forged: where it ended is not known
	known  map[uint64]AuditCheckpoint
	floor  auditFloor
}

// VerifyAudit walks the audit log of the tenant in ctx and says what was altered,
// removed, reordered or added since it was sealed. Whoever may read the log may ask.
// It changes nothing, and reads each run in a transaction of its own.
func (a *App) VerifyAudit(ctx context.Context, check AuditCheck) (*AuditReport, error) {
	w := &auditWalk{app: a, check: check, report: &AuditReport{Faults: []AuditFault{}}, known: map[uint64]AuditCheckpoint{}}
	if err := a.View(ctx, w.begin); err != nil {
		return nil, err
	}
	for more := true; more; {
		err := a.View(ctx, func(tx *Tx) (err error) {
			more, err = w.step(tx)
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return w.report, nil
}

// begin reads where the chain begins and whose signatures count.
func (w *auditWalk) begin(tx *Tx) error {
	if err := tx.mayRead(false); err != nil {
		return err
	}
	w.last = AuditCheckpoint{Hash: noRun}
	for _, c := range w.check.Known {
		if c.Tenant == tx.Tenant {
			w.known[c.Run] = c
		}
	}
	w.report.Compared = len(w.known)
	key, err := tx.loadAuditKey()
	if err != nil {
		w.report.fault(AuditForged, 0, 0, "%v", err)
	}
	if key != nil {
		w.public = key.Public
	}
	return w.losses(tx)
}

// losses repeats what the sealer found missing.
func (w *auditWalk) losses(tx *Tx) error {
	p := lossPrefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		var h auditHead
		if err := json.Unmarshal(it.Value, &h); err != nil {
			return err
		}
		w.report.fault(AuditRemoved, h.Run, 0, "the end of the log up to run %d (%s) was replaced", h.Run, h.Hash)
	}
	return nil
}

// step checks the next run, or the end of the log.
func (w *auditWalk) step(tx *Tx) (more bool, err error) {
	if w.public == nil { // the first run may have been sealed since the walk began, and the key made for it
		if key, err := tx.loadAuditKey(); err == nil && key != nil {
			w.public = key.Public
		}
	}
	if err := w.readFloor(tx); err != nil {
		return false, err
	}
	for c, err := range tx.Checkpoints(w.last.Run) {
		if err != nil {
			return false, err
		}
		if w.check.Progress != nil {
			last, err := tx.count(tx.seqKey())
			if err != nil {
				return false, err
			}
			w.check.Progress(c.To, uint64(last))
		}
		return true, w.run(tx, c)
	}
	return false, w.end(tx)
}

// readFloor goes up to where retention has removed the log, also while it does.
func (w *auditWalk) readFloor(tx *Tx) error {
	var f auditFloor
	if _, err := tx.stored(floorKey(tx.Tenant), &f); err != nil || f.Run <= w.floor.Run {
		return err
	}
	w.floor = f
	if len(w.public) == 0 || !ed25519.Verify(w.public, f.statement(tx.Tenant), f.Signature) {
		w.report.fault(AuditForged, f.Run, 0, "that retention removed the log up to run %d is not signed by the server", f.Run)
		return nil
	}
	w.report.Gone = f.To
	var kept AuditCheckpoint
	if ok, err := tx.stored(checkpointPrefix(tx.Tenant)+seqPart(f.Run), &kept); err != nil {
		return err
	} else if !ok {
		w.report.fault(AuditRemoved, f.Run, 0, "the checkpoint of run %d, at which the log begins, is gone", f.Run)
	} else if kept.Hash != f.Hash || !w.authentic(kept) {
		w.report.fault(AuditForged, f.Run, 0, "the checkpoint of run %d, at which the log begins, is not the one that was signed", f.Run)
	}
	if f.Run > w.last.Run {
		w.last = AuditCheckpoint{Tenant: tx.Tenant, Run: f.Run, To: f.To, Hash: f.Hash}
		w.compare(w.last)
	}
	return nil
}

func (w *auditWalk) authentic(c AuditCheckpoint) bool {
	return len(w.public) > 0 && c.Authentic(w.public)
}

// compare holds a run against what was kept of it elsewhere.
func (w *auditWalk) compare(c AuditCheckpoint) {
	if k, ok := w.known[c.Run]; ok && k.Hash != c.Hash {
		w.report.fault(AuditForged, c.Run, 0, "the checkpoint of run %d is not the one that was kept elsewhere", c.Run)
	}
	for run := range w.known {
		if run <= c.Run {
			delete(w.known, run)
		}
	}
}

func runs(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("run %d is", from)
	}
	return fmt.Sprintf("runs %d to %d are", from, to)
}

func commits(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("commit %d", from)
	}
	return fmt.Sprintf("commits %d to %d", from, to)
}

// run checks a checkpoint, how it follows the one before, and its lines.
func (w *auditWalk) run(tx *Tx, c AuditCheckpoint) error {
	r := w.report
	next := c.Run == w.last.Run+1
	if !next {
		r.fault(AuditRemoved, w.last.Run+1, 0, "%s gone", runs(w.last.Run+1, c.Run-1))
	}
	w.compare(c)
	if c.Tenant != tx.Tenant || !w.authentic(c) {
		r.fault(AuditForged, c.Run, 0, "the checkpoint of run %d is not one that the server signed, so that its lines cannot be checked", c.Run)
		w.last.Run, w.lost = c.Run, true
		return nil
	}
	after := w.last.To
	if !next || w.lost {
		after = max(after, c.From-1) // what lies between is known to be wrong
	} else if c.Prev != w.last.Hash || c.From <= w.last.To {
		r.fault(AuditForged, c.Run, 0, "run %d does not follow run %d", c.Run, w.last.Run)
	}
	got := newRun(tx.Tenant, w.last)
	sums, misplaced := map[uint64]string{}, []uint64{}
	for l, err := range tx.rawLines(after, c.To) {
		if err != nil {
			return err
		}
		got.add(l)
		sum := sha256.Sum256(l.bytes)
		sums[l.seq] = string(sum[:8])
		if !bytes.HasPrefix(l.bytes, fmt.Appendf(nil, `{"seq":%d,`, l.seq)) {
			misplaced = append(misplaced, l.seq)
		}
	}
	w.last, w.lost = c, false
	r.Runs++
	r.Lines += got.Count
	if r.From == 0 {
		r.From = c.From
	}
	r.To, r.Head = c.To, &c
	if got.lines() == c.Lines && got.Count == c.Count {
		return nil
	}
	return w.search(tx, c, sums, misplaced)
}

// search finds out what is wrong with a run whose lines do not hash to what was
// signed.
func (w *auditWalk) search(tx *Tx, c AuditCheckpoint, sums map[uint64]string, misplaced []uint64) error {
	before := len(w.report.Faults) + w.report.More
	b, err := tx.s.kv.Get(marksPrefix(tx.Tenant) + seqPart(c.Run))
	if err == nil {
		marks := lineMarks(b, c.From)
		for _, seq := range slices.Sorted(maps.Keys(marks)) {
			switch sum, ok := sums[seq]; {
			case !ok:
				w.report.fault(AuditRemoved, c.Run, seq, "line %d is gone", seq)
			case sum != marks[seq] && slices.Contains(misplaced, seq):
				w.report.fault(AuditReordered, c.Run, seq, "in the place of line %d stands another", seq)
			case sum != marks[seq]:
				w.report.fault(AuditAltered, c.Run, seq, "line %d is not as it was written", seq)
			}
		}
		for _, seq := range slices.Sorted(maps.Keys(sums)) {
			if _, ok := marks[seq]; !ok {
				w.report.fault(AuditAdded, c.Run, seq, "line %d was put in later", seq)
			}
		}
	}
	if len(w.report.Faults)+w.report.More > before {
		return nil
	}
	what := AuditAltered
	switch {
	case len(sums) < c.Count:
		what = AuditRemoved
	case len(sums) > c.Count:
		what = AuditAdded
	case len(misplaced) > 0:
		what = AuditReordered
	}
	w.report.fault(what, c.Run, 0, "the %d lines %d to %d of run %d are not the %d that were sealed", len(sums), c.From, c.To, c.Run, c.Count)
	return nil
}

// end checks that the log ends where it ended, and what no run holds yet: the
// commit sequence is that of lines and events, so that a gap is something missing.
func (w *auditWalk) end(tx *Tx) error {
	r := w.report
	var head auditHead
	ok, err := tx.stored(headKey(tx.Tenant), &head)
	if err != nil {
		return err
	}
	want, err := tx.newHead(w.last)
	switch {
	case err != nil:
		return err
	case w.last.Run == 0 && !ok:
	case !ok:
		r.fault(AuditRemoved, 0, 0, "the record of the last run is gone")
	case head.Run > w.last.Run:
		r.fault(AuditRemoved, w.last.Run+1, 0, "%s gone: the end of the log", runs(w.last.Run+1, head.Run))
	case head != want && !w.lost:
		r.fault(AuditForged, w.last.Run, 0, "run %d is not the one that the log ended with", w.last.Run)
	}
	for _, run := range slices.Sorted(maps.Keys(w.known)) {
		r.fault(AuditRemoved, run, 0, "run %d, whose checkpoint was kept elsewhere, is gone", run)
	}
	last, err := tx.count(tx.seqKey())
	if err != nil {
		return err
	}
	next := w.last.To // the sequence up to which all is accounted for
	first := true
	for e, err := range tx.Outbox(0) {
		if err != nil {
			return err
		}
		if first && e.Seq > next {
			next = e.Seq // what was before has been removed with the events of its time
		}
		first = false
		break
	}
	if first {
		next = uint64(last)
	}
	gap := func(to uint64) {
		if to > next+1 {
			r.fault(AuditRemoved, 0, next+1, "%s: neither line nor event is there", commits(next+1, to-1))
		}
		next = max(next, to)
	}
	events := []uint64{}
	for e, err := range tx.Outbox(next) {
		if err != nil {
			return err
		}
		events = append(events, e.Seq)
	}
	for l, err := range tx.rawLines(w.last.To, 0) {
		if err != nil {
			return err
		}
		r.Unsealed++
		for len(events) > 0 && events[0] < l.seq {
			gap(events[0])
			events = events[1:]
		}
		gap(l.seq)
	}
	for _, seq := range events {
		gap(seq)
	}
	gap(uint64(last) + 1)
	return nil
}
