package witness

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/stormkeep/stormkeep/core"
)

// file is a file to which lines are appended.
type file struct{ path string }

// tell appends a line and has it on disk before it returns. The file is opened each
// time, so that it may be moved away by day.
func (f *file) tell(_ context.Context, _ core.AuditCheckpoint, line []byte) (err error) {
	out, err := os.OpenFile(f.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	torn, err := unended(out)
	if err != nil {
		return err
	}
	if torn { // a line that a crash or a full disk cut off stays by itself
		line = append([]byte{'\n'}, line...)
	}
	if _, err := out.Write(append(line, '\n')); err != nil {
		return err
	}
	return out.Sync()
}

// unended tells whether the last line of a file has no end.
func unended(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return false, err
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, info.Size()-1); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return last[0] != '\n', nil
}
