package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) keysCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "keys",
		Short:   "Make API keys",
		Example: p.examples("keys create > apiKey.properties"),
	})
	cmd.AddCommand(p.keysCreateCommand())
	return cmd
}

func (p *Program) keysCreateCommand() *cobra.Command {
	var label string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Print a new API key of the owner, which may do everything",
		Long: "Print a new API key of the owner, which may do everything, as an apiKey.properties.\n" +
			"Where there is no owner yet, one without a password is made. The server must be stopped.",
		Example: p.examples("keys create > apiKey.properties", "keys create --name ci --data /var/lib/stormkeep --json"),
	}
	cmd.Flags().StringVar(&label, "name", firstKey, "what to call the key")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the key as JSON")
	return p.action(cmd, []string{"data", "log-level", "config"}, func(ctx context.Context, c config) error {
		key, err := p.createKey(ctx, c, label)
		if err != nil {
			return err
		}
		if asJSON {
			return p.printJSON(struct {
				APIKey madeKey `json:"apiKey"`
			}{key})
		}
		return p.printProperties(key)
	})
}

func (p *Program) createKey(ctx context.Context, c config, label string) (made madeKey, err error) {
	if _, there := engineOf(c.Data); !there {
		return made, &problem{fmt.Errorf("there is no data in %s", c.Data),
			"name its folder with --data, or make it: " + p.Name + " init --data " + quote(c.Data), failed}
	}
	in, err := p.open(ctx, c, localURL(c.HTTP))
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := in.Start(ctx); err != nil {
		return made, err
	}
	tenant, err := in.FirstTenant(ctx)
	if err != nil {
		return made, err
	}
	owner, _, err := in.OwnerFor(core.AsMachine(ctx, tenant), "", "")
	if err != nil {
		return made, err
	}
	key, plain, err := in.ManagementKeyFor(core.AsMachine(ctx, tenant), owner.ID, label)
	if err != nil {
		return made, err
	}
	return madeKey{string(key.ID), plain}, nil
}

// printProperties prints a key in the form that the SDKs read.
func (p *Program) printProperties(k madeKey) error {
	_, err := fmt.Fprintf(p.Stdout, "apiKey.id = %s\napiKey.secret = %s\n", k.ID, k.Secret)
	return err
}
