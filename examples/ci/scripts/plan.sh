#!/bin/sh
# Plans a stack and writes its review: comment.md for people, review.json and digest for machines.
# Usage: plan.sh STACK_DIRECTORY OUTPUT_DIRECTORY
# Exit code: 0 nothing to do, or changes; 1 error; 3 refused by a guard or by the policy. The review is written in each case.
set -eu
. "$(dirname "$0")/common.sh"

initialise
make_plan || [ $? -le 2 ]
code=0
review_plan --format json --out "$output/review.json" 2>/dev/null || code=$?
review_plan --format markdown --out "$output/comment.md" 2>/dev/null || true
review_plan --format text || true
[ -s "$output/comment.md" ] || exit 1
node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).digest ?? ""' "$output/review.json" >"$output/digest"
case $code in
0 | 2) ;;
*)
  # What was refused is not left to be applied.
  rm -f "$plan_file"
  exit "$code"
  ;;
esac
