# Everything a person types. `make` alone says what there is.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

export PYTHONUTF8 := 1

.PHONY: help run test bench soak docs setup lint types contracts sql-lint check clean

help:
	@echo "make run    set up .venv, read data/samples, publish the warehouse, show what is in it"
	@echo "make test   set up .venv, run every test"
	@echo "make bench  measure speed and memory, write docs/performance.md (half an hour)"
	@echo "make soak   refreshes killed at random, readers beside them (half an hour)"
	@echo "make docs   the site: tables, codebook, methods, audit, queries; open in a browser"
	@echo "make check  lint, types, import contracts, SQL style"
	@echo "make clean  remove everything made at run time (the landing too), keep .venv"

# The lock carries hashes; --no-deps keeps the project itself from asking for anything more.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "gongkai needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) --version 2>&1`. Name another with: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing from requirements.lock (once; some minutes on a slow line) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-build-isolation --no-deps -e .
	@touch $@

setup: $(STAMP)

run: $(STAMP)
	@$(BIN)/gongkai refresh
	@$(BIN)/gongkai summary

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(STAMP)
	@PYTHONPATH=.:tests:tests/corpus:tests/faults $(BIN)/python -m tests.bench

soak: $(STAMP)
	@PYTHONPATH=. $(BIN)/python -m tests.soak

# Of the home that `make run` filled, unless GONGKAI_HOME names another.
docs: $(STAMP)
	@$(BIN)/gongkai site

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

sql-lint: $(STAMP)
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests

check: lint types contracts sql-lint

clean:
	rm -rf data/landing data/work data/warehouse data/exports data/site data/dagster dbt_project/target dbt_project/logs
