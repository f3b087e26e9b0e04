# The project's commands. Each makes the environment and fetches weights itself where they are missing.
# Nothing is written outside this folder but the weights' cache (~/.cache/summarizer, or SUMMARIZER_CACHE).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.ready-tools
PEER := .venv-bench
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help install weights demo app test served check bench soak pictures example constraints clean

help:
	@echo "make install   the environment in $(VENV), with the default models' weights in the cache"
	@echo "make demo      summarise a bundled story and print it with its sources"
	@echo "make app       open the page at http://127.0.0.1:7860"
	@echo "make test      the tests, the real models and a real browser among them"
	@echo "make served    a chat model behind a real llama.cpp server (some minutes; not in make test)"
	@echo "make check     lint, format, types, architecture and docs"
	@echo "make pictures  take the README's pictures of the page"
	@echo "make example   write the finished example that the page shows first"
	@echo "make bench     time and memory beside two peers; ARGS=--quick for some minutes of it"
	@echo "make soak      the whole sets of which make test has a part; kill -9 a batch fifty times"

# What a user needs. A newer pyproject.toml or constraints.txt installs again; otherwise this costs nothing.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "summarizer needs Python 3.11 or newer; name one, as in: make PYTHON=python3.12" >&2; exit 1; }
	@echo "==> Installing summarizer and what it needs into $(VENV) (the first time: some minutes)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable ".[pdf]"
	@touch $@

# What tests, checks and benchmarks need beside it, in the same environment.
$(TOOLS): $(READY)
	@echo "==> Adding the tools for tests and checks to $(VENV)"
	@$(PIP) --editable ".[dev]"
	@touch $@

weights: $(READY)
	@echo "==> Looking for the weights; what is missing is fetched once (writer 491 MB, reader up to 438 MB)"
	@$(BIN)/summarizer models pull qwen2.5-coder-0.5b-instruct >/dev/null
	@$(BIN)/summarizer models pull mpnet-reader >/dev/null

install: weights
	@echo "==> Trying it once, so that the weights are converted now and not at the first use"
	@$(BIN)/summarizer summarize --example ferry --words 60 --quiet --format text >/dev/null
	@echo "==> Ready: $(BIN)/summarizer --help"

demo: weights
	@echo "==> Summarising a bundled story: three outlets, one of them an agency's copy, and a disagreement"
	@$(BIN)/summarizer summarize --example ferry

app: weights
	@echo "==> Opening the page; Ctrl-C closes it"
	@$(BIN)/python app.py

test: $(TOOLS) weights
	@echo "==> Running the tests, on two workers (ARGS=-n0 for none)"
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

served: $(TOOLS) weights
	@echo "==> Summarising the bundled story through llama.cpp's own HTTP server, from the command line and from Python"
	@$(BIN)/summarizer models pull qwen2.5-coder-1.5b-instruct >/dev/null
	@$(BIN)/python -m pytest -m server tests/test_served_real.py $(ARGS)

check: $(TOOLS)
	@echo "==> Lint, format, types, architecture and docs"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_architecture.py tests/test_docs.py

# The peer that summarizer does not depend on has an environment of its own.
$(PEER)/.ready: benchmarks/requirements.txt | $(READY)
	@echo "==> Installing the benchmark's peer into $(PEER)"
	@test -x $(PEER)/bin/python || $(PYTHON) -m venv $(PEER)
	@$(PEER)/bin/python -m pip install -qq --disable-pip-version-check -c constraints.txt -r $<
	@touch $@

bench: $(TOOLS) weights $(PEER)/.ready
	@echo "==> Measuring time and memory beside two peers (long, not timed yet; ARGS=--quick is shorter)"
	@$(BIN)/python -m benchmarks $(ARGS)

soak: $(TOOLS) weights
	@echo "==> Testing on the whole sets of which make test has a part (some minutes)"
	@$(BIN)/python -m pytest -m soak
	@echo "==> Killing a batch fifty times at random, and comparing what is left (some minutes)"
	@$(BIN)/python -m benchmarks.soak --kills 50 $(ARGS)

pictures: $(TOOLS)
	@echo "==> Taking the README's pictures of the page, with chromium, into docs/pictures"
	@$(BIN)/python -m benchmarks.pictures --model extract

example: weights
	@echo "==> Summarising the bundled story, as the page's first screen shows it (1 to 3 minutes)"
	@$(BIN)/summarizer summarize --example ferry --quiet --format json -o summarizer/examples/summaries/ferry.json

# How constraints.txt was made: a new environment from pyproject.toml's ranges, torch alone pinned.
constraints:
	@echo "==> Resolving pyproject.toml anew and pinning what came of it in constraints.txt"
	@rm -rf build/pins && $(PYTHON) -m venv build/pins
	@build/pins/bin/python -m pip install --quiet torch==2.13.0
	@build/pins/bin/python -m pip install --quiet --editable ".[dev]"
	@{ sed -n '/^#/p' constraints.txt; \
	   build/pins/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//'; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/pins

clean:
	@echo "==> Removing the environments and what tools left here; the weights' cache stays (summarizer models remove NAME)"
	@rm -rf $(VENV) $(PEER) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
