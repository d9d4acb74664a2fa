package cli

import "testing"

func TestTheMasterKeyIsRotated(t *testing.T) { scripts(t, "rotate") }
