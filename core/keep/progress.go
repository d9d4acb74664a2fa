package keep

import (
	"context"
	"io"
)

// Phase is what is being done of a backup or a restore.
type Phase string

// The phases.
const (
	Copying    Phase = "copying"    // all data into a snapshot
	Encrypting Phase = "encrypting" // the snapshot
	Storing    Phase = "storing"    // in the place
	Reading    Phase = "reading"    // a backup: back, or to be opened
	Checking   Phase = "checking"   // what it holds
)

// Progress is told how many bytes a phase has done, and of how many; 0 where nobody
// knows.
type Progress func(of Phase, done, size int64)

type progressKey struct{}

// WithProgress returns a context in which p is told how far the work has come.
func WithProgress(ctx context.Context, p Progress) context.Context {
	return context.WithValue(ctx, progressKey{}, p)
}

func tell(ctx context.Context, of Phase, done, size int64) {
	if p, ok := ctx.Value(progressKey{}).(Progress); ok {
		p(of, done, size)
	}
}

// Counted is r, which ends with ctx and tells how much of it was read.
func Counted(ctx context.Context, of Phase, size int64, r io.Reader) io.Reader {
	return &counted{ctx: ctx, of: of, size: size, r: r}
}

// counted counts what goes through it, one way or the other.
type counted struct {
	ctx     context.Context
	of      Phase
	n, size int64
	r       io.Reader
	w       io.Writer
}

// Read reads.
func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.count(n)
	return n, err
}

// Write writes.
func (c *counted) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.w.Write(p)
	c.count(n)
	return n, err
}

func (c *counted) count(n int) {
	c.n += int64(n)
	tell(c.ctx, c.of, c.n, max(c.size, 0))
}
