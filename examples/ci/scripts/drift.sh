#!/bin/sh
# Says whether the machines are what the applied stack says. Quiet and 0 when they are: a scheduled downgrade is no drift.
# Usage: drift.sh STACK_DIRECTORY OUTPUT_DIRECTORY
# Exit code: 0 no drift; 2 something differs, see the review printed; 1 error.
# An ordinary plan, never -refresh-only: that would report whatever Zenlayer changes by itself, and accept it.
set -eu
. "$(dirname "$0")/common.sh"

initialise
code=0
make_plan -lock=false || code=$?
[ "$code" -eq 0 ] || review_plan --format text || true
exit "$code"
