# The kiosk, three commands:  make run   make test   make bench
# (make lint checks without testing; make constraints pins the newest versions after a dependency changed)

PIP := .venv/bin/python -m pip --disable-pip-version-check -qq

.PHONY: run test suite bench lint constraints

run: .venv/.run-installed
	@.venv/bin/kiosk run

test: .venv/.test-installed
	@.ci/tools mariadb chromium libatomic fonts
	@$(MAKE) --no-print-directory -j2 lint suite

# Three processes wait and reckon in turn on two cores; what one of them has compiled is kept for the others.
suite: .venv/.test-installed
	env -u PYTHONDONTWRITEBYTECODE .venv/bin/pytest -n 3 --dist loadfile --no-loadscope-reorder

bench: .venv/.test-installed
	@.ci/tools mariadb chromium libatomic
	.venv/bin/pytest tests/bench -m bench -s

lint: .venv/.test-installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy --strict
	.venv/bin/lint-imports

.venv/.run-installed: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing the kiosk into .venv ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/.test-installed: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing the kiosk and its tests' tools into .venv ..."
	@$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@ .venv/.run-installed

.venv/bin/pip:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "The kiosk needs Python 3.11 or newer as python3. On Debian and Ubuntu type: sudo apt-get install python3 python3-venv"; exit 1; }
	@python3 -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python cannot make a virtual environment yet. Type: sudo apt-get install python3-venv"; exit 1; }
	@python3 -m venv .venv

constraints:
	@rm -rf build/constraints && python3 -m venv build/constraints
	@build/constraints/bin/pip install --quiet '.[test]'
	@build/constraints/bin/pip freeze --exclude kiosk | LC_ALL=C sort -f > constraints.txt
	@rm -rf build/constraints
