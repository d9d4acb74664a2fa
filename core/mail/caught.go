package mail

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"mime"
	netmail "net/mail"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// ErrGone is what a folder says of a message that it does not have.
var ErrGone = errors.New("no such mail")

// The bounds of what is read of a folder: a message of ours is at most half as long.
const (
	maxCaught = 1 << 20
	maxHead   = 32 << 10
	maxLinks  = 100
)

// isCaught is the name of a file that Send wrote.
var isCaught = regexp.MustCompile(`^(\d{8}T\d{6}\.\d{3}Z)-([A-Za-z0-9_-][A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])\.eml$`)

// Caught is a message in a folder.
type Caught struct {
	// ID is by what the folder knows it, and Mail the ID of the Message.
	ID, Mail string
	At       time.Time
	Size     int64
}

// List tells which messages are there, the newest first. A folder that nobody has written
// to yet has none.
func (f *Folder) List() (all []Caught, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.list()
}

func (f *Folder) list() (all []Caught, err error) {
	files, err := os.ReadDir(f.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range slices.Backward(files) { // which are in the order of their names
		c, ok := caughtAs(e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		c.Size = info.Size()
		all = append(all, c)
	}
	return all, nil
}

// caughtAs is what the name of a file says of a message, false if it is no such name: one
// has nothing that leads to another folder.
func caughtAs(name string) (c Caught, ok bool) {
	m := isCaught.FindStringSubmatch(name)
	if m == nil {
		return c, false
	}
	at, err := time.Parse(fileTime, m[1])
	return Caught{ID: strings.TrimSuffix(name, fileEnds), Mail: m[2], At: at}, err == nil
}

// Open gives a message as it was written, ErrGone where there is none of that id. An id is
// one of those that List gives, and never a path.
func (f *Folder) Open(id string) ([]byte, Caught, error) { return f.open(id, maxCaught) }

// Head is Open up to the end of its first part.
func (f *Folder) Head(id string) ([]byte, Caught, error) { return f.open(id, maxHead) }

func (f *Folder) open(id string, limit int64) ([]byte, Caught, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := caughtAs(id + fileEnds)
	if !ok {
		return nil, c, ErrGone
	}
	root, err := os.OpenRoot(f.Dir) // what is a link by now leads nowhere else
	if errors.Is(err, fs.ErrNotExist) {
		return nil, c, ErrGone
	}
	if err != nil {
		return nil, c, err
	}
	defer root.Close()
	info, err := root.Lstat(id + fileEnds)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil, c, ErrGone
	}
	if err != nil {
		return nil, c, err
	}
	c.Size = info.Size()
	file, err := root.Open(id + fileEnds)
	if err != nil {
		return nil, c, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, limit))
	return raw, c, err
}

// Clear removes every message, and tells how many there were.
func (f *Folder) Clear() (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.list()
	if err != nil || len(all) == 0 {
		return 0, err
	}
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	for _, c := range all {
		if err := root.Remove(c.ID + fileEnds); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return n, err
		}
		n++
	}
	return n, nil
}

// Shown is a message as people read it.
type Shown struct {
	From, To, Subject string
	Header            [][2]string // all of it, by name
	Text, HTML        string
	Links             []string // of both, each once, as they stand there
}

// Glance reads what the header of a message says; what it lacks is "".
func Glance(raw []byte) (s Shown) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return s
	}
	words := new(mime.WordDecoder)
	for name, values := range m.Header {
		for _, value := range values {
			if plain, err := words.DecodeHeader(value); err == nil {
				value = plain
			}
			s.Header = append(s.Header, [2]string{name, value})
			switch name {
			case "From":
				s.From = value
			case "To":
				s.To = value
			case "Subject":
				s.Subject = value
			}
		}
	}
	slices.SortFunc(s.Header, func(a, b [2]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) })
	return s
}

var isLink = regexp.MustCompile(`https?://[^\s"'<>]+`)

// Show reads a message with its texts.
func Show(raw []byte) (Shown, error) {
	s := Glance(raw)
	m, err := gomail.EMLToMsgFromReader(bytes.NewReader(raw))
	if err != nil {
		return s, fmt.Errorf("read a mail: %w", err)
	}
	for _, p := range m.GetParts() {
		b, err := p.GetContent()
		if err != nil {
			return s, fmt.Errorf("read a part of a mail: %w", err)
		}
		text := strings.ReplaceAll(strings.ToValidUTF8(string(b), "�"), "\r\n", "\n")
		switch p.GetContentType() {
		case gomail.TypeTextPlain:
			s.Text = text
		case gomail.TypeTextHTML:
			s.HTML = text
		}
	}
	found := isLink.FindAllString(s.Text, maxLinks)
	for _, escaped := range isLink.FindAllString(s.HTML, maxLinks) {
		found = append(found, html.UnescapeString(escaped))
	}
	for _, link := range found {
		if link = strings.TrimRight(link, ".,;)"); !slices.Contains(s.Links, link) && len(s.Links) < maxLinks {
			s.Links = append(s.Links, link)
		}
	}
	return s, nil
}
