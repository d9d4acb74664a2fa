package coretest

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

// Exported is a whole export of the tenant.
func (w *World) Exported(t testing.TB, o core.ExportOptions) (lines [][]byte) {
	t.Helper()
	for after := ""; ; {
		page, err := w.App.Export(w.Machine(), o, after)
		must(t, err)
		for _, r := range page.Records {
			lines = append(lines, r)
		}
		if after = page.Next; after == "" {
			return lines
		}
	}
}

// Import takes in a whole export. With operators the World's tenant is then the one
// that was exported.
func (w *World) Import(t testing.TB, lines [][]byte, o core.ImportOptions) (all core.ImportReport) {
	t.Helper()
	to, err := w.App.PrepareImport(w.Machine(), lines[0], o.Operators)
	must(t, err)
	w.Tenant, o.Settings = to.Tenant, to.Settings
	for some := range slices.Chunk(lines, 5) {
		r, err := w.App.Import(w.Machine(), some, o)
		must(t, err)
		all.Add(r)
	}
	return all
}
