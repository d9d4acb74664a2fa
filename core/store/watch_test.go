package store

import (
	"errors"
	"testing"
	"time"
)

func TestACommitIsCountedAlsoWhenItFails(t *testing.T) {
	c := NewCommits()
	c.Note(3*time.Millisecond, 2, 5000, nil)
	c.Note(time.Minute, 1, 10, errors.New("no"))
	took, funcs, bytes := c.Took.Read(), c.Funcs.Read(), c.Bytes.Read()
	if took.Count != 2 || took.Sum != int64(time.Minute+3*time.Millisecond) || funcs.Sum != 3 || bytes.Sum != 5010 || c.Failed.Load() != 1 {
		t.Errorf("took %+v, funcs %+v, bytes %+v, failed %d", took, funcs, bytes, c.Failed.Load())
	}
	if last := took.Upto[len(took.Upto)-1]; last != 1 {
		t.Errorf("%d commits are at most 5 s, want 1", last)
	}
}
