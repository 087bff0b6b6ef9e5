#!/bin/sh
# Prints the path of a Python that Parley runs on: 3.12 or later, the series of .python-version first.
# With nothing found it says what to install, and fails.
set -u
series=$(cat "$(dirname "$0")/../.python-version")

is_suitable() {
    "$1" -c 'import ensurepip, ssl, sqlite3, sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

for name in "python$series" python3.13 python3.12 python3.14 python3 python; do
    found=$(command -v "$name" 2>/dev/null) || continue
    is_suitable "$found" && exec "$found" -c 'import sys; print(sys.executable)'
done
for found in "$HOME/.pyenv/versions/$series"*/bin/python "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python \
    /usr/local/bin/python3.1[2-9] /opt/python*/bin/python3; do
    [ -x "$found" ] && is_suitable "$found" && exec "$found" -c 'import sys; print(sys.executable)'
done
if command -v uv >/dev/null 2>&1; then
    found=$(uv python find '>=3.12' 2>/dev/null) && is_suitable "$found" && printf '%s\n' "$found" && exit 0
fi

cat >&2 <<SENTENCE
Parley needs Python 3.12 or later (it is made with $series), with its venv module, and none was found.
  Debian 13, Ubuntu 24.04 or later:  sudo apt-get install python3 python3-venv
  Elsewhere:                         pyenv install $series    or    uv python install $series
Then run the same command again. To name one yourself: make PYTHON=/path/to/python3 …
SENTENCE
exit 1
