# Everything a fresh clone needs: Python >= 3.11 and make. `make` alone lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
UV_PIN := uv==0.13.9

.DEFAULT_GOAL := help
.PHONY: help demo test check crash lock clean hostile

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "newscrawl needs Python >= 3.11; name one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "python3 -m venv failed; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "installing uv into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV_PIN)

# --require-hashes is implied by the hashes in the lock files. Compiled once here, every start takes half the time
# also where nothing may be written beside the sources later.
$(VENV)/.run: requirements.lock pyproject.toml | $(UV)
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.run ## crawl the bundled demo papers on loopback and show what came out
	@$(BIN)/python -m tests.site.demo

test: $(VENV)/.dev ## run the tests
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

hostile: $(VENV)/.dev ## crawl the whole hostile server and judge every end
	@$(BIN)/python -m tests.hostile.run

check: $(VENV)/.dev ## format, lint, types, layer contracts, generated docs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python docs/generate.py --check

crash: $(VENV)/.dev ## kill crawls at 200 random moments and see that nothing stored is lost (half an hour)
	@$(BIN)/python -m tests.crash.run

lock: | $(UV) ## resolve the dependencies anew
	@$(UV) pip compile pyproject.toml --universal --generate-hashes --no-header --quiet -o requirements.lock
	@$(UV) pip compile pyproject.toml --group dev --all-extras --universal --generate-hashes --no-header \
	  --quiet -c requirements.lock -o requirements-dev.lock

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
