# Runs the first Python of at least 3.11 with the arguments given: sh python.sh -m securecart.setup
# PYTHON=path names one; otherwise the virtual environment's own (the quickest to start), then those on PATH.
for candidate in ${PYTHON:-.venv/bin/python python3 python3.11 python3.12 python3.13 python3.14}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$candidate" "$@"
    fi
done
echo "set-up: no Python 3.11 or later found (looked for: ${PYTHON:-python3, python3.11 to python3.14})." >&2
echo "set-up: install one, or name it: make PYTHON=/path/to/python3.11 up" >&2
exit 1
