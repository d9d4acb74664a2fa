package cli

import "testing"

func TestTheManualHasAPageForEachCommand(t *testing.T) { scripts(t, "man") }
