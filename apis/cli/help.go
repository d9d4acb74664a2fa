package cli

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// help shows everything about a command on one page. A setting is shown once,
// with all the ways to set it.
func help(cmd *cobra.Command, _ []string) {
	w := cmd.OutOrStdout()
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	fmt.Fprintf(w, "%s\n\nUsage:\n  %s\n", about, usageLine(cmd))
	if cmd.Example != "" {
		fmt.Fprintf(w, "\nExamples:\n%s\n", cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintln(w, "\nCommands:")
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(t, "  %s\t%s\n", c.Name(), c.Short)
			}
		}
		t.Flush()
	}
	helpSettings(w, cmd)
	if rest := own(cmd.Flags()); rest.HasAvailableFlags() {
		fmt.Fprintf(w, "\nFlags:\n%s", rest.FlagUsages())
	}
}

func usageLine(cmd *cobra.Command) string {
	if cmd.HasAvailableSubCommands() {
		return cmd.CommandPath() + " COMMAND [flags]"
	}
	return cmd.UseLine()
}

func helpSettings(w io.Writer, cmd *cobra.Command) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	any := false
	for _, s := range settings {
		if cmd.Flags().Lookup(s.name) == nil {
			continue
		}
		if !any {
			fmt.Fprintln(w, "\nSettings (a flag wins over a variable, a variable over the file):")
			fmt.Fprintln(t, "  FLAG\tVARIABLE\tKEY IN THE FILE\tDEFAULT\t")
		}
		any = true
		fmt.Fprintf(t, "  --%s\t%s\t%s\t%s\t%s\n", s.name, s.variable(), s.key(), s.shown(), s.help)
	}
	if any {
		fmt.Fprintf(t, "  \t%s\t\t%s\t%s\n", masterVariable, "DIR/"+keyFile, "the master key itself, in place of its file")
	}
	t.Flush()
}
