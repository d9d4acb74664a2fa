package mail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Folder writes messages as files that mail programs open. It is for the first
// steps with a server that knows no other way yet.
type Folder struct {
	// Dir is made where it is missing, for its owner alone.
	Dir string
	// Keep is how many messages stay: the newest. 0 is 1000.
	Keep int
	// Sign, if not nil, signs what is composed: see DKIM.
	Sign func(message []byte) ([]byte, error)

	mu sync.Mutex
}

const (
	fileTime = "20060102T150405.000Z"
	fileEnds = ".eml"
	unready  = ".unready" // written by a process that may have died
)

// Send implements Sender: where is the file's path, named for the message's date
// and ID, so that a message sent twice is one file.
func (f *Folder) Send(ctx context.Context, m *Message) (where string, err error) {
	message, err := Compose(m)
	if err == nil && f.Sign != nil {
		message, err = f.Sign(message)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return "", err
	}
	where = filepath.Join(f.Dir, m.Date.UTC().Format(fileTime)+"-"+m.ID+fileEnds)
	if err := write(where, message); err != nil {
		return "", fmt.Errorf("keep a mail: %w", err)
	}
	return where, f.thin()
}

// Close implements Sender.
func (f *Folder) Close() error { return nil }

// write makes a file that is whole once it has its name, also after a power cut.
func write(path string, b []byte) error {
	t, err := os.CreateTemp(filepath.Dir(path), "*"+unready) // O_EXCL and 0600
	if err != nil {
		return err
	}
	defer os.Remove(t.Name()) // not there any more after the rename
	_, err = t.Write(b)
	if err == nil {
		err = t.Sync()
	}
	if closed := t.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(t.Name(), path)
	}
	if err != nil || runtime.GOOS == "windows" { // which cannot sync a directory
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// thin removes the oldest messages over Keep, and what was never finished: f.mu is
// held, and one process owns the folder.
func (f *Folder) thin() error {
	all, err := os.ReadDir(f.Dir)
	if err != nil {
		return err
	}
	var mails, over []string
	for _, e := range all {
		switch {
		case strings.HasSuffix(e.Name(), fileEnds):
			mails = append(mails, e.Name())
		case strings.HasSuffix(e.Name(), unready):
			over = append(over, e.Name())
		}
	}
	slices.Sort(mails)
	over = append(over, mails[:max(0, len(mails)-orDefault(f.Keep, 1000))]...)
	for _, name := range over {
		if err := os.Remove(filepath.Join(f.Dir, name)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
