package cli

import (
	"context"
	"fmt"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core/keep"
)

func (p *Program) doctorCommand() *cobra.Command {
	var repair, yes bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look for damage in the data folder, and mend it",
		Long: "Look for damage in the data folder, a line each; it exits with 1 if anything is bad.\n" +
			"The data are read from a copy, so that a server that lives on them is not held up.\n\n" +
			"--repair makes indexes, counters, search rows and what points to tenants anew from the\n" +
			"records, removes what has lost its owner, and sets file modes; then it looks again. While\n" +
			"a server lives on the data it sets file modes alone. Without --yes it only shows what it\n" +
			"found.",
		Example: p.examples("doctor", "doctor --json --data /var/lib/stormkeep", "doctor --repair --yes"),
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "mend what can be mended")
	cmd.Flags().BoolVar(&yes, "yes", false, "with --repair: do it")
	// A master key that others can read is not used, so that nothing could be opened.
	prepare := func(ctx context.Context, c config) error {
		if !keep.KeyIsOpen(c.Data) || lives(ctx, c.Data) {
			return nil
		}
		if repair && yes {
			mended, err := keep.Tighten(c.Data)
			p.tellMended(mended)
			return err
		}
		return p.tellFindings(cmd, keep.Rights(c.Data), repair)
	}
	return p.prepared(cmd, prepare, func(ctx context.Context, k *remote, _ []string) error {
		if repair && yes {
			var done struct {
				Mended []string `json:"mended"`
			}
			if err := k.call(ctx, http.MethodPost, "/console/api/doctor/repair", nil, &done); err != nil {
				return err
			}
			p.tellMended(done.Mended)
		}
		var got struct {
			Items []keep.Finding `json:"items"`
		}
		if err := k.call(ctx, http.MethodGet, "/console/api/doctor", nil, &got); err != nil {
			return err
		}
		return p.tellFindings(cmd, got.Items, repair && !yes)
	})
}

func (p *Program) tellMended(lines []string) {
	for _, line := range lines {
		fmt.Fprintln(p.Stderr, "mended: "+line)
	}
}

// tellFindings prints findings. It is an error if one is bad.
func (p *Program) tellFindings(cmd *cobra.Command, all []keep.Finding, shows bool) error {
	bad := 0
	for _, f := range all {
		if f.Level == keep.Bad {
			bad++
		}
	}
	err := p.show(cmd, all, func(w *tabwriter.Writer) {
		for _, f := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\n", f.Level, f.Section, f.Text)
			if f.Hint != "" {
				fmt.Fprintf(w, "\t\t  %s\n", f.Hint)
			}
		}
	})
	if err != nil || bad == 0 {
		return err
	}
	hint := "read the hint of each line"
	if shows {
		hint = "to mend what can be mended, say --repair --yes; what has lost its owner is removed"
	}
	return &problem{fmt.Errorf("%d things are bad", bad), hint, failed}
}

// lives tells whether a server lives on a folder.
func lives(ctx context.Context, dir string) bool {
	conn, err := dialControl(ctx, dir)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}
