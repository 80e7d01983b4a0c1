// `cdktf-zenlayer review`: reads files, prints a page, sets the exit code. Everything that is decided is decided in lib/review.
import { rmSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { Command, Option } from "commander";
import {
  APPROVAL_DAYS,
  approvalOf,
  appliedDocument,
  buildReport,
  decodeText,
  DIALECTS,
  parseInstant,
  parsePolicy,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderText,
  reviewDocument,
  TOLERANCE,
  wantsColor,
  ReviewError,
  type Approval,
  type AppliedReport,
  type Document,
  type Forge,
  type Report,
} from "../review";
import { applied, reader, reasonOf, reviewed, subjectsOf, UsageError } from "./review-inputs";
import { collect } from "./shared";
import { readAll, writeAll } from "./standard-streams";

const FORMATS = ["markdown", "json", "html", "text"] as const;
type Format = (typeof FORMATS)[number];

export interface Options {
  readonly log?: readonly string[];
  readonly stack?: readonly string[];
  readonly format?: Format;
  readonly for?: Forge;
  readonly fullPage?: string;
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
    .option("--full-page <url>", "where the whole page is, for Markdown that has to be shortened to link it")
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

function run(plans: readonly string[], options: Options, io: ReviewIo): number {
  const read = reader(io.stdin);
  const format = formatOf(options);
  checkCombinations(options);
  if (options.applied !== undefined) {
    const report = applied(plans, options, read);
    write(report, rendered(report, appliedDocument(report), format, options, io), options.out, io);
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
  write(report, rendered(report, reviewDocument(report, approval), format, options, io), options.out, io);
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
  if (options.fullPage !== undefined && !/^https?:\/\/\S+$/.test(options.fullPage)) {
    throw new UsageError(`--full-page ${options.fullPage} is not an address that begins with https://.`);
  }
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

function write({ summary }: Report | AppliedReport, text: string, out: string | undefined, io: ReviewIo): void {
  if (out === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new UsageError(`${out} cannot be written: ${reasonOf(error)}`);
  }
  io.stderr.write(`${summary}\nWritten to ${out}\n`);
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
      return renderMarkdown(document, DIALECTS[options.for ?? "github"], options.fullPage ?? null);
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

function processIo(): ReviewIo {
  const { isTTY, columns } = process.stdout;
  return {
    stdout: {
      write: (text) => {
        try {
          writeAll(1, text);
        } catch (error) {
          throw new UsageError(`standard output cannot be written: ${reasonOf(error)}`);
        }
      },
      isTTY,
      columns,
    },
    stderr: {
      write: (text) => {
        try {
          writeAll(2, text);
        } catch {
          // There is nobody left to tell.
        }
      },
    },
    env: process.env,
    stdin: () => readAll(),
    now: () => Date.now(),
    exit: (code) => {
      process.exitCode = code;
    },
  };
}
