#!/usr/bin/env bash
# Builds the pipelint of this action's version, unless one is installed already.
set -euo pipefail

if command -v pipelint >/dev/null; then
  echo "using $(command -v pipelint), $(pipelint --version)"
  exit
fi
cargo install --quiet --locked --path "$GITHUB_ACTION_PATH/crates/cli" --root "$RUNNER_TEMP/pipelint"
echo "$RUNNER_TEMP/pipelint/bin" >>"$GITHUB_PATH"
