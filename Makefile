# make demo   shows the whole loop, with no account and no token
#             (make demo PORT=8080 BROWSER=no: the page's port, and no browser is opened)
# make test   runs the tests
# make check  looks for faults of style and of types
# make clean  removes what the others made
# Each makes .venv in this folder if it is not there.

SHELL = /bin/sh
# The tests start many processes; each would compile the whole program again.
unexport PYTHONDONTWRITEBYTECODE
PYTHON = .venv/bin/python
INSTALL = $(PYTHON) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test check clean

demo: .venv/demo-is-installed
	@$(PYTHON) -m bot demo $(if $(PORT),--port $(PORT)) $(if $(filter no,$(BROWSER)),--no-browser)

test: .venv/dev-is-installed
	$(PYTHON) -m pytest

check: .venv/dev-is-installed
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build *.egg-info
	find bot cogs tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# What is needed for tests holds what is needed for the demo, so a second install is spared.
.venv/demo-is-installed: $(PYTHON) pyproject.toml constraints.txt
	@echo "Installing what the demo needs. The first time, this takes a minute or two."
	@$(INSTALL) --editable '.[demo]'
	@touch $@

.venv/dev-is-installed: $(PYTHON) pyproject.toml constraints.txt Makefile
	@echo "Installing what the tests need. The first time, this takes a minute or two."
	@$(INSTALL) 'pip>=25.1'
	@$(INSTALL) --editable '.[demo,metrics,pdf,semantic]' --group dev
	@touch $@ .venv/demo-is-installed

# Where the venv module is there only in part, as on Debian without python3-venv, nothing half-made is left.
$(PYTHON):
	@for python in python3.11 python3 python3.14 python3.13 python3.12; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$($$python --version)."; \
			$$python -m venv .venv && exit 0; \
			rm -rf .venv; \
			echo "Python could not make .venv. On Debian and Ubuntu, install python3-venv, then try again." >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Ward to Board needs Python 3.11 or newer. Install it, then try again." >&2; \
	exit 1
