# golync. The two commands to know: make run, make test.

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# The race detector needs a C compiler; the program itself never does.
RACE    := $(shell command -v $${CC:-cc} >/dev/null 2>&1 && echo -race)
LDFLAGS := -s -w -X main.version=$(VERSION)
# Packages at a time: one more than two cores, because the longest of them wait for people most of the time.
AT_ONCE := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ "$$n" -gt 3 ] && echo "$$n" || echo 3)
# Begun first, so that nobody waits for one of them at the end.
SLOWEST := ./ui ./internal/media ./internal/e2e

.PHONY: run skype test lint build bench keys shots peers interop fuzz clean

run: ## golync against an embedded server with people in it: nothing to set up
	@CGO_ENABLED=0 $(GO) run -trimpath -ldflags "$(LDFLAGS)" . demo

skype: ## Bob, a Skype user of that demo, beside it in another terminal
	@CGO_ENABLED=0 $(GO) run -trimpath -ldflags "$(LDFLAGS)" . skype --demo

test: lint ## every test that needs Go alone
	@echo '$(GO) test $(RACE) of all but internal/interop'
	@$(GO) test $(RACE) -p $(AT_ONCE) -timeout 10m $(SLOWEST) $$($(GO) list ./... | grep -v -e '/internal/interop$$' $(SLOWEST:./%=-e '/%$$'))

lint:
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	@unformatted="$$($(GO) tool gofumpt -l .)"; [ -z "$$unformatted" ] || { echo "gofumpt: $$unformatted"; exit 1; }

build: ## one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "$(LDFLAGS)" -o golync .

bench: ## the figures of speed and size, with their budgets
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 30m ./internal/bench

keys: ## the tables of keys in README.md and docs/keys.md, from the program's own
	$(GO) test ./ui -run KeysAreDocumented -update

shots: ## pictures of the main screens, into docs/img
	$(GO) run ./internal/shot/shots -out docs/img

peers: ## the servers and tools that the interop tests use, from Debian's packages
	sh scripts/peers.sh

interop: ## the tests against servers nobody here wrote
	$(GO) test $(RACE) -count=1 -timeout 20m ./internal/interop

fuzz: ## each fuzz test for FUZZTIME
	sh scripts/fuzz.sh $${FUZZTIME:-20s}

clean:
	rm -f golync
