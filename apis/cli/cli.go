// Package cli is the terminal's way in: the commands of the executable, their
// settings, and the opening of the data folder.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// Main runs the command line of this process and exits. A setup function binds
// hooks and registers nouns; it runs for each command that opens the data, after
// the plugins and before anything starts:
//
//	func main() {
//		cli.Main(plugins.Standard, func(app *core.App) error {
//			app.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
//				if !strings.HasSuffix(e.New.Email, "@example.com") {
//					return core.Refuse("email", "Only people of example.com sign up here.")
//				}
//				return nil
//			})
//			return nil
//		})
//	}
func Main(plugins []apis.Plugin, setup ...func(*core.App) error) {
	p := &Program{
		Name: name(os.Args[0]), Plugins: plugins, Setup: setup,
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Environ(),
	}
	os.Exit(p.Run(context.Background(), os.Args[1:]))
}

// Program is the command line as a value. All fields but Plugins and Setup are
// needed.
type Program struct {
	Name    string // how a person starts it: what help and hints say
	Plugins []apis.Plugin
	Setup   []func(*core.App) error

	Stdin          io.Reader // a password, where one is asked for
	Stdout, Stderr io.Writer // for pipes, and for people
	Env            []string  // as os.Environ
}

// The codes with which a command ends.
const (
	done    = 0
	failed  = 1 // it did not work
	misused = 2 // it was called wrongly, or a setting is wrong: trying again is no use
)

// Run runs one command and returns the code to exit with.
func (p *Program) Run(ctx context.Context, args []string) int {
	root := &cobra.Command{
		Use:         p.base(),
		Annotations: map[string]string{cobra.CommandDisplayNameAnnotation: p.Name},
		Short:       "Stormkeep is an identity server in one executable.",
		Long: "Stormkeep is an identity server in one executable.\n\n" +
			"A command exits with 0 when it is done, 1 when it did not work, and 2 when it\nwas called wrongly or a setting is wrong.",
		Example:       p.examples("serve", "init --json"),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(
		p.serveCommand(),
		p.initCommand(),
		p.adminCommand(),
		p.keysCommand(),
		p.signingKeysCommand(),
		p.tenantCommand(),
		p.auditCommand(),
		p.backupCommand(),
		p.restoreCommand(),
		p.compactCommand(),
		p.doctorCommand(),
		p.exportCommand(),
		p.importCommand(),
		p.manCommand(),
		p.versionCommand(),
	)
	root.SetHelpFunc(help)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	root.SetArgs(append([]string{}, args...))

	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return done
	}
	bad := &problem{err: err, code: misused, hint: "see '" + cmd.CommandPath() + " --help'"} // cobra's own complaints
	if flag, ok := errors.AsType[*pflag.NotExistError](err); ok {
		bad.hint = cmp.Or(former(flag.GetSpecifiedName()), bad.hint)
	}
	errors.As(err, &bad)
	fmt.Fprintf(p.Stderr, "%s: %v\nhint: %s\n", p.base(), bad.err, bad.hint)
	return bad.code
}

// action makes a command that takes the arguments that it says, none if it says
// nothing, and of the settings the named ones as flags. Whatever error run returns is
// shown with a hint.
func (p *Program) action(cmd *cobra.Command, names []string, run func(ctx context.Context, c config, args []string) error) *cobra.Command {
	addSettings(cmd.Flags(), names)
	if cmd.Args == nil {
		cmd.Args = cobra.NoArgs
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := resolve(cmd.Flags(), p.Env)
		if err == nil {
			err = run(cmd.Context(), c, args)
		}
		return asProblem(err)
	}
	return cmd
}

// group makes a command that only holds others.
func (p *Program) group(cmd *cobra.Command) *cobra.Command {
	cmd.Args = cobra.NoArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	return cmd
}

// show prints what a command was told: as JSON where --json says so, else as a
// table whose lines end with \n and whose columns with \t.
func (p *Program) show(cmd *cobra.Command, v any, table func(w *tabwriter.Writer)) error {
	if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
		return p.printJSON(v)
	}
	w := tabwriter.NewWriter(p.Stdout, 0, 0, 2, ' ', 0)
	table(w)
	return w.Flush()
}

// problem is an error with what to do about it.
type problem struct {
	err  error
	hint string
	code int
}

func (e *problem) Error() string { return e.err.Error() }
func (e *problem) Unwrap() error { return e.err }

// wrongUse is a problem with how a command was called.
func wrongUse(hint, format string, args ...any) error {
	return &problem{err: fmt.Errorf(format, args...), hint: hint, code: misused}
}

// asProblem gives a hint to an error that has none.
func asProblem(err error) error {
	if _, ok := errors.AsType[*problem](err); ok || err == nil {
		return err
	}
	if e, ok := errors.AsType[*core.Error](err); ok && e.Kind == core.Invalid {
		return &problem{err: err, hint: "correct the value and run the command again", code: failed}
	}
	if errors.Is(err, core.ErrNewerForm) {
		return &problem{err: err, hint: "use the version that wrote them, or restore the backup that was made before it", code: failed}
	}
	return &problem{err: err, hint: "this is not expected: if it stays so, report it with the lines above", code: failed}
}

// name is how the program is started again: as it was typed, save by go run,
// whose executable is gone when it ends.
func name(arg0 string) string {
	if strings.Contains(filepath.ToSlash(arg0), "/go-build") {
		return goRun
	}
	return strings.TrimSuffix(arg0, ".exe")
}

const goRun = "go run ."

// base is the program's name without where it lies.
func (p *Program) base() string {
	if p.Name == goRun {
		return "stormkeep"
	}
	return filepath.Base(p.Name)
}

func (p *Program) examples(lines ...string) string {
	for i, l := range lines {
		lines[i] = "  " + p.Name + " " + l
	}
	return strings.Join(lines, "\n")
}

// own are the flags of a command that are no settings.
func own(flags *pflag.FlagSet) *pflag.FlagSet {
	rest := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.VisitAll(func(f *pflag.Flag) {
		if _, ok := settingOf(f.Name); !ok {
			rest.AddFlag(f)
		}
	})
	return rest
}
