# 标尺 Biaochi. Everything a newcomer needs: `make demo`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2

.PHONY: help setup spark demo run test check fix bench clean

help:
	@echo "make demo   a fictional city, ready to click, at http://127.0.0.1:8000"
	@echo "make test   set up and run every test (SQLite; PostgreSQL too when BIAOCHI_TEST_POSTGRES is set)"
	@echo "make check  style, import rule, migrations, drawn docs, translations, types"
	@echo "make spark  add what grouping on a cluster needs (large; also Java 17)"
	@echo "make run    an empty site for development   make bench  measurements   make fix  mend what can be mended"

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/ready
	@$(BIN)/python manage.py translations --compile

spark: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements-spark.lock

demo: setup
	$(BIN)/biaochi demo

run: setup
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py runserver

test: setup
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)
ifdef BIAOCHI_TEST_POSTGRES
	BIAOCHI_DATABASE=$(BIAOCHI_TEST_POSTGRES) $(BIN)/python -m pytest -n $(JOBS) -m "not browser" $(ARGS)
endif

check: setup
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py draw_flow --check
	$(BIN)/python manage.py translations --check
	$(BIN)/mypy

fix: setup
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	$(BIN)/python manage.py draw_flow
	$(BIN)/python manage.py translations

bench: setup
	@for script in tests/bench/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) var
