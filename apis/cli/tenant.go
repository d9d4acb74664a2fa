package cli

import (
	"context"
	"fmt"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func (p *Program) tenantCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "tenant",
		Short:   "Manage tenants",
		Example: p.examples("tenant list", "tenant list --json"),
	})
	cmd.AddCommand(p.tenantListCommand())
	return cmd
}

// shownTenant is a tenant as commands are told of it.
type shownTenant struct {
	ID     string   `json:"id"`
	Key    string   `json:"key"`
	Name   string   `json:"name"`
	Status string   `json:"status"`
	Hosts  []string `json:"hosts"`
}

func (p *Program) tenantListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List all tenants",
		Example: p.examples("tenant list", "tenant list --json --data /var/lib/stormkeep"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		var got struct {
			Items []shownTenant `json:"items"`
		}
		if err := k.call(ctx, http.MethodGet, "/console/api/tenants", nil, &got); err != nil {
			return err
		}
		return p.show(cmd, got.Items, func(w *tabwriter.Writer) {
			fmt.Fprintln(w, "KEY\tNAME\tSTATUS\tID")
			for _, t := range got.Items {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.Key, t.Name, t.Status, t.ID)
			}
		})
	})
}
