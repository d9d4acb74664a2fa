package cli

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestLinesAreSortedInAnyRoom(t *testing.T) {
	for _, room := range []int{1, 100, 1000, 1 << 20} {
		s := &sorter{room: room}
		rnd := rand.New(rand.NewPCG(1, 2))
		var want []string
		for i := range 300 {
			key := fmt.Sprintf("%03d", rnd.IntN(100))
			want = append(want, fmt.Sprintf("%s/%03d", key, i))
			if err := s.add(i, key, fmt.Appendf(nil, "line %d", i)); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		var got []string
		if err := s.each(func(l sortedLine) error {
			if string(l.line) != fmt.Sprintf("line %d", l.number) {
				t.Errorf("%d is %q", l.number, l.line)
			}
			got = append(got, fmt.Sprintf("%s/%03d", l.key, l.number))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("in %d bytes: %v", room, got)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
}
