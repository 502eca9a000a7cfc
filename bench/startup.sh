#!/usr/bin/env bash
# How long `dotnet run --project AppHost` takes to a healthy API: the first start of a clean clone of HEAD (packages in
# the cache, no servers' data), then later starts of the same clone.
# Usage: bench/startup.sh [later starts, default 5] [port, default 5095]
set -euo pipefail
runs=${1:-5}
port=${2:-5095}
source=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
work=$(mktemp -d)
git clone -q "$source" "$work/clone"
cd "$work/clone"

# Prints the seconds from the command to the first healthy answer, and on standard error those of the stop.
start_and_stop() {
  local began=$EPOCHREALTIME
  dotnet run --project AppHost -- "--api:port=$port" > "$work/log" 2>&1 &
  local run=$!
  until curl -sf "http://localhost:$port/health" > /dev/null; do
    kill -0 "$run" 2> /dev/null || { cat "$work/log" >&2; return 1; }
    sleep 0.05
  done
  echo "$EPOCHREALTIME $began" | awk '{ printf "%.1f\n", $1 - $2 }'
  local stopped=$EPOCHREALTIME
  kill -TERM "$run"
  wait "$run" || true
  echo "$EPOCHREALTIME $stopped" | awk '{ printf "  stopped in %.1f s\n", $1 - $2 }' >&2
}

echo "first start: $(start_and_stop) s"
for ((i = 1; i <= runs; i++)); do start_and_stop; done | sort -n | awk '
  { taken[NR] = $1 }
  END { printf "later starts: median %.1f s (%.1f to %.1f s, %d runs)\n", taken[int((NR + 1) / 2)], taken[1], taken[NR], NR }'
rm -rf "$work"
