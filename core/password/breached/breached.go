// Package breached knows the passwords that are tried first: some fifty thousand
// that were found in leaks again and again.
package breached

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/bits-and-blooms/bloom/v3"
)

// The list is made from the word list of @zxcvbn-ts/language-common (MIT, see
// NOTICE), whose pinned archive npm fetches; the same archive makes the same file.
//
//go:generate npm pack --silent @zxcvbn-ts/language-common@4.1.3
//go:generate go run ./generate zxcvbn-ts-language-common-4.1.3.tgz common.bloom
//go:generate rm zxcvbn-ts-language-common-4.1.3.tgz

//go:embed common.bloom
var common []byte

var filter = sync.OnceValue(func() *bloom.BloomFilter {
	f := new(bloom.BloomFilter)
	if _, err := f.ReadFrom(bytes.NewReader(common)); err != nil {
		panic("breached: the list in this program is damaged: " + err.Error())
	}
	return f
})

// Has tells whether a password is on the list. It must be folded, as core.Fold does:
// "PassWord" is as easily guessed as "password". One in a million that are not on
// the list is taken for one that is.
func Has(folded string) bool { return filter().TestString(folded) }
