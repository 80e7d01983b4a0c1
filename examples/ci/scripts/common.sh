# What plan.sh, apply.sh and drift.sh share. Sourced, not run.
# Sets stack, output, name and plan_file; whatever may hold a secret is readable by this user alone and removed at the end.

[ $# -ge 2 ] || { echo "usage: $0 STACK_DIRECTORY OUTPUT_DIRECTORY ..." >&2; exit 1; }
umask 077
mkdir -p "$2"
stack=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
name=$(basename "$stack")
PATH="$PWD/node_modules/.bin:$PATH"
export TF_IN_AUTOMATION=1 TF_INPUT=0

# A plan file and the JSON of plans and states hold secrets. PLANFILE (Atlantis sets it) names a plan that somebody else keeps.
plan_file=${PLANFILE:-$output/tfplan}
cleanup() {
  rm -f "$output/plan.json" "$output/state.json"
  [ -n "${PLANFILE:-}" ] || rm -f "$plan_file"
}
trap cleanup EXIT

tf() { terraform -chdir="$stack" "$@"; }

initialise() {
  tf init -no-color >"$output/init.log" 2>&1 || { cat "$output/init.log" >&2; exit 1; }
}

# Plans, and leaves plan.log and, when there is a plan, plan.json. Returns Terraform's code: 0 nothing to do, 2 changes, 1 error.
make_plan() {
  rm -f "$plan_file"
  planned=0
  # A plan orders nothing; with this it cannot.
  ZENLAYER_READ_ONLY=true terraform -chdir="$stack" plan -lock-timeout=10m -detailed-exitcode -out="$plan_file" -json "$@" >"$output/plan.log" || planned=$?
  [ ! -f "$plan_file" ] || tf show -json "$plan_file" >"$output/plan.json"
  return "$planned"
}

# The review of what make_plan left. Takes any of its options; POLICY names a policy file.
review_plan() {
  set -- --name "$name" "$@"
  [ ! -s "$output/plan.log" ] || set -- --log "$output/plan.log" "$@"
  [ ! -f "$output/plan.json" ] || set -- "$output/plan.json" "$@"
  [ ! -f "$stack/cdk.tf.json" ] || set -- "$@" --stack "$stack"
  [ -z "${POLICY:-}" ] || set -- "$@" --policy "$POLICY"
  cdktf-zenlayer review "$@"
}
