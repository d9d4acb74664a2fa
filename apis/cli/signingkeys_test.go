package cli

import "testing"

func TestSigningKeyCommands(t *testing.T) { scripts(t, "signingkeys") }
