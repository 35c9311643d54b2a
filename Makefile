.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup dev run test check lint types contracts knowledge gate

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## create .venv with the pinned runtime

dev: $(VENV)/.dev ## the same with the tools of `make check`

$(VENV)/.runtime: requirements.txt requirements-law.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -r requirements.txt
	$(BIN)/pip install --quiet --no-deps -r requirements-law.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet -r requirements-dev.txt
	touch $@

run: setup ## set up, build the index if needed, serve on http://127.0.0.1:8000 (PORT)
	$(BIN)/python -m bot serve

test: dev ## set up, run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

contracts: dev
	$(BIN)/lint-imports

knowledge: dev
	$(BIN)/python -m knowledge check

gate: dev
	$(BIN)/python -m evaluation run --gate

check: lint types contracts test knowledge gate ## what .ci/run runs
