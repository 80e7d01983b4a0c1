# shellcheck shell=sh
# What plan.sh, apply.sh and drift.sh share. Sourced, not run.
# Sets stack, output, name, terraform, tool and plan_file; whatever may hold a secret is readable by this user alone and removed at the end.
#
# Nothing that a pull request may bring is run or believed: neither its plugins nor its lock file, nor what stands on its path.

[ $# -ge 2 ] || { echo "usage: $0 STACK_DIRECTORY OUTPUT_DIRECTORY ..." >&2; exit 1; }
umask 077
scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2"
[ -d "$1" ] || { echo "$(basename "$0"): there is no directory $1: synthesise the stack first." >&2; exit 1; }
stack=$(cd "$1" && pwd)
output=$(cd "$2" && pwd)
export TF_IN_AUTOMATION=1 TF_INPUT=0

# By this name the comment and the approval of the stack are found again: its path, and its workspace unless that is the default one.
name=${STACK_NAME:-${1#./}}
name=${name#cdktf.out/stacks/}
[ -z "${TF_WORKSPACE:-}" ] || [ "$TF_WORKSPACE" = default ] || name=$name+$TF_WORKSPACE
case $name in
*[!A-Za-z0-9_./+-]*) echo "$(basename "$0"): the name of a stack has letters, digits and _ . / + -, not $name: set STACK_NAME." >&2; exit 1 ;;
esac

# Where the pages are posted.
# shellcheck disable=SC2034 # by the scripts that source this
forge=${FORGE:-github}
terraform=${TERRAFORM_BINARY_NAME:-terraform}
# The tool of the checkout that these scripts belong to, never the one of the stack; else the one on PATH.
tool=${CDKTF_ZENLAYER:-$scripts/../../node_modules/.bin/cdktf-zenlayer}
[ -x "$tool" ] || tool=cdktf-zenlayer
command -v "$terraform" >/dev/null || { echo "$(basename "$0"): there is no $terraform on PATH." >&2; exit 1; }
command -v "$tool" >/dev/null || { echo "$(basename "$0"): there is no cdktf-zenlayer beside the scripts or on PATH: run npm ci." >&2; exit 1; }

# A plan file and the JSON of plans and states hold secrets. PLANFILE (Atlantis sets it) names a plan that somebody else keeps.
plan_file=${PLANFILE:-$output/tfplan}
cleanup() {
  rm -f "$output/plan.json" "$output/state.json"
  [ -n "${PLANFILE:-}" ] || rm -f "$plan_file"
}
# A shell that is ended by a signal runs no EXIT trap of its own accord everywhere.
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the directory of the stack: there, and not by -chdir, Terraform looks for the plugins that came with it.
tf() (
  cd "$stack" || exit 1
  exec "$terraform" "$@"
)

# Takes away whatever could be run, places our own plugin and lock file, and refuses providers that are not listed before any of them starts.
initialise() {
  node "$scripts/stage.mjs" "$stack" || exit 1
  "$tool" plugin install --dir "$stack/terraform.d/plugins" >"$output/init.log" 2>&1 || { cat "$output/init.log" >&2; exit 1; }
  [ -z "${LOCK_FILE:-}" ] || cp "$LOCK_FILE" "$stack/.terraform.lock.hcl"
  # Without any key: what it installs is looked at first.
  bare_init >"$output/init.log" 2>&1 || failed "$terraform init"
  node "$scripts/stage.mjs" --providers "$stack" || exit 1
  tf init -no-color ${LOCK_FILE:+-lockfile=readonly} >"$output/init.log" 2>&1 || failed "$terraform init"
}

# shellcheck disable=SC2016 # the inner shell expands it
bare_init() {
  env -i PATH="$PATH" HOME="${HOME:-/nonexistent}" TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1 \
    ${TF_CLI_CONFIG_FILE:+TF_CLI_CONFIG_FILE="$TF_CLI_CONFIG_FILE"} ${TF_PLUGIN_CACHE_DIR:+TF_PLUGIN_CACHE_DIR="$TF_PLUGIN_CACHE_DIR"} \
    ${HTTPS_PROXY:+HTTPS_PROXY="$HTTPS_PROXY"} ${NO_PROXY:+NO_PROXY="$NO_PROXY"} ${SSL_CERT_FILE:+SSL_CERT_FILE="$SSL_CERT_FILE"} \
    sh -c 'cd "$1" && exec "$2" init -backend=false -no-color $3' init "$stack" "$terraform" "${LOCK_FILE:+-lockfile=readonly}"
}

# Something before the review went wrong: that stands in the comment instead of an older review, which would be believed.
failed() {
  cat "$output/init.log" >&2
  node "$scripts/stage.mjs" --failed "$name" "$1" <"$output/init.log" >"$output/comment.md"
  footer "$output/comment.md"
  exit 1
}

# Which commit it speaks of, where it was made, and when.
footer() {
  [ -s "$1" ] || return 0
  {
    printf '\n'
    [ -z "${COMMIT:-}" ] || printf 'Commit %s, ' "$COMMIT"
    [ -z "${RUN_URL:-}" ] || printf '[run](%s), ' "$RUN_URL"
    printf 'made %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  } >>"$1"
}

# Plans, and leaves plan.log and, when there is a plan, plan.json. Returns Terraform's code: 0 nothing to do, 2 changes, 1 error.
# $1: a further option of terraform plan, or nothing.
make_plan() {
  rm -f "$plan_file" "$output/plan.json" "$output/plan.log"
  planned=0
  # A plan orders nothing; with this it cannot.
  (export ZENLAYER_READ_ONLY=true && tf plan -lock-timeout=10m -detailed-exitcode -out="$plan_file" -json ${1:+"$1"}) >"$output/plan.log" || planned=$?
  [ ! -f "$plan_file" ] || tf show -json "$plan_file" >"$output/plan.json"
  return "$planned"
}

# The page of a review or an apply: FILE.md for a comment, which links the whole one, and the whole one as FILE.html and FILE-full.md.
# $1: file without its ending; then the command that prints it.
write_pages() {
  file=$1
  shift
  case $forge in github) whole=github-summary ;; *) whole=gitlab ;; esac
  "$@" --format html --out "$file.html" 2>/dev/null || true
  "$@" --format markdown --for "$whole" --out "$file-full.md" 2>/dev/null || true
  # Of GitHub's runs the summary is where it is found.
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || [ ! -s "$file-full.md" ] || cat "$file-full.md" >>"$GITHUB_STEP_SUMMARY"
  link=${PAGE_URL:-${RUN_URL:-}}
  "$@" --format markdown --for "$forge" ${link:+--full-page "$link"} --out "$file.md" 2>/dev/null
}

# The review of what make_plan left. Takes any of its options; POLICY names a policy file.
review_plan() {
  set -- --name "$name" "$@"
  [ ! -s "$output/plan.log" ] || set -- --log "$output/plan.log" "$@"
  [ ! -f "$output/plan.json" ] || set -- "$output/plan.json" "$@"
  [ ! -f "$stack/cdk.tf.json" ] || set -- "$@" --stack "$stack"
  [ -z "${POLICY:-}" ] || set -- "$@" --policy "$POLICY"
  "$tool" review "$@"
}
