# What a developer runs. BIN is the folder of the programs: `make setup` makes it, or say `make test BIN=/path/to/venv/bin`.
BIN ?= .venv/bin
TESTS ?=
PARALLEL ?= -n auto --maxprocesses 4 --dist loadfile

.PHONY: default setup check test test-fast lint format types imports spelling docs lexicon serve

default: check test-fast

setup:  ## A virtual environment with the package, editable, and the tools; and the hooks that run before a commit.
	python3 -m venv .venv
	.venv/bin/pip install --quiet --editable '.[dev]'
	.venv/bin/pre-commit install

check: lint types imports spelling

test:  ## All tests: some ten minutes. Needs Chromium.
	$(BIN)/pytest $(PARALLEL) $(TESTS)

test-fast:  ## Those that need neither the model nor Chromium: less than a minute.
	$(BIN)/pytest -q -m "not model and not browser and not slow" $(TESTS)

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types:
	$(BIN)/mypy --python-executable $(BIN)/python

imports:  ## The contracts of .importlinter: which room may import which.
	$(BIN)/lint-imports

spelling:
	$(BIN)/codespell

docs:  ## Writes what is generated: the commands, the Python reference, and what the examples print.
	$(BIN)/python docs/commands.py
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/examples.py

lexicon:  ## The lists in quotes/lexicon/en that are made from others: forms of cue words, given names.
	$(BIN)/python training/lexicon.py
	$(BIN)/python -m quotes.integrity

serve:  ## The pages of the articles in seeds/.
	$(BIN)/quotes extract seeds/
	$(BIN)/datasette quotes.db -m datasette-metadata.yml
