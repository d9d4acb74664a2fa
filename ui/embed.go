// Package ui holds what people see: the handbook, the pages of the server with what
// they load, and the console.
package ui

import (
	"embed"
	"io/fs"
)

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

// Dist is the console as `npm run build` makes it from src, below "dist/": index.html,
// and assets/ with hashed names, those that are worth it as a .br and a .gz in place of
// the file. It is committed, so that building the server needs no Node.
//
//go:embed all:dist
var Dist embed.FS

// Console is Dist without the folder's name.
func Console() fs.FS {
	console, err := fs.Sub(Dist, "dist")
	if err != nil {
		panic(err) // "dist" is no path
	}
	return console
}
