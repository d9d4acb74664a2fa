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
		c, err := dial(addr)
		if err != nil {
			return sample{}, err
		}
		defer c.Close()
		callers[i] = caller{line: c, want: t.want}
		if t.read != nil {
			callers[i].read = func(body []byte) { t.read(i, body) }
		}
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

// line is a connection that is read by whole answers.
type line struct {
	net.Conn
	in *bufio.Reader
}

func dial(addr string) (line, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return line{}, err
	}
	return line{c, bufio.NewReaderSize(c, 32<<10)}, nil
}

// caller makes one request after the other on a connection of its own.
type caller struct {
	line
	want  int
	read  func(body []byte)
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
		c.SetDeadline(end.Add(30 * time.Second))
		_, err := c.Write(req)
		if err != nil {
			c.refused(err.Error())
			return
		}
		unread := c.want
		if c.read != nil {
			unread = 0
		}
		status, body, err := answer(c.in, unread)
		if err != nil {
			c.refused(err.Error())
			return
		}
		done := time.Now()
		if status != c.want {
			c.refused(fmt.Sprintf("%d %s", status, body))
		} else if c.read != nil {
			c.read(body)
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
// unread. It knows only answers that say their length, as fasthttp's do.
func answer(in *bufio.Reader, unread int) (status int, body []byte, err error) {
	length := -1
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first:
			if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
				return 0, nil, fmt.Errorf("%q is no answer", line)
			}
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, nil, err
			}
		case len(line) > len(contentLength) && bytes.EqualFold(line[:len(contentLength)], contentLength):
			if length, err = strconv.Atoi(string(line[len(contentLength):])); err != nil {
				return 0, nil, err
			}
		}
		if len(line) == 0 {
			break
		}
	}
	switch {
	case length < 0:
		return status, nil, errors.New("an answer without a length")
	case status == unread:
		_, err = in.Discard(length)
		return status, nil, err
	}
	body = make([]byte, length)
	_, err = io.ReadFull(in, body)
	return status, body, err
}
