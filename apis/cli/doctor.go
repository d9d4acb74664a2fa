package cli

import (
	"context"
	"errors"
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
			"--repair wants the server stopped. It makes indexes, counters and search rows anew from\n" +
			"the records, removes what has lost its owner, and sets file modes; then it looks again.\n" +
			"Without --yes it only shows what it found.",
		Example: p.examples("doctor", "doctor --json --data /var/lib/stormkeep", "doctor --repair --yes"),
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "mend what can be mended")
	cmd.Flags().BoolVar(&yes, "yes", false, "with --repair: do it")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		if repair && k.Alive {
			return &problem{errors.New("a server lives on the data"), "stop it first: a repair wants them alone", failed}
		}
		if repair && yes {
			var done struct {
				Mended []string `json:"mended"`
			}
			if err := k.call(ctx, http.MethodPost, "/console/api/doctor/repair", nil, &done); err != nil {
				return err
			}
			for _, line := range done.Mended {
				fmt.Fprintln(p.Stderr, "mended: "+line)
			}
		}
		var got struct {
			Items []keep.Finding `json:"items"`
		}
		if err := k.call(ctx, http.MethodGet, "/console/api/doctor", nil, &got); err != nil {
			return err
		}
		bad := 0
		err := p.show(cmd, got.Items, func(w *tabwriter.Writer) {
			for _, f := range got.Items {
				fmt.Fprintf(w, "%s\t%s\t%s\n", f.Level, f.Section, f.Text)
				if f.Hint != "" {
					fmt.Fprintf(w, "\t\t  %s\n", f.Hint)
				}
			}
		})
		for _, f := range got.Items {
			if f.Level == keep.Bad {
				bad++
			}
		}
		if err == nil && bad > 0 {
			hint := "read the hint of each line"
			if repair && !yes {
				hint = "to mend what can be mended, say --repair --yes; what has lost its owner is removed"
			}
			err = &problem{fmt.Errorf("%d things are bad", bad), hint, failed}
		}
		return err
	})
}
