# Parley's commands. `make help` lists them; all may be run again at any time.

SHELL = /bin/sh
.DEFAULT_GOAL = help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA ?= var
VENV ?= .venv
PYTHON ?=
CHROMIUM ?=
WORKERS ?= 3
ARGS ?=

BIN = $(VENV)/bin
APPS = $(shell tools/list_apps.sh)
MESSAGES = $(wildcard locale/*/LC_MESSAGES/*.po)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

# What one process compiles the next ones read, whatever the shell around says.
export PYTHONDONTWRITEBYTECODE =

# Settings named on the command line reach the commands below; those of the surrounding shell do too.
export PARLEY_DATA = $(abspath $(DATA))
ifneq ($(CHROMIUM),)
export CHROMIUM
endif

.PHONY: help demo prepare install test test-everything test-sqlite test-postgres steady coverage trust trust-sqlite trust-postgres check \
	bench translations lock clean

help:
	@echo "make demo          set everything up, fill the site and serve it at http://127.0.0.1:$(PORT)/"
	@echo "                   (PORT=8080 another port, DATA=/tmp/parley another folder for its data)"
	@echo "make test          every test, on SQLite and on PostgreSQL, browser tests included (ARGS= for pytest)"
	@echo "make test-everything  all of it on both, and the whole where that looks at a sample: before a release"
	@echo "make steady        the same three times on a busy machine: which tests depend on how fast it is"
	@echo "make coverage      which lines no test reaches (SQLite)"
	@echo "make trust         the long proofs: nothing hidden is seen, nothing is lost, on both databases"
	@echo "                   (ARGS=worlds for one)"
	@echo "make check         format, lint, types, layers, migrations, deployment, translations"
	@echo "make bench         what reading and posting cost, beside rivals and limits (ARGS=--quick for a look)"
	@echo "make prepare       set up what a server needs (make install: what a developer needs)"
	@echo "make translations  collect the strings to translate, and compile them"
	@echo "make lock          renew requirements/*.txt from pyproject.toml"
	@echo "make clean         remove what the other commands made, except the data"

# --- Setting up ---------------------------------------------------------------------------------------

$(BIN)/python:
	@python=$(if $(PYTHON),'$(PYTHON)',$$(tools/find_python.sh)) && echo "Python: $$python" && "$$python" -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	@echo "Installing what Parley needs to run…"
	@$(INSTALL) -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@echo "Installing what Parley needs to be developed…"
	@$(INSTALL) --no-compile -r requirements/dev.txt
	@touch $@ $(VENV)/.base

# What a server needs, and what a developer needs.
prepare: $(VENV)/.base locale/.compiled
install: $(VENV)/.dev locale/.compiled

locale/.compiled: $(MESSAGES) | $(VENV)/.base
	@mkdir -p locale
	@for po in $(MESSAGES); do $(BIN)/pybabel --quiet compile --input-file "$$po" --output-file "$${po%.po}.mo" || exit 1; done
	@touch $@

# --- Everyday commands --------------------------------------------------------------------------------

demo: export DJANGO_SETTINGS_MODULE = portal.settings.dev
demo: export PARLEY_BASE_URL = http://127.0.0.1:$(PORT)
demo: export PARLEY_DEBUG = false
demo: $(VENV)/.base locale/.compiled
	@$(BIN)/python manage.py migrate --verbosity 0
	@exec tools/serve_demo.sh $(VENV) $(PORT)

test: test-sqlite test-postgres
	@echo "Every test passed on SQLite and on PostgreSQL."

# Everything on both databases, and where `make test` looks at a sample, the whole: for releases.
test-everything: export PARLEY_TESTS = whole
test-everything: test-sqlite test-postgres
	@echo "Everything passed on SQLite and on PostgreSQL."

# On PostgreSQL runs what a database can change; what needs nginx or Redis is left out, aloud, where there is none.
NGINX := $(shell PATH="$$PATH:/usr/sbin" command -v nginx)
REDIS := $(shell command -v redis-server)
ABSENT = $(if $(NGINX),,proxy) $(if $(REDIS),,redis)
CONDITIONS = $(if $(findstring sqlite,$@)$(PARLEY_TESTS),,and database) $(patsubst %,and not %,$(ABSENT))
MARKS = $(wordlist 2,99,$(CONDITIONS))

test-sqlite test-postgres: $(VENV)/.dev locale/.compiled
	@$(if $(NGINX),,echo "No nginx here (nginx-light): the tests of the proxy are left out." &&) \
	$(if $(REDIS),,echo "No redis-server here: the test that takes it away is left out." &&) \
	browser=$$(tools/find_browser.sh $(VENV)) && \
	echo "Tests on $(if $(findstring sqlite,$@),SQLite,PostgreSQL), browser $$browser" && \
	CHROMIUM="$$browser" $(if $(findstring sqlite,$@),env -u DATABASE_URL,$(BIN)/python tools/with_postgres.py) \
	$(BIN)/python tools/run_tests.py -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 15 -m "$(MARKS)" $(ARGS)

# Beside busy processes, several times: which tests do not pass each time.
steady: $(VENV)/.dev locale/.compiled
	@$(BIN)/python tools/steady.py $(ARGS)

# The whole must be covered to 90 %, who may do what and what it does to the last branch.
coverage: $(VENV)/.dev locale/.compiled
	@$(MAKE) test-sqlite ARGS="--cov --cov-report= $(ARGS)"
	@$(BIN)/coverage report
	@$(BIN)/coverage report --fail-under=100 --include='*/permissions.py,*/permissions/*,*/actions.py,*/actions/*'

# Each part is tried, whatever the first one says; the two databases at the same time.
trust: $(VENV)/.dev locale/.compiled
	@$(if $(ARGS),true,$(MAKE) test-everything); tests=$$?; $(MAKE) trust-sqlite & other=$$!; \
	$(MAKE) trust-postgres; postgres=$$?; wait $$other && exit $$((tests | postgres))

trust-sqlite trust-postgres: $(VENV)/.dev locale/.compiled
	@$(if $(findstring sqlite,$@),env -u DATABASE_URL,$(BIN)/python tools/with_postgres.py) \
	$(BIN)/python -m tests.trust $(ARGS)

check: $(VENV)/.dev locale/.compiled
	@PATH="$(abspath $(BIN)):$$PATH" tools/check.sh

bench: $(VENV)/.dev locale/.compiled
	@$(BIN)/python bench/run.py $(ARGS)

translations: $(VENV)/.dev
	@$(BIN)/python tools/translations.py collect
	@$(MAKE) locale/.compiled

LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.12 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	$(LOCK) --output-file requirements/base.txt
	$(LOCK) --extra saml --constraint requirements/base.txt --output-file requirements/saml.txt
	$(LOCK) --extra saml --group dev --constraint requirements/saml.txt --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) locale/.compiled locale/*/LC_MESSAGES/*.mo .coverage htmlcov
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(APPS) tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +
