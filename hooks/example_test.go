package hooks_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/stormkeep/stormkeep/hooks"
)

type Signup struct {
	hooks.Event
	Email string
}

func Example() {
	var signup hooks.Hook[*Signup]
	signup.Before(func(e *Signup) error {
		if !strings.HasSuffix(e.Email, "@acme.com") {
			return errors.New("must be an acme.com address")
		}
		return nil
	}, hooks.ID("acme.domain"))
	signup.After(func(e *Signup) error { fmt.Println("welcome", e.Email); return nil })

	create := func(e *Signup) error { fmt.Println("creating", e.Email); return nil }
	fmt.Println(signup.Trigger(&Signup{Email: "ann@acme.com"}, create))
	fmt.Println(signup.Trigger(&Signup{Email: "bob@example.com"}, create))
	// Output:
	// creating ann@acme.com
	// welcome ann@acme.com
	// <nil>
	// must be an acme.com address
}
