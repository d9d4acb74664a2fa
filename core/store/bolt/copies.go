package bolt

import "strings"

// copies holds copies of keys and values, many in one piece of memory, because who copies thousands would spend half
// the time allocating them. A piece is twice the one before it, up to the limit, so that few copies take little.
type copies struct {
	limit int
	keys  strings.Builder
	value []byte
}

// key is a copy of k.
func (c *copies) key(k []byte) string {
	c.room(len(k))
	start := c.keys.Len()
	c.keys.Write(k)
	return c.keys.String()[start:]
}

// text is a copy of a key that is a string, which may be a view of memory that will be used for something else.
func (c *copies) text(k string) string {
	c.room(len(k))
	start := c.keys.Len()
	c.keys.WriteString(k)
	return c.keys.String()[start:]
}

func (c *copies) room(n int) {
	if c.keys.Cap()-c.keys.Len() < n {
		size := max(min(2*c.keys.Cap(), c.limit), 4*n)
		c.keys = strings.Builder{}
		c.keys.Grow(size)
	}
}

// bytes is a copy of v, which has no room behind it that is another's.
func (c *copies) bytes(v []byte) []byte {
	if cap(c.value)-len(c.value) < len(v) {
		c.value = make([]byte, 0, max(min(2*cap(c.value), c.limit), len(v)))
	}
	start := len(c.value)
	c.value = append(c.value, v...)
	return c.value[start:len(c.value):len(c.value)]
}
