// Package mail composes messages and hands them to the world: to an SMTP server,
// or to a folder where somebody looks at them.
package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// ErrRefused is wrapped by the errors after which trying again is of no use: a
// server said a final no, or no server could take the message.
var ErrRefused = errors.New("mail refused")

// Message is one mail to one person.
type Message struct {
	// ID is the left side of the Message-ID, so that two sendings of one mail
	// are seen to be one: letters, digits, dots, dashes and underscores.
	ID string
	// ReplyTo may be zero.
	From, ReplyTo, To Address
	// HTML may be "". Text may be "" only where HTML is not.
	Subject, Text, HTML string
	Date                time.Time
	// Locale is the Content-Language, a BCP 47 tag. One that is none is not sent.
	Locale string
	// Auto tells that no person wrote the mail, so that no machine answers it
	// (RFC 3834).
	Auto bool
	// Unsubscribe is a URL, "" where none is due. An https one takes the one-click
	// POST of RFC 8058.
	Unsubscribe string
}

// Sender hands messages over.
type Sender interface {
	// Send tells people where the message went. An error wraps ErrRefused where
	// trying again is of no use; everything else may pass.
	Send(ctx context.Context, m *Message) (where string, err error)
	Close() error
}

const (
	subjectRunes = 200
	nameRunes    = 100
	urlBytes     = 900 // RFC 5322, section 2.1.1: a line has 998
)

var (
	isID  = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,126}[A-Za-z0-9_-]$`)
	isTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,5}$`)
)

// Compose is the message as RFC 5322 writes it: text and HTML as alternatives, in
// UTF-8. The same message gives the same bytes. Names and subjects lose their
// control characters; whatever else could add a header is refused. Every error
// wraps ErrRefused.
func Compose(m *Message) ([]byte, error) {
	switch {
	case !isID.MatchString(m.ID) || strings.Contains(m.ID, ".."):
		return nil, fmt.Errorf("%w: %s is no id of a message", ErrRefused, shown(m.ID))
	case m.Text == "" && m.HTML == "":
		return nil, fmt.Errorf("%w: message %s is empty", ErrRefused, m.ID)
	case m.Date.Year() < 1970 || m.Date.Year() > 9999:
		return nil, fmt.Errorf("%w: message %s has no date", ErrRefused, m.ID)
	}
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary(boundary(m)))
	if err := address(m, out); err != nil {
		return nil, err
	}
	out.Subject(line(m.Subject, subjectRunes))
	out.SetDateWithValue(m.Date)
	if isTag.MatchString(m.Locale) {
		out.SetGenHeader(gomail.HeaderContentLang, m.Locale)
	}
	if m.Auto {
		out.SetGenHeader("Auto-Submitted", "auto-generated")
		out.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	}
	if err := unsubscribe(m, out); err != nil {
		return nil, err
	}
	switch text, html := strings.ToValidUTF8(m.Text, "�"), strings.ToValidUTF8(m.HTML, "�"); {
	case html == "":
		out.SetBodyString(gomail.TypeTextPlain, text)
	case text == "":
		out.SetBodyString(gomail.TypeTextHTML, html)
	default:
		out.SetBodyString(gomail.TypeTextPlain, text)
		out.AddAlternativeString(gomail.TypeTextHTML, html)
	}
	var b bytes.Buffer
	if _, err := out.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("%w: compose %s: %w", ErrRefused, m.ID, err)
	}
	return b.Bytes(), nil
}

// address sets who writes to whom, and the id that is named after the writer.
func address(m *Message, out *gomail.Msg) error {
	from, err := m.From.header()
	if err != nil {
		return err
	}
	to, err := m.To.header()
	if err != nil {
		return err
	}
	out.FromMailAddress(from)
	out.ToMailAddress(to)
	if m.ReplyTo != (Address{}) {
		var reply *netmail.Address
		if reply, err = m.ReplyTo.header(); err != nil {
			return err
		}
		out.ReplyToMailAddress(reply)
	}
	_, domain, _ := cutLast(from.Address, "@")
	out.SetMessageIDWithValue(m.ID + "@" + domain)
	return nil
}

func unsubscribe(m *Message, out *gomail.Msg) error {
	if m.Unsubscribe == "" {
		return nil
	}
	u, err := url.Parse(m.Unsubscribe)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fmt.Errorf("%w: message %s cannot be unsubscribed from at what is no URL", ErrRefused, m.ID)
	}
	to := u.String()
	if len(to) > urlBytes || strings.ContainsFunc(to, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>,"`, r) }) {
		return fmt.Errorf("%w: the URL to unsubscribe from message %s is no header", ErrRefused, m.ID)
	}
	out.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+to+">")
	if u.Scheme == "https" {
		out.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	return nil
}

// boundary parts the alternatives. It hangs on what they say, so that nobody can
// write it into one of them.
func boundary(m *Message) string {
	sum := sha256.New()
	for _, s := range []string{m.ID, m.Text, m.HTML} {
		fmt.Fprintf(sum, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(sum.Sum(nil)[:24])
}

// line is a stranger's text as one line of a header: no control characters, no
// marks that turn the direction of what follows, single spaces, and nothing that a
// reader would decode to something else (RFC 2047).
func line(s string, runes int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r) && r != '\u200e' && r != '\u200f' && r != '\u061c':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "=?", "= ?")), " ")
	return cut(s, runes)
}

// cut is the beginning of a text.
func cut(s string, runes int) string {
	n := 0
	for i := range s {
		if n++; n > runes {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}
