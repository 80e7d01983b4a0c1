#!/bin/sh
# Applies a stack, if its plan does exactly what was reviewed, and writes what was ordered and what is scheduled: applied.md.
# Usage: apply.sh STACK_DIRECTORY OUTPUT_DIRECTORY REVIEWED
#   REVIEWED: the digest of the review, or review.json. With PLANFILE set, that very plan is applied and review.json must be of it.
# Exit code: 0 applied, or nothing to do; 3 the plan does something else than what was reviewed: nothing was applied; 1 error.
set -eu
. "$(dirname "$0")/common.sh"
reviewed=${3:-}
[ -n "$reviewed" ] || { echo "apply.sh: which review? Give its digest, or review.json." >&2; exit 1; }

initialise
if [ -n "${PLANFILE:-}" ]; then
  tf show -json "$plan_file" >"$output/plan.json"
  rm -f "$output/plan.log"
  planned=2
  set -- --exact
else
  make_plan || [ $? -le 2 ]
  set --
fi
code=0
review_plan --verify "$reviewed" "$@" --format markdown --out "$output/comment.md" 2>/dev/null || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 2 ]; then
  review_plan --verify "$reviewed" "$@" --format text || true
  exit "$code"
fi
[ "$planned" -ne 0 ] || { echo "$name: nothing to do."; exit 0; }

applied=0
tf apply -lock-timeout=10m -json "$plan_file" >"$output/apply.log" || applied=$?
tf show -json >"$output/state.json"
set -- --applied "$output/state.json" "$output/apply.log" "$output/plan.json" --name "$name"
cdktf-zenlayer review "$@" --format markdown --out "$output/applied.md" 2>/dev/null || true
cdktf-zenlayer review "$@" --format text || true
exit "$applied"
