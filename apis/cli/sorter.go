package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// sorter sorts more lines than memory holds by their keys, equal ones as they came: it
// fills a piece of memory, sorts it, and puts it into a file that has no name. The
// store is several times faster with what comes in the order of its keys.
type sorter struct {
	room  int // bytes of a piece; 0 means 32 MiB
	piece []byte
	items []span
	runs  []*os.File
}

// span is one item in the piece: its head, the key and the line.
type span struct{ from, key, line, to int }

const itemHead = 12 // lengths of key and line, and the number

// sortedLine is one line on its way out, valid until the next one.
type sortedLine struct {
	number int
	key    []byte
	line   []byte
}

func (s *sorter) add(number int, key string, line []byte) error {
	if s.room == 0 {
		s.room = 32 << 20
	}
	if len(s.piece) > 0 && len(s.piece)+itemHead+len(key)+len(line) > s.room {
		if err := s.spill(); err != nil {
			return err
		}
	}
	from := len(s.piece)
	s.piece = binary.BigEndian.AppendUint32(s.piece, uint32(len(key)))
	s.piece = binary.BigEndian.AppendUint32(s.piece, uint32(len(line)))
	s.piece = binary.BigEndian.AppendUint32(s.piece, uint32(number))
	s.piece = append(append(s.piece, key...), line...)
	s.items = append(s.items, span{from, from + itemHead, from + itemHead + len(key), len(s.piece)})
	return nil
}

func (s *sorter) order() {
	slices.SortFunc(s.items, func(a, b span) int {
		return cmp.Or(bytes.Compare(s.piece[a.key:a.line], s.piece[b.key:b.line]), cmp.Compare(a.from, b.from))
	})
}

// spill writes the piece to a file.
func (s *sorter) spill() error {
	s.order()
	f, err := os.CreateTemp("", "stormkeep-import-") // 0600: it may hold hashes
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	_ = os.Remove(f.Name()) // it stays until it is closed; where a system refuses that, close removes it
	w := bufio.NewWriterSize(f, 256<<10)
	for _, it := range s.items {
		if _, err := w.Write(s.piece[it.from:it.to]); err != nil {
			return err
		}
	}
	s.piece, s.items = s.piece[:0], s.items[:0]
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// each yields all lines in order.
func (s *sorter) each(fn func(sortedLine) error) error {
	if len(s.runs) == 0 {
		s.order()
		for _, it := range s.items {
			number := int(binary.BigEndian.Uint32(s.piece[it.from+8:]))
			if err := fn(sortedLine{number, s.piece[it.key:it.line], s.piece[it.line:it.to]}); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.piece, s.items = nil, nil
	var all merge
	for i, f := range s.runs {
		r := &spilled{in: bufio.NewReaderSize(f, 64<<10), place: i}
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			all = append(all, r)
		}
	}
	heap.Init(&all)
	for len(all) > 0 {
		r := all[0]
		if err := fn(r.sortedLine); err != nil {
			return err
		}
		ok, err := r.next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(&all, 0)
		} else {
			heap.Pop(&all)
		}
	}
	return nil
}

// close lets the files go.
func (s *sorter) close() (err error) {
	for _, f := range s.runs {
		err = errors.Join(err, f.Close())
		_ = os.Remove(f.Name())
	}
	s.runs = nil
	return err
}

// spilled is a sorted file that is being read.
type spilled struct {
	sortedLine
	in    *bufio.Reader
	place int
}

func (r *spilled) next() (bool, error) {
	var head [itemHead]byte
	if _, err := io.ReadFull(r.in, head[:]); err == io.EOF {
		return false, nil
	} else if err != nil {
		return false, err
	}
	k, l := int(binary.BigEndian.Uint32(head[:])), int(binary.BigEndian.Uint32(head[4:]))
	r.number = int(binary.BigEndian.Uint32(head[8:]))
	r.key = slices.Grow(r.key[:0], k)[:k]
	r.line = slices.Grow(r.line[:0], l)[:l]
	_, err := io.ReadFull(r.in, r.key)
	if err == nil {
		_, err = io.ReadFull(r.in, r.line)
	}
	return err == nil, err
}

// merge is a heap of runs, the least first, of equal ones the earlier.
type merge []*spilled

func (m merge) Len() int { return len(m) }
func (m merge) Less(i, j int) bool {
	return cmp.Or(bytes.Compare(m[i].key, m[j].key), cmp.Compare(m[i].place, m[j].place)) < 0
}
func (m merge) Swap(i, j int) { m[i], m[j] = m[j], m[i] }

// Push implements heap.Interface.
func (m *merge) Push(x any) { *m = append(*m, x.(*spilled)) }

// Pop implements heap.Interface.
func (m *merge) Pop() any {
	old := *m
	last := old[len(old)-1]
	*m = old[:len(old)-1]
	return last
}
