package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) auditCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "audit",
		Short:   "Read and verify the audit log",
		Example: p.examples("audit list --after 1200", "audit verify --against /mnt/other/audit.json"),
	})
	cmd.AddCommand(p.auditListCommand(), p.auditVerifyCommand())
	return cmd
}

func (p *Program) auditListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List a page of the audit log",
		Example: p.examples("audit list", "audit list --after 1200 --limit 1000 --json"),
	}
	after := cmd.Flags().Uint64("after", 0, "begin after this number of a line")
	limit := cmd.Flags().Int("limit", 100, "lines at most, from 1 to 1000")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		var got struct {
			Items []core.AuditLine `json:"items"`
		}
		if err := k.call(ctx, http.MethodGet, fmt.Sprintf("/console/api/audit?after=%d&limit=%d", *after, *limit), nil, &got); err != nil {
			return err
		}
		return p.show(cmd, got.Items, func(w *tabwriter.Writer) {
			fmt.Fprintln(w, "NUMBER\tAT\tWHAT\tOF\tBY\tBEFORE\tAFTER")
			for _, l := range got.Items {
				before, _ := json.Marshal(l.Before)
				after, _ := json.Marshal(l.After)
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s %s\t%s\t%s\n", l.Seq, l.At.Format("2006-01-02T15:04:05Z"), l.Type, l.Ref, l.Actor.Kind, l.Actor.Key, before, after)
			}
		})
	})
}

func (p *Program) auditVerifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Say whether the audit log was altered",
		Long: "Say whether lines of the audit log were altered, removed, swapped or added since they were sealed.\n" +
			"It ends with 1 if any were.",
		Example: p.examples("audit verify", "audit verify --against /mnt/other/audit.json"),
	}
	against := cmd.Flags().String("against", "", "FILE of checkpoints that were kept elsewhere, a line of JSON each")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		var in struct {
			Known []core.AuditCheckpoint `json:"known"`
		}
		var err error
		if *against != "" {
			if in.Known, err = readCheckpoints(*against); err != nil {
				return err
			}
		}
		var r core.AuditReport
		if err := k.call(ctx, http.MethodPost, "/console/api/audit/verify", in, &r); err != nil {
			return err
		}
		err = p.show(cmd, r, func(w *tabwriter.Writer) {
			for _, f := range r.Faults {
				fmt.Fprintf(w, "%s\t%s\n", f.What, f.Text)
			}
			if r.More > 0 {
				fmt.Fprintf(w, "and %d more\n", r.More)
			}
			if *against != "" {
				fmt.Fprintf(w, "compared with %d checkpoints of %s\n", r.Compared, *against)
			}
			fmt.Fprintf(w, "%d lines in %d runs verified; %d are not yet sealed\n", r.Lines, r.Runs, r.Unsealed)
		})
		if err == nil && !r.Sound() {
			err = &problem{fmt.Errorf("the audit log is not as it was written: %d faults", len(r.Faults)+r.More),
				"compare it with a backup and with the checkpoints that were kept elsewhere", failed}
		}
		return err
	})
}

// maxKnown is how many checkpoints verify takes along: the newest, a month's.
const maxKnown = 45000

// readCheckpoints reads the last checkpoints of a file. What is no checkpoint, such
// as a line that a crash cut off, is passed over; a file without any is an error.
func readCheckpoints(path string) (all []core.AuditCheckpoint, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, wrongUse("--against names a file that --audit-checkpoints file://… wrote", "%w", err)
	}
	defer f.Close()
	for lines := bufio.NewReader(f); err == nil; {
		var line []byte
		line, err = lines.ReadBytes('\n')
		var c core.AuditCheckpoint
		if json.Unmarshal(line, &c) != nil || c.Run == 0 {
			continue
		}
		if all = append(all, c); len(all) == 2*maxKnown {
			all = slices.Clone(all[maxKnown:])
		}
	}
	if err != io.EOF {
		return nil, err
	}
	if len(all) == 0 {
		return nil, wrongUse("--against names a file that --audit-checkpoints file://… wrote", "%s holds no checkpoint", path)
	}
	return all[max(0, len(all)-maxKnown):], nil
}
