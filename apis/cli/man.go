package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func (p *Program) manCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages of all commands",
		Long: "Write the manual pages of all commands into a folder, which is made if it is not\n" +
			"there. In a folder man1 of the manual's path, man finds them.",
		Example: p.examples("man /usr/local/share/man/man1"),
		Args:    cobra.ExactArgs(1),
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return asProblem(p.writeManual(cmd.Root(), args[0]))
	}
	return cmd
}

func (p *Program) writeManual(root *cobra.Command, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return &problem{err, "name a folder that can be written", failed}
	}
	root.DisableAutoGenTag = true // pages are the same from the same build
	when := built()
	if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "Stormkeep", Manual: "Stormkeep", Date: &when}, folder); err != nil {
		return &problem{err, "name a folder that can be written", failed}
	}
	pages, err := filepath.Glob(filepath.Join(folder, root.Name()+"*.1"))
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Stderr, "%d pages in %s\n", len(pages), folder)
	return nil
}

// built is when the commit was made from which this was built, as far as the build
// knows it.
func built() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if when, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
				return when
			}
		}
	}
	return time.Unix(0, 0).UTC()
}
