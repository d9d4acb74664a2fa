// Package notes lets operators write notes on accounts: "called on Monday, identity
// checked". It is the example of a plugin with a noun of its own and a place in the
// console: a page, a tab at the account, and a command. No release holds it; the program
// in stormkeep-notes does.
package notes

import (
	"embed"
	"io/fs"
	"net/http"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

//go:embed console
var files embed.FS

// Note is what an operator wrote on an account. It goes with the account.
type Note struct {
	core.Base[Note]
	Account core.ID[core.Account] `json:"account" api:"create"`
	Text    string                `json:"text"`
	Author  core.ID[core.Account] `json:"author" api:"ro,null"` // null where a program without an account wrote it
}

const maxNote = 4000 // characters

// NotesOf lists the notes on an account.
var NotesOf = &core.Index[Note]{Name: "acc", List: true,
	Key: func(n *Note) (core.Entry, bool) { return core.Entry{Owner: string(n.Account)}, true }}

var notes = &core.Kind[Note]{Name: "notes", Noun: "Note", Key: "note", Indexes: []*core.Index[Note]{NotesOf}, Support: "cud"}

// Kind says how notes are stored.
func (*Note) Kind() *core.Kind[Note] { return notes }

// Owners is the account.
func (n *Note) Owners() []core.Ref { return []core.Ref{core.RefTo(n.Account)} }

// Check demands a text, and notes who wrote it.
func (n *Note) Check(c *core.Checks) {
	c.Required("text", n.Text)
	c.Text("text", n.Text, maxNote)
	if old, ok := c.Old.(*Note); ok {
		c.That(n.Account == old.Account, "account", "protected", "A Note stays with its account.")
	}
	if c.New && !c.Moved {
		n.Author = c.Tx.Actor.Account
	}
}

// Plugin serves notes, and shows them in the console.
type Plugin struct{}

// Name implements apis.Plugin.
func (Plugin) Name() string { return "notes" }

// Register implements apis.Plugin.
func (Plugin) Register(s *apis.Server) error {
	core.Register[Note](s.App)
	apis.Nest(s, "accounts", NotesOf, func(_ *core.Tx, n *Note, account string) error {
		n.Account = core.ID[core.Account](account)
		return nil
	})
	s.Answer(apis.Route{Method: http.MethodGet, Path: "notes", Kind: "notes", List: "notes", Status: http.StatusOK, Summary: "List all notes"},
		func(v *apis.Visit) (any, error) { return apis.Listed[Note](v, "notes", nil, core.Query{Desc: true}) })
	console, err := fs.Sub(files, "console")
	if err != nil {
		return err
	}
	return s.ExtendConsole("notes", console)
}
