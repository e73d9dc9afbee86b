# Two commands: `make run` sets everything up and starts Mooring with a demonstration clinic;
# `make test` sets up what tests need and passes. Both show what they do, and do it once.

VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find frontend/js frontend/scss -type f 2>/dev/null)
BUILT := mooring/clinic/static/built/mooring.css

.PHONY: run test lock sbom clean

run: $(VENV)/run.stamp $(BUILT)
	@$(BIN)/mooring demo

test: $(VENV)/test.stamp $(BUILT)
	@sh tools/test

$(VENV)/uv.stamp: tools/make-venv
	@sh tools/make-venv
	@touch $@

$(VENV)/run.stamp: $(VENV)/uv.stamp requirements/run.txt pyproject.toml
	@echo "Installing Mooring's packages"
	@if [ -f $(VENV)/test.stamp ]; then $(MAKE) --no-print-directory $(VENV)/test.stamp; \
	else $(BIN)/uv pip sync --quiet --require-hashes requirements/run.txt; sh tools/install-here; fi
	@touch $@

$(VENV)/test.stamp: $(VENV)/uv.stamp requirements/test.txt pyproject.toml
	@echo "Installing Mooring's packages and what its tests need"
	@$(BIN)/uv pip sync --quiet --require-hashes requirements/test.txt
	@sh tools/install-here
	@touch $@ $(VENV)/run.stamp

frontend/node_modules/.stamp: frontend/package.json frontend/package-lock.json | $(VENV)/uv.stamp
	@echo "Installing the front-end parts"
	@sh tools/npm ci --no-progress --loglevel=error
	@touch $@

$(BUILT): frontend/node_modules/.stamp frontend/build.mjs $(SOURCES)
	@echo "Building styles and scripts"
	@sh tools/npm run --silent build

# Brings the lock files up to date with pyproject.toml and package.json.
lock: $(VENV)/uv.stamp
	@sh tools/lock

# At a release: the wheel, and beside it the list of all it is made of.
sbom: $(VENV)/run.stamp $(BUILT)
	@$(BIN)/hatchling build -t wheel -d dist
	@$(BIN)/python tools/sbom

clean:
	rm -rf $(VENV) frontend/node_modules mooring/clinic/static/built
