// Many machines from records: what most of them should be said once, what is different said where it is.
import { Construct } from "constructs";
import { stackOf, SynthesisError } from "../rendering";
import { BmcBandwidth, type BmcBandwidthProps } from "./bmc-bandwidth";
import { BmcTrafficPackage, type BmcTrafficPackageProps } from "./bmc-traffic-package";
import type { ChangeHook, ChangeHookProps } from "./change-hook";
import { ChangeWaves } from "./change-waves";
import { withoutUndefined } from "./private/given";
import { checkProperties, nearest, shown, type Properties } from "./private/properties";
import { cutIntoWaves, type WaveSize } from "./private/wave-sizes";
import { VmInstanceSpec, type VmInstanceSpecProps } from "./vm-instance-spec";

/** The constructs that a fleet can be made of, and their properties. */
export interface FleetSpecifications {
  /** Virtual machines. */
  readonly VmInstanceSpec: { readonly props: VmInstanceSpecProps; readonly construct: VmInstanceSpec };
  /** Traffic packages of bare-metal machines. */
  readonly BmcTrafficPackage: { readonly props: BmcTrafficPackageProps; readonly construct: BmcTrafficPackage };
  /** Bandwidth of bare-metal machines. */
  readonly BmcBandwidth: { readonly props: BmcBandwidthProps; readonly construct: BmcBandwidth };
}

/** Name of a construct that a fleet can be made of. */
export type FleetSpecification = keyof FleetSpecifications;

/** A record of one machine. */
export type FleetMachine<K extends FleetSpecification = "VmInstanceSpec"> = K extends FleetSpecification
  ? Pick<FleetSpecifications[K]["props"], "instance"> & FleetDefaults<K> & FleetRename
  : never;

/** What else a record may have. */
export interface FleetRename {
  /**
   * The id that the machine's construct had before (see `Specification.renamedFrom`), for example `"/web-1"` where it stood in the stack itself.
   *
   * @default - it is new, or had this one.
   */
  readonly renamedFrom?: string | undefined;
}

/** What holds for every machine whose record says nothing else. */
export type FleetDefaults<K extends FleetSpecification = "VmInstanceSpec"> = K extends FleetSpecification
  ? Partial<Omit<FleetSpecifications[K]["props"], "instance" | "count" | "forEach">>
  : never;

/** In which steps the machines of a fleet are changed. */
export interface FleetWaves {
  /**
   * Machines of a wave: so many (a whole number from 1), or that part of all (above `"0%"`, up to `"100%"`, rounded up). A list gives a size to each wave, and
   * the last one to all further waves: `[1, "10%", "50%"]`. The machines come in the order of the records.
   */
  readonly size: WaveSize | readonly WaveSize[];
  /**
   * What must succeed after a wave, where one of its machines was changed, before the next wave begins: see `ChangeWaves`.
   *
   * @default - nothing: the next wave begins when all machines of the wave are done.
   */
  readonly check?: ChangeHookProps | undefined;
}

/** Machines, what they should be, and in which steps they are changed. */
export interface MachineFleetProps<K extends FleetSpecification = "VmInstanceSpec"> {
  /** The construct of each machine. @default "VmInstanceSpec" */
  readonly specification?: K | undefined;
  /**
   * A record per machine, by the construct id that it gets: the machine, and what is different from the defaults. A value there goes before that of the
   * defaults, as a whole (`timeouts`, say). Names that are whole numbers come first, by number, as everywhere in JavaScript.
   */
  readonly machines: { readonly [id: string]: FleetMachine<K> };
  /**
   * What holds for every machine whose record says nothing else, guards (`maxImmediateCharge`, `onDowngrade`) included.
   *
   * @default - nothing.
   */
  readonly defaults?: FleetDefaults<K> | undefined;
  /**
   * In which steps the machines are changed.
   *
   * @default - all at the same time.
   */
  readonly waves?: FleetWaves | undefined;
}

const PROPERTIES: Properties<MachineFleetProps<FleetSpecification>> = {
  specification: "optional",
  machines: "required",
  defaults: "optional",
  waves: "optional",
};
/** Id of the waves beside the machines. */
const WAVES_ID = "Waves";
const WAVES: Properties<FleetWaves> = { size: "required", check: "optional" };

type AnyProps = { readonly [name: string]: unknown };
type Make = (scope: Construct, id: string, props: AnyProps) => FleetSpecifications[FleetSpecification]["construct"];

/** The properties are checked by each construct itself: records often come from a file. */
const MAKE: { readonly [K in FleetSpecification]: Make } = {
  VmInstanceSpec: (scope, id, props) => new VmInstanceSpec(scope, id, props as unknown as VmInstanceSpecProps),
  BmcTrafficPackage: (scope, id, props) => new BmcTrafficPackage(scope, id, props as unknown as BmcTrafficPackageProps),
  BmcBandwidth: (scope, id, props) => new BmcBandwidth(scope, id, props as unknown as BmcBandwidthProps),
};

/**
 * Many machines from records, each with a construct, guards and an import block of its own, changed all at once or in waves. Records may come from a file:
 * what is misspelt or missing in one is refused with the machine's path.
 */
export class MachineFleet<K extends FleetSpecification = "VmInstanceSpec"> extends Construct {
  private readonly byId = new Map<string, FleetSpecifications[K]["construct"]>();
  private readonly rollout: ChangeWaves | undefined;
  private readonly cut: readonly (readonly FleetSpecifications[K]["construct"][])[];

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machines, what they should be, and in which steps they are changed.
   * @throws SynthesisError when a record is none, has an unknown property, or a literal value that can never be right, and when a wave has no size.
   */
  public constructor(scope: Construct, id: string, props: MachineFleetProps<K>) {
    super(scope, id);
    stackOf(this);
    checkProperties(this.node.path, "MachineFleet", props, PROPERTIES);
    const name: unknown = props.specification ?? "VmInstanceSpec";
    if (!isKnown(name)) {
      throw this.mistake(`specification is ${shown(name)}: it is one of ${Object.keys(MAKE).join(", ")}`);
    }
    const defaults = this.record("defaults", props.defaults ?? {});
    for (const [machine, given] of Object.entries(this.record("machines", props.machines))) {
      if (machine === "" || (machine === WAVES_ID && props.waves)) {
        throw this.mistake(`machines has the id ${shown(machine)}, which cannot be: choose another one`);
      }
      const { renamedFrom, ...exceptions } = this.record(`machines.${machine}`, given);
      const made = MAKE[name](this, machine, { ...defaults, ...withoutUndefined(exceptions) });
      if (renamedFrom !== undefined && renamedFrom !== null) made.renamedFrom(renamedFrom as string);
      this.byId.set(machine, made);
    }
    this.cut = this.cutIntoWaves(props.waves);
    if (this.cut.length < 2) return;
    this.rollout = new ChangeWaves(this, WAVES_ID, { waves: this.cut, check: props.waves?.check });
  }

  /** The specifications, in the order of the records. */
  public get specifications(): readonly FleetSpecifications[K]["construct"][] {
    return [...this.byId.values()];
  }

  /** The waves, in order; one without `waves`. */
  public get waves(): readonly (readonly FleetSpecifications[K]["construct"][])[] {
    return this.cut.map((wave) => [...wave]);
  }

  /** The checks between the waves, in order. */
  public get checks(): readonly ChangeHook[] {
    return this.rollout?.checks ?? [];
  }

  /**
   * The specification of one machine.
   *
   * @param id - Its id in the records.
   * @throws SynthesisError when there is none, with the nearest id.
   */
  public specification(id: string): FleetSpecifications[K]["construct"] {
    const found = this.byId.get(id);
    if (found !== undefined) return found;
    const near = nearest(id, [...this.byId.keys()]);
    throw this.mistake(`there is no machine ${shown(id)}${near === null ? "" : `: did you mean ${shown(near)}?`}`);
  }

  private cutIntoWaves(given: FleetWaves | undefined): readonly (readonly FleetSpecifications[K]["construct"][])[] {
    const all = this.specifications;
    const waves = given ?? undefined;
    if (waves === undefined) return all.length === 0 ? [] : [all];
    checkProperties(this.node.path, "waves", waves, WAVES);
    const sizes: readonly unknown[] = Array.isArray(waves.size) ? waves.size : [waves.size];
    const cut = sizes.length === 0 ? { wrong: sizes } : cutIntoWaves(all, sizes);
    if ("waves" in cut) return cut.waves;
    throw this.mistake(
      `waves.size ${shown(cut.wrong)} is no size of a wave: it is a whole number of machines from 1, a part of all such as "10%", or a list of those`,
    );
  }

  private record(what: string, value: unknown): AnyProps {
    if (!isRecord(value)) {
      throw this.mistake(`${what} is ${shown(value)}: it takes an object of names and values`);
    }
    for (const meta of ["count", "forEach"]) {
      if (what === "machines" || value[meta] === undefined) continue;
      throw new SynthesisError(
        "UNSUPPORTED",
        this.node.path,
        `${what} has ${meta}: each record is one machine, so write a record for each`,
      );
    }
    return value;
  }

  private mistake(problem: string): SynthesisError {
    return new SynthesisError("INVALID_VALUE", this.node.path, problem);
  }
}

/** No list, map or construct: of those, nothing would be seen. */
function isRecord(value: unknown): value is AnyProps {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isKnown(name: unknown): name is FleetSpecification {
  return typeof name === "string" && Object.keys(MAKE).includes(name);
}
