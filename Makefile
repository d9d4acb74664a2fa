# Two commands matter: `go run . serve` and `make test`.

BIN   := stormkeep
INTEROP := ui/e2e/interop ui/e2e/interop/express ui/e2e/interop/oidc
BROWSER := ui/e2e/browser
CHROMIUM_BIN ?= /usr/bin/chromium
# Versions of a release come from git; a plain build says "devel".
LDFLAGS := -s -w

.PHONY: build test vet go-test console interop browser fuzz bench bench-console pictures bench-search bench-import bench-backup soak release clean

build:
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) .

# test is everything that exists: vet, the Go tests with the race detector, the
# console, and the foreign clients and a browser against the built binary.
test: vet go-test console interop browser

vet:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not gofmt'd:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go mod tidy -diff

# Ten thousand random searches take a minute with the race detector, and a quarter of
# it without.
go-test:
	go test -race -timeout 30m ./...
	go test -C .ci/release ./...
	go test ./apis -run '^TestSearchesAnswerAsAScanOfAllRecordsDoes$$' -searches 10000

interop: build $(INTEROP:=/node_modules)
	@for folder in $(INTEROP); do (cd $$folder && INTEROP_BIN=$(CURDIR)/$(BIN) npm test) || exit 1; done
	INTEROP_BIN=$(CURDIR)/$(BIN) go test -C ui/e2e/interop/go -count=1 ./...

browser: build $(BROWSER)/node_modules
	@test -x $(CHROMIUM_BIN) || { echo "the browser tests need Chromium: apt-get install chromium, or name one with CHROMIUM_BIN=…"; exit 1; }
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN)-notes ./plugins/notes/stormkeep-notes
	@cd $(BROWSER) && INTEROP_BIN=$(CURDIR)/$(BIN) CHROMIUM_BIN=$(CHROMIUM_BIN) npm test

# console checks the console, and that ui/dist is what ui/src makes.
console: ui/node_modules
	cd ui && npm run --silent check && npm test --silent && npm run --silent build
	@test -z "$$(git status --porcelain ui/dist)" || { echo "ui/dist was not what ui/src makes; it is now: commit it"; git status --short ui/dist; exit 1; }

%/node_modules: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund
	@touch $@

# fuzz gives every fuzz target FUZZTIME.
FUZZTIME ?= 60s
fuzz:
	@for t in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -ho '^func Fuzz[A-Za-z0-9]*' $$t/*_test.go | cut -c6- | sort -u); do \
			echo "== $$t $$f"; go test $$t -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; \
		done; done

# bench measures the built binary beside a bare handler on the same machine, and the
# console where there is a Chromium.
bench: build
	go run ./apis/load -bin ./$(BIN)
	@if test -x $(CHROMIUM_BIN); then $(MAKE) --no-print-directory bench-console; fi

# bench-console measures the console's list of 100,000 accounts in a browser.
bench-console: build $(BROWSER)/node_modules
	@cd $(BROWSER) && INTEROP_BIN=$(CURDIR)/$(BIN) CHROMIUM_BIN=$(CHROMIUM_BIN) node bench.mjs

# pictures makes the pictures of the README anew.
pictures: build $(BROWSER)/node_modules
	@cd $(BROWSER) && INTEROP_BIN=$(CURDIR)/$(BIN) CHROMIUM_BIN=$(CHROMIUM_BIN) node pictures.mjs

# bench-search measures searches among ACCOUNTS accounts, which takes minutes and
# 6 GB of disk at a million.
ACCOUNTS ?= 1000000
bench-search: build
	go run ./apis/load -bin ./$(BIN) -search -accounts $(ACCOUNTS)

# bench-import measures the import of ACCOUNTS accounts with hashes, in random order,
# which takes 2 GB of disk at a million.
bench-import: build
	go run ./apis/load -bin ./$(BIN) -import -accounts $(ACCOUNTS)

# bench-backup measures writes to 1 GB of data with and without a backup beside them,
# which takes 4 GB of disk.
bench-backup: build
	go run ./apis/load -bin ./$(BIN) -backup -seconds 10 -accounts $(BACKUP_ACCOUNTS)
BACKUP_ACCOUNTS ?= 215000

# soak has a server live through two days in ten minutes, by a clock that runs SPEED
# times as fast, and fails where its memory, goroutines or files grow.
SOAK ?= 10m
SPEED ?= 288
soak: build
	go run ./apis/load -bin ./$(BIN) -soak -lasts $(SOAK) -speed $(SPEED)

# release builds the six archives of a release with their SBOMs and checksums into
# dist, the same from the same commit wherever it runs.
release:
	go run -C .ci/release .

clean:
	rm -rf $(BIN) $(BIN)-notes $(INTEROP:=/node_modules) $(BROWSER)/node_modules ui/node_modules
