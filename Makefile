# Everything one does with the archive. `make` builds the site; `make help` says what else there is.
# Relative paths only: the folder may stand anywhere, spaces in its name included.

PYTHON ?= python3
PORT ?= 8000
SIZES ?= 100 1000
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet

# The one place where the version of the lock maker is chosen.
UV := uv==0.13.9
COMPILE := $(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

.DEFAULT_GOAL := build
.PHONY: build test check serve book docs pictures bench bench-search lock clean help

build: $(VENV)/runtime.done ## build the site into _site/ (the default)
	@$(PY) build.py

test: check ## everything CI runs: make check, then all tests, in a real browser too
	@$(PY) tests/install_tools.py
	@$(PY) -m pytest --numprocesses=auto --maxprocesses=4

check: $(VENV)/test.done ## the code (ruff, mypy) and the content (build.py check), without building
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) build.py check

serve: $(VENV)/runtime.done ## show the site in a browser and rebuild it at every change (PORT=8000)
	@$(PY) build.py serve --port $(PORT)

book: $(VENV)/book.done ## the archive as a PDF and an EPUB into _book/ (installs WeasyPrint)
	@$(PY) build.py book

docs: $(VENV)/runtime.done ## write the list of all rules, docs/problems.md, anew
	@$(PY) -m builder.rules > docs/problems.md.new && mv docs/problems.md.new docs/problems.md

pictures: $(VENV)/test.done ## draw anew the preview picture and the snapshots that the tests compare with
	@$(PY) tests/draw_preview.py
	@$(PY) -m pytest tests/browser/test_snapshots.py --bless

bench: $(VENV)/runtime.done ## time builds of made-up archives, against Hugo and Pelican (SIZES="100 1000")
	@$(PY) -m bench.run $(SIZES)

bench-search: $(VENV)/test.done ## what the search costs at 10,000 documents: time, memory, bytes, latency
	@PYTHONPATH=tests $(PY) -m bench.search 10000

lock: $(PY) ## choose the newest versions that pyproject.toml allows and write all locks
	@$(PIP) install "$(UV)"
	@$(COMPILE) pyproject.toml --output-file requirements.txt
	@$(COMPILE) pyproject.toml --extra book --constraint requirements.txt --output-file requirements-book.txt
	@$(COMPILE) pyproject.toml --extra book --group test --constraint requirements-book.txt --output-file requirements-test.txt
	@echo "requirements.txt, -book.txt and -test.txt are written: run make test before you commit them."

clean: ## remove what was made: the site, the caches, the virtual environment
	@rm -rf _site _book .cache .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/tools/node_modules

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-13s %s\n", $$1, $$2 }'

# An environment whose Python is gone (the system's was upgraded, the folder came from elsewhere) is made anew.
$(shell $(PY) -c '' 2>/dev/null || rm -f $(PY) $(VENV)/*.done)

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { echo "这台机器上没有 $(PYTHON)。请安装 Python 3.11 或更新的版本：用系统的软件商店、包管理器，或从 python.org 下载。" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本，这里的 $(PYTHON) 是 `"$(PYTHON)" -c 'import platform; print(platform.python_version())'`。已经装了更新的，请写：make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "这个 Python 不能建立虚拟环境。Debian、Ubuntu 上请先运行：apt install python3-venv" >&2; exit 1; }
	@echo "正在 $(VENV)/ 里建立虚拟环境……"
	@"$(PYTHON)" -m venv --clear $(VENV)

$(VENV)/runtime.done: requirements.txt $(PY)
	@echo "正在安装生成网站所需的程序包……"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/book.done: requirements-book.txt $(VENV)/runtime.done
	@echo "正在安装排印成书所需的程序包……"
	@$(PIP) install --require-hashes -r requirements-book.txt
	@touch $@

$(VENV)/test.done: requirements-test.txt $(VENV)/runtime.done
	@echo "正在安装测试所需的程序包……"
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@
