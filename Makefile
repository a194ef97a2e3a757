# make report   everything under output/        make test    the tests (under 5 minutes)
# make check    the long suite                  make bench   measurements        make lock   new locks
.DEFAULT_GOAL := report
.SILENT:
.PHONY: report press test check bench lock clean

PYTHON ?= python3
SEEDS ?= seeds
OUT ?= output
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

# `make report` ends with the press's own last line and its exit code: under -q make adds no trailer of its own and
# answers 1 where a target is not done, while recipe lines that begin with + run all the same.
ifneq ($(filter report,$(or $(MAKECMDGOALS),report)),)
MAKEFLAGS += -q --no-print-directory
endif
FAILED := .snakemake/failed

report: press
	$(if $(wildcard $(FAILED)),false)

press: .venv/report.stamp
	+mkdir -p .snakemake && rm -f $(FAILED)
	+$(PY) -m report build --seeds '$(subst ','\'',$(SEEDS))' --out '$(subst ','\'',$(OUT))' || touch $(FAILED)

test: .venv/test.stamp
	+$(PY) -m pytest -n auto --dist loadfile

check: .venv/test.stamp
	+$(PY) -m ruff check src tests
	+$(PY) -m mypy
	+$(PY) -m pytest -m long

bench: .venv/test.stamp
	+$(PY) -m tests.benchmarks

# The build backend first, then the locked packages (one is an sdist only, hence no build isolation), then the
# project itself: nothing unhashed is fetched.
.venv/report.stamp: requirements-build.lock requirements.lock pyproject.toml
	+echo "准备环境（首次约一分钟）……"
	+$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("python3: 需要 Python 3.11 或更新 — 用 PYTHON= 指定")'
	+test -x $(PY) || $(PYTHON) -m venv .venv
	+$(PIP) -r requirements-build.lock
	+$(PIP) --no-build-isolation -r requirements.lock
	+$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	+touch $@

.venv/test.stamp: .venv/report.stamp requirements-test.lock
	+$(PIP) --no-build-isolation -r requirements-test.lock
	+touch $@

# needs uv; the locks hold for every Python from 3.11 and name no index
lock:
	+uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml -o requirements.lock
	+uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements.lock --extra test pyproject.toml -o requirements-test.lock
	+printf 'setuptools>=80\nwheel\n' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements.lock - -o requirements-build.lock

clean:
	+rm -rf .snakemake $(filter-out output/README.md,$(wildcard output/*))
