package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/stormkeep/stormkeep/core"
)

// passwordLimit is in bytes, far above any password that the rules allow.
const passwordLimit = 4096

// readPassword reads one line of standard input, or asks at a terminal, and
// refuses what the first owner's directory would, before anything is made.
func (p *Program) readPassword() (pw string, err error) {
	if pw, err = p.typedPassword(); err != nil {
		return "", err
	}
	rules := &core.Strength{}
	rules.Modern()
	if err := rules.Allows(pw, nil); err != nil {
		return "", &problem{err, fmt.Sprintf("a password has %d to %d characters and is none of those that are tried first", rules.MinLength, rules.MaxLength), failed}
	}
	return pw, nil
}

// typedPassword reads one line of standard input, or asks at a terminal. Whether it
// will do is the directory's to say.
func (p *Program) typedPassword() (string, error) {
	if terminal(p.Stdin) {
		return p.askPassword(p.Stdin.(*os.File))
	}
	return readLine(p.Stdin)
}

func readLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, passwordLimit)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" || !utf8.ValidString(line) {
		return "", &problem{errors.New("standard input holds no password"), "write it there as one line: … --password-stdin < FILE", failed}
	}
	return line, nil
}

// askPassword asks twice, because nobody sees what is typed.
func (p *Program) askPassword(f *os.File) (string, error) {
	var typed [2]string
	for i, prompt := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(p.Stderr, prompt)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(p.Stderr)
		if err != nil {
			return "", err
		}
		typed[i] = string(b)
	}
	if typed[0] != typed[1] {
		return "", &problem{errors.New("the two passwords differ"), "run the command again", failed}
	}
	return typed[0], nil
}
