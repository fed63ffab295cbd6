# Every target sets up the environment by itself; `make` alone lists them.

PYTHON ?= python3
UV ?= uv
# One more than the cores of a small machine: some tests wait for servers and clocks.
WORKERS ?= 3
# Where `make tour` builds its repository; else in a temporary folder.
TOUR ?=
# `make lock UPGRADE=--upgrade` moves to the newest versions.
UPGRADE ?=

# Paths are relative, so that a folder with spaces in its name works.
BIN := .venv/bin

# DVC's stages call `python`, and must find ours whatever the caller activated.
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONPATH PYTHONHOME

# The NCCL wheels are 469 MB that training on a CPU never loads.
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-annotate --no-emit-index-url \
	--no-emit-package nvidia-nccl-cu12 --no-emit-package nvidia-nccl-cu13 \
	--custom-compile-command "make lock"

# pip says more than anybody needs: it goes to a log, shown when something fails.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --no-deps --no-compile
LOGGED := >.venv/pip.log 2>&1 || { grep -v '^WARNING' .venv/pip.log | tail -n 40 >&2; exit 1; }

.DELETE_ON_ERROR:
.PHONY: help setup repro tour test check lint format bench quality lock clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-8s %s\n", $$1, $$2}' Makefile

setup: .venv/.installed ## Create .venv with the pinned packages and lineal itself.

.venv/.requirements: requirements/run.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "setup: $(PYTHON) is not Python 3.11 or newer; say make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "setup: installing $$(grep -c '^[a-z]' requirements/dev.txt) pinned packages into .venv (a minute or two)"
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements/dev.txt $(LOGGED)
	@# On every core, where pip takes one; some packages carry files of other Pythons.
	@$(BIN)/python -m compileall -q -j 0 .venv/lib >>.venv/pip.log 2>&1 || true
	@touch $@

.venv/.installed: .venv/.requirements pyproject.toml
	@echo "setup: installing lineal itself"
	@$(PIP) --no-build-isolation --editable . $(LOGGED)
	@$(BIN)/python -m compileall -q -j 0 src
	@touch $@

repro: setup ## Reproduce every model from the versioned data, then show the summary.
	@echo "repro: fetching the raw data"
	@$(BIN)/dvc pull data/raw/*.dvc >.venv/pull.log 2>&1 || { cat .venv/pull.log >&2; \
		echo "repro: 'dvc add' what you changed in data/raw, or delete it to get it again" >&2; exit 1; }
	@echo "repro: running the stages that are not up to date"
	@$(BIN)/dvc repro
	@$(BIN)/lineal summary

tour: setup ## Live five years of a model in a folder of its own (TOUR=FOLDER; minutes).
	@PYTHONPATH=tests $(BIN)/python -m helpers.touring $(if $(TOUR),"$(TOUR)")

test: setup ## Run the tests and demand their coverage.
	@echo "test: running on $(WORKERS) processes"
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest --numprocesses $(WORKERS) --dist loadfile
	@$(BIN)/coverage combine --quiet
	@echo "test: coverage of everything, at least 95 %"
	@$(BIN)/coverage report --fail-under=95
	@echo "test: coverage of the core, every branch"
	@$(BIN)/coverage report --include='*/lineal/modeling/*' --fail-under=100
	@echo "test: coverage of registry and rules, which races and disks decide too: 99 %"
	@$(BIN)/coverage report --fail-under=99 \
		--include='*/lineal/registry/*,*/lineal/actions/*,*/lineal/policy/*'
	@echo "test: passed"

check: lint test ## Everything that must pass before a merge.

lint: setup ## Read the code without running it.
	@echo "lint: ruff, mypy, import-linter, actionlint, zizmor"
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy src tests $(wildcard benchmarks)
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/actionlint .github/workflows/*.yml
	@$(BIN)/zizmor --offline --no-progress --quiet .github/workflows
	@echo "lint: passed"

format: setup ## Rewrite what can be rewritten.
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: setup ## Measure the registry beside Git, GTO and, if installed, MLflow (minutes).
	@PYTHONPATH=tests $(BIN)/python benchmarks/registry.py $(WORDS)

quality: setup ## Compare with published results on public data (needs the package index).
	@PYTHONPATH=tests $(BIN)/python benchmarks/quality.py $(WORDS)

lock: ## Pin the newest allowed versions again, with hashes (needs uv).
	@echo "lock: writing requirements/run.txt and requirements/dev.txt"
	@$(UV) $(LOCK) $(UPGRADE) --output-file requirements/run.txt
	@$(UV) $(LOCK) $(UPGRADE) --all-extras --constraints requirements/run.txt \
		--output-file requirements/dev.txt

clean: ## Delete the environment and every cache; data and models stay.
	@rm -rf .venv .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis build dist
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "clean: done"
