package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func (p *Program) keysCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "keys",
		Short:   "Manage the API keys of administrators, and the master key",
		Example: p.examples("keys create > apiKey.properties", "keys list"),
	})
	cmd.AddCommand(p.keysCreateCommand(), p.keysListCommand(), p.keysRevokeCommand(), p.rotateMasterCommand())
	return cmd
}

func (p *Program) keysCreateCommand() *cobra.Command {
	var label, who string
	var only []string
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Print a new API key of the owner, which may do everything",
		Long: "Print a new API key of the owner, or of another administrator, as an apiKey.properties. It may do what\n" +
			"the role of its administrator allows, or less: --only takes manage (use /v1), mint (sign tokens) and\n" +
			"readSecrets. Where there is no owner yet, one without a password is made.",
		Example: p.examples("keys create > apiKey.properties", "keys create --name ci --data /var/lib/stormkeep --json",
			"keys create --for ann@example.com --only manage,readSecrets"),
	}
	cmd.Flags().StringVar(&label, "name", firstKey, "what to call the key")
	cmd.Flags().StringVar(&who, "for", "", "e-mail, user name or id of its administrator (default: the owner)")
	cmd.Flags().StringSliceVar(&only, "only", nil, "capabilities of the key: manage, mint, readSecrets (default: all)")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		in := map[string]any{"name": label}
		if cmd.Flags().Changed("only") {
			caps := map[string]bool{}
			for _, c := range only {
				if c != "manage" && c != "mint" && c != "readSecrets" {
					return wrongUse("name some of manage, mint and readSecrets, with commas in between", "%q is no capability", c)
				}
				caps[c] = true
			}
			if len(caps) == 0 {
				return wrongUse("name some of manage, mint and readSecrets", "--only is empty")
			}
			in["caps"] = caps
		}
		owner, err := k.keeper(ctx, who)
		if err != nil {
			return err
		}
		var key madeKey
		if err := k.call(ctx, http.MethodPost, "/v1/operators/"+owner+"/apiKeys", in, &key); err != nil {
			return err
		}
		if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
			return p.printJSON(struct {
				APIKey madeKey `json:"apiKey"`
			}{key})
		}
		return p.printProperties(key)
	})
}

// keeper is the id of the administrator who is to have a key.
func (k *remote) keeper(ctx context.Context, who string) (string, error) {
	if who != "" {
		one, err := k.administrator(ctx, who)
		return one.ID, err
	}
	var owner struct{ ID string }
	err := k.call(ctx, http.MethodPost, "/console/api/owner", struct{}{}, &owner)
	return owner.ID, err
}

// printProperties prints a key in the form that the SDKs read.
func (p *Program) printProperties(k madeKey) error {
	_, err := fmt.Fprintf(p.Stdout, "apiKey.id = %s\napiKey.secret = %s\n", k.ID, k.Secret)
	return err
}

// shownKey is a key as a list shows it.
type shownKey struct {
	ID        string          `json:"id"`
	For       string          `json:"for"`
	Name      string          `json:"name"`
	Status    string          `json:"status"`
	Caps      map[string]bool `json:"caps"`
	CreatedAt string          `json:"createdAt"`
}

func (p *Program) keysListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list [WHO]", Short: "List the API keys of all administrators, or of one", Args: cobra.MaximumNArgs(1),
		Example: p.examples("keys list", "keys list ann@example.com --json"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		who := ""
		if len(args) > 0 {
			one, err := k.administrator(ctx, args[0])
			if err != nil {
				return err
			}
			who = one.ID
		}
		all, err := k.administrators(ctx, who)
		if err != nil {
			return err
		}
		keys := []shownKey{}
		for _, a := range all {
			if a.Role == "" {
				continue
			}
			if keys, err = k.keysOf(ctx, keys, a); err != nil {
				return err
			}
		}
		return p.show(cmd, keys, func(w *tabwriter.Writer) {
			fmt.Fprintln(w, "ID\tFOR\tNAME\tSTATUS\tMAY")
			for _, key := range keys {
				var may []string
				for _, c := range []string{"manage", "mint", "readSecrets"} {
					if key.Caps[c] {
						may = append(may, c)
					}
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", key.ID, key.For, key.Name, key.Status, strings.Join(may, ","))
			}
		})
	})
}

// keysOf appends the keys of an administrator, page by page.
func (k *remote) keysOf(ctx context.Context, keys []shownKey, a administrator) ([]shownKey, error) {
	for n := 0; ; {
		var page struct {
			Size  int
			Items []shownKey
		}
		if err := k.call(ctx, http.MethodGet, fmt.Sprintf("/v1/operators/%s/apiKeys?limit=100&offset=%d", a.ID, n), nil, &page); err != nil {
			return nil, err
		}
		for _, key := range page.Items {
			key.For = a.Email
			keys = append(keys, key)
		}
		if n += len(page.Items); n >= page.Size || len(page.Items) == 0 {
			return keys, nil
		}
	}
}

func (p *Program) keysRevokeCommand() *cobra.Command {
	var disable bool
	cmd := &cobra.Command{
		Use: "revoke ID", Short: "Delete an API key, or disable it", Args: cobra.ExactArgs(1),
		Example: p.examples("keys revoke 2ZFMBH51CM3XNNKQ0ZQTT1RTY", "keys revoke 2ZFMBH51CM3XNNKQ0ZQTT1RTY --disable"),
	}
	cmd.Flags().BoolVar(&disable, "disable", false, "disable the key, which may be enabled again, in place of deleting it")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		path, did := "/v1/apiKeys/"+url.PathEscape(args[0]), "deleted"
		var err error
		if disable {
			did = "disabled"
			err = k.call(ctx, http.MethodPost, path, map[string]string{"status": "DISABLED"}, nil)
		} else {
			err = k.call(ctx, http.MethodDelete, path, nil, nil)
		}
		if err != nil {
			return err
		}
		return p.show(cmd, map[string]string{"id": args[0], "became": did}, func(w *tabwriter.Writer) { fmt.Fprintf(w, "%s %s\n", did, args[0]) })
	})
}
