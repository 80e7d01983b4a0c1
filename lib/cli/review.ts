// `cdktf-zenlayer review`: reads files, prints a page, sets the exit code. Everything that is decided is decided in lib/review.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { Command, Option } from "commander";
import {
  APPROVAL_DAYS,
  approvalOf,
  DIALECTS,
  appliedDocument,
  buildAppliedReport,
  buildReport,
  decodeText,
  kindOf,
  longerName,
  looksLikeLog,
  parseDigest,
  parseDocument,
  parseInstant,
  parseLog,
  parsePlan,
  parsePolicy,
  parseStack,
  parseState,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderText,
  reviewDocument,
  reviewedOf,
  stackName,
  uniqueName,
  TOLERANCE,
  wantsColor,
  ReviewError,
  type Approval,
  type AppliedInput,
  type AppliedReport,
  type ConstructPaths,
  type Document,
  type Forge,
  type Input,
  type Log,
  type Plan,
  type Report,
  type Reviewed,
  type State,
  type Subject,
} from "../review";

const FORMATS = ["markdown", "json", "html", "text"] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly log?: readonly string[];
  readonly stack?: readonly string[];
  readonly format?: Format;
  readonly for?: Forge;
  readonly out?: string;
  readonly policy?: string;
  readonly verify?: string;
  readonly exact?: boolean;
  readonly tolerance?: string;
  readonly approveOut?: string;
  readonly expiresIn?: string;
  readonly applied?: readonly string[];
  readonly name?: string;
  readonly at?: string;
}

/** The world as the command sees it; a test gives its own. */
export interface ReviewIo {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of standard input. */
  readonly stdin: () => Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly exit: (code: number) => void;
}

const EXIT_CODES = `
Exit codes:
  0  nothing to do
  1  error: an input cannot be read, or the plan failed or is incomplete
  2  changes or imports
  3  refused: by a guard, by the policy, or by --verify
An error wins over a refusal, a refusal over changes.

Examples:
  terraform plan -out=tfplan -json > plan.log; terraform show -json tfplan > plan.json
  cdktf-zenlayer review plan.json --log plan.log --name prod --format markdown --out comment.md
  terraform show -json tfplan | cdktf-zenlayer review - --policy policy.yaml
  cdktf-zenlayer review plan.json --approve-out approval.json
  cdktf-zenlayer review plan.json --verify approval.json
  terraform show -json > state.json; cdktf-zenlayer review --applied state.json apply.log --name prod
`;

export function reviewCommand(io: ReviewIo = processIo()): Command {
  return new Command("review")
    .description("Show what a plan does to Zenlayer machines: changes, dates, prices, guards, alarms. Sends nothing.")
    .argument("[plans...]", "output of terraform show -json tfplan; - reads standard input")
    .option(
      "--log <file>",
      "output of terraform plan -json, for warnings and errors; once per plan, in their order",
      collect,
    )
    .option(
      "--stack <file>",
      "cdk.tf.json or its directory, for construct paths; once per plan, in their order",
      collect,
    )
    .addOption(new Option("--format <format>", "default: by the ending of --out, else text").choices(FORMATS))
    .addOption(
      new Option("--for <forge>", "where Markdown is posted: how long it may be and what is shown there")
        .choices(Object.keys(DIALECTS))
        .default("github"),
    )
    .option("--out <file>", "write the page there instead of standard output")
    .option("--policy <file>", "policy in YAML or JSON (docs/guides/policy.md)")
    .option(
      "--at <time>",
      "when the plan will be applied, for freeze windows, such as 2026-12-24T18:00:00+08:00 (default: now)",
    )
    .option("--approve-out <file>", "write an approval of the plan there: what it does, for how much, and until when")
    .option("--expires-in <days>", `with --approve-out: how long the approval holds (default: ${APPROVAL_DAYS})`)
    .option(
      "--verify <approval>",
      "refuse a plan that does anything else than what was reviewed, or is dearer, or too late: an approval, a JSON report, or a digest",
    )
    .option("--exact", "with --verify: demand the same plan file")
    .option(
      "--tolerance <percent>",
      `with --verify: by how much it may be dearer than what was reviewed (default: ${TOLERANCE})`,
    )
    .option(
      "--applied <files...>",
      "show what an apply ordered: states (terraform show -json) and logs (terraform apply -json)",
    )
    .option("--name <stack>", "name of the stack, by which a comment is found again (default: from the file names)")
    .addHelpText("after", EXIT_CODES)
    .action((plans: string[], options: Options) => {
      try {
        io.exit(run(plans, options, io));
      } catch (error) {
        if (!(error instanceof ReviewError) && !(error instanceof UsageError)) throw error;
        io.stderr.write(`Error: ${error.message}\n`);
        io.exit(1);
      }
    });
}

/** A mistake in the command line or a file that cannot be read or written. */
class UsageError extends Error {}

function run(plans: readonly string[], options: Options, io: ReviewIo): number {
  const read = reader(io);
  const format = formatOf(options);
  checkCombinations(options);
  if (options.applied !== undefined) {
    const report = applied(plans, options, read);
    write(report, appliedDocument(report), format, options, io);
    return report.exit_code;
  }
  if (plans.length === 0 && options.log === undefined) {
    throw new UsageError("give a plan: the output of terraform show -json tfplan, or - for standard input.");
  }
  const subjects = subjectsOf(plans, options, read);
  const days = numberOf(options.expiresIn, "--expires-in", APPROVAL_DAYS, 3_650);
  const report = buildReport(subjects, {
    name: options.name ?? subjects.map(({ name }) => name).join("+"),
    now: timeOf(options, io),
    clock: io.now(),
    exact: options.exact ?? false,
    tolerance: numberOf(options.tolerance, "--tolerance", TOLERANCE, 1_000),
    ...(options.policy === undefined
      ? {}
      : { policy: parsePolicy(decodeText(read(options.policy).bytes), options.policy) }),
    ...(options.verify === undefined ? {} : { reviewed: reviewed(options.verify, options.exact ?? false, read) }),
  });
  const approval = options.approveOut === undefined ? null : approve(report, options.approveOut, days, io);
  write(report, reviewDocument(report, approval), format, options, io);
  return report.exit_code;
}

/** Only what may be applied is approved; an approval of an earlier run never stays in its place. */
function approve(report: Report, file: string, days: number, io: ReviewIo): Approval | null {
  const approval = report.exit_code === 0 || report.exit_code === 2 ? approvalOf(report, io.now(), days) : null;
  try {
    if (approval === null) rmSync(file, { force: true });
    else writeFileSync(file, `${JSON.stringify(approval, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
  if (approval === null) io.stderr.write("No approval is written of a plan that may not be applied.\n");
  return approval;
}

function checkCombinations(options: Options): void {
  if (options.exact === true && options.verify === undefined) throw new UsageError("--exact needs --verify.");
  if (options.tolerance !== undefined && options.verify === undefined) {
    throw new UsageError("--tolerance needs --verify.");
  }
  if (options.expiresIn !== undefined && options.approveOut === undefined) {
    throw new UsageError("--expires-in needs --approve-out.");
  }
}

function numberOf(text: string | undefined, option: string, fallback: number, most: number): number {
  if (text === undefined) return fallback;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`${option} ${text} is not a number from 0 to ${most}.`);
}

function subjectsOf(plans: readonly string[], options: Options, read: Read): readonly Subject[] {
  const logs = options.log ?? [];
  const stacks = options.stack ?? [];
  const most = Math.max(plans.length, 1);
  if (logs.length > most)
    throw new UsageError(`${logs.length} logs for ${most} plan(s): give --log once per plan, in the same order.`);
  if (stacks.length > most)
    throw new UsageError(`${stacks.length} stacks for ${most} plan(s): give --stack once per plan, in the same order.`);
  const files = plans.length === 0 ? [null] : plans;
  const names = new Set<string>();
  const bases = files.map((file, index) => stackName(file ?? logs[index] ?? "plan"));
  return files.map((file, index): Subject => {
    const log = logs[index];
    const stack = stacks[index];
    const paths = stack === undefined ? undefined : stackPaths(stack, read);
    return {
      name: uniqueName(
        files.length === 1 && options.name !== undefined
          ? options.name
          : bases.filter((base) => base === bases[index]).length > 1
            ? longerName(bases[index] ?? "plan", file ?? log ?? "plan")
            : (bases[index] ?? "plan"),
        names,
      ),
      plan: file === null ? null : parsePlan(read(file)),
      log: log === undefined ? null : parseLog(read(log)),
      ...(paths === undefined ? {} : { paths }),
    };
  });
}

function applied(plans: readonly string[], options: Options, read: Read): AppliedReport {
  if ([options.verify, options.policy, options.approveOut].some((option) => option !== undefined)) {
    throw new UsageError(
      "--applied looks back; --verify, --policy and --approve-out look at a plan: use them before the apply.",
    );
  }
  const files = [...(options.applied ?? []), ...plans, ...(options.log ?? [])];
  const [states, logs, given, unread]: [State[], Log[], Plan[], string[]] = [[], [], [], []];
  for (const file of files) {
    try {
      const input = read(file);
      const kind = appliedKind(input);
      if (kind === "log") logs.push(parseLog(input));
      else if (kind === "plan") given.push(parsePlan(input));
      else states.push(parseState(input));
    } catch (error) {
      // After an apply a page is made of whatever is there.
      if (!(error instanceof ReviewError) && !(error instanceof UsageError)) throw error;
      unread.push(error.message);
    }
  }
  if (states.length + logs.length === 0)
    throw new UsageError(
      unread[0] ??
        "--applied needs a state (terraform show -json) or the log of the apply (terraform apply -json); a plan alone tells of no apply.",
    );
  const stack = options.stack?.[0];
  const result: AppliedInput = {
    name: options.name ?? stackName(options.applied?.[0] ?? "state"),
    states,
    logs,
    plans: given,
    unread,
    ...(stack === undefined ? {} : { paths: stackPaths(stack, read) }),
  };
  return buildAppliedReport(result);
}

/** Files of --applied may come in any order: each says itself what it is. */
function appliedKind(input: Input): "state" | "plan" | "log" {
  if (looksLikeLog(decodeText(input.bytes))) return "log";
  return kindOf(parseDocument(input)) === "plan" ? "plan" : "state";
}

function reviewed(text: string, exact: boolean, read: Read): Reviewed {
  const digest = parseDigest(text);
  return digest === null ? reviewedOf(read(text), exact) : { digest, changes: null };
}

function stackPaths(file: string, read: Read): ConstructPaths {
  return parseStack(read(extname(file) === ".json" ? file : join(file, "cdk.tf.json")));
}

function write(
  report: Report | AppliedReport,
  document: Document,
  format: Format,
  options: Options,
  io: ReviewIo,
): void {
  const text = rendered(report, document, format, options, io);
  if (options.out === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(options.out, text);
  } catch (error) {
    throw new UsageError(`${options.out} cannot be written: ${reasonOf(error)}`);
  }
  io.stderr.write(`${report.summary}\nWritten to ${options.out}\n`);
}

function rendered(
  report: Report | AppliedReport,
  document: Document,
  format: Format,
  options: Options,
  io: ReviewIo,
): string {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return renderMarkdown(document, DIALECTS[options.for ?? "github"]);
    case "html":
      return renderHtml(document);
    case "text":
      return renderText(document, {
        color: options.out === undefined && wantsColor(io.env, io.stdout.isTTY === true),
        width: io.stdout.columns ?? 100,
      });
    default:
      return format satisfies never;
  }
}

function formatOf(options: Options): Format {
  const byEnding: Readonly<Record<string, Format>> = {
    ".md": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
  };
  return options.format ?? byEnding[extname(options.out ?? "").toLowerCase()] ?? "text";
}

function timeOf(options: Options, io: ReviewIo): number {
  if (options.at === undefined) return io.now();
  const time = parseInstant(options.at);
  if (time === null)
    throw new UsageError(`--at ${options.at} is not a time with its offset, such as 2026-12-24T18:00:00+08:00.`);
  return time;
}

type Read = (file: string) => Input;

function reader(io: ReviewIo): Read {
  let standardInputRead = false;
  return (file) => {
    if (file === "-") {
      if (standardInputRead) throw new UsageError("standard input can be read only once: give - a single time.");
      standardInputRead = true;
      return { label: "standard input", bytes: io.stdin() };
    }
    try {
      return { label: file, bytes: readFileSync(file) };
    } catch (error) {
      throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`);
    }
  };
}

function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist",
    EACCES: "permission denied",
    EISDIR: "it is a directory",
    ENOTDIR: "a part of its path is not a directory",
    ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GiB",
  };
  return known[code] ?? String(error);
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function processIo(): ReviewIo {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    stdin: () => readFileSync(0),
    now: () => Date.now(),
    exit: (code) => {
      process.exitCode = code;
    },
  };
}
