#!/bin/sh
# Plans a stack and writes its review: comment.md for people, review.json, approval.json and digest for machines.
# Usage: plan.sh STACK_DIRECTORY OUTPUT_DIRECTORY [APPROVAL]
#   APPROVAL: approval.json of an earlier review, or its digest: a plan that does anything else is refused.
# Exit code: 0 nothing to do, or changes; 1 error; 3 refused by a guard, by the policy, or because it is not what was approved. The comment is
# written in each case.
# Environment: TERRAFORM_BINARY_NAME (tofu), LOCK_FILE and PROVIDERS (what may be used), POLICY, STACK_NAME; for the comment FORGE, COMMIT, RUN_URL,
# and PAGE_URL, where the whole page is found (by default at RUN_URL): comment.html, comment-full.md.
set -eu
. "$(dirname "$0")/common.sh"
approved=${3:-}

rm -f "$output/comment.md" "$output/comment.html" "$output/comment-full.md" "$output/approval.json" "$output/review.json" "$output/digest" "$output/quiet"
initialise
make_plan "" || [ $? -le 2 ]
set --
[ -z "$approved" ] || set -- --verify "$approved"
code=0
review_plan "$@" --format json --out "$output/review.json" --approve-out "$output/approval.json" 2>/dev/null || code=$?
write_pages "$output/comment" review_plan "$@" || true
review_plan "$@" --format text || true
[ -s "$output/comment.md" ] || exit 1
footer "$output/comment.md"
node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).digest ?? ""' "$output/review.json" >"$output/digest"
case $code in
0) : >"$output/quiet" ;;
2) ;;
*)
  # What was refused is not left to be applied, nor to be approved.
  rm -f "$plan_file" "$output/approval.json"
  exit "$code"
  ;;
esac
