package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

// sample is what one measurement of one path gave.
type sample struct {
	took     time.Duration
	requests int
	wrong    int    // answers with another status than the one wanted, or none
	said     string // the first of them
	p50, p99 time.Duration
	server   time.Duration // CPU time of the server
	own      time.Duration // CPU time of this process
	rss      int64         // of the server, bytes, at the end
}

// rate is how many requests were answered a second.
func (s sample) rate() float64 { return float64(s.requests) / s.took.Seconds() }

// spareless tells whether this process had no time left, so that the figure may
// be its own and not the server's. It runs on one core.
func (s sample) spareless() bool { return s.own.Seconds() > 0.95*s.took.Seconds() }

// warmUp is how much of each measurement is not counted before it begins.
const warmUp = 150 * time.Millisecond

// generate loads addr for d and says what came of it.
func generate(addr string, t target, d time.Duration) (sample, error) {
	callers := make([]caller, t.callers)
	for i := range callers {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return sample{}, err
		}
		defer c.Close()
		callers[i] = caller{conn: c, in: bufio.NewReaderSize(c, 32<<10), want: t.want}
	}
	begin := time.Now().Add(warmUp)
	end := begin.Add(d)
	var all sync.WaitGroup
	for i := range callers {
		all.Go(func() { callers[i].run(begin, end, func(n int) []byte { return t.next(i, n) }) })
	}
	time.Sleep(time.Until(begin))
	own := ownCPU()
	time.Sleep(time.Until(end))
	s := sample{took: d, own: ownCPU() - own}
	all.Wait()
	var times []time.Duration
	for i := range callers {
		c := &callers[i]
		times = append(times, c.times...)
		s.wrong += c.wrong
		if s.said == "" {
			s.said = c.said
		}
	}
	slices.Sort(times)
	s.requests, s.p50, s.p99 = len(times), quantile(times, 0.50), quantile(times, 0.99)
	return s, nil
}

// caller makes one request after the other on a connection of its own.
type caller struct {
	conn  net.Conn
	in    *bufio.Reader
	want  int
	times []time.Duration // of the answers between begin and end
	wrong int
	said  string
}

func (c *caller) run(begin, end time.Time, next func(n int) []byte) {
	for n := 0; ; n++ {
		req := next(n)
		start := time.Now()
		if start.After(end) {
			return
		}
		c.conn.SetDeadline(end.Add(30 * time.Second))
		_, err := c.conn.Write(req)
		if err != nil {
			c.refused(err.Error())
			return
		}
		status, body, err := answer(c.in, c.want)
		if err != nil {
			c.refused(err.Error())
			return
		}
		done := time.Now()
		if status != c.want {
			c.refused(fmt.Sprintf("%d %s", status, body))
		}
		if done.After(begin) && done.Before(end) {
			c.times = append(c.times, done.Sub(start))
		}
	}
}

func (c *caller) refused(said string) {
	if c.wrong++; c.said == "" {
		c.said = said
	}
}

var contentLength = []byte("Content-Length: ")

// answer reads one answer and returns its status, and its body where that is not
// the one wanted. It knows only answers that say their length, as fasthttp's do.
func answer(in *bufio.Reader, want int) (status int, body string, err error) {
	length := -1
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return 0, "", err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first:
			if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
				return 0, "", fmt.Errorf("%q is no answer", line)
			}
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, "", err
			}
		case len(line) > len(contentLength) && bytes.EqualFold(line[:len(contentLength)], contentLength):
			if length, err = strconv.Atoi(string(line[len(contentLength):])); err != nil {
				return 0, "", err
			}
		}
		if len(line) == 0 {
			break
		}
	}
	switch {
	case length < 0:
		return status, "", errors.New("an answer without a length")
	case status == want:
		_, err = in.Discard(length)
		return status, "", err
	}
	b := make([]byte, length)
	_, err = io.ReadFull(in, b)
	return status, string(b), err
}
