// Package ui holds what people see: the handbook, and the pages of the server with
// what they load.
package ui

import "embed"

// Docs is the handbook, a Markdown file a page, below "docs/".
//
//go:embed docs/*.md
var Docs embed.FS

// Pages are the templates of the server's own pages and their texts, a JSON file a
// language, below "pages/".
//
//go:embed pages/*.html pages/*.json
var Pages embed.FS

// Assets are what those pages load, below "assets/".
//
//go:embed assets/*
var Assets embed.FS
