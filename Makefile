# Every way to run the project. `make` lists the recipes.
#
# The environment is built once, from the locked requirements, and marked by a stamp:
# a second run of any recipe calls no installer and needs no network.

PYTHON ?= python3
VENV ?= .venv
REFERENCE_DATA ?= ../shared/data
UV ?= uv

BIN := $(VENV)/bin
CORE := $(VENV)/core.stamp
DEV := $(VENV)/dev.stamp
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
RESOLVE := pip compile --quiet pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-config --custom-compile-command "make lock"

.PHONY: help assess test check bench stress reference lock clean
.DELETE_ON_ERROR:

help: ## List the recipes
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

assess: $(CORE) ## Print the import-dependence table; write monazite-report.html
	@$(BIN)/monazite assess --report monazite-report.html

test: $(DEV) ## Run the tests; what needs real files or a browser runs where they are found
	@$(BIN)/python -m pytest

check: $(DEV) ## Lint, formatting, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(DEV) ## Measure speed and size (half an hour; the full-size job: benchmarks/measuring.py --full)
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/loading.py
	@$(BIN)/python benchmarks/converting.py
	@$(BIN)/python benchmarks/weights.py
	@$(BIN)/python benchmarks/measuring.py
	@$(BIN)/python benchmarks/cluster.py
	@$(BIN)/python benchmarks/tracing.py
	@$(BIN)/python benchmarks/origin_bounds.py
	@$(BIN)/python benchmarks/risking.py
	@$(BIN)/python benchmarks/geopolrisk.py
	@$(BIN)/python benchmarks/dynamics.py
	@$(BIN)/python benchmarks/stressing.py
	@$(BIN)/python benchmarks/simulation.py

stress: $(DEV) ## Kill, starve and feed it garbage, in full (an hour or two)
	@MONAZITE_STRESS=full $(BIN)/python -m pytest tests/faults

reference: $(DEV) ## Rebuild the shipped tables from the publishers' files in REFERENCE_DATA
	@$(BIN)/python -m monazite.sources.reference $(REFERENCE_DATA)

lock: ## Renew requirements/*.txt (needs uv)
	$(UV) $(RESOLVE) --output-file requirements/core.txt
	$(UV) $(RESOLVE) --group dev --group browser \
		--constraint requirements/core.txt --output-file requirements/dev.txt

clean: ## Remove the environment and every cache
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(CORE): requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "monazite needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
			"Try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "building $(VENV) from $< (once, a minute or two) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(LOCKED) --requirement $<
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(CORE)
	@echo "adding what the tests need, from $< (once) ..." >&2
	@$(LOCKED) --requirement $<
	@touch $@
