# The course: `make book` builds it, `make test` tests it. `make help` lists the rest.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Further words for pip, such as an index that serves a CPU build of torch (see README.md).
PIP_ARGS ?=
PIP_MANNERS := --disable-pip-version-check --no-warn-script-location

SOURCES := $(shell find frontend/src frontend/assembly -type f) frontend/build.mjs frontend/package-lock.json \
	course_lib/figures/palette.json hatch_build.py
BOOK_READY := $(VENV)/.book-ready
TEST_READY := $(VENV)/.test-ready
BUNDLES    := course_lib/demos/static/demos.css
PAGES      := _build/html/index.html

# Tests run side by side, those of a file in one process; more threads in each would only wait.
WORKERS    := -n logical --maxprocesses 4 --dist loadfile
ONE_THREAD := OMP_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help book book-zip pdf links serve frontend figures golden pictures wheelhouse test test-slow test-gpu \
	test-frontend test-python test-notebooks lint format bench lock audit clean

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

book: $(BOOK_READY) $(BUNDLES)  ## build the book into _build/html
	@echo "→ building the book"
	@$(BIN)/jupyter-book build . -W -n --keep-going
	@echo
	@echo "The book is $(CURDIR)/$(PAGES): open it from disk, or see it over HTTP with \`make serve\`."

book-zip: book  ## pack the book into one file that opens from disk
	@$(BIN)/python -m course_lib.publishing.archive _build/html _build/convolutional-networks.zip

serve:  ## serve the built book on this machine
	@test -f $(PAGES) || { echo "There is no book yet: run \`make book\` first."; exit 1; }
	@echo "The book is at http://127.0.0.1:8000 (Ctrl-C stops)."
	@$(BIN)/python -m http.server 8000 --bind 127.0.0.1 --directory _build/html

pdf: book  ## print the built book into _build/book.pdf, with Chromium or Chrome
	@$(BIN)/course book pdf --out _build/book.pdf

links: $(BOOK_READY) $(BUNDLES)  ## ask every other host that the book links to whether the page is there
	@$(BIN)/jupyter-book build . --builder linkcheck -n --keep-going

frontend: $(BUNDLES)  ## bundle the demos' TypeScript

figures: $(BOOK_READY)  ## export every figure as SVG into _build/figures
	@$(BIN)/course figures --format svg --out _build/figures

test: lint test-frontend test-python test-notebooks  ## run all tests but the slow ones

test-slow: $(TEST_READY) book  ## run the slow tests: a fresh install, a real JupyterLab
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.browser.firefox
	@$(BIN)/python -m tests.grading.bubblewrap
	@$(BIN)/pytest -m "slow and not gpu"

test-gpu: $(TEST_READY) $(BUNDLES)  ## run the tests that need CUDA: notebooks, agreement, memory
	@$(BIN)/pytest -m gpu

wheelhouse: $(BOOK_READY)  ## gather the wheels that a GPU node without network lacks
	@tools/wheelhouse $(BIN)/python wheelhouse $(PIP_ARGS)

test-frontend: $(TEST_READY) $(BUNDLES)
	@echo "→ testing the front end"
	@$(BIN)/python hatch_build.py test

test-python: $(TEST_READY) book
	@echo "→ testing the package and the built book"
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.browser.firefox
	@$(BIN)/python -m tests.grading.bubblewrap
	@$(ONE_THREAD) $(BIN)/pytest -m "not slow and not gpu" $(WORKERS)

test-notebooks: $(TEST_READY) $(BUNDLES)
	@echo "→ running every notebook against its promised outputs"
	@$(ONE_THREAD) $(BIN)/pytest -c pyproject.toml -W default $(WORKERS) --nbval-lax --nbval-cell-timeout 300 book $(wildcard labs)

lint: $(TEST_READY)  ## check style and types
	@echo "→ checking style and types"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(TEST_READY)  ## format the sources
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/python hatch_build.py format

golden: $(TEST_READY)  ## write the golden cases that hold Python and TypeScript together
	@$(BIN)/python -m tests.golden

pictures: $(TEST_READY)  ## draw the pictures anew that tests hold every figure to: look at what changed
	@$(ONE_THREAD) $(BIN)/pytest -q tests/figures/test_pictures.py -k looks_as --mpl-generate-path=tests/figures/baseline

bench: $(TEST_READY) book  ## measure what the README claims, into benchmarks/reports/report.md
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.grading.bubblewrap
	@$(BIN)/python -m benchmarks

lock: $(TEST_READY)  ## pin every requirement anew
	@tools/lock $(BIN)

audit: $(TEST_READY)  ## ask which pinned packages have known weaknesses (needs the network)
	@tools/audit $(BIN)

clean:  ## remove what was built, but not the environment
	rm -rf _build course_lib/demos/static

$(BOOK_READY): requirements.txt pyproject.toml
	@echo "→ making the environment $(VENV) (the first time takes some minutes)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "The course needs Python 3.11 or newer: name one with \`make PYTHON=python3.12 …\`."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "Python cannot make an environment: install its venv package (Debian: python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install $(PIP_MANNERS) $(PIP_ARGS) -r requirements.txt \
		|| { echo "The requirements could not be installed: this step needs a package index within reach."; exit 1; }
	@$(BIN)/python -m pip install $(PIP_MANNERS) --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_READY): $(BOOK_READY) requirements-test.txt
	@echo "→ adding what the tests need"
	@$(BIN)/python -m pip install $(PIP_MANNERS) $(PIP_ARGS) -r requirements-test.txt \
		|| { echo "The test requirements could not be installed: this step needs a package index within reach."; exit 1; }
	@touch $@

$(BUNDLES): $(SOURCES) | $(BOOK_READY)
	@echo "→ bundling the front end"
	@$(BIN)/python hatch_build.py
