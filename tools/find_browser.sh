#!/bin/sh
# Prints the path of a Chromium for the browser tests, and installs one where that is allowed.
# $1: the folder of the virtual environment, whose Playwright is the last resort.
set -u

look() {
    if [ -n "${CHROMIUM:-}" ]; then
        [ -x "$CHROMIUM" ] && printf '%s\n' "$CHROMIUM" && return 0
        echo "CHROMIUM is “$CHROMIUM”, and there is no program there. Unset it or correct it." >&2
        exit 1
    fi
    for name in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
        command -v "$name" 2>/dev/null && return 0
    done
    "$1/bin/python" - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = pathlib.Path(playwright.chromium.executable_path)
if not path.exists():
    sys.exit(1)
print(path)
PYTHON
}

look "$1" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests…" >&2
    { apt-get update -qq && export DEBIAN_FRONTEND=noninteractive &&
        { apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-liberation ||
            apt-get install -y -qq --no-install-recommends chromium fonts-liberation; }; } >&2
else
    echo "Downloading Chromium for the browser tests…" >&2
    "$1/bin/playwright" install chromium >&2
fi
look "$1" && exit 0
echo "The browser tests need Chromium, and it could not be installed. Install it (Debian: sudo apt-get install
chromium), or say where it is: CHROMIUM=/path/to/chromium make test" >&2
exit 1
