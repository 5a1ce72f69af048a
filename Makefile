# Everything runs in a virtual environment of its own, made from pinned and hashed requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo check quick lint types tests lock site release

demo: $(VENV)/run.stamp
	$(BIN)/gongkai demo

check: lint types tests

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/dev.stamp
	$(BIN)/mypy

# On every core: each file of tests stays in one process.
tests: $(VENV)/dev.stamp
	$(BIN)/pytest -n auto --dist loadfile

quick: $(VENV)/dev.stamp
	$(BIN)/pytest -m "not slow"

# The documentation in both languages, to be put on any server of files or opened from the disk.
site: $(VENV)/dev.stamp
	$(BIN)/python -m docs.site.build build/site

# Wheel, sdist, bill of materials and licences, in dist/; nothing is uploaded.
release: $(VENV)/dev.stamp
	$(BIN)/python -m contrib.release.make dist
	GONGKAI_RELEASE=dist $(BIN)/pytest tests/test_release.py

# Rewrites all lock files; needs uv on the PATH.  The demonstration may be looked at; the tests need every extra; the
# container's are those of the tests.
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --group build -q
lock:
	$(LOCK) --extra viewer -o requirements/run.txt
	$(LOCK) --group dev --all-extras -c requirements/run.txt -o requirements/dev.txt
	echo 'ocfl-py>=2.1' | uv pip compile - --no-deps --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements/judges.txt
	$(LOCK) --extra s3 --extra archives --extra viewer -c requirements/dev.txt -o requirements/container.txt
	$(LOCK) --extra browser -c requirements/dev.txt -o requirements/container-browser.txt
	$(LOCK) --extra ocr -c requirements/dev.txt -o requirements/container-ocr.txt
	$(LOCK) --extra cluster -c requirements/dev.txt -o requirements/container-cluster.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# The judges are used without what they depend on, of which some would put a package `tests` beside ours.
$(VENV)/dev.stamp: requirements/dev.txt requirements/judges.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements/judges.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/run.stamp
