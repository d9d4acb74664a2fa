package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core/secret"
)

func (p *Program) rotateMasterCommand() *cobra.Command {
	var fromStdin bool
	cmd := &cobra.Command{
		Use:   "rotate-master",
		Short: "Put a new master key in the place of the former",
		Long: "Put a new master key in the place of the former, while the server lives or not. A key that lies in the\n" +
			"data folder is made and replaced there; killed at any point, the server starts again. Where the key\n" +
			"comes from " + masterVariable + ", the command prints a new one first and changes nothing; keep it, then\n" +
			"give it back with --key-stdin, and set the variable to it before the next start.\n\n" +
			"Backups made before need the former key: keep it as long as you keep them.",
		Example: p.examples("keys rotate-master", "keys rotate-master --key-stdin < new.key"),
	}
	cmd.Flags().BoolVar(&fromStdin, "key-stdin", false, "read the new master key from standard input, one line")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		var now struct {
			IDs  []string `json:"ids"`
			File bool     `json:"file"`
		}
		if err := k.call(ctx, http.MethodGet, "/console/api/masterKey", nil, &now); err != nil {
			return err
		}
		in := map[string]string{}
		switch {
		case now.File && fromStdin:
			return wrongUse("leave --key-stdin out: a new one is made there", "the master key lies in the data folder")
		case fromStdin:
			line, err := readLine(p.Stdin)
			if err != nil {
				return &problem{errors.New("standard input holds no master key"), "write it there as one line: … --key-stdin < FILE", failed}
			}
			in["key"] = line
		case !now.File:
			return p.nextMaster(cmd, now.IDs[0])
		}
		var got struct {
			ID string `json:"id"`
		}
		if err := k.call(ctx, http.MethodPost, "/console/api/masterKey", in, &got); err != nil {
			return err
		}
		if fromStdin {
			fmt.Fprintf(p.Stderr, "Set %s to the new key before the next start: the former one opens the data no more.\n", masterVariable)
		}
		fmt.Fprintf(p.Stderr, "Keep the former key, %s, with the backups that were made before.\n", now.IDs[0])
		return p.show(cmd, map[string]string{"masterKey": got.ID, "former": now.IDs[0]}, func(w *tabwriter.Writer) {
			fmt.Fprintf(w, "master key %s, in place of %s\n", got.ID, now.IDs[0])
		})
	})
}

// nextMaster prints a new master key to an operator who keeps it elsewhere than in the
// data folder. Nothing is changed before it comes back: it must not get lost.
func (p *Program) nextMaster(cmd *cobra.Command, now string) error {
	next := secret.NewMaster()
	fmt.Fprintf(p.Stderr, "The master key %s comes from %s. Nothing is changed yet.\n"+
		"  1. Keep the new key that was printed, %s, where the present one is kept.\n"+
		"  2. Give it back:  %s keys rotate-master --key-stdin < FILE\n"+
		"  3. Set %s to it before the next start.\n", now, masterVariable, next.ID(), p.Name, masterVariable)
	return p.show(cmd, map[string]string{"newMasterKey": next.Encode()}, func(w *tabwriter.Writer) { fmt.Fprintln(w, next.Encode()) })
}
