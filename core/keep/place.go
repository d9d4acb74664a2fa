package keep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Place is where backups lie: a folder, or a prefix in a bucket.
type Place interface {
	// Put keeps what r holds under a name that must be new (fs.ErrExist). Nothing is
	// there under the name until all of it is.
	Put(ctx context.Context, name string, r io.Reader, size int64) error
	// Open reads a backup; one that is not there is fs.ErrNotExist.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Names are those of the backups that this program made there, the oldest first.
	Names(ctx context.Context) ([]string, error)
	// Files are these with their sizes, the newest first.
	Files(ctx context.Context) ([]File, error)
	// Remove removes a backup.
	Remove(ctx context.Context, name string) error
	String() string
}

// File is a backup in a place.
type File struct {
	Name string
	Size int64     // in bytes, as encrypted
	At   time.Time // when its data were copied, by its name
}

// newestFirst orders files by their names.
func newestFirst(all []File) []File {
	slices.SortFunc(all, func(a, b File) int { return strings.Compare(b.Name, a.Name) })
	return all
}

const nameLayout = "20060102T150405.000Z"

var backupName = regexp.MustCompile(`^stormkeep-\d{8}T\d{6}\.\d{3}Z\.age$`)

// nameOf is the name of the backup of a moment. Names sort by it.
func nameOf(at time.Time) string { return "stormkeep-" + at.UTC().Format(nameLayout) + ".age" }

// IsBackup tells whether a name is one that this program gives to a backup.
func IsBackup(name string) bool { _, ok := timeOf(name); return ok }

// timeOf is the moment of a backup by its name.
func timeOf(name string) (time.Time, bool) {
	if !backupName.MatchString(name) {
		return time.Time{}, false
	}
	at, err := time.Parse("stormkeep-"+nameLayout+".age", name)
	return at, err == nil
}

// ParsePlace reads where backups go: "s3://bucket/prefix", the path of a folder, or
// that of a file, whose name ends in ".age". name is the file's, or "". An s3 place is
// reached as b says.
func ParsePlace(to string, b Bucket) (p Place, name string, err error) {
	if rest, ok := strings.CutPrefix(to, "s3://"); ok {
		bucket, prefix, _ := strings.Cut(rest, "/")
		if bucket == "" {
			return nil, "", fmt.Errorf("%q names no bucket: s3://bucket/prefix", to)
		}
		if strings.HasSuffix(prefix, ".age") {
			i := strings.LastIndexByte(prefix, '/')
			prefix, name = prefix[:i+1], prefix[i+1:]
		}
		if prefix != "" && !strings.HasSuffix(prefix, "/") {
			prefix += "/"
		}
		b.name, b.prefix = bucket, prefix
		return &b, name, nil
	}
	if to == "" {
		return nil, "", errors.New("it names no place")
	}
	path, err := filepath.Abs(to)
	if err != nil {
		return nil, "", err
	}
	if strings.HasSuffix(path, ".age") {
		return Directory(filepath.Dir(path)), filepath.Base(path), nil
	}
	return Directory(path), "", nil
}

// Directory is a folder of backups. It is made when the first one comes.
type Directory string

func (d Directory) String() string { return string(d) }

// Put implements Place.
func (d Directory) Put(ctx context.Context, name string, r io.Reader, size int64) (err error) {
	if err := os.MkdirAll(string(d), 0o700); err != nil {
		return err
	}
	path := filepath.Join(string(d), name)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	f, err := os.CreateTemp(string(d), "."+name+".part-") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	n, err := io.Copy(f, contextReader{ctx, r})
	if err == nil && n != size {
		err = fmt.Errorf("%s: %d bytes of %d came: %w", path, n, size, io.ErrUnexpectedEOF)
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	// A link is refused where the name has come up meanwhile; not all file systems
	// know links.
	if err := os.Link(f.Name(), path); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	} else if err != nil {
		if err := os.Rename(f.Name(), path); err != nil {
			return err
		}
	}
	return syncDir(string(d))
}

// Open implements Place.
func (d Directory) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(string(d), name))
}

// Names implements Place.
func (d Directory) Names(context.Context) (names []string, err error) {
	all, err := os.ReadDir(string(d)) // in the order of names
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range all {
		if backupName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// Files implements Place.
func (d Directory) Files(ctx context.Context) (all []File, err error) {
	names, err := d.Names(ctx)
	for _, name := range names {
		info, err := os.Stat(filepath.Join(string(d), name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		at, _ := timeOf(name)
		all = append(all, File{name, info.Size(), at})
	}
	return newestFirst(all), err
}

// Remove implements Place.
func (d Directory) Remove(_ context.Context, name string) error {
	return os.Remove(filepath.Join(string(d), name))
}

// contextReader ends with its context.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read reads.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// Sum is the SHA-256 of what a place has under a name, in hexadecimal digits, and its
// size.
func Sum(ctx context.Context, p Place, name string) (sum string, size int64, err error) {
	r, err := p.Open(ctx, name)
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	h := sha256.New()
	size, err = io.Copy(h, contextReader{ctx, r})
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// syncDir makes names durable. Systems that cannot sync a folder need not.
func syncDir(dir string) error {
	if f, err := os.Open(dir); err == nil {
		f.Sync()
		f.Close()
	}
	return nil
}
