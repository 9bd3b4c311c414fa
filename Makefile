# Everyday commands. `make help` lists them.
# What can be named: CARGO, NPM, PORT, CHROMIUM, HYS_TEST_POSTGRES_URL, as in `PORT=9000 make run`.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.NOTPARALLEL:

CARGO ?= cargo
NPM ?= npm
PORT ?= 8080

export HYS_TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres

# Set for a command that serves, and for no test.
BIND = HYS_BIND="$${HYS_BIND:-127.0.0.1:$(PORT)}"
RUN_DATABASE := sqlite://data/have-your-say.sqlite
DEMO_DATABASE := sqlite://data/demo.sqlite
DEMO_RESPONSES ?= 5000

say = @printf '\n\033[1m%s\033[0m\n' "$(1)"

# What pages are built from: styles, scripts and the packages they come from, and nothing that a build writes.
ASSET_INPUTS := $(shell find assets -type f -not -path 'assets/node_modules/*' -not -path 'assets/dist/*' \
	-not -path 'assets/places/*' -not -path 'assets/locales/*' -not -path 'assets/surveys/*' -not -path 'assets/content/*' 2>/dev/null)
ASSETS_INSTALLED := assets/node_modules/.installed
ASSETS_BUILT := assets/node_modules/.built
BROWSER_INSTALLED := tests/browser/node_modules/.installed

.PHONY: help run demo dev check test test-rust test-browser snapshots bench bench-analysis bench-served crash fuzz build screenshots clean \
	assets tools tools-test

help: ## Lists these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: tools assets ## Sets everything up and serves on SQLite in ./data at http://127.0.0.1:8080
	$(call say,Building and starting the server. The first build takes some minutes.)
	@mkdir -p data
	@$(BIND) HYS_DATABASE_URL="$${HYS_DATABASE_URL:-$(RUN_DATABASE)}" $(CARGO) run --bin have-your-say -- serve

demo: tools assets ## Serves 5,000 simulated responses from a database of their own
	$(call say,Building the program.)
	@mkdir -p data
	@$(CARGO) build --bin have-your-say
	@if [ ! -e data/demo.done ]; then \
		printf 'Simulating %s responses in data/demo.sqlite.\n' '$(DEMO_RESPONSES)'; \
		rm -f data/demo.sqlite*; \
		target/debug/have-your-say simulate --survey police-and-crime-plan --responses $(DEMO_RESPONSES) --seed 1 \
			--database '$(DEMO_DATABASE)'; \
		touch data/demo.done; \
	fi
	@$(BIND) HYS_DATABASE_URL='$(DEMO_DATABASE)' target/debug/have-your-say serve

dev: tools assets ## Serves, and builds and restarts when templates, styles or code change
	@$(BIND) CARGO='$(CARGO)' NPM='$(NPM)' HYS_DATABASE_URL="$${HYS_DATABASE_URL:-$(RUN_DATABASE)}" bash tests/setup/dev.sh

check: assets ## Format, lint and unit tests; under a minute when warm
	$(call say,Format)
	@$(CARGO) fmt --all --check
	$(call say,Lint)
	@$(CARGO) clippy --workspace --all-targets -- -D warnings
	$(call say,Unit tests)
	@$(CARGO) test --workspace --lib

test: tools-test assets test-rust test-browser ## All tests: set-up, Rust on both databases, browsers
	$(call say,All tests passed.)

test-rust: tools assets ## Unit tests and tests/all.rs, on SQLite and PostgreSQL
	$(call say,Rust tests (PostgreSQL at HYS_TEST_POSTGRES_URL))
	@$(CARGO) test --workspace --locked

test-browser: tools-test assets $(BROWSER_INSTALLED) ## The journeys in Chromium, with axe (FILES="…" for some)
	$(call say,Browser tests)
	@$(CARGO) build --bin have-your-say
	@cd tests/browser && node run.mjs $(FILES)

snapshots: tools-test assets $(BROWSER_INSTALLED) ## Writes the accessibility-tree snapshots anew
	@$(CARGO) build --bin have-your-say
	@cd tests/browser && UPDATE_SNAPSHOTS=1 node run.mjs question-kinds.test.mjs

bench: tools-test assets ## The release server under load: completions, CPU, latency, memory
	$(call say,Building the release program and its load)
	@$(CARGO) bench --bench load

bench-analysis: tools-test assets ## Results at 10,000 to 1,000,000 responses, beside DuckDB and pandas
	$(call say,Installing DuckDB and pandas to compare with, in target/python)
	@[ -x target/python/bin/python ] || python3 -m venv target/python
	@target/python/bin/python -c 'import duckdb, pandas' 2>/dev/null || target/python/bin/pip install --quiet duckdb pandas
	$(call say,Results over many responses)
	@HYS_BENCH_PYTHON=target/python/bin/python $(CARGO) bench --bench results

bench-served: tools-test assets ## Officers beside residents at 100,000 responses (HYS_BENCH_ROWS)
	$(call say,Building the release program and its load)
	@$(CARGO) bench --bench served

crash: tools-test assets ## 200 rounds of SIGKILL under load on the release program
	$(call say,Building the release program and its tests)
	@HYS_CRASH_ROUNDS=$${HYS_CRASH_ROUNDS:-200} $(CARGO) test --release --test all crash -- --nocapture

fuzz: tools ## Fuzzes form decoding and definition parsing (FUZZ_SECONDS=60 each)
	@command -v cargo-fuzz >/dev/null || [ -x target/tools/bin/cargo-fuzz ] || { \
		echo 'Installing cargo-fuzz into target/tools.'; \
		$(CARGO) install --quiet --locked --root target/tools cargo-fuzz; }
	@# The sanitizers are a feature of nightly; without one, the project's own toolchain is told to allow it.
	@toolchain=; bootstrap=0; \
	if rustup toolchain list 2>/dev/null | grep -q '^nightly'; then toolchain=+nightly; \
	else bootstrap=1; echo 'No nightly toolchain here: fuzzing with the one in rust-toolchain.toml.'; fi; \
	for target in form definition; do \
		printf '\nFuzzing %s\n' "$$target"; \
		(cd tests/fuzz && PATH="$$PATH:$(CURDIR)/target/tools/bin" RUSTC_BOOTSTRAP=$$bootstrap \
			$(CARGO) $$toolchain fuzz run --fuzz-dir . "$$target" -- -max_total_time=$${FUZZ_SECONDS:-60}); \
	done

build: tools assets ## The release program: target/release/have-your-say
	@$(CARGO) build --release --locked

screenshots: tools-test assets $(BROWSER_INSTALLED) ## Takes the README's pictures into docs/screenshots
	@$(CARGO) build --bin have-your-say
	@cd tests/browser && node screenshots.mjs

clean: ## Removes what was built; keeps ./data
	@$(CARGO) clean
	@rm -rf assets/node_modules tests/browser/node_modules
	@find assets/dist -mindepth 1 -not -name .gitkeep -delete 2>/dev/null || true

assets: $(ASSETS_BUILT)

tools:
	@bash tests/setup/tools.sh build

tools-test:
	@bash tests/setup/tools.sh test

$(ASSETS_INSTALLED): assets/package-lock.json | tools
	$(call say,Installing the packages that styles and scripts are built from)
	@cd assets && $(NPM) ci --no-audit --no-fund
	@touch $@

$(ASSETS_BUILT): $(ASSETS_INSTALLED) $(ASSET_INPUTS)
	$(call say,Building styles and scripts)
	@cd assets && $(NPM) run build
	@touch $@

$(BROWSER_INSTALLED): tests/browser/package-lock.json
	$(call say,Installing the packages of the browser tests)
	@cd tests/browser && $(NPM) ci --no-audit --no-fund
	@touch $@
