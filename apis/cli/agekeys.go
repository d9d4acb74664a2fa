package cli

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
	"github.com/spf13/pflag"
)

// recipients are those who can open what is written, by the flags --recipient and
// --passphrase-file; none if neither is given.
func recipients(flags *pflag.FlagSet) ([]age.Recipient, error) {
	names, _ := flags.GetStringSlice("recipient")
	file, _ := flags.GetString("passphrase-file")
	switch {
	case len(names) > 0 && file != "":
		return nil, wrongUse("give one of them", "--recipient and --passphrase-file exclude each other")
	case file != "":
		phrase, err := passphrase(file)
		if err != nil {
			return nil, err
		}
		r, err := age.NewScryptRecipient(phrase)
		return []age.Recipient{r}, err
	case len(names) == 0:
		return nil, nil
	}
	all, err := age.ParseRecipients(strings.NewReader(strings.Join(names, "\n")))
	if err != nil {
		return nil, wrongUse("it looks like age1…, and comes with age-keygen", "--recipient: %w", err)
	}
	return all, nil
}

// identities are those of the flags --identity and --passphrase-file.
func identities(flags *pflag.FlagSet) ([]age.Identity, error) {
	name, _ := flags.GetString("identity")
	file, _ := flags.GetString("passphrase-file")
	switch {
	case name != "" && file != "":
		return nil, wrongUse("give one of them", "--identity and --passphrase-file exclude each other")
	case file != "":
		phrase, err := passphrase(file)
		if err != nil {
			return nil, err
		}
		id, err := age.NewScryptIdentity(phrase)
		return []age.Identity{id}, err
	case name == "":
		return nil, wrongUse("give --identity or --passphrase-file", "the file is encrypted")
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, unreadable(err)
	}
	all, err := age.ParseIdentities(bytes.NewReader(b))
	if err != nil {
		return nil, wrongUse("it is the file that age-keygen wrote", "%s: %w", name, err)
	}
	return all, nil
}

// passphrase is the first line of a file.
func passphrase(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", unreadable(err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" {
		return "", wrongUse("its first line is the passphrase", "%s holds no passphrase", file)
	}
	return line, nil
}

func unreadable(err error) error {
	return &problem{fmt.Errorf("the file cannot be used: %w", err), "name a file that this user may use", failed}
}
