// Package ui holds what people see: for now the handbook.
package ui

import "embed"

// Docs is the handbook, a Markdown file a page, below "docs/".
//
//go:embed docs/*.md
var Docs embed.FS
