# What a person types in this project; `make help` lists it.
#
# There is one environment, .venv, made from requirements.lock, where every file is
# known by its hash. It holds what a user needs and the developer's tools beside it.
# One environment rather than two: the tools are a fifth of the whole
# (Arrow, SciPy, pandas and Plotly are most of the rest), a test is then run with exactly what
# a run is run with, and there is one lock file to keep true.

PYTHON   ?= python3
SCENARIO ?= haniyeh_2024
ARGS     ?=

VENV := .venv
BIN  := $(VENV)/bin
VIEW := build/typing/realpolitik
PIP  := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

# Stamps: each is younger than all that it was made from, or it is made again.
LOCKED    := $(VENV)/.lock-installed
INSTALLED := $(VENV)/.project-installed
VIEWED    := build/typing/.made

.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help run test fuzz lint format types docs gallery check lock wheel clean environment

help: ## list these commands
	@echo 'make COMMAND, where COMMAND is one of'
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile | expand -t 16
	@echo 'Options: SCENARIO=name, ARGS="more arguments", PYTHON=python3.12'

run: environment ## run the main scenario (or SCENARIO=name), and write its report
	@$(BIN)/realpolitik run $(SCENARIO) $(ARGS)

# Not `python -m pytest`: that would make `sim` and `agents` importable by their bare names.
test: environment ## run the tests
	@$(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

# Not in `check`: it goes on for as long as it is told to. ARGS="--seconds 600 --seed 7" for more.
fuzz: environment ## try for a minute to break the reader of scenario files
	@$(BIN)/python -m tests.fuzz.fuzz_reader $(ARGS)

lint: environment ## look for faults of style and form
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { echo 'The files above want `make format`.' >&2; exit 1; }

format: environment ## lay out the code, and repair what can be repaired by rule
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

# Type checkers read the folders through the view; what they say is put into real paths.
types: environment ## check the types
	@$(BIN)/mypy build/typing docs tests $(wildcard benchmarks) > build/mypy.txt 2>&1; status=$$?; \
	sed 's|$(VIEW)/||g' build/mypy.txt; exit $$status

docs: environment ## write anew what the code and the records give: pages in docs, scenarios/schema.json
	@$(BIN)/python docs/write_tables.py
	@$(BIN)/python docs/write_claims.py
	@$(BIN)/python docs/write_validation.py
	@$(BIN)/realpolitik schema > build/schema.json && mv build/schema.json scenarios/schema.json

# Not in `docs`: it takes a minute or more, and a browser.
gallery: environment ## draw every kind of chart, from small runs, in docs/gallery
	@$(BIN)/python docs/write_gallery.py

check: lint types test ## all of lint, types, test

lock: $(LOCKED) ## write requirements.lock anew (UPGRADE=--upgrade for newer versions)
	@echo 'Writing requirements.lock.'
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --quiet $(UPGRADE) --output-file requirements.lock

# An old build/lib would put deleted modules into the wheel.
wheel: environment ## build dist/realpolitik-*.whl
	@rm -rf build/lib build/bdist.* dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist . > build/wheel.txt 2>&1 \
	  || { cat build/wheel.txt >&2; exit 1; }
	@ls dist/*.whl

clean: ## remove the environment, builds and caches (results stay)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment: $(INSTALLED) $(VIEWED)

$(INSTALLED): pyproject.toml $(LOCKED)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(LOCKED): requirements.lock
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || { $(CHECK_PYTHON); $(PYTHON) -m venv --clear $(VENV); }
	@echo 'Installing what requirements.lock names into $(VENV); the first time this takes a minute or so.'
	@$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

$(VIEWED): Makefile
	@mkdir -p $(VIEW)
	@for folder in sim agents scenarios; do ln -sfn ../../../$$folder $(VIEW)/$$folder; done
	@touch $@

CHECK_PYTHON = \
  command -v $(PYTHON) > /dev/null || { \
    echo 'There is no `$(PYTHON)` here. Install Python 3.11 or newer, or name it: make PYTHON=python3.12' >&2; exit 1; }; \
  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
    echo "realpolitik needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
      'If there is a newer one, name it: make PYTHON=python3.12' >&2; exit 1; }; \
  $(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
    echo '$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
