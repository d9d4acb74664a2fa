package core

import (
	"regexp"
	"slices"
	"strings"
)

// Mounts are the nouns of plugins whose records are served at paths of their own, as
// another interface: a path is one mount's within a tenant.
type Mounts struct {
	kinds    []mountKind
	reserved map[string]bool
}

// Mounted is a record that is served at a path.
type Mounted interface {
	Path() string
	// MountPath is where: "/auth".
	MountPath() string
}

type mountKind struct {
	name string
	at   func(tx *Tx, path string) (Mounted, error)
}

// Mountable has the records of T be mounts. ix files each under its MountPath alone.
// Call it before Start.
func Mountable[T any, P interface {
	Record[T]
	Mounted
}](app *App, ix *Index[T]) {
	k := kindOf[T, P]()
	if app.started || slices.ContainsFunc(app.Mounts.kinds, func(m mountKind) bool { return m.name == k.Name }) {
		panic("core: kind " + k.Name + " is made mountable late, or twice")
	}
	app.Mounts.kinds = append(app.Mounts.kinds, mountKind{k.Name, func(tx *Tx, path string) (Mounted, error) {
		rec, err := Find[T, P](tx, ix, "", path)
		if err != nil {
			return nil, err
		}
		return rec, nil
	}})
}

// Reserve keeps mounts from paths that begin with one of the segments: other things
// are served there.
func (m *Mounts) Reserve(segments ...string) {
	if m.reserved == nil {
		m.reserved = map[string]bool{}
	}
	for _, s := range segments {
		m.reserved[s] = true
	}
}

// Reserved tells whether no mount may be below that first segment of a path.
func (m *Mounts) Reserved(segment string) bool { return m.reserved[segment] }

// maxMountSegments bounds how many look-ups the path of a request takes.
const maxMountSegments = 4

// Find is the mount below whose path a request's path is, and what of it lies below:
// "/login". It is nil if there is none.
func (m *Mounts) Find(tx *Tx, path string) (Mounted, string, error) {
	for _, at := range prefixes(path) {
		for _, k := range m.kinds {
			rec, err := k.at(tx, at)
			if IsNotFound(err) {
				continue
			}
			if err != nil {
				return nil, "", err
			}
			return rec, path[len(at):], nil
		}
	}
	return nil, "", nil
}

// prefixes are the paths at which a mount may be that serves a path, the longest
// first.
func prefixes(path string) (all []string) {
	if len(path) > 2*maxMountPath || !strings.HasPrefix(path, "/") {
		path = ""
	}
	for i := 1; i <= len(path) && len(all) < maxMountSegments; i++ {
		if (i == len(path) || path[i] == '/') && path[i-1] != '/' {
			all = append(all, path[:i])
		}
	}
	slices.Reverse(all)
	return all
}

const maxMountPath = 255

var mountPath = regexp.MustCompile(`^(/[A-Za-z0-9_-][A-Za-z0-9._~-]*){1,4}$`)

// MountPath demands a path at which a mount can be: of one to four segments, none of
// them a file's or a folder's own, at which nothing else is served. A trailing slash
// is taken off.
func (c *Checks) MountPath(field string, path *string, self Mounted) {
	*path = strings.TrimSuffix(*path, "/")
	c.Required(field, *path)
	c.Text(field, *path, maxMountPath)
	if c.err() != nil {
		return
	}
	c.That(mountPath.MatchString(*path), field, "invalid_format",
		"%s %s must look like /auth: one to four segments of letters, digits and ._~-.", c.noun, field)
	first, _, _ := strings.Cut((*path)[1:], "/")
	c.That(!c.Tx.App.Mounts.Reserved(first), field, "invalid_value", "%s %s begins with /%s, where the server itself is.", c.noun, field, first)
	if c.err() != nil {
		return
	}
	for _, k := range c.Tx.App.Mounts.kinds {
		other, err := k.at(c.Tx, *path)
		if IsNotFound(err) {
			continue
		}
		if err != nil {
			c.Fail(err)
			return
		}
		if other.Path() != self.Path() {
			c.Fail(&Error{Kind: Conflict, Code: "taken", Msg: "Something else is mounted at " + *path + ".", Fields: map[string]string{field: "taken"}})
		}
	}
}
