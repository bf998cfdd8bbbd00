PYTHON ?= python3
WORKERS ?= 2
SCENE ?= empty
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
LOCK := $(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 --no-header --quiet

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo sandbox test check lint types imports drift bench docs screenshots mutants lock

help:  ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## Make .venv with everything needed, and .venv/bin/alignbot in it

$(READY): pyproject.toml requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Alignbot needs Python 3.11 or newer: make setup PYTHON=python3.12")'
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: setup  ## Play a whole kickoff against the local stand-in for Slack
	@$(BIN)/alignbot demo

sandbox: setup  ## Open the stand-in as a page and play every role (SCENE=empty, kickoff or trouble; PORT=8000)
	@$(BIN)/alignbot sandbox --scene $(SCENE) --port $(PORT)

test: setup  ## Run all tests (WORKERS=0: one after the other)
	@$(BIN)/pytest -n $(WORKERS)

check: setup lint types imports drift test  ## Everything CI checks

lint: setup  ## Check style and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup  ## Check types
	$(BIN)/mypy

imports: setup  ## Check which part may import which
	$(BIN)/lint-imports

drift: setup  ## Check that the migrations make exactly the tables of the code, on both databases
	$(BIN)/pytest -q tests/test_architecture.py -k drift

bench: setup  ## Run the benchmarks
	$(BIN)/python -m benchmarks

docs: setup  ## Write docs/findings.md anew, from the rules and the examples of their tests
	$(BIN)/python -m tests.findings_page

screenshots: setup  ## Take the pictures of the page for README.md anew, in Chromium
	$(BIN)/python -m tests.page.pictures

mutants: setup  ## Change the rules one spot at a time and show which changes no test notices (an hour; MODULES="health plan")
	$(BIN)/python -m tests.mutants $(MODULES)

lock: setup  ## Pin the newest allowed versions of all dependencies, with hashes
	$(LOCK) --upgrade -o requirements.txt
	$(LOCK) --upgrade --extra dev -o requirements-dev.txt
