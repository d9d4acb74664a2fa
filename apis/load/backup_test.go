package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestWhatIsBesideAMeasurementGoesOnUntilItsEnd(t *testing.T) {
	times, enough := 0, make(chan struct{})
	_, err := while(func(ctx context.Context) error {
		if times++; times == 3 {
			close(enough)
		}
		if times > 3 {
			<-ctx.Done()
		}
		return ctx.Err()
	}, func() (sample, error) { <-enough; return sample{}, nil })
	if err != nil || times < 3 {
		t.Errorf("%d times, %v", times, err)
	}
	broken, failed := errors.New("broken"), make(chan struct{})
	_, err = while(func(context.Context) error { close(failed); return broken }, func() (sample, error) { <-failed; return sample{}, nil })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestPairsAreComparedByTheirMedians(t *testing.T) {
	of := func(ms ...int) (all []sample) {
		for _, m := range ms {
			all = append(all, sample{took: time.Second, requests: 1000 / m, p50: time.Duration(m) * time.Millisecond, p99: time.Duration(2*m) * time.Millisecond})
		}
		return all
	}
	var out strings.Builder
	printPairs(&out, []pair{{name: "x", alone: of(2, 1, 99), beside: of(3, 5, 4)}})
	for _, want := range []string{"2.00             4.00   2.00", "4.00             8.00   2.00", "500.00           250.00   0.50"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
