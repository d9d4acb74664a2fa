package cli

import "testing"

func TestTenantCommands(t *testing.T) { scripts(t, "tenant") }
