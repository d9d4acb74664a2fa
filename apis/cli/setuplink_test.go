package cli

import "testing"

func TestServeOffersToBeSetUp(t *testing.T) { scripts(t, "setup") }
