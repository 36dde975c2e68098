# Everything a newcomer needs, with Python 3.11 to 3.13 and make alone.
#   make demo   set up, build the bundled story, serve it
#   make test   set up, run all tests
#   make check  set up, run everything that .ci/run runs

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test test-pages test-rest check format docs weights lock bench clean

$(BIN)/.ready-demo: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(BIN)/.ready-test: requirements-dev.lock $(BIN)/.ready-demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: $(BIN)/.ready-demo
	$(BIN)/onrecord demo

# Half of the tests' time is waiting - for servers, watchers, processes that are killed -, so two halves
# run side by side.
test: $(BIN)/.ready-test
	$(MAKE) -j2 test-pages test-rest

test-pages: $(BIN)/.ready-test
	$(BIN)/python -m pytest -p no:cacheprovider tests/publish tests/store

test-rest: $(BIN)/.ready-test
	$(BIN)/python -m pytest -p no:cacheprovider --ignore=tests/publish --ignore=tests/store

check: $(BIN)/.ready-test
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m onrecord.publish.docs docs --check

format: $(BIN)/.ready-test
	$(BIN)/ruff format src tests bench
	$(BIN)/ruff check --fix src tests bench

docs: $(BIN)/.ready-test
	$(BIN)/python -m onrecord.publish.docs docs

# the tagger's weights, from our own labelled text alone; needed again when a rule changes
weights: $(BIN)/.ready-test
	$(BIN)/onrecord train statements training/statements tests/gold/statements/[0-3]*.toml tests/gold/statements/4[0-4]*.toml --keep-rules --licence "Apache-2.0; trained only on labelled texts of this repository" -o src/onrecord/annotate/statement_weights.json

lock: $(BIN)/.ready-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml --extra postgres --extra parquet --group build --group dev -c requirements.lock -o requirements-dev.lock

bench: $(BIN)/.ready-test
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) demo-record
