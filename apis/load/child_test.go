package main

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestTheBareHandlerAnswersJSONUntilItsInputEnds(t *testing.T) {
	stdin, keepOpen := io.Pipe()
	out, stdout := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- bareHandler(stdin, stdout) }()
	addr, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	addr = strings.TrimSpace(addr)
	s, err := generate(addr, target{callers: 1, want: 200, next: func(int, int) []byte { return get(addr, "/", "") }}, 20*time.Millisecond)
	if err != nil || s.wrong > 0 || s.requests == 0 {
		t.Errorf("%d answers, %d wrong (%s), %v", s.requests, s.wrong, s.said, err)
	}
	keepOpen.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestBareWorkSaysARate(t *testing.T) {
	for name, child := range map[string]func(io.Writer, time.Duration) error{"hash": bareHash, "signature": bareSignature} {
		var out strings.Builder
		if err := child(&out, 10*time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if n, err := strconv.ParseFloat(strings.TrimSpace(out.String()), 64); err != nil || n <= 0 {
			t.Errorf("%s: it said %q", name, out.String())
		}
	}
}
