// Package servers names the foreign servers that tests run against, so that their
// versions are pinned here and nowhere in the product's own module. A test builds
// one by its path: go build -C .ci/servers -o FILE PATH.
package servers
