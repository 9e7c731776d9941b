# Firn: one engine (C++), for WebAssembly, C and Node. `make` lists the targets; `make demo` shows it at work.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

toolchain := $(or $(FIRN_TOOLCHAIN_DIR),$(CURDIR)/.toolchain)
export PATH := $(toolchain)/bin:$(PATH)

demo := examples/storefront/demo/demo.mjs
dist := js/engine/dist
page := js/dashboard/dist/page/index.html
bundle := js/cli/bundle/main.js
jobs := $(shell nproc 2>/dev/null || echo 2)
tsc := node node_modules/typescript/bin/tsc
biome := node node_modules/@biomejs/biome/bin/biome
results := build/test
# For what may take longer than any test of `make test`.
reported := node --test --test-reporter=./tools/test/reporter.mjs

# Every file of ours by its ending, whether committed yet or not.
ours = $(shell git ls-files --cached --others --exclude-standard -- $(1) | sort -u | xargs -r ls -d 2>/dev/null)
cxx_files = $(call ours,'*.cpp' '*.h' '*.c')
shell_files = $(shell git grep --untracked -lE '^#!/usr/bin/env bash$$|^# shellcheck shell=')

# $(call ninja,<preset>,<target>): builds, and says nothing when there is nothing to say.
ninja = cmake --build --preset $(1) --target $(2) --parallel $(jobs) -- --quiet | { grep -Ev '^(-- |ninja: no work)' || true; }

# $(call put,<built>,<target>): copies what has changed, so that nothing that looks at dates starts over.
put = cmp -s $(1) $(2) || { mkdir -p $(dir $(2)) && cp $(1) $(2); }

##@ Use

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { print "\n" substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: build ## Build, patch the storefront, show what happens, serve the dashboard
	@node $(demo)
	@node examples/storefront/demo/dashboard.mjs

.PHONY: setup
setup: ## Install what Firn is built, tested and linted with (Debian packages, npm packages, Emscripten)
	@tools/setup/all

# What a target needs and no more: who wants to see the demo needs no browser and no linter.
.PHONY: setup-build setup-test setup-bench setup-lint
setup-build:
	@tools/setup/all build
setup-test:
	@tools/setup/all build test
setup-bench:
	@tools/setup/all build bench
setup-lint:
	@tools/setup/all build lint

##@ Build

.PHONY: build
build: native wasm js dashboard ## Build everything that ships

.PHONY: native
native: build/native/build.ninja ## Build the C library and the Node addon
	@$(call ninja,native,products)
	@$(call put,build/native/native/node/firn.node,$(dist)/firn.node)

.PHONY: wasm
wasm: build/wasm/build.ninja ## Build the WebAssembly module
	@$(call ninja,wasm,products)
	@$(call put,build/wasm/wasm/firn.wasm,$(dist)/firn.wasm)
	@$(call put,build/wasm/wasm/firn.page.wasm,$(dist)/firn.page.wasm)
	@$(call put,build/wasm/wasm/firn.rest.wasm,$(dist)/firn.rest.wasm)

.PHONY: js
js: modules $(bundle) ## Build the TypeScript packages

.PHONY: modules
modules: wasm
	@$(tsc) -b

# Stands for all: they are made together.
$(bundle): $(call ours,js/engine/src js/sets/src js/unplugin/src js/cli/src tools/bundle package-lock.json) | modules
	@node tools/bundle/bundle.mjs

.PHONY: pack
pack: build ## Make the tarballs that npm publishes, in build/packages
	@node tools/pack/pack.mjs build/packages

.PHONY: dashboard
dashboard: js $(page) ## Build the dashboard: a page, and <firn-view>

$(page): $(call ours,js/dashboard js/engine/src js/sets/src) $(dist)/firn.wasm | js
	@cd js/dashboard && node ../../node_modules/vite/bin/vite.js build --logLevel warn

# CMake runs itself again when one of its own files changes; the presets it does not watch.
build/%/build.ninja: CMakePresets.json cmake/emscripten.cmake | setup-build
	@echo "cmake: configuring $*"
	@cmake --preset $* --log-level=WARNING >/dev/null
	@touch $@

##@ Check

.PHONY: test
test: setup-test test-native test-js test-browser ## Build and run every test
	@node tests/conformance/compare-counts.mjs
	@node tools/test/module-size.mjs $(dist)
	@node tools/test/summary.mjs $(results)

# Each conformance runner leaves a count; one of an earlier run must not stand in for this one's.
.PHONY: fresh-counts
fresh-counts:
	@rm -rf build/conformance

.PHONY: test-native
test-native: setup-test native $(results)/. | fresh-counts
	@$(call ninja,native,all)
	@tools/test/ctest native $(jobs) $(results)/native.xml

.PHONY: test-js
test-js: setup-test build $(results)/. | fresh-counts
	@tools/test/node-test $(results)/js.tap tests/conformance tests/js

.PHONY: test-browser
test-browser: setup-test build $(results)/. | fresh-counts
	@tools/test/node-test $(results)/browser.tap tests/browser tests/bundlers

.PHONY: sanitize
sanitize: setup-test build/asan/build.ninja ## Run the native tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(call ninja,asan,all)
	@tools/test/ctest asan $(jobs)

.PHONY: sanitize-threads
sanitize-threads: setup-test build/tsan/build.ninja ## Run what has threads under ThreadSanitizer
	@$(call ninja,tsan,firn_threads_test firn_tree_test)
	@tools/test/ctest tsan $(jobs) "" '^(threads|tree)\.'

.PHONY: test-large
test-large: setup-test build build/native/build.ninja ## Texts past 2 and 4 GiB, on every backend; takes 14 GiB of memory
	@$(call ninja,native,firn_large_test)
	@build/native/tests/large/firn_large_test --gtest_brief=1
	@$(reported) tests/large/engine.test.mjs

.PHONY: coverage coverage-core coverage-js
coverage: coverage-core coverage-js ## How much of core and of the packages the tests run; fails below its bounds

coverage-core: setup-test build/coverage/build.ninja | fresh-counts
	@$(call ninja,coverage,all)
	@rm -rf build/coverage/profiles
	@LLVM_PROFILE_FILE='$(CURDIR)/build/coverage/profiles/%m.profraw' tools/test/ctest coverage $(jobs)
	@node tests/coverage/core.mjs

coverage-js: setup-test build
	@node tests/coverage/js.mjs

.PHONY: wasm-checked
wasm-checked: setup-test js build/wasm-checked/build.ninja ## Run the corpus on WebAssembly with every access to memory checked
	@$(call ninja,wasm-checked,firn_wasm)
	@tools/test/node-test build/wasm-checked/corpus.tap tests/wasm-checked

.PHONY: exhaustive
exhaustive: setup-test build/native/build.ninja ## Try the whole of every small world (tests/exhaustive), in minutes
	@$(call ninja,native,firn_exhaustive)
	@printf '%s\n' batches diffs merges | \
	  xargs -P $(jobs) -I {} build/native/tests/exhaustive/firn_exhaustive {} whole

# So long for each target: FUZZ_SECONDS=600 make fuzz.
FUZZ_SECONDS ?= 30

.PHONY: fuzz
fuzz: setup-test build/asan/build.ninja ## Fuzz every reader and verb, half a minute each (FUZZ_SECONDS)
	@$(call ninja,asan,fuzzers)
	@tools/test/fuzz build/asan $(jobs) $(FUZZ_SECONDS)

.PHONY: fuzz-long
fuzz-long: ## The same, half an hour each
	@$(MAKE) fuzz FUZZ_SECONDS=1800

.PHONY: faults
faults: setup-test build ## Kill what changes files at every call that changes something, writes included
	@FIRN_FAULTS=all $(reported) tests/js/cli/faults.test.mjs tests/js/cli/interrupted.test.mjs

.PHONY: mutants
mutants: setup-test ## Break core in one place after another: does a test fail each time? (ONLY="words" for some of them)
	@node tests/mutants/run.mjs $(if $(ONLY),"$(ONLY)")

.PHONY: bench
bench: bench-build ## Run the benchmarks that have a bound (ONLY="words" for some of them)
	@node bench/run.mjs $(if $(ONLY),--only "$(ONLY)")

.PHONY: bench-full
bench-full: bench-build ## Run all benchmarks, for longer
	@node bench/run.mjs --full $(if $(ONLY),--only "$(ONLY)")

.PHONY: bench-gate
bench-gate: bench-build ## Fail if a ratio has fallen below its floor (bench/floors.mjs)
	@node bench/gate.mjs

.PHONY: bench-build
bench-build: setup-bench build
	@$(call ninja,native,bench/core/all)
	@$(call ninja,native,bench/counts/all)
	@$(call ninja,native,bench/hostile/all)
	@$(call ninja,native,bench/least/all)
	@$(call ninja,native,bench/peers/all)
	@$(call ninja,native,bench/processes/all)

.PHONY: lint
lint: setup-lint lint-format lint-shell lint-js lint-types lint-packages lint-tidy ## Check format, C++, TypeScript, shell scripts, schemas

.PHONY: lint-format
lint-format:
	@echo "lint: clang-format"
	@clang-format-19 --dry-run -Werror $(cxx_files)

.PHONY: lint-tidy
lint-tidy: build/native/build.ninja
	@echo "lint: clang-tidy"
	@tools/lint/clang-tidy $(jobs)

.PHONY: lint-js
lint-js: | setup-lint
	@echo "lint: biome, schemas, versions, downloads, mutants, figures"
	@$(biome) check --error-on-warnings
	@node tools/lint/manifests.mjs
	@node tools/lint/schemas.mjs
	@node tools/lint/downloads.mjs
	@node tests/mutants/run.mjs --check
	@node tools/test/figures.mjs --check
	@node tools/lint/audit.mjs

.PHONY: lint-types
lint-types: js
	@echo "lint: types of tests, benchmarks and examples"
	@for folder in tests bench/js examples/storefront; do $(tsc) -p $$folder; done
	@node js/engine/scripts/write-schema.mjs --check

.PHONY: lint-packages
lint-packages: build
	@echo "lint: publint and the types of the packages"
	@node tools/lint/packages.mjs

.PHONY: lint-shell
lint-shell:
	@echo "lint: shellcheck"
	@shellcheck -x -P tools/setup $(shell_files)

.PHONY: format
format: setup-lint ## Format all code
	@clang-format-19 -i $(cxx_files)
	@$(biome) check --write

.PHONY: clean
clean: ## Remove what was built (the toolchain and node_modules stay)
	@rm -rf build js/*/dist js/*/bundle
	@find js tests examples bench -name '*.tsbuildinfo' -not -path '*/node_modules/*' -delete

%/.:
	@mkdir -p $@
