# make run: set up, run on seeds/, print where the tables are. make test: set up, linters, types, contracts, tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test setup lock bench clean

run: setup
	$(BIN)/annals run seeds

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

setup: $(VENV)/.ready

# The lock file is complete; without --no-deps older pips resolve it anew and stumble over extras.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Needs uv (pip install uv): exact versions and hashes for all platforms and Pythons, no address of an index.
lock:
	uv pip compile pyproject.toml --extra dev --extra build --universal --generate-hashes --python-version 3.11 \
		--no-annotate --no-header --output-file requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info

# All figures of the README, on the data of ../shared or of DATA=folder; an hour on two cores.
bench: setup
	$(BIN)/python tests/bench/everything.py $(DATA)
