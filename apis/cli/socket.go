package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// socketFile is where in the data folder a server answers commands.
const socketFile = "control.sock"

// maxSocketPath is how long the path of a Unix socket may be on every system.
const maxSocketPath = 100

// listenControl listens on the folder's control socket, which its owner alone may
// use. One that a dead server left is replaced: whoever calls this holds the data.
func listenControl(dir string) (net.Listener, error) {
	nest, err := os.MkdirTemp(dir, ".control-") // 0700, so that nobody reaches it before its mode is set
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(nest)
	path, done, err := reachable(filepath.Join(nest, "s"))
	if err != nil {
		return nil, err
	}
	defer done()
	ln, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, fmt.Errorf("the control socket: %w", err)
	}
	ln.SetUnlinkOnClose(false)
	final := filepath.Join(dir, socketFile)
	if err := errors.Join(os.Chmod(filepath.Join(nest, "s"), 0o600), os.Rename(filepath.Join(nest, "s"), final)); err != nil {
		ln.Close()
		return nil, fmt.Errorf("the control socket: %w", err)
	}
	return &socket{ln, final}, nil
}

// socket removes its name when it is closed, so that no command knocks in vain.
type socket struct {
	*net.UnixListener
	path string
}

// Close stops listening.
func (s *socket) Close() error {
	os.Remove(s.path)
	return s.UnixListener.Close()
}

// dialControl reaches the server that lives on a data folder. Where none does, the
// error is fs.ErrNotExist.
func dialControl(ctx context.Context, dir string) (net.Conn, error) {
	path, done, err := reachable(filepath.Join(dir, socketFile))
	if err != nil {
		return nil, err
	}
	defer done()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	switch {
	case errors.Is(err, fs.ErrNotExist), refused(err):
		return nil, fmt.Errorf("no server lives on %s: %w", dir, fs.ErrNotExist)
	case errors.Is(err, fs.ErrPermission):
		return nil, &problem{fmt.Errorf("the server on %s answers its own user only", dir), "run the command as the user that runs the server", failed}
	}
	return conn, err
}

// refused tells whether nobody listens on a socket whose name is still there.
func refused(err error) bool {
	const windows = syscall.Errno(10061) // WSAECONNREFUSED
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, windows)
}

// reachable is a name for a socket's path that is short enough for the system. It
// holds until done is called.
func reachable(path string) (short string, done func(), err error) {
	if len(path) <= maxSocketPath {
		return path, func() {}, nil
	}
	if runtime.GOOS == "linux" {
		dir, err := os.Open(filepath.Dir(path))
		if err != nil {
			return "", nil, err
		}
		return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)), func() { dir.Close() }, nil
	}
	// Elsewhere the way from where the process stands may be shorter.
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil && len(rel) <= maxSocketPath {
			return rel, func() {}, nil
		}
	}
	return "", nil, &problem{fmt.Errorf("the path %s is too long for a socket", path), "give the data folder a shorter path", failed}
}
