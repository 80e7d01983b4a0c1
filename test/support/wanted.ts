// Many machines in one plan, each with what is wanted of it: the shortest way to test many cases with few runs of Terraform.
import type { MachineSpec } from "../../lib/simulator";
import type { Diagnostic, JsonObject, Plan } from "../../lib/testing";
import { callOf } from "./planned-calls";
import { importBlock, resource, World, type WorldOptions } from "./world";

export interface Wanted {
  /** Its id is made from the place in the table unless given. */
  readonly machine: MachineSpec;
  /** Attributes beside `instance_id`. */
  readonly desired: Readonly<Record<string, unknown>>;
  /** @default `zenlayer_vm_instance_spec` */
  readonly type?: string;
  /** Blocks inside the resource. */
  readonly more?: string;
}

export class WantedWorld {
  static async start(table: Readonly<Record<string, Wanted>>, options: WorldOptions & { prefix?: string } = {}) {
    const ids = new Map(
      Object.entries(table).map(([name, { machine }], index) => [
        name,
        machine.instanceId ?? String(930_000_000_000_000_000n + BigInt(index)),
      ]),
    );
    const { fleet: _fleet, ...simulator } = options.simulator ?? {};
    const world = await World.start({
      ...options,
      simulator: {
        account: { cash: 1_000_000 },
        ...simulator,
        fleet: Object.entries(table).map(([name, { machine }]) => ({
          instanceName: name,
          ...machine,
          instanceId: ids.get(name) ?? "",
        })),
      },
    });
    const wanted = new WantedWorld(world, ids, options.prefix ?? "", { ...table });
    await wanted.write();
    return wanted;
  }

  private constructor(
    readonly world: World,
    private readonly ids: ReadonlyMap<string, string>,
    private prefix: string,
    private readonly table: Record<string, Wanted>,
  ) {}

  get simulator(): World["simulator"] {
    return this.world.simulator;
  }

  get terraform(): World["terraform"] {
    return this.world.terraform;
  }

  id(name: string): string {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`There is no case ${name}.`);
    return id;
  }

  address(name: string): string {
    return `${this.table[name]?.type ?? "zenlayer_vm_instance_spec"}.${name}`;
  }

  /** Wants other values from now on. */
  async want(name: string, desired: Readonly<Record<string, unknown>>, more?: string): Promise<void> {
    const before = this.table[name];
    if (before === undefined) throw new Error(`There is no case ${name}.`);
    this.table[name] = { ...before, desired, ...(more === undefined ? {} : { more }) };
    await this.write();
  }

  /** Puts other blocks before the resources from now on, a provider block say. */
  async setPrefix(prefix: string): Promise<void> {
    this.prefix = prefix;
    await this.write();
  }

  /** Writes the configuration, with something after it. */
  async write(after = ""): Promise<void> {
    const blocks = Object.entries(this.table).map(
      ([name, { desired, type, more }]) =>
        importBlock(this.address(name), this.id(name)) +
        resource(type ?? "zenlayer_vm_instance_spec", name, { instance_id: this.id(name), ...desired }, more),
    );
    await this.world.configure([this.prefix, ...blocks, after].join("\n"));
  }

  /** The Modify… and Cancel… calls for one machine with the value that they carried. */
  writesOf(name: string): readonly string[] {
    return this.simulator
      .writes()
      .filter((entry) => entry.instanceId === this.id(name))
      .map(callOf);
  }

  /** The planned calls, in order. */
  stepsOf(plan: Plan, name: string): readonly JsonObject[] {
    const changes = plan.changeFor(this.address(name)).change.after?.["changes"];
    return [...(changes as readonly JsonObject[])].sort((a, b) => Number(a["step"]) - Number(b["step"]));
  }

  /** What an apply or a plan said about one resource. */
  said(result: { readonly diagnostics: readonly Diagnostic[] }, name: string): readonly Diagnostic[] {
    return result.diagnostics.filter((each) => each.address === this.address(name));
  }

  errorsOf(result: { readonly diagnostics: readonly Diagnostic[] }, name: string): readonly Diagnostic[] {
    return this.said(result, name).filter((each) => each.severity === "error");
  }

  async attributes(name: string): Promise<JsonObject | null> {
    return this.terraform.attributes(this.address(name));
  }

  async stop(): Promise<void> {
    this.world.neverBoughtOrReleased();
    await this.world.stop();
  }
}
