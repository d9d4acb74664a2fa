package cli

import "testing"

func TestWhatIsExportedIsImported(t *testing.T) { scripts(t, "transfer") }
