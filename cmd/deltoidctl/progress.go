package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress draws a bar on a terminal while something long goes on, and nothing anywhere else.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress is for an unknown amount of work when total is -1.
func (s *session) newProgress(what string, total int64) *progress {
	var out io.Writer = io.Discard
	if file, ok := s.stderr.(*os.File); ok && !s.globals.JSON && term.IsTerminal(int(file.Fd())) {
		out = file
	}
	return &progress{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30),
	)}
}

// at tells how far the work is, and of how much.
func (p *progress) at(done, total int) {
	if total > 0 && p.bar.GetMax64() != int64(total) {
		p.bar.ChangeMax64(int64(total))
	}
	_ = p.bar.Set(done) // a bar that cannot be drawn is no fault of the work
}

// end takes the bar away.
func (p *progress) end() { _ = p.bar.Finish() }
