// Assertions on plans and runs that work under any test runner: they throw, and say what there was instead.
import { describeDiagnostics, type Diagnostic } from "./diagnostics";
import type { Plan } from "./plan";
import type { ChangeAction, ResourceChange } from "./plan-json";

/** Fails unless the command ended well: exit code 0, or 2 for a plan with changes. */
export function expectSuccess(result: {
  readonly program?: string;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly diagnostics?: readonly Diagnostic[];
}): void {
  if (result.exitCode === 0 || result.exitCode === 2) return;
  const told = describeDiagnostics(result.diagnostics ?? []) || result.stderr || result.stdout;
  throw new Error(`${result.program ?? "terraform"} ended with exit code ${result.exitCode}.\n${told}`);
}

/** Fails unless the plan is empty: exit code 0, nothing to do, nothing to import. */
export function expectNoChanges(plan: Plan): void {
  expectSuccess(plan);
  if (plan.exitCode === 0 && plan.changes.length === 0) return;
  const outputs = Object.entries(plan.json?.output_changes ?? {}).filter(([, change]) =>
    change.actions.some((action) => action !== "no-op"),
  );
  const lines = [
    ...plan.changes.map(describeChange),
    ...outputs.map(([name, change]) => `output ${name}: ${change.actions.join(", ")}`),
  ];
  throw new Error(`The plan was expected to be empty. It has:\n${lines.join("\n")}`);
}

/** Fails unless exactly these resources change, each by exactly these actions. An import counts as `"import"`, before the actions. */
export function expectChanges(
  plan: Plan,
  expected: Readonly<Record<string, readonly (ChangeAction | "import")[]>>,
): void {
  expectSuccess(plan);
  const actual = Object.fromEntries(plan.changes.map((change) => [change.address, actionsOf(change)]));
  const text = (changes: Readonly<Record<string, readonly string[]>>): string =>
    Object.keys(changes)
      .sort()
      .map((address) => `${address}: ${changes[address]?.join(", ")}`)
      .join("\n");
  if (text(actual) === text(expected)) return;
  throw new Error(
    `Expected changes:\n${text(expected) || "none"}\nThe plan has:\n${plan.changes.map(describeChange).join("\n") || "none"}`,
  );
}

/** Fails when any resource is deleted or replaced. */
export function expectNothingDestroyed(plan: Plan): void {
  const destroyed = plan.changes.filter(({ change }) => change.actions.includes("delete"));
  if (destroyed.length > 0)
    throw new Error(`Nothing may be destroyed. The plan has:\n${destroyed.map(describeChange).join("\n")}`);
}

function actionsOf({ change }: ResourceChange): readonly (ChangeAction | "import")[] {
  const actions = change.actions.filter((action) => action !== "no-op");
  return change.importing === undefined ? actions : ["import", ...actions];
}

function describeChange(resource: ResourceChange): string {
  const { before, after } = resource.change;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const different = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  const details = different.map(
    (name) => `${name} ${JSON.stringify(before?.[name] ?? null)} -> ${JSON.stringify(after?.[name] ?? null)}`,
  );
  return `${resource.address}: ${actionsOf(resource).join(", ")} (${details.join("; ")})`;
}
