#!/bin/sh
# Applies a stack, if its plan does exactly what was approved, and writes what was ordered and what is scheduled: applied.md.
# Usage: apply.sh STACK_DIRECTORY OUTPUT_DIRECTORY APPROVAL
#   APPROVAL: approval.json of the review, or its digest. With PLANFILE set, that very plan is applied and review.json must be of it.
# Exit code: 0 applied, or nothing to do; 3 the plan does something else than what was approved: nothing was applied; 1 error.
# Environment: as for plan.sh.
set -eu
. "$(dirname "$0")/common.sh"
approved=${3:-}
[ -n "$approved" ] || { echo "apply.sh: which review? Give its approval.json, or its digest." >&2; exit 1; }

# The state of an apply before this one that could not be saved: nothing is planned over it.
if [ -s "$output/errored.tfstate" ]; then
  echo "apply.sh: $output/errored.tfstate is the state of an earlier apply: push it (terraform state push), or take it away." >&2
  exit 1
fi
rm -f "$output/applied.md" "$output/comment.md" "$output/apply.log" "$output/applied.html" "$output/comment.html"
if [ -n "${PLANFILE:-}" ]; then
  tf show -json "$plan_file" >"$output/plan.json"
  rm -f "$output/plan.log"
  planned=2
  set -- --exact
else
  initialise
  make_plan "" || [ $? -le 2 ]
  set --
fi
code=0
write_pages "$output/comment" review_plan --verify "$approved" "$@" || code=$?
footer "$output/comment.md"
if [ "$code" -ne 0 ] && [ "$code" -ne 2 ]; then
  review_plan --verify "$approved" "$@" --format text || true
  exit "$code"
fi
[ "$planned" -ne 0 ] || { echo "$name: nothing to do."; exit 0; }

# From here on something may be ordered: whatever happens, it is told.
# shellcheck disable=SC2317 # by the trap
tell() {
  set -- "$output/apply.log" "$output/plan.json"
  [ ! -s "$output/plan.log" ] || set -- "$@" "$output/plan.log"
  # What could not be saved is saved once more, and kept where nobody else writes until it is.
  if [ -s "$stack/errored.tfstate" ]; then
    cp "$stack/errored.tfstate" "$output/errored.tfstate"
    if tf state push errored.tfstate >&2; then
      rm -f "$output/errored.tfstate"
    else
      echo "apply.sh: the state could not be saved: it is in $output/errored.tfstate, for $terraform state push" >&2
      set -- "$output/errored.tfstate" "$@"
    fi
  fi
  tf show -json >"$output/state.json" 2>/dev/null || rm -f "$output/state.json"
  [ ! -s "$output/state.json" ] || set -- "$output/state.json" "$@"
  write_pages "$output/applied" "$tool" review --applied "$@" --name "$name" || true
  footer "$output/applied.md"
  "$tool" review --applied "$@" --name "$name" --format text || true
}
# shellcheck disable=SC2317
ended() {
  # A second signal does not take away the report.
  trap - EXIT
  trap '' INT TERM
  tell
  cleanup
}
trap ended EXIT
# One that the pull request brought would be pushed as if it were ours.
rm -f "$stack/errored.tfstate"
# Not by tf: the process in the background must be Terraform itself.
(cd "$stack" && exec "$terraform" apply -lock-timeout=10m -json "$plan_file") >"$output/apply.log" &
applying=$!
# Terraform ends by itself after one signal, and says what it ordered; a second one would kill it.
trap 'kill -TERM "$applying" 2>/dev/null; trap "" INT TERM' INT TERM
while :; do
  applied=0
  wait "$applying" || applied=$?
  # Above 128 it may be our own signal that ended the wait, and Terraform still runs. Whether it runs is asked after the wait only: a shell may have taken
  # note of its end before, and then it would count as applied.
  if [ "$applied" -le 128 ] || ! kill -0 "$applying" 2>/dev/null; then break; fi
done
exit "$applied"
