package storetest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

// mark puts one more mark under "n" and notes how many it found.
func mark(found *[]int) func(store.Tx) error {
	return func(tx store.Tx) error {
		v, err := tx.Get("n")
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		*found = append(*found, len(v))
		return tx.Put("n", append([]byte("+"), v...))
	}
}

func marks(t *testing.T, s store.Store) (n int) {
	t.Helper()
	if err := s.View(t.Context(), func(tx store.Tx) error {
		v, err := tx.Get("n")
		if n = len(v); errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEnginesRunAgainAsTheySay(t *testing.T) {
	refusal := errors.New("no")
	for _, c := range []struct {
		name    string
		engine  func(store.Store) store.Store
		found   string // by the runs of one Update, each in turn
		kept    int
		refused string // found by the runs of one that refuses
	}{
		{"Twice takes the first run back", storetest.Twice, "[0 0]", 1, "[1 1]"},
		{"Unknown keeps both", storetest.Unknown, "[0 1]", 2, "[2]"},
		{"Failing runs once", func(s store.Store) store.Store { return storetest.Failing(s) }, "[0]", 1, "[1]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := c.engine(mem.Open())
			var found, refused []int
			if err := s.Update(t.Context(), mark(&found)); err != nil {
				t.Errorf("Update = %v", err)
			}
			err := s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(mark(&refused)(tx), refusal) })
			if !errors.Is(err, refusal) {
				t.Errorf("Update = %v, want the function's own error", err)
			}
			if fmt.Sprint(found) != c.found || fmt.Sprint(refused) != c.refused || marks(t, s) != c.kept {
				t.Errorf("found %v, refused %v, kept %d; want %s, %s, %d", found, refused, marks(t, s), c.found, c.refused, c.kept)
			}
		})
	}
}

func TestFailingFailsTheCommitsItWasTold(t *testing.T) {
	s := storetest.Failing(mem.Open())
	refusal := errors.New("no")
	s.FailNext(store.ErrFull, nil, store.ErrFull)
	for i, c := range []struct {
		refuse error
		want   error
		kept   int
	}{
		{refusal, refusal, 0}, // comes to no commit
		{nil, store.ErrFull, 0},
		{nil, nil, 1},
		{nil, store.ErrFull, 1},
		{nil, nil, 2},
	} {
		var found []int
		err := s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(mark(&found)(tx), c.refuse) })
		if !errors.Is(err, c.want) || marks(t, s) != c.kept {
			t.Errorf("commit %d: %v and %d kept, want %v and %d", i, err, marks(t, s), c.want, c.kept)
		}
	}
}

func TestAStoreBecomesOddWhenItIsTold(t *testing.T) {
	s, runs := storetest.Becoming(mem.Open(), storetest.Twice), 0
	for _, want := range []int{1, 3} {
		if err := s.Update(t.Context(), func(store.Tx) error { runs++; return nil }); err != nil || runs != want {
			t.Errorf("%d runs, want %d, %v", runs, want, err)
		}
		s.Turn()
	}
}
