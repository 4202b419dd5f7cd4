#!/usr/bin/env bash
# Requests a second and peak memory of the services of the example `load`, side by side: in turns,
# so that a busy machine is as unfair to each. Needs wrk. Loopback only; about 2 minutes.
#
#   crates/axum/examples/load.sh [rounds] [seconds]
set -euo pipefail
cd "$(dirname "$0")/../../.."
rounds=${1:-5}
seconds=${2:-4}
modes=(checked typed value jsonschema)

cargo build --quiet --release -p pipelint-axum --example load
program="${CARGO_TARGET_DIR:-target}/release/examples/load"
scratch=$(mktemp -d)
services=()
trap 'kill "${services[@]}" 2>/dev/null || true; rm -r "$scratch"' EXIT
for place in "${!modes[@]}"; do
  "$program" "${modes[place]}" "$((3101 + place))" &
  services+=($!)
done
sleep 1

load() {
  wrk -t1 -c32 -d"$2s" -s crates/axum/examples/load.lua "http://127.0.0.1:$1/"
}
for place in "${!modes[@]}"; do
  load "$((3101 + place))" 1 >"$scratch/warm"
done
for ((round = 0; round < rounds; round++)); do
  for place in "${!modes[@]}"; do
    said=$(load "$((3101 + place))" "$seconds")
    if grep -q 'Non-2xx\|Socket errors' <<<"$said"; then
      echo "$said" >&2
      exit 1
    fi
    awk '/^Requests\/sec:/ { print $2 }' <<<"$said" >>"$scratch/${modes[place]}"
  done
done
printf '%-12s%16s%16s%12s\n' mode 'median req/s' 'best req/s' 'peak KiB'
for place in "${!modes[@]}"; do
  sorted=$(sort -g "$scratch/${modes[place]}")
  median=$(awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }' <<<"$sorted")
  best=$(tail -n 1 <<<"$sorted")
  peak=$(awk '/^VmHWM:/ { print $2 }' "/proc/${services[place]}/status")
  printf '%-12s%16.0f%16.0f%12d\n' "${modes[place]}" "$median" "$best" "$peak"
done
