package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func (p *Program) tenantCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "tenant",
		Short:   "Manage tenants",
		Example: p.examples("tenant list", "tenant list --json"),
	})
	cmd.AddCommand(p.tenantListCommand(), p.tenantCreateCommand(), p.tenantHostsCommand(), p.setIssuerCommand(),
		p.tenantStatusCommand("disable", "DISABLED", "Let nobody of a tenant in, and end what it gave"),
		p.tenantStatusCommand("enable", "ENABLED", "Let a disabled tenant in again"), p.tenantDeleteCommand())
	return cmd
}

// shownTenant is a tenant as commands are told of it.
type shownTenant struct {
	ID     string   `json:"id"`
	Key    string   `json:"key"`
	Name   string   `json:"name"`
	Status string   `json:"status"`
	Hosts  []string `json:"hosts"`
	URLs   []string `json:"urls"`
	Issuer string   `json:"issuer"`
	Former []struct {
		URL   string `json:"url"`
		Until string `json:"until"`
	} `json:"formerIssuers"`
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
		return p.showTenants(cmd, got.Items, got.Items...)
	})
}

func (p *Program) showTenants(cmd *cobra.Command, v any, all ...shownTenant) error {
	return p.show(cmd, v, func(w *tabwriter.Writer) {
		fmt.Fprintln(w, "KEY\tNAME\tSTATUS\tID")
		for _, t := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", t.Key, t.Name, t.Status, t.ID)
		}
	})
}

func (p *Program) tenantCreateCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "create KEY", Short: "Make a tenant, with a first application", Args: cobra.ExactArgs(1),
		Long:    "Make a tenant, with its administrators and a first application. KEY is 1 to 63 of a-z and hyphens.",
		Example: p.examples("tenant create acme --name \"Acme Ltd\"", "keys create --tenant acme > apiKey.properties"),
	}
	cmd.Flags().StringVar(&name, "name", "", "what to call the tenant")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		if name == "" {
			return wrongUse("write it after --name", "the tenant needs a name")
		}
		var made shownTenant
		if err := k.call(ctx, http.MethodPost, "/console/api/tenants", map[string]string{"key": args[0], "name": name}, &made); err != nil {
			return err
		}
		return p.showTenants(cmd, made, made)
	})
}

func tenantPath(name, rest string) string {
	return "/console/api/tenants/" + url.PathEscape(name) + rest
}

func (p *Program) tenantHostsCommand() *cobra.Command {
	var add, remove []string
	cmd := &cobra.Command{
		Use: "hosts KEY", Short: "Show or change the base URLs at which a tenant is reached", Args: cobra.ExactArgs(1),
		Long:    "Show or change the base URLs at which a tenant is reached beside the public one. A host is one tenant's.",
		Example: p.examples("tenant hosts acme", "tenant hosts acme --add https://id.acme.example --remove https://old.acme.example"),
	}
	cmd.Flags().StringSliceVar(&add, "add", nil, "base URL to add, without a path")
	cmd.Flags().StringSliceVar(&remove, "remove", nil, "base URL to remove")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) (err error) {
		var t shownTenant
		if len(add)+len(remove) > 0 {
			err = k.call(ctx, http.MethodPost, tenantPath(args[0], "/hosts"), map[string][]string{"add": add, "remove": remove}, &t)
		} else {
			err = k.call(ctx, http.MethodGet, tenantPath(args[0], ""), nil, &t)
		}
		if err != nil {
			return err
		}
		return p.show(cmd, t.URLs, func(w *tabwriter.Writer) {
			for _, u := range t.URLs {
				fmt.Fprintln(w, u)
			}
		})
	})
}

func (p *Program) tenantStatusCommand(verb, status, short string) *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use: verb + " KEY", Short: short, Args: cobra.ExactArgs(1),
		Example: p.examples("tenant " + verb + " acme"),
	}
	if status != "ENABLED" {
		cmd.Flags().BoolVar(&sure, "yes", false, "also if it is the first tenant, or the last enabled one")
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		var t shownTenant
		if err := k.call(ctx, http.MethodPost, tenantPath(args[0], "/status"), map[string]any{"status": status, "sure": sure}, &t); err != nil {
			return err
		}
		return p.showTenants(cmd, t, t)
	})
}

func (p *Program) tenantDeleteCommand() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use: "delete KEY --yes", Short: "Delete a tenant with all it has, for ever", Args: cobra.ExactArgs(1),
		Long: "Delete a tenant with all it has, for ever: first the key of its secrets, then everything else. A server that\n" +
			"is killed meanwhile goes on at its next start. The only tenant cannot be deleted.",
		Example: p.examples("tenant delete acme --yes"),
	}
	cmd.Flags().BoolVar(&sure, "yes", false, "that this is what you want")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		if !sure {
			return wrongUse("add --yes if that is what you want", "nothing of the tenant %s can be had back", args[0])
		}
		if err := k.call(ctx, http.MethodDelete, tenantPath(args[0], ""), nil, nil); err != nil {
			return err
		}
		return p.show(cmd, map[string]string{"deleted": args[0]}, func(w *tabwriter.Writer) { fmt.Fprintf(w, "deleted %s\n", args[0]) })
	})
}
