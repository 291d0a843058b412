# make demo   sets up and runs the two example cases
# make test   sets up, checks and tests everything (at most 15 minutes on 2 cores)
# make coverage   the same tests, counting the lines that they reach
# make soak   the long tests of the ledger, and the coverage of estimates (over an hour)
# make check  types, style and structure only
# make lock   pins the newest versions that fit into constraints.txt
# make clean  removes what the above made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLES := examples/river-valley examples/khojaly-1992

.PHONY: demo test coverage soak check format lock clean install tools spark
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' $(firstword $(MAKEFILE_LIST))

# Every package is installed at the version and with the hash that constraints.txt holds.
$(VENV)/.installed: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "everyname needs Python 3.11 or newer; name it with: make PYTHON=python3.11 ..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

install: $(VENV)/.installed

demo: install
	@for case in $(EXAMPLES); do $(BIN)/everyname run $$case || exit $$?; done
	@echo
	@echo "The two reports:"
	@for case in $(EXAMPLES); do echo "  $(CURDIR)/$$case/out/report/index.html"; done

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Web pages are tested in Chromium, the ledger of a team in PostgreSQL, and power cuts with strace;
# without them, or the right to install them, those tests say that they are skipped.
TOOLS := chromium:chromium postgresql:postgres strace:strace

tools:
	@missing=""; \
	for tool in $(TOOLS); do \
	  command -v $${tool#*:} >/dev/null || ls /usr/lib/postgresql/*/bin/$${tool#*:} >/dev/null 2>&1 || \
	    missing="$$missing $${tool%:*}"; \
	done; \
	if [ -z "$$missing" ]; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq >/dev/null; \
	  for package in $$missing; do \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$package >/dev/null || \
	      echo "$$package could not be installed: the tests that need it will be skipped."; \
	  done; \
	else echo "No right to install$$missing: the tests that need them will be skipped."; fi

# Spark is large (450 MB) and needs Java 17: without Java, its tests say that they are skipped.
spark: install
	@if ! command -v java >/dev/null; then echo "There is no Java: the tests of Spark will be skipped."; \
	elif ! $(BIN)/python -c 'import pyspark' 2>/dev/null; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	    -r constraints-spark.txt || echo "PySpark could not be installed: its tests will be skipped."; fi

test: check tools spark $(VENV)/.compiled
	$(BIN)/python -m pytest -n auto --dist loadfile

# The numerics of estimation are compiled once here, not by every worker of the tests.
$(VENV)/.compiled: $(VENV)/.installed
	$(BIN)/python -c "from everyname.estimation import estimate; estimate([[i >> j & 1 for j in range(4)] for i in range(1, 16)], [9 * i % 31 + 12 for i in range(15)])"
	touch $@

# The same tests, more slowly, with the lines that none of them reaches.
coverage: install tools spark
	$(BIN)/python -m pytest --cov --cov-report=term

# The long forms of what the tests show in short: kills, power cuts, full disks, flipped bits,
# writers at once, and the time that all of it takes.
soak: install tools
	$(BIN)/python benchmarks/durability/kills.py --kills 1000
	$(BIN)/python benchmarks/durability/power_loss.py --images 1000
	$(BIN)/python benchmarks/durability/disk_full.py --rounds 60
	$(BIN)/python benchmarks/durability/bit_flips.py --flips 600
	$(BIN)/python benchmarks/durability/writers.py
	$(BIN)/python benchmarks/durability/postgresql_kills.py --kills 40
	$(BIN)/python -m pip install --quiet sqlite-utils
	$(BIN)/python benchmarks/ledger_speed.py
	$(BIN)/python benchmarks/coverage.py --models reported --populations 200
	$(BIN)/python benchmarks/coverage.py --models reported --held-out 7 8 9 --populations 25

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# uv resolves; the file carries versions and hashes and no index address.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --upgrade --extra dev --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --universal --python-version 3.11 pyproject.toml -o constraints.txt
	echo 'pyspark>=4,<5' | $(BIN)/uv pip compile --upgrade --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --universal --python-version 3.11 - -o constraints-spark.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage dist \
	  $(addsuffix /out,$(EXAMPLES))
