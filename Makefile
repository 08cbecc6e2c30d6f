# `make up` and `make test` need Python 3.11 or later, git and make; they install the rest themselves, once.
# ARGS go to the command: make up ARGS="--select network-dev", make test ARGS="tests/config".
# PYTHON=path names the Python to make .venv with.

ARGS   ?=
BIN    := .venv/bin
RUN    := $(BIN)/python orchestrator.py
SETUP  := PYTHONPATH=platform sh platform/securecart/setup/python.sh -m securecart.setup
LOCK   := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
SOURCES = $(wildcard orchestrator.py platform/securecart stacks policies)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev up preview destroy test pytest lint format lock clean-sandbox bench bench-incremental

help: ## What this Makefile can do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-18s %s\n' "$$name" "$$text"; done

setup: ## Install what deploying needs: .venv and the Pulumi engine
	@$(SETUP)

setup-dev: ## The same, and what testing needs
	@$(SETUP) --dev

up: setup ## Deploy the fleet into the sandbox
	@$(RUN) up --yes $(ARGS)

preview: setup ## Show what `make up` would change, judged by the policies
	@$(RUN) preview $(ARGS)

destroy: setup ## Remove the fleet; protected stacks must be named: ARGS="--unprotect NAME"
	@$(RUN) destroy --yes $(ARGS)

test: lint pytest ## Lint, then run the tests with coverage of lines and branches

pytest: setup-dev ## The tests alone
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term $(ARGS)

lint: setup-dev ## Style, types and the rules of the architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES)
	PYTHONPATH=platform:. $(BIN)/lint-imports
	PYTHONPATH=platform:. $(BIN)/python -m securecart.config.schema --check
	PYTHONPATH=platform:. $(BIN)/python -m securecart.report.schema --check

format: setup-dev ## Lay the code out
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

lock: setup-dev ## Resolve requirements*.in anew into the lock files; ARGS="--upgrade" takes newer versions
	$(LOCK) $(ARGS) requirements.in -o requirements.lock
	$(LOCK) $(ARGS) requirements-dev.in -o requirements-dev.lock

clean-sandbox: setup ## Empty the sandbox: every account in it, and its Pulumi state
	@$(RUN) sandbox reset --yes $(ARGS)

bench: setup-dev ## Measure a cold deployment against its lower bound and against plain Automation API loops
	@$(BIN)/python bench/cold_up.py $(ARGS)

bench-incremental: setup-dev ## Measure runs in which little has changed, of the default fleet and of one with 200 stacks
	@$(BIN)/python bench/incremental.py $(ARGS)
