package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) setIssuerCommand() *cobra.Command {
	var until string
	cmd := &cobra.Command{
		Use: "set-issuer URL", Short: "Pin the issuer that a tenant's tokens name", Args: cobra.ExactArgs(1),
		Long: "Pin the issuer that a tenant's tokens name. The first serve with a public URL that is not this machine's pins\n" +
			"that; to move a tenant, pin its new URL and serve it there. The former one stays accepted, and its host is\n" +
			"still served, until a date: 2027-01-31 or an instant of RFC 3339. A date that has gone ends it at once.",
		Example: p.examples("tenant set-issuer https://id.example.com", "tenant set-issuer https://id.acme.example --tenant acme --until 2027-01-31"),
	}
	cmd.Flags().StringVar(&until, "until", "", "date until which the former issuer is accepted (default: 30 days from now)")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		in := map[string]any{"url": args[0]}
		if until != "" {
			at, err := parseDate(until)
			if err != nil {
				return wrongUse("write it as 2027-01-31 or 2027-01-31T12:00:00Z", "--until %q is no date", until)
			}
			in["until"] = at
		}
		var t shownTenant
		if err := k.call(ctx, http.MethodPost, "/console/api/issuer", in, &t); err != nil {
			return err
		}
		return p.show(cmd, t, func(w *tabwriter.Writer) {
			fmt.Fprintf(w, "ISSUER\tACCEPTED UNTIL\n%s\t\n", t.Issuer)
			for _, f := range t.Former {
				fmt.Fprintf(w, "%s\t%s\n", f.URL, f.Until)
			}
		})
	})
}

// parseDate reads a day, of which it is the beginning in UTC, or an instant.
func parseDate(text string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339, text)
}

// pinIssuers pins what is not yet, and says what to do where a tenant is served at
// another URL than its tokens name.
func (p *Program) pinIssuers(ctx context.Context, in *instance) error {
	err := in.PinIssuers(ctx)
	if m, ok := errors.AsType[*core.IssuerMismatch](err); ok {
		return &problem{err, fmt.Sprintf("serve it at %s again (--public-url), or pin the other for good: %s tenant set-issuer %s --tenant %s", m.Issuer, p.Name, m.Served, m.Tenant), misused}
	}
	return err
}
