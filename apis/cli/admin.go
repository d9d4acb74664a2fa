package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func (p *Program) adminCommand() *cobra.Command {
	cmd := p.group(&cobra.Command{
		Use:     "admin",
		Short:   "Manage administrators and their roles",
		Example: p.examples("admin list", "admin create --email ann@example.com --role admin"),
	})
	cmd.AddCommand(p.adminCreateCommand(), p.adminListCommand(), p.adminRoleCommand(), p.adminPasswordCommand(),
		p.adminStatusCommand("disable", "DISABLED", "Let an administrator in no more, at once"),
		p.adminStatusCommand("enable", "ENABLED", "Let a disabled administrator in again"),
		p.adminDeleteCommand())
	return cmd
}

// administrator is an administrator as commands are told of it.
type administrator struct {
	ID          string `json:"id"`
	Email       string `json:"email"`
	Username    string `json:"username"`
	GivenName   string `json:"givenName"`
	Surname     string `json:"surname"`
	Status      string `json:"status"`
	Role        string `json:"role"`
	HasPassword bool   `json:"hasPassword"`
}

// administrators are those called who, by e-mail, user name or id; "" are all.
func (k *remote) administrators(ctx context.Context, who string) (all []administrator, err error) {
	var got struct{ Items []administrator }
	path := "/console/api/administrators"
	if who != "" {
		path += "?who=" + url.QueryEscape(who)
	}
	err = k.call(ctx, http.MethodGet, path, nil, &got)
	return got.Items, err
}

// administrator is the one called who.
func (k *remote) administrator(ctx context.Context, who string) (administrator, error) {
	if who == "" {
		return administrator{}, wrongUse("name one by e-mail, user name or id", "the name of the administrator is empty")
	}
	all, err := k.administrators(ctx, who)
	if err != nil {
		return administrator{}, err
	}
	return all[0], nil
}

// showAdministrators prints administrators, one a line or as JSON.
func (p *Program) showAdministrators(cmd *cobra.Command, all any, lines ...administrator) error {
	return p.show(cmd, all, func(w *tabwriter.Writer) {
		fmt.Fprintln(w, "EMAIL\tROLE\tSTATUS\tPASSWORD\tID")
		for _, a := range lines {
			role, password := a.Role, "no"
			if role == "" {
				role = "none"
			}
			if a.HasPassword {
				password = "yes"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", a.Email, role, a.Status, password, a.ID)
		}
	})
}

// showAgain prints an administrator as it has become.
func (p *Program) showAgain(ctx context.Context, cmd *cobra.Command, k *remote, id string) error {
	a, err := k.administrator(ctx, id)
	if err != nil {
		return err
	}
	return p.showAdministrators(cmd, a, a)
}

func (p *Program) adminCreateCommand() *cobra.Command {
	var in struct {
		Email     string `json:"email"`
		Username  string `json:"username,omitempty"`
		GivenName string `json:"givenName,omitempty"`
		Surname   string `json:"surname,omitempty"`
		Role      string `json:"role"`
		Password  string `json:"password,omitempty"`
	}
	var fromStdin bool
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Make an administrator",
		Long: "Make an administrator: an account of the administrators' directory that has a role. Without\n" +
			"--password-stdin it has no password, and cannot sign in before one is set.",
		Example: p.examples("admin create --email ann@example.com --role admin",
			"admin create --email ann@example.com --given-name Ann --role owner --password-stdin < password"),
	}
	f := cmd.Flags()
	f.StringVar(&in.Email, "email", "", "e-mail address")
	f.StringVar(&in.Username, "username", "", "user name (default: the e-mail address)")
	f.StringVar(&in.GivenName, "given-name", "", "given name")
	f.StringVar(&in.Surname, "surname", "", "surname")
	f.StringVar(&in.Role, "role", "", "owner, admin, support or auditor")
	f.BoolVar(&fromStdin, "password-stdin", false, "read the password from standard input, one line")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) (err error) {
		if in.Email == "" || in.Role == "" {
			return wrongUse("see '"+cmd.CommandPath()+" --help'", "--email and --role are needed")
		}
		if fromStdin {
			if in.Password, err = p.typedPassword(); err != nil {
				return err
			}
		}
		var made administrator
		if err := k.call(ctx, http.MethodPost, "/console/api/administrators", in, &made); err != nil {
			return err
		}
		if !made.HasPassword {
			fmt.Fprintf(p.Stderr, "It has no password yet. Set one: %s admin reset-password %s --password-stdin\n", p.Name, quote(made.Email))
		}
		return p.showAdministrators(cmd, made, made)
	})
}

func (p *Program) adminListCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List the administrators", Example: p.examples("admin list", "admin list --json")}
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		all, err := k.administrators(ctx, "")
		if err != nil {
			return err
		}
		return p.showAdministrators(cmd, all, all...)
	})
}

func (p *Program) adminRoleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "role WHO ROLE", Short: "Give an administrator another role", Args: cobra.ExactArgs(2),
		Long:    "Give an administrator another role: owner, admin, support or auditor, or none. It counts at once.\nWHO is an e-mail address, a user name or an id.",
		Example: p.examples("admin role ann@example.com owner"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		who, err := k.administrator(ctx, args[0])
		if err != nil {
			return err
		}
		path := "/v1/operators/" + who.ID
		switch {
		case args[1] == "none":
			err = k.call(ctx, http.MethodDelete, path, nil, nil)
		case who.Role == "":
			err = k.call(ctx, http.MethodPost, "/v1/operators", map[string]any{"account": map[string]string{"href": "/v1/accounts/" + who.ID}, "role": args[1]}, nil)
		default:
			err = k.call(ctx, http.MethodPost, path, map[string]string{"role": args[1]}, nil)
		}
		if err != nil {
			return err
		}
		return p.showAgain(ctx, cmd, k, who.ID)
	})
}

func (p *Program) adminPasswordCommand() *cobra.Command {
	var fromStdin bool
	cmd := &cobra.Command{
		Use: "reset-password WHO", Short: "Set an administrator's password anew", Args: cobra.ExactArgs(1),
		Long: "Set an administrator's password anew, by the rules of the administrators' directory: the way back for\n" +
			"an owner who is locked out. It ends the sessions of the old password; API keys stay. Without a password\n" +
			"it prints a link by which an owner chooses one.",
		Example: p.examples("admin reset-password ann@example.com", "admin reset-password bob@example.com --password-stdin < password"),
	}
	cmd.Flags().BoolVar(&fromStdin, "password-stdin", false, "read the password from standard input, one line")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		who, err := k.administrator(ctx, args[0])
		if err != nil {
			return err
		}
		if !fromStdin {
			return p.ownersLink(ctx, cmd, k, who.ID)
		}
		pw, err := p.typedPassword()
		if err != nil {
			return err
		}
		if err := k.call(ctx, http.MethodPost, "/v1/accounts/"+who.ID, map[string]string{"password": pw}, nil); err != nil {
			return err
		}
		if who.Status != "ENABLED" {
			fmt.Fprintf(p.Stderr, "The account is %s: let it in with %s admin enable %s\n", who.Status, p.Name, quote(who.Email))
		}
		return p.showAgain(ctx, cmd, k, who.ID)
	})
}

// ownersLink prints the link by which an owner sets a password.
func (p *Program) ownersLink(ctx context.Context, cmd *cobra.Command, k *remote, id string) error {
	var made struct {
		Link string `json:"link"`
	}
	if err := k.call(ctx, http.MethodPost, "/console/api/owner/link", map[string]string{"account": id}, &made); err != nil {
		if r, ok := errors.AsType[*refusal](err); ok && r.status == http.StatusBadRequest {
			r.hint = "only an enabled owner gets a link; set another's password with --password-stdin"
		}
		return err
	}
	fmt.Fprintln(p.Stderr, "This link works once, for 30 minutes, while the server runs:")
	return p.show(cmd, made, func(w *tabwriter.Writer) { fmt.Fprintln(w, made.Link) })
}

func (p *Program) adminStatusCommand(verb, status, short string) *cobra.Command {
	cmd := &cobra.Command{
		Use: verb + " WHO", Short: short, Args: cobra.ExactArgs(1),
		Example: p.examples("admin " + verb + " ann@example.com"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		who, err := k.administrator(ctx, args[0])
		if err != nil {
			return err
		}
		if err := k.call(ctx, http.MethodPost, "/v1/accounts/"+who.ID, map[string]string{"status": status}, nil); err != nil {
			return err
		}
		return p.showAgain(ctx, cmd, k, who.ID)
	})
}

func (p *Program) adminDeleteCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "delete WHO", Short: "Delete an administrator, with its API keys", Args: cobra.ExactArgs(1),
		Example: p.examples("admin delete ann@example.com"),
	}
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		who, err := k.administrator(ctx, args[0])
		if err != nil {
			return err
		}
		if err := k.call(ctx, http.MethodDelete, "/v1/accounts/"+who.ID, nil, nil); err != nil {
			return err
		}
		return p.show(cmd, who, func(w *tabwriter.Writer) { fmt.Fprintf(w, "deleted %s\n", who.Email) })
	})
}
