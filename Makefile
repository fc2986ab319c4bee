# Everything that a person or a machine does with this project. `make` alone lists it.
# Nothing here writes outside this folder and the temporary one, system packages on Debian as root aside.

SHELL := /bin/bash
PYTHON := .venv/bin/python
INSTALLED := .venv/.installed
PORT ?= 8000

export PORT
export UV_CACHE_DIR := $(CURDIR)/.cache/uv
export XDG_CACHE_HOME := $(CURDIR)/.cache
export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test bench screenshots demo-reset lint format lock

help:
	@echo "make run          start Holdfast with its demonstration (PORT=8001 make run: at another port)"
	@echo "make test         check and test everything, on SQLite and on PostgreSQL with Redis"
	@echo "make lint         the checks that run no test"
	@echo "make format       bring the code into the form that lint wants"
	@echo "make bench        measure the main pages"
	@echo "make screenshots  picture the main pages and PDFs into build/screenshots/ (DOCS=1: and for the README)"
	@echo "make demo-reset   begin the demonstration anew"
	@echo "make lock         bring requirements.txt up to requirements.in (UPGRADE=1: to the newest versions)"

run: $(INSTALLED)
	@scripts/machine run
	@exec env DEMO=1 $(PYTHON) manage.py serve

test: $(INSTALLED)
	@scripts/machine test
	@scripts/check lint test

lint: $(INSTALLED)
	@scripts/check lint

format: $(INSTALLED)
	@$(PYTHON) -m ruff check --fix . && $(PYTHON) -m ruff format .

bench: $(INSTALLED)
	@exec env DEMO=1 VAR_DIR=.cache/bench $(PYTHON) manage.py bench

screenshots: $(INSTALLED)
	@scripts/machine test
	@exec $(PYTHON) -m tests.screenshots $(if $(DOCS),--docs)

demo-reset: $(INSTALLED)
	@DEMO=1 $(PYTHON) manage.py migrate --verbosity 0
	@exec env DEMO=1 $(PYTHON) manage.py load_demo --reset

lock: $(INSTALLED)
	@cp requirements.txt .cache/lock.txt
	@$(PYTHON) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
		--no-header --no-annotate $(if $(UPGRADE),--upgrade) --output-file .cache/lock.txt requirements.in
	@{ echo '# Made from requirements.in by `make lock`. Do not edit.'; cat .cache/lock.txt; } > requirements.txt

# The environment: made once, and again when the lock changes.
$(INSTALLED): requirements.txt scripts/install
	@scripts/install
	@touch $@
