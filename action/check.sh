#!/usr/bin/env bash
# Checks what the inputs of the action name: annotations, a summary, SARIF. Everything comes in by
# the environment, so that no input is ever read as a script.
set -euo pipefail

arguments=()
if [ -n "${INPUT_FAIL_ON:-}" ]; then
  arguments+=(--fail-on "$INPUT_FAIL_ON")
fi
while IFS= read -r line; do
  if [ -n "$line" ]; then
    arguments+=("$line")
  fi
done <<<"${INPUT_ARGS:-}"
arguments+=(--)
while IFS= read -r line; do
  if [ -n "$line" ]; then
    arguments+=("$line")
  fi
done <<<"${INPUT_PATHS:-}"

status=0
pipelint check --output-format github "${arguments[@]}" || status=$?
echo "status=$status" >>"$GITHUB_OUTPUT"

# The annotations have said what is wrong, and standard error what could not be checked.
if [ "${INPUT_SUMMARY:-}" = true ]; then
  pipelint check --output-format markdown "${arguments[@]}" 2>/dev/null >>"$GITHUB_STEP_SUMMARY" || true
fi
if [ -n "${INPUT_SARIF:-}" ]; then
  pipelint check --output-format sarif "${arguments[@]}" 2>/dev/null >"$INPUT_SARIF" || true
  echo "sarif=$INPUT_SARIF" >>"$GITHUB_OUTPUT"
fi
exit "$status"
