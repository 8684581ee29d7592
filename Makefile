# Two commands do everything: `make demo` and `make test`. The rest are their parts.

PYTHON ?= python3
BIN := .venv/bin
# A file stays in one process, which keeps what its tests share; the long files come first (tests/long_modules.py).
PYTEST := $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
DEMO_HOME ?= $(CURDIR)/demo-home
DEMO_CORPUS ?= $(CURDIR)/demo-corpus
PORT ?= 8000

.PHONY: screenshots bundle sbom licences audit demo test test-fast test-full lint install system-packages lock

demo: install
	.ci/system-packages demo
	test -d $(DEMO_CORPUS) || $(BIN)/rogatio demo-corpus $(DEMO_CORPUS)
	ROGATIO_HOME=$(DEMO_HOME) $(BIN)/rogatio ingest $(DEMO_CORPUS)
	ROGATIO_HOME=$(DEMO_HOME) $(BIN)/rogatio serve --port $(PORT)

test: install
	.ci/system-packages test
	$(PYTEST)

# For daily work: no engine but the embedded one, no browser, nothing that takes long.
test-fast: install
	$(PYTEST) -m "not elasticsearch and not browser and not slow"

# Before a release: every label, thousands of terms, the whole demonstration, every point of a kill. The tests of a file
# are long and need little in common, so that they are divided among the processes.
test-full: test
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal --full -m full

# Pictures of the main pages of the demonstration in four languages, to look at before a release.
screenshots: install
	.ci/system-packages test
	test -d $(DEMO_HOME) || { $(BIN)/rogatio demo-corpus $(DEMO_CORPUS) && ROGATIO_HOME=$(DEMO_HOME) $(BIN)/rogatio ingest $(DEMO_CORPUS); }
	PYTHONPATH=tests $(BIN)/python tests/screenshots.py $(DEMO_HOME) screenshots

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	$(BIN)/python -m app.operations.prepare
	touch $@

# The bill of materials (CycloneDX) of an installation from the production lock.
sbom: install
	$(BIN)/python release/sbom.py > sbom.json

licences: install
	$(BIN)/python release/licences.py

# One archive that installs with the network off (release/install.sh); building it needs a package index.
bundle: install
	$(BIN)/python release/bundle.py dist

# Published vulnerabilities of what an installation has; needs a network.
audit: install
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv tool run pip-audit --disable-pip --require-hashes --requirement requirements-production.lock

# Pins every dependency with its hashes; names no host. The production lock is the part without development tools; the third
# is the production lock with transformers and torch. Extras stay in the pins: without them pip resolves the extra to the
# newest release, which is not pinned, as soon as there is one.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --no-strip-extras --generate-hashes --no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgresql --extra redis --extra timestamps --constraint requirements.lock --no-strip-extras --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements-production.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgresql --extra redis --extra timestamps --extra transformers --constraint requirements.lock --no-strip-extras --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements-transformers.lock
