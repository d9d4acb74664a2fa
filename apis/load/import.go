package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// importedHash is of no password that anybody has: an import looks at its form only.
const importedHash = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"

// measureImport has the binary import a table of accounts into a new data folder.
func measureImport(s settings, out io.Writer) error {
	sub, dir, end, err := prepare(s.bin)
	if err != nil {
		return err
	}
	defer end()
	table := filepath.Join(dir, "people.csv")
	f, err := os.Create(table)
	if err != nil {
		return err
	}
	if err := errors.Join(writePeople(f, s.accounts), f.Close()); err != nil {
		return err
	}
	cmd := exec.Command(s.bin, "import", "accounts", table, "--directory", "My Application Directory", "--data", sub.data)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	most := int64(0)
	for {
		select {
		case err := <-ended:
			took := time.Since(start)
			fmt.Fprintf(out, "%d accounts in %.1f s, %.0f a second; CPU %.1f s; anonymous memory at most %d MB\n", s.accounts, took.Seconds(),
				float64(s.accounts)/took.Seconds(), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), most>>20)
			return err
		case <-time.After(100 * time.Millisecond):
			if _, anon, err := memoryOf(cmd.Process.Pid); err == nil {
				most = max(most, anon)
			}
		}
	}
}

// writePeople writes a table of n accounts in random order.
func writePeople(out io.Writer, n int) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "email,username,givenName,surname,passwordHash")
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(n) {
		fmt.Fprintf(w, "person%d@example.com,person%d,Ann%d,Person %d,%s\n", i, i, i%1000, i, importedHash)
	}
	return w.Flush()
}
