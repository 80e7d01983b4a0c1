// The files that `cdktf-zenlayer review` is given: read, recognised, and put together to what is reviewed or looked back at.
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import {
  buildAppliedReport,
  decodeText,
  kindOf,
  longerName,
  looksLikeLog,
  parseDigest,
  parseDocument,
  parseLog,
  parsePlan,
  parseStack,
  parseState,
  reviewedOf,
  stackName,
  uniqueName,
  ReviewError,
  type AppliedInput,
  type AppliedReport,
  type ConstructPaths,
  type Input,
  type Log,
  type Plan,
  type Reviewed,
  type State,
  type Subject,
} from "../review";
import type { Options } from "./review";

/** A mistake in the command line or a file that cannot be read or written. */
export class UsageError extends Error {}

export type Read = (file: string) => Input;

/** @param stdin all of standard input */
export function reader(stdin: () => Uint8Array): Read {
  let standardInputRead = false;
  return (file) => {
    if (file === "-") {
      if (standardInputRead) throw new UsageError("standard input can be read only once: give - a single time.");
      standardInputRead = true;
    }
    const label = file === "-" ? "standard input" : file;
    try {
      return { label, bytes: file === "-" ? stdin() : readFileSync(file) };
    } catch (error) {
      throw new UsageError(`${label} cannot be read: ${reasonOf(error)}`);
    }
  };
}

export function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist",
    EACCES: "permission denied",
    EISDIR: "it is a directory",
    ENOTDIR: "a part of its path is not a directory",
    ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GiB",
    ENOSPC: "the disk is full",
    EDQUOT: "the quota of the disk is used up",
    EROFS: "the file system can only be read",
    EIO: "the disk or the terminal fails",
  };
  return known[code] ?? String(error);
}

export function subjectsOf(plans: readonly string[], options: Options, read: Read): readonly Subject[] {
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

export function applied(plans: readonly string[], options: Options, read: Read): AppliedReport {
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
  if (states.length + logs.length === 0 && (unread.length === 0 || given.length === 0))
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

export function reviewed(text: string, exact: boolean, read: Read): Reviewed {
  const digest = parseDigest(text);
  return digest === null ? reviewedOf(read(text), exact) : { digest, changes: null };
}

function stackPaths(file: string, read: Read): ConstructPaths {
  return parseStack(read(extname(file) === ".json" ? file : join(file, "cdk.tf.json")));
}
