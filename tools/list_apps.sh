#!/bin/sh
# Our apps, as `pyproject.toml` lists them, on one line.
cd "$(dirname "$0")/.." && sed -n 's/^root_packages = \[\(.*\)\]$/\1/p' pyproject.toml | tr -d '",'
