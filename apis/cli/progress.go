package cli

import (
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
)

// progress shows a person at a terminal how far something is, at what rate, and how
// long it takes; nobody else sees it.
type progress struct {
	bar   *progressbar.ProgressBar
	lines func(done int) // not nil: says it in lines
}

// progress begins to show something of that many steps; 0 is not known.
func (p *Program) progress(what string, total int) progress {
	if !terminal(p.Stderr) {
		return progress{}
	}
	return progress{bar: barOn(p.Stderr, what, total)}
}

// progressOf is progress of a command with the flag --progress, which tells those who
// read it in a log or a pipe, too.
func (p *Program) progressOf(cmd *cobra.Command, what string, total int) progress {
	b := p.progress(what, total)
	if said, _ := cmd.Flags().GetBool("progress"); said {
		b.bar = nil
		b.lines = func(done int) { fmt.Fprintf(p.Stderr, "%s: %d of %d\n", what, done, total) }
	}
	return b
}

func barOn(w io.Writer, what string, total int) *progressbar.ProgressBar {
	if total == 0 {
		total = -1
	}
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish())
}

// to says how many steps are done. What cannot be shown is nobody's loss.
func (b progress) to(n int) {
	if b.lines != nil {
		b.lines(n)
	}
	if b.bar != nil {
		_ = b.bar.Set(n)
	}
}

func (b progress) end() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
