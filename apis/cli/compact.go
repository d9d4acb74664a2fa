package cli

import (
	"context"
	"fmt"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func (p *Program) compactCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compact",
		Short: "Give back to the disk what the data no longer use",
		Long: "Give back to the disk what the data no longer use: their file never shrinks by itself.\n" +
			"It is written anew, compared, and put in the place of the old one at once. A server\n" +
			"that lives on the data goes on reading meanwhile; writes wait, some seconds a gigabyte.",
		Example: p.examples("compact", "compact --data /var/lib/stormkeep --json"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		var got struct {
			Before int64 `json:"before"`
			After  int64 `json:"after"`
		}
		if err := k.call(ctx, http.MethodPost, "/console/api/compact", nil, &got); err != nil {
			return err
		}
		return p.show(cmd, got, func(w *tabwriter.Writer) {
			fmt.Fprintf(w, "before\t%d bytes\nafter\t%d bytes\n", got.Before, got.After)
		})
	})
}
