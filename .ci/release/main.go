// Command release builds what a release consists of, the same from the same commit
// wherever and whenever it runs: an archive for each target, an SBOM beside it, and
// the checksums of all.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// target is a system and a processor to build for.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "_" + t.arch }

// binary is the name of the executable.
func (t target) binary() string {
	if t.os == "windows" {
		return "stormkeep.exe"
	}
	return "stormkeep"
}

// targets are all of a release.
var targets = []target{
	{"darwin", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

func main() {
	root := flag.String("root", "../..", "the project's folder, a git work tree")
	out := flag.String("out", "../../dist", "where to put the release; what is there goes")
	only := flag.String("only", "", "one target, such as linux_amd64, in place of all")
	flag.Parse()
	if err := release(context.Background(), *root, *out, *only); err != nil {
		fmt.Fprintf(os.Stderr, "release: %v\n", err)
		os.Exit(1)
	}
}

// release builds the targets of the commit that root has checked out into out.
func release(ctx context.Context, root, out, only string) error {
	version, when, err := commit(ctx, root)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	built := false
	for _, t := range targets {
		if only != "" && t.String() != only {
			continue
		}
		built = true
		if err := one(ctx, root, out, version, when, t); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	if !built {
		return fmt.Errorf("there is no target %s", only)
	}
	return checksums(out)
}

// one builds, describes and packs one target.
func one(ctx context.Context, root, out, version string, when time.Time, t target) error {
	name := "stormkeep_" + version + "_" + t.String()
	binary := filepath.Join(out, t.String(), t.binary())
	if err := build(ctx, root, binary, t); err != nil {
		return err
	}
	if err := describe(binary, filepath.Join(out, name+".cdx.json"), version, when); err != nil {
		return err
	}
	files := []file{{binary, t.binary(), 0o755}, {filepath.Join(root, "LICENSE"), "LICENSE", 0o644}, {filepath.Join(root, "README.md"), "README.md", 0o644}}
	if t.os == "linux" {
		files = append(files, file{filepath.Join(root, ".ci/release/stormkeep.service"), "stormkeep.service", 0o644})
	}
	if t.os == "windows" {
		return packZip(filepath.Join(out, name+".zip"), files, when)
	}
	return packTar(filepath.Join(out, name+".tar.gz"), files, when)
}

// build compiles the executable. Its paths are trimmed, it links no C, and the
// commit it was built from is in it.
func build(ctx context.Context, root, binary string, t target) error {
	abs, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=true", "-ldflags", "-s -w -buildid=", "-o", abs, ".")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	keep := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GOFLAGS", "GOOS", "GOARCH", "GOAMD64", "GOARM64", "GOEXPERIMENT", "CGO_ENABLED"}, name)
	})
	cmd.Env = append(keep, "GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=", "GOEXPERIMENT=")
	return cmd.Run()
}

// commit is how the commit is called, and when it was made. A tree that was changed
// since is no release.
func commit(ctx context.Context, root string) (version string, when time.Time, err error) {
	git := func(args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, "git", args...)
		cmd.Dir, cmd.Stderr = root, os.Stderr
		b, err := cmd.Output()
		return strings.TrimSpace(string(b)), err
	}
	changed, err := git("status", "--porcelain")
	if err != nil {
		return "", when, fmt.Errorf("git status: %w", err)
	}
	if changed != "" {
		return "", when, fmt.Errorf("commit first; these are not committed:\n%s", changed)
	}
	if version, err = git("describe", "--tags", "--always"); err != nil {
		return "", when, fmt.Errorf("git describe: %w", err)
	}
	seconds, err := git("log", "-1", "--format=%ct")
	if err != nil {
		return "", when, fmt.Errorf("git log: %w", err)
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	return strings.TrimPrefix(version, "v"), time.Unix(n, 0).UTC(), err
}
