package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) signingKeysCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "signing-keys",
		Short:   "Manage the keys by which a tenant signs tokens",
		Example: p.examples("signing-keys list", "signing-keys rotate --alg RS256"),
	})
	cmd.AddCommand(p.signingKeysListCommand(), p.signingKeysRotateCommand(), p.signingKeysRevokeCommand())
	return cmd
}

// shownSigningKey is a signing key as the API shows it.
type shownSigningKey struct {
	Kid        string `json:"kid"`
	Purpose    string `json:"purpose"`
	Alg        string `json:"alg"`
	State      string `json:"state"`
	ActiveFrom string `json:"activeFrom"`
	RetireAt   string `json:"retireAt,omitempty"`
	RevokedAt  string `json:"revokedAt,omitempty"`
}

func (p *Program) showSigningKeys(cmd *cobra.Command, v any, keys ...shownSigningKey) error {
	return p.show(cmd, v, func(w *tabwriter.Writer) {
		fmt.Fprintln(w, "KID\tPURPOSE\tALG\tSTATE\tSIGNS FROM\tUNTIL")
		for _, k := range keys {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", k.Kid, k.Purpose, k.Alg, k.State, k.ActiveFrom, k.RetireAt)
		}
	})
}

// signingKeys are all keys of the tenant, page by page.
func (k *remote) signingKeys(ctx context.Context) ([]shownSigningKey, error) {
	keys := []shownSigningKey{}
	for {
		var page struct {
			Size  int
			Items []shownSigningKey
		}
		if err := k.call(ctx, http.MethodGet, fmt.Sprintf("/v1/signingKeys?limit=100&offset=%d", len(keys)), nil, &page); err != nil {
			return nil, err
		}
		if keys = append(keys, page.Items...); len(keys) >= page.Size || len(page.Items) == 0 {
			return keys, nil
		}
	}
}

func (p *Program) signingKeysListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List the signing keys of a tenant",
		Example: p.examples("signing-keys list", "signing-keys list --tenant acme --json"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		keys, err := k.signingKeys(ctx)
		if err != nil {
			return err
		}
		return p.showSigningKeys(cmd, keys, keys...)
	})
}

func (p *Program) signingKeysRotateCommand() *cobra.Command {
	var alg, purpose string
	cmd := &cobra.Command{
		Use: "rotate", Short: "Make the next signing keys, which sign a day later",
		Long: "Make the next key of each purpose and algorithm that signs, or of those named. It is in JWKS at once and signs\n" +
			"a day later, so that whoever remembers a JWKS knows it by then. Where one waits already, that is the next.",
		Example: p.examples("signing-keys rotate", "signing-keys rotate --alg ES256 --purpose tokens"),
	}
	cmd.Flags().StringVar(&alg, "alg", "", "only this algorithm: RS256, ES256 or EdDSA")
	cmd.Flags().StringVar(&purpose, "purpose", "", "only this purpose: tokens or revocations; with --alg it is tokens by default")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		var made []shownSigningKey
		switch {
		case alg != "":
			in := map[string]string{"alg": alg}
			if purpose != "" {
				in["purpose"] = purpose
			}
			var one shownSigningKey
			if err := k.call(ctx, http.MethodPost, "/v1/signingKeys", in, &one); err != nil {
				return err
			}
			made = append(made, one)
		default:
			keys, err := k.signingKeys(ctx)
			if err != nil {
				return err
			}
			if made, err = k.rotateActive(ctx, keys, purpose); err != nil {
				return err
			}
		}
		return p.showSigningKeys(cmd, made, made...)
	})
}

// rotateActive makes the next of each key that signs.
func (k *remote) rotateActive(ctx context.Context, keys []shownSigningKey, purpose string) ([]shownSigningKey, error) {
	var made []shownSigningKey
	for _, key := range keys {
		if key.State != string(core.KeyActive) || purpose != "" && key.Purpose != purpose {
			continue
		}
		var one shownSigningKey
		if err := k.call(ctx, http.MethodPost, "/v1/signingKeys", map[string]string{"alg": key.Alg, "purpose": key.Purpose}, &one); err != nil {
			return nil, err
		}
		made = append(made, one)
	}
	if len(made) == 0 {
		return nil, &problem{errors.New("no such key signs yet"), "the first is made when something is to be signed, or by --alg", failed}
	}
	return made, nil
}

func (p *Program) signingKeysRevokeCommand() *cobra.Command {
	var now bool
	cmd := &cobra.Command{
		Use: "revoke --now KID", Short: "End a signing key at once, after a leak", Args: cobra.ExactArgs(1),
		Long: "End a signing key at once, after a leak: it leaves JWKS and verifies nothing more, the next one signs, and the\n" +
			"tenant's epoch rises, which ends every session and token given before. All people sign in anew.\n" +
			"A KID that begins with - goes after --.",
		Example: p.examples("signing-keys revoke --now cRc2yHhvbSzOIchC0QzOtBjUBqDHIH7KM4QmIcnLzAc"),
	}
	cmd.Flags().BoolVar(&now, "now", false, "that this is what you want")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		if !now {
			return wrongUse("add --now if that is what you want", "every session and token given before ends with the key %s", args[0])
		}
		id := core.SigningKeyOf(args[0])
		if id == "" {
			return wrongUse("look for it with signing-keys list", "%q is no kid", args[0])
		}
		var one shownSigningKey
		if err := k.call(ctx, http.MethodPost, "/v1/signingKeys/"+string(id)+"/revoke", struct{}{}, &one); err != nil {
			return err
		}
		return p.showSigningKeys(cmd, one, one)
	})
}
