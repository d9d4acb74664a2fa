package cli

import "testing"

func TestBackupsAreRestored(t *testing.T) { scripts(t, "restore") }
