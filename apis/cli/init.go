package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

// firstKey is what init and keys create call a key without a name.
const firstKey = "made on the command line"

type initOptions struct {
	email             string
	fromStdin, asJSON bool
}

func (p *Program) initCommand() *cobra.Command {
	var o initOptions
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Do the work of a first start without serving, once",
		Long: "Do the work of a first start without serving, once: the data, the master key, the\n" +
			"first tenant with its applications, an owner, and an API key that may do everything.\n\n" +
			"It prints the key as an apiKey.properties, or with --json all of it. Without an e-mail\n" +
			"address the owner has no password, and is completed later. No password is ever made up.",
		Example: p.examples(
			"init > apiKey.properties",
			"init --data /var/lib/stormkeep --admin-email ann@example.com --password-stdin --json < password"),
	}
	cmd.Flags().StringVar(&o.email, "admin-email", "", "e-mail address of the owner; needs --password-stdin")
	cmd.Flags().BoolVar(&o.fromStdin, "password-stdin", false, "read the owner's password from standard input, one line")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print tenant, applications and API key as JSON")
	return p.action(cmd, []string{"data", "public-url", "log-level", "config"}, func(ctx context.Context, c config, _ []string) error {
		if cmd.Flags().Changed("admin-email") != o.fromStdin {
			return wrongUse("give both, or neither for an owner without a password",
				"--admin-email and --password-stdin belong together")
		}
		if o.fromStdin && o.email == "" {
			return wrongUse("write it after --admin-email", "the e-mail address is empty")
		}
		return p.init(ctx, c, o)
	})
}

// made is what init prints as JSON.
type made struct {
	Tenant struct {
		Href string `json:"href"`
		ID   string `json:"id"`
		Name string `json:"name"`
		Key  string `json:"key"`
	} `json:"tenant"`
	Applications []madeApplication `json:"applications"`
	APIKey       madeKey           `json:"apiKey"`
}

type madeApplication struct {
	Href string `json:"href"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

type madeKey struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

func (p *Program) init(ctx context.Context, c config, o initOptions) (err error) {
	pw := ""
	if o.fromStdin {
		if pw, err = p.readPassword(); err != nil {
			return err
		}
	}
	if c.PublicURL == "" {
		c.PublicURL = localURL(c.HTTP)
	}
	in, err := p.open(ctx, c, c.PublicURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := p.refuseSecondInit(ctx, in, c); err != nil {
		return err
	}
	if err := in.Start(ctx); err != nil {
		return err
	}
	tenant, err := in.FirstTenant(ctx)
	if err != nil {
		return err
	}
	owner, _, err := in.OwnerFor(core.AsMachine(ctx, tenant), o.email, pw)
	if err != nil {
		return err
	}
	out, err := describe(core.AsMachine(ctx, tenant), in.App, c.PublicURL)
	if err != nil {
		return err
	}
	key, plain, err := in.ManagementKeyFor(core.AsMachine(ctx, tenant), owner.ID, firstKey)
	if err != nil {
		return err
	}
	out.APIKey = madeKey{string(key.ID), plain}
	return p.showInit(c, o, out)
}

// refuseSecondInit looks before anything is written: data that somebody owns has
// been initialised.
func (p *Program) refuseSecondInit(ctx context.Context, in *instance, c config) error {
	all, err := in.Tenants(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	owned, err := hasOwner(ctx, in.App, all[0])
	if err == nil && owned {
		err = &problem{fmt.Errorf("%s is initialised already; nothing was changed", c.Data),
			"for another API key: " + p.Name + " keys create --data " + quote(c.Data), failed}
	}
	return err
}

func describe(ctx context.Context, app *core.App, publicURL string) (out made, err error) {
	base := publicURL + "/v1/"
	err = app.View(ctx, func(tx *core.Tx) error {
		out = made{}
		t, err := core.Get(tx, tx.Tenant)
		if err != nil {
			return err
		}
		out.Tenant.Href, out.Tenant.ID = base+t.ID.Path(), string(t.ID)
		out.Tenant.Name, out.Tenant.Key = t.Name, t.Key
		page, err := core.List(tx, core.ApplicationName, core.Query{Limit: 100})
		for _, a := range page.Items {
			out.Applications = append(out.Applications, madeApplication{base + a.ID.Path(), string(a.ID), a.Name})
		}
		return err
	})
	return out, err
}

func (p *Program) showInit(c config, o initOptions, out made) error {
	if o.asJSON {
		return p.printJSON(out)
	}
	fmt.Fprintf(p.Stderr, "Made in %s:\n  tenant       %s\n", c.Data, out.Tenant.Name)
	for _, a := range out.Applications {
		fmt.Fprintf(p.Stderr, "  application  %s\n", a.Name)
	}
	fmt.Fprintf(p.Stderr, "  API key      %s, which may do everything\n", out.APIKey.ID)
	if !c.HasMaster {
		fmt.Fprintf(p.Stderr, "\nKeep %s/%s with your backups: without it nobody can read the secrets in them.\n", c.Data, keyFile)
	}
	fmt.Fprintf(p.Stderr, "\nTo go on:\n  %s serve --data %s\n  %s\n\n", p.Name, quote(c.Data), firstCall(c.PublicURL))
	return p.printProperties(out.APIKey)
}

func (p *Program) printJSON(v any) error {
	e := json.NewEncoder(p.Stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
