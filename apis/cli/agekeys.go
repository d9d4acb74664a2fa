package cli

import (
	"fmt"
	"os"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core/keep"
)

// lockOptions are the flags that say who can open what is encrypted.
type lockOptions struct {
	recipients                     []string
	recipientsFile, passphraseFile string
}

func (o *lockOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&o.recipients, "recipient", nil, "an age recipient that can open it; may be repeated")
	f.StringVar(&o.recipientsFile, "recipients-file", "", "a file of age recipients, one a line")
	f.StringVar(&o.passphraseFile, "passphrase-file", "", "a file of the passphrase that opens it, one line")
}

// lock is what the flags say; zero where they say nothing.
func (o lockOptions) lock() (l keep.Lock, err error) {
	for _, text := range o.recipients {
		l.Recipients = append(l.Recipients, listed(text)...)
	}
	if o.recipientsFile != "" {
		b, err := os.ReadFile(o.recipientsFile)
		if err != nil {
			return l, &problem{err, "name a file that holds age recipients, one a line", failed}
		}
		l.Recipients = append(l.Recipients, string(b))
	}
	if o.passphraseFile != "" {
		l.Passphrase, err = readPassphrase(o.passphraseFile)
	}
	return l, err
}

// given are those who can open what is written; none if no flag names one.
func (o lockOptions) given() ([]age.Recipient, error) {
	l, err := o.lock()
	if err != nil || l.IsZero() {
		return nil, err
	}
	all, err := l.AgeRecipients()
	if err != nil {
		return nil, wrongUse("give --recipient age1…, as age-keygen prints it, or --passphrase-file", "%w", err)
	}
	return all, nil
}

// keyOptions are the flags that open what is encrypted.
type keyOptions struct{ identity, passphraseFile string }

func (o *keyOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.identity, "identity", "", "a file of age identities, one of which opens it")
	cmd.Flags().StringVar(&o.passphraseFile, "passphrase-file", "", "a file of the passphrase that opens it, one line")
}

// key is what the flags say; zero where they say nothing.
func (o keyOptions) key() (k keep.Key, err error) {
	switch {
	case o.identity != "" && o.passphraseFile != "":
		err = wrongUse("give one of them", "--identity and --passphrase-file exclude each other")
	case o.identity != "":
		b, err := os.ReadFile(o.identity)
		if err != nil {
			return k, &problem{err, "name a file that holds age identities", failed}
		}
		k.Identities = string(b)
	case o.passphraseFile != "":
		k.Passphrase, err = readPassphrase(o.passphraseFile)
	}
	return k, err
}

// given are the identities that the flags give.
func (o keyOptions) given() ([]age.Identity, error) {
	k, err := o.key()
	if err != nil {
		return nil, err
	}
	if k.IsZero() {
		return nil, wrongUse("give --identity or --passphrase-file", "the file is encrypted")
	}
	all, err := k.AgeIdentities()
	if err != nil {
		return nil, wrongUse("give --identity with the file that age-keygen wrote", "%w", err)
	}
	return all, nil
}

// readPassphrase is the first line of a file.
func readPassphrase(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", &problem{err, "name a file that holds the passphrase, one line", failed}
	}
	defer f.Close()
	line, err := readLine(f)
	if err != nil {
		return "", &problem{fmt.Errorf("%s holds no passphrase", path), "write it there as one line", failed}
	}
	return line, nil
}

func unreadable(err error) error {
	return &problem{fmt.Errorf("the file cannot be used: %w", err), "name a file that this user may use", failed}
}
