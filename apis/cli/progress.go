package cli

import (
	"io"

	"github.com/schollz/progressbar/v3"
)

// progress shows a person at a terminal how far something is, at what rate, and how
// long it takes; nobody else sees it.
type progress struct{ bar *progressbar.ProgressBar }

// progress begins to show something of that many steps; 0 is not known.
func (p *Program) progress(what string, total int) progress {
	if !terminal(p.Stderr) {
		return progress{}
	}
	return progress{barOn(p.Stderr, what, total)}
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
	if b.bar != nil {
		_ = b.bar.Set(n)
	}
}

func (b progress) end() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
