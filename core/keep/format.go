// Package keep keeps the data of a folder: backups and their places, restores,
// the schedule of backups, and the doctor.
//
// A backup is one file: a tar archive, compressed by zstd, encrypted by age. Any
// age, zstd and tar open it:
//
//	age -d -i key.txt FILE | zstd -d | tar -x
//
// It holds manifest.json, master.key unless it was left out, and the data file.
// age authenticates every byte, so that a file that was changed or cut off is told
// from a whole one; who made it, age does not tell.
package keep

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
)

// formatVersion is that of the files that this program writes. It reads no later
// one.
const formatVersion = 1

// The entries of the archive, in their order.
const (
	manifestEntry = "manifest.json"
	keyEntry      = "master.key"
	dataEntry     = "stormkeep.db"
)

const (
	maxManifest = 1 << 20
	maxKeys     = 64 << 10
)

// Manifest is what a backup says of itself.
type Manifest struct {
	Version   int       `json:"version"` // of the file's form
	Form      int       `json:"form"`    // of the data
	CreatedAt time.Time `json:"createdAt"`
	Tenants   int       `json:"tenants"`
	Size      int64     `json:"size"`   // of the data, in bytes
	SHA256    string    `json:"sha256"` // of the data
	WithKey   bool      `json:"withMasterKey"`
	KeyID     string    `json:"masterKeyId"` // of the key that seals, whether or not it is inside
}

// Errors of a file that is no whole backup.
var (
	// ErrNotWhole says that a file is no backup, or was changed or cut off.
	ErrNotWhole = errors.New("this is no backup, or it was changed or cut off")
	// ErrCannotOpen says that the passphrase or identity is not one of the backup's.
	ErrCannotOpen = errors.New("neither the passphrase nor any identity opens this backup")
	// ErrNewer says that the file was written by a later program.
	ErrNewer = errors.New("the backup was made by a newer program than this")
)

// seal writes a backup.
func seal(w io.Writer, to []age.Recipient, m Manifest, keys string, data io.Reader) error {
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return err
	}
	// One core is left to those whom the server serves.
	packed, err := zstd.NewWriter(sealed, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	archive := tar.NewWriter(packed)
	head, err := json.Marshal(m)
	if err != nil {
		return err
	}
	add := func(name string, size int64, text []byte) error {
		h := &tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: m.CreatedAt.Truncate(time.Second), Format: tar.FormatPAX}
		if err := archive.WriteHeader(h); err != nil {
			return err
		}
		_, err := archive.Write(text)
		return err
	}
	if err := add(manifestEntry, int64(len(head)), head); err != nil {
		return err
	}
	if m.WithKey {
		if err := add(keyEntry, int64(len(keys)), []byte(keys)); err != nil {
			return err
		}
	}
	if err := add(dataEntry, m.Size, nil); err != nil {
		return err
	}
	if _, err := io.Copy(archive, data); err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return sealed.Close()
}

// unseal reads a whole backup: the data go to w. When it returns without error,
// every byte was authenticated and the data are those of the manifest; until then
// nothing of them may be trusted.
func unseal(r io.Reader, with []age.Identity, w io.Writer) (m Manifest, keys string, err error) {
	source := &firstError{r: r}
	defer func() {
		if source.err != nil && err != nil {
			err = source.err // that it could not be read says nothing about the file
		}
	}()
	plain, err := age.Decrypt(source, with...)
	if err != nil {
		if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
			return m, "", ErrCannotOpen
		}
		return m, "", fmt.Errorf("%w: %v", ErrNotWhole, err)
	}
	unpacked, err := zstd.NewReader(plain, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return m, "", notWhole(err)
	}
	defer unpacked.Close()
	archive := tar.NewReader(unpacked)
	head, err := entry(archive, manifestEntry, maxManifest)
	if err != nil {
		return m, "", err
	}
	if err := json.Unmarshal(head, &m); err != nil {
		return m, "", notWhole(err)
	}
	if m.Version > formatVersion {
		return m, "", fmt.Errorf("%w: form %d of the file, and this knows %d", ErrNewer, m.Version, formatVersion)
	}
	if m.WithKey {
		text, err := entry(archive, keyEntry, maxKeys)
		if err != nil {
			return m, "", err
		}
		keys = string(text)
	}
	h, err := archive.Next()
	if err != nil || h.Name != dataEntry || h.Size != m.Size {
		return m, "", notWhole(errors.Join(err, errors.New("its data are not where they belong")))
	}
	sum := sha256.New()
	target := &firstError{w: w}
	if _, err := io.Copy(io.MultiWriter(target, sum), archive); err != nil {
		if target.err != nil {
			return m, "", target.err
		}
		return m, "", notWhole(err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != m.SHA256 {
		return m, "", notWhole(fmt.Errorf("its data have the checksum %s, and its manifest says %s", got, m.SHA256))
	}
	if _, err := archive.Next(); err != io.EOF {
		return m, "", notWhole(errors.Join(err, errors.New("there is more in it than belongs there")))
	}
	// The last piece says that it is the last: without it the file was cut off.
	for _, rest := range []io.Reader{unpacked, plain} {
		if _, err := io.Copy(io.Discard, rest); err != nil {
			return m, "", notWhole(err)
		}
	}
	return m, keys, nil
}

// entry reads a small entry, which must be the next.
func entry(archive *tar.Reader, name string, max int64) ([]byte, error) {
	h, err := archive.Next()
	if err != nil || h.Name != name || h.Size > max {
		return nil, notWhole(errors.Join(err, fmt.Errorf("its %s is not where it belongs", name)))
	}
	text, err := io.ReadAll(archive)
	if err != nil {
		return nil, notWhole(err)
	}
	return text, nil
}

func notWhole(err error) error { return fmt.Errorf("%w: %w", ErrNotWhole, err) }

// firstError remembers what kept the disk or the network from reading or writing,
// so that it is not taken for a fault of the file.
type firstError struct {
	r   io.Reader
	w   io.Writer
	err error
}

// Read reads.
func (f *firstError) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// Write writes.
func (f *firstError) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	if err != nil {
		f.err = err
	}
	return n, err
}
