package core

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// The sealer closes, every minute in which something was added, the lines since
// the last run into the next ones. It reads and hashes outside the transaction
// that writes a checkpoint, so that it holds no writer up.

const (
	sealSort  = "aud"
	sealEvery = time.Minute
	runLines  = 5000 // a busy minute makes several runs
	markSize  = 12   // bytes that are remembered of a line: see lineMarks
)

// auditing is what an App keeps in memory for its audit log.
type auditing struct {
	bell      bell
	witnesses []witness
	witnessed bell
	pause     pauses
}

// nextSeal is the end of this minute.
func (tx *Tx) nextSeal() time.Time { return tx.Now.Truncate(sealEvery).Add(sealEvery) }

// seal is the worker's: it says when to come again.
func (a *App) seal(ctx context.Context, t ID[Tenant]) time.Time {
	now := a.Now()
	at, ok, err := a.dueMark(ctx, sealSort, t)
	if err == nil && ok {
		if wait := at.Sub(now); wait > 0 && wait <= sealEvery { // else the clock was set back
			return at
		}
		err = a.SealAudit(AsSystem(ctx, t))
	}
	if err == nil {
		return time.Time{}
	}
	if ctx.Err() == nil {
		a.complain("sealing the audit log", err, "tenant", t)
	}
	return now.Add(sealEvery)
}

// never is for a worker that removes its marks itself.
func never(*Tx) (bool, error) { return false, nil }

// SealAudit closes all lines that no run holds yet, of the tenant in ctx. The server
// does it by itself every minute; whoever may read the log may ask for it sooner.
func (a *App) SealAudit(ctx context.Context) error {
	for more := true; more; {
		r, err := a.openRun(ctx)
		if err != nil {
			return err
		}
		err = a.Update(ctx, func(tx *Tx) (err error) {
			more, err = tx.closeRun(r)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// openedRun is a run of lines that is being hashed.
type openedRun struct {
	AuditCheckpoint
	marks []byte
	sum   hash.Hash
}

// openRun hashes the lines after the last run.
func (a *App) openRun(ctx context.Context) (r *openedRun, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		if err := tx.mayRead(false); err != nil {
			return err
		}
		last, err := tx.lastCheckpoint()
		if err != nil {
			return err
		}
		r = newRun(tx.Tenant, last)
		for l, err := range tx.rawLines(last.To, 0) {
			if err != nil {
				return err
			}
			if r.add(l); r.Count == runLines {
				break
			}
		}
		return nil
	})
	return r, err
}

func newRun(t ID[Tenant], last AuditCheckpoint) *openedRun {
	return &openedRun{AuditCheckpoint{Tenant: t, Run: last.Run + 1, Prev: last.Hash}, nil, sha256.New()}
}

// rawLine is a line as it is stored.
type rawLine struct {
	seq   uint64
	bytes []byte
}

// rawLines yields the lines with after < seq ≤ to; to is 0 for all.
func (tx *Tx) rawLines(after, to uint64) func(yield func(rawLine, error) bool) {
	return func(yield func(rawLine, error) bool) {
		p := auditPrefix(tx.Tenant)
		end := store.End(p)
		if to > 0 {
			end = p + seqPart(to+1)
		}
		for it, err := range tx.s.kv.Scan(p+seqPart(after+1), end) {
			var l rawLine
			if err == nil {
				l.bytes = it.Value
				l.seq, err = parseSeq(it.Key[len(p):])
			}
			if !yield(l, err) || err != nil {
				return
			}
		}
	}
}

func (r *openedRun) add(l rawLine) {
	if r.Count == 0 {
		r.From = l.seq
	}
	r.To = l.seq
	r.Count++
	sum := sha256.Sum256(l.bytes)
	var seq [8]byte
	binary.BigEndian.PutUint64(seq[:], l.seq)
	r.sum.Write(seq[:])
	r.sum.Write(sum[:])
	r.marks = binary.BigEndian.AppendUint32(r.marks, uint32(l.seq-r.From))
	r.marks = append(r.marks, sum[:8]...)
}

func (r *openedRun) lines() string { return hex.EncodeToString(r.sum.Sum(nil)) }

// lineMarks are of each line of a run its distance from the first and eight bytes
// of its hash: by them Verify finds which line is wrong. That one is, it knows by
// the checkpoint.
func lineMarks(b []byte, from uint64) map[uint64]string {
	all := map[uint64]string{}
	for ; len(b) >= markSize; b = b[markSize:] {
		all[from+uint64(binary.BigEndian.Uint32(b))] = string(b[4:markSize])
	}
	return all
}

// keepLoss remembers a head that does not fit the last checkpoint: somebody cut the
// end off, and Verify must still say so once the log has grown again.
func (tx *Tx) keepLoss(last AuditCheckpoint) error {
	var head auditHead
	ok, err := tx.stored(headKey(tx.Tenant), &head)
	if err != nil || !ok || head.Hash == last.Hash {
		return err
	}
	tx.After(func() {
		tx.App.Log.Error("the end of the audit log is not the one that was sealed; verify it", "tenant", tx.Tenant, "run", head.Run, "found", last.Run)
	})
	return tx.store(lossPrefix(tx.Tenant)+seqPart(head.Run), head)
}

// closeRun writes the checkpoint of a run, unless another has been written since
// it was opened, and tells whether there are more lines.
func (tx *Tx) closeRun(r *openedRun) (more bool, err error) {
	last, err := tx.lastCheckpoint()
	if err != nil {
		return false, err
	}
	if last.Hash == r.Prev && r.Count > 0 {
		if err := tx.keepLoss(last); err != nil {
			return false, err
		}
		key, err := tx.useAuditKey()
		if err != nil {
			return false, err
		}
		last = r.AuditCheckpoint
		last.Lines, last.At = r.lines(), At(tx.Now)
		st := last.Statement()
		last.Hash, last.Key, last.Signature = digest(st), keyName(key.Public), key.sign(st)
		head, err := tx.newHead(last)
		if err != nil {
			return false, err
		}
		if err := tx.store(checkpointPrefix(tx.Tenant)+seqPart(last.Run), last); err != nil {
			return false, err
		}
		if err := tx.s.kv.Put(marksPrefix(tx.Tenant)+seqPart(last.Run), r.marks); err != nil {
			return false, err
		}
		if err := tx.store(headKey(tx.Tenant), head); err != nil {
			return false, err
		}
		if len(tx.App.audit.witnesses) > 0 {
			if err := tx.mark(witnessSort, &tx.App.audit.witnessed); err != nil {
				return false, err
			}
		}
	}
	for _, err := range tx.rawLines(last.To, 0) {
		return true, err
	}
	return false, tx.s.kv.Delete(markKey(sealSort, tx.Tenant))
}
