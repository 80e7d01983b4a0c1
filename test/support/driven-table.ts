// Many machines in one plan, each with what is wanted of it, with the provider in this process: the main way to test what the provider plans and sends.
// What Terraform itself decides is tested with Terraform (wanted.ts).
import { isUnknown, type ObjectValue, type Value } from "../../lib/plugin";
import type { TestDiagnostic, TestInstance, TestPlan } from "../../lib/plugin/testing";
import type { Simulator } from "../../lib/simulator";
import { Driven, type DrivenOptions } from "./driven";
import { plain, type Json } from "./plain";
import { callOf } from "./planned-calls";
import type { Wanted } from "./wanted";

/** What was told, and about what. */
export interface Told {
  readonly address: string;
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Where it stands in the configuration. */
  readonly attribute: string | undefined;
}

class Result {
  constructor(readonly diagnostics: readonly Told[]) {}

  get errors(): readonly Told[] {
    return this.diagnostics.filter(({ severity }) => severity === "error");
  }

  get warnings(): readonly Told[] {
    return this.diagnostics.filter(({ severity }) => severity === "warning");
  }
}

export type DrivenResult = Result;

export class DrivenPlan extends Result {
  constructor(
    readonly entries: ReadonlyMap<string, Entry>,
    diagnostics: readonly Told[],
  ) {
    super(diagnostics);
  }

  changeFor(address: string): DrivenChange {
    const plan = this.entries.get(address)?.plan ?? null;
    if (plan === null) throw new Error(`There is no plan of ${address}.`);
    const unknown = Object.entries(plan.planned ?? {}).filter(([, value]) => isUnknown(value));
    return {
      action: plan.action,
      before: plain(plan.prior),
      after: plain(plan.planned),
      unknown: unknown.map(([name]) => name),
    };
  }
}

/** As `terraform show -json` has it. */
export interface DrivenChange {
  readonly action: TestPlan["action"];
  readonly before: Json | null;
  readonly after: Json | null;
  /** Attributes that only the apply knows. */
  readonly unknown: readonly string[];
}

interface Entry {
  readonly found: TestInstance | null;
  readonly plan: TestPlan | null;
}

export class DrivenTable {
  static async start(table: Readonly<Record<string, Wanted>>, options: DrivenOptions = {}): Promise<DrivenTable> {
    const ids = new Map(
      Object.entries(table).map(([name, { machine }], index) => [
        name,
        machine.instanceId ?? String(930_000_000_000_000_000n + BigInt(index)),
      ]),
    );
    const fleet = Object.entries(table).map(([name, { machine }]) => ({
      instanceName: name,
      ...machine,
      instanceId: ids.get(name) ?? "",
    }));
    const simulator = { account: { cash: 1_000_000 }, ...options.simulator, fleet };
    return new DrivenTable(await Driven.start({ ...options, simulator }), ids, { ...table });
  }

  /** What is stored: only an apply stores. */
  private readonly stored = new Map<string, TestInstance>();

  private constructor(
    private readonly driven: Driven,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly table: Record<string, Wanted>,
  ) {}

  get simulator(): Simulator {
    return this.driven.simulator;
  }

  id(name: string): string {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`There is no case ${name}.`);
    return id;
  }

  address(name: string): string {
    return `${this.typeOf(name)}.${name}`;
  }

  /** Wants other values from now on. */
  want(name: string, desired: Readonly<Record<string, unknown>>): void {
    const before = this.table[name];
    if (before === undefined) throw new Error(`There is no case ${name}.`);
    this.table[name] = { ...before, desired };
  }

  /** Reads all machines anew, or imports them where they are not stored. @param imported false: adopts without import */
  async plan({ imported = true }: { readonly imported?: boolean } = {}): Promise<DrivenPlan> {
    await this.driven.connect();
    const told: Told[] = [];
    const entries = await Promise.all(
      Object.keys(this.table).map(async (name): Promise<[string, Entry]> => {
        const { found, plan, diagnostics } = await this.planOne(name, imported);
        told.push(...diagnostics.map((each) => this.toldOf(name, each)));
        return [this.address(name), { found, plan }];
      }),
    );
    return new DrivenPlan(new Map(entries), told);
  }

  async applyPlan(plan: DrivenPlan): Promise<DrivenResult> {
    if (plan.errors.length > 0) throw new Error(plan.errors.map(({ summary }) => summary).join("; "));
    await this.driven.connect();
    const told: Told[] = [];
    await Promise.all(
      Object.keys(this.table).map(async (name) => {
        const entry = plan.entries.get(this.address(name));
        if (!entry?.plan) return;
        const result = await this.driven.driver.apply(this.typeOf(name), entry.plan);
        told.push(...result.diagnostics.map((each) => this.toldOf(name, each)));
        if (result.instance.state === null) this.stored.delete(name);
        else this.stored.set(name, result.instance);
      }),
    );
    return new Result(told);
  }

  async apply(): Promise<DrivenResult> {
    const plan = await this.plan();
    return plan.errors.length > 0 ? plan : this.applyPlan(plan);
  }

  /** Plans and applies, and fails when either does not succeed. */
  async mustApply(): Promise<DrivenPlan> {
    const plan = await this.plan();
    const { errors } = await this.applyPlan(plan);
    if (errors.length > 0) throw new Error(errors.map(({ summary, detail }) => `${summary}: ${detail}`).join("; "));
    return plan;
  }

  /** The Modify… and Cancel… calls for one machine with the value that they carried. */
  writesOf(name: string): readonly string[] {
    return this.simulator
      .writes()
      .filter((entry) => entry.instanceId === this.id(name))
      .map(callOf);
  }

  /** The planned calls, in order. */
  stepsOf(plan: DrivenPlan, name: string): readonly Json[] {
    const { after } = plan.changeFor(this.address(name));
    return [...((after?.["changes"] ?? []) as readonly Json[])].sort((a, b) => Number(a["step"]) - Number(b["step"]));
  }

  /** What an apply or a plan said about one resource. */
  said(result: { readonly diagnostics: readonly Told[] }, name: string): readonly Told[] {
    return result.diagnostics.filter((each) => each.address === this.address(name));
  }

  errorsOf(result: { readonly diagnostics: readonly Told[] }, name: string): readonly Told[] {
    return this.said(result, name).filter((each) => each.severity === "error");
  }

  /** What is stored of one resource. */
  attributes(name: string): Json | null {
    return plain(this.stored.get(name)?.state ?? null);
  }

  async stop(): Promise<void> {
    await this.driven.stop();
  }

  private typeOf(name: string): string {
    return this.table[name]?.type ?? "zenlayer_vm_instance_spec";
  }

  private toldOf(name: string, { severity, summary, detail, path }: TestDiagnostic): Told {
    const [attribute] = path;
    return {
      address: this.address(name),
      severity,
      summary,
      detail,
      attribute: attribute === undefined ? undefined : String(attribute),
    };
  }

  private async planOne(
    name: string,
    imported: boolean,
  ): Promise<Entry & { readonly diagnostics: readonly TestDiagnostic[] }> {
    const { driver } = this.driven;
    const type = this.typeOf(name);
    const desired = (this.table[name]?.desired ?? {}) as ObjectValue;
    // Arguments that are undefined are not there.
    const given = Object.entries(desired).filter(([, value]) => (value as Value | undefined) !== undefined);
    const config: ObjectValue = { instance_id: this.id(name), ...Object.fromEntries(given) };
    const failed = (diagnostics: readonly TestDiagnostic[]): boolean =>
      diagnostics.some(({ severity }) => severity === "error");
    const validated = await driver.validate(type, config);
    if (failed(validated)) return { found: null, plan: null, diagnostics: validated };
    const stored = this.stored.get(name);
    const read =
      stored !== undefined
        ? await driver.read(type, stored)
        : imported
          ? await driver.importState(type, this.id(name))
          : null;
    const before = [...validated, ...(read?.diagnostics ?? [])];
    if (failed(before)) return { found: null, plan: null, diagnostics: before };
    const found = read === null || read.instance.state === null ? null : read.instance;
    const plan = await driver.plan(type, config, found);
    return { found, plan, diagnostics: [...before, ...plan.diagnostics] };
  }
}

/** Nothing to do, and nothing to say against it. */
export function expectQuiet(plan: DrivenPlan): void {
  expect(plan.errors).toEqual([]);
  expect([...plan.entries.values()].map((each) => each.plan?.action)).toEqual(
    [...plan.entries.values()].map(() => "no-op"),
  );
}
