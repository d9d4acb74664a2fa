// Command generate makes the list of package breached from the archive of an npm
// package of word lists: generate ARCHIVE.tgz OUTPUT.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/bits-and-blooms/bloom/v3"
)

// wrongly is how many of the passwords that are not on the list it takes for one
// that is: three bytes and a half a password buy one in a million.
const wrongly = 1e-6

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: generate ARCHIVE.tgz OUTPUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(archive, output string) error {
	f, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	words, err := read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", archive, err)
	}
	list, err := pack(words)
	if err != nil {
		return err
	}
	return os.WriteFile(output, list, 0o644)
}

// read finds the word list in the archive.
func read(archive io.Reader) (words []string, err error) {
	z, err := gzip.NewReader(archive)
	if err != nil {
		return nil, err
	}
	const name = "package/src/passwords.json"
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if err == io.EOF {
			return nil, fmt.Errorf("it holds no %s", name)
		}
		if err != nil {
			return nil, err
		}
		if h.Name == name {
			return words, json.NewDecoder(t).Decode(&words)
		}
	}
}

// pack makes the filter. It takes only words that are their own folded form, since
// what is looked up is folded: of plain ASCII, without capitals.
func pack(words []string) ([]byte, error) {
	f := bloom.NewWithEstimates(uint(max(len(words), 1)), wrongly)
	for _, w := range words {
		if w != strings.ToLower(w) || strings.ContainsFunc(w, func(r rune) bool { return r < ' ' || r > '~' }) {
			return nil, fmt.Errorf("%q is not folded", w)
		}
		f.AddString(w)
	}
	var b bytes.Buffer
	_, err := f.WriteTo(&b)
	return b.Bytes(), err
}
