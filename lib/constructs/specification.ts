// What the constructs of all specifications share: the machine, the guards, the import block, the quote, hooks and ordering.
import { dependable, TerraformOutput, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type {
  BmcBandwidth as L1BmcBandwidth,
  BmcTrafficPackage as L1BmcTrafficPackage,
  DataZenlayerBmcBandwidthQuote,
  DataZenlayerBmcTrafficPackageQuote,
  DataZenlayerVmSpecQuote,
  VmInstanceSpec as L1VmInstanceSpec,
} from "../bindings";
import type { Product } from "../engine";
import { ChangeHook, type ChangeHookProps } from "./change-hook";
import { OnDestroy, OnDowngrade } from "./choices";
import { renderConstructDependencies } from "./private/construct-dependencies";
import { ImportBlock } from "./private/import-block";
import { LiteralCheck, type DesiredProps } from "./private/literals";
import { claimMachine } from "./private/one-per-machine";
import { stackOf } from "./private/same-library";
import type { SpecificationProps } from "./specification-props";

/** The L1 resources that hold a specification. */
export type SpecificationResource = L1VmInstanceSpec | L1BmcTrafficPackage | L1BmcBandwidth;

/** A specification, as hooks and waves take it. */
export interface ISpecification {
  /** The L1 resource. */
  readonly resource: SpecificationResource;
}

/** The L1 data sources that quote a specification. */
export type SpecificationQuote =
  DataZenlayerVmSpecQuote | DataZenlayerBmcTrafficPackageQuote | DataZenlayerBmcBandwidthQuote;

/** What a subclass knows of itself. */
export interface SpecificationKind {
  readonly product: Product;
  /** In the words of an error: "the specification", "the traffic package". */
  readonly name: string;
  readonly instanceId: string;
  readonly desired: DesiredProps;
}

/** Base of all specifications: the desired specification of one machine that exists already. */
export abstract class Specification extends Construct implements ITerraformDependable, ISpecification {
  /** Whether a construct is a specification. */
  public static isSpecification(this: void, construct: unknown): construct is Specification {
    return construct instanceof Specification;
  }

  /** The L1 resource, for all that this class does not offer. */
  public abstract readonly resource: SpecificationResource;
  /** The L1 data source that asks the prices; undefined with `quote: false` or where no value is managed. */
  public abstract readonly quote: SpecificationQuote | undefined;

  protected constructor(scope: Construct, id: string, props: SpecificationProps, kind: SpecificationKind) {
    super(scope, id);
    const stack = stackOf(this);
    new LiteralCheck(this)
      .instanceId(kind.instanceId)
      .desired(kind.product, kind.desired)
      .choice("onDowngrade", props.onDowngrade, Object.values(OnDowngrade))
      .amount("maxImmediateCharge", props.maxImmediateCharge)
      .choice("onDestroy", props.onDestroy, Object.values(OnDestroy))
      .durations({ ...props.timeouts })
      .throwMistakes();
    claimMachine(this, kind.name, kind.instanceId);
    renderConstructDependencies(stack, Specification.isSpecification);
  }

  /** Terraform's address of the resource (token): lets this construct stand in `dependsOn` of others. */
  public get fqn(): string {
    return this.resource.fqn;
  }

  /** Lets this wait until others are done, like `dependsOn`. Its quote does not wait: prices are asked while planning. */
  public addDependency(...dependencies: readonly ITerraformDependable[]): void {
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), ...dependencies.map((each) => dependable(each))];
  }

  /**
   * Runs a command once after each apply that ordered a change (and once when the hook is first added). The command gets its data in
   * the environment: see `ChangeHook`. A command that fails fails the apply and is run again by the next one; the change itself stands.
   *
   * @param id - The construct id of the hook, unique among the hooks of this specification.
   * @param props - What to run.
   * @throws with `forEach` or `count`: a hook belongs to one machine.
   */
  public onChange(id: string, props: ChangeHookProps): ChangeHook {
    this.requireSingle("onChange");
    return new ChangeHook(this, id, { ...props, after: [this] });
  }

  /**
   * Writes the price of the desired specification as an output: an object with `total`, `currency`, `unit` and `reason` (why `total` is
   * null, if it is). The price is then asked at every plan; applying does not change it.
   *
   * @param id - The construct id of the output, unique among the children of this specification.
   * @throws with `quote: false`, and with `forEach` or `count`.
   */
  public addPriceOutput(id = "Price"): TerraformOutput {
    this.requireSingle("addPriceOutput");
    const { quote } = this;
    if (quote === undefined) {
      throw new Error(
        `${this.node.path}: there is no quote to take the price from: leave out \`quote: false\` and set a desired value`,
      );
    }
    quote.always = true;
    return new TerraformOutput(this, id, {
      description: `Price of the desired specification of ${this.node.path}`,
      value: {
        total: quote.total,
        currency: quote.currency,
        unit: quote.unit,
        reason: quote.reason,
      },
    });
  }

  /** Id of the machine (token). */
  public get instanceId(): string {
    return this.resource.instanceId;
  }

  /** Changes that are running or scheduled. Never make it an output: it changes by itself when the cycle rolls over (token). */
  public get pending(): SpecificationResource["pending"] {
    return this.resource.pending;
  }

  /** The calls of the last change; a set, so order by `step` and not by index (token). */
  public get changes(): SpecificationResource["changes"] {
    return this.resource.changes;
  }

  /** The calls of the last change in one line (token). */
  public get planSummary(): string {
    return this.resource.planSummary;
  }

  /** Numbers of the orders that the last change placed (token). */
  public get orderNumbers(): string[] {
    return this.resource.orderNumbers;
  }

  /** How many applies have ordered a change: what hooks trigger on (token). */
  public get changeCount(): number {
    return this.resource.changeCount;
  }

  /** Name of the machine (token). */
  public get instanceName(): string {
    return this.resource.instanceName;
  }

  /** Status of the machine, for example `RUNNING` (token). */
  public get instanceStatus(): string {
    return this.resource.instanceStatus;
  }

  /** Zone of the machine (token). */
  public get zoneId(): string {
    return this.resource.zoneId;
  }

  /** `PREPAID` or `POSTPAID` (token). */
  public get instanceChargeType(): string {
    return this.resource.instanceChargeType;
  }

  /** How public traffic is billed, for example `ByBandwidth` (token). */
  public get internetChargeType(): string {
    return this.resource.internetChargeType;
  }

  /** End of the billing cycle, when scheduled changes take effect; null when POSTPAID (token). */
  public get expiredTime(): string {
    return this.resource.expiredTime;
  }

  /** Whether the subscription is renewed at the end of the cycle (token). */
  public get autoRenew(): IResolvable {
    return this.resource.autoRenew;
  }

  /** Adds what needs the resource; a subclass calls it at the end of its constructor. */
  protected complete(props: SpecificationProps, instanceId: string): void {
    if (props.import === false) return;
    new ImportBlock(this, "Import", this.resource, instanceId, props.import === true ? "always" : "known");
  }

  private requireSingle(method: string): void {
    if (this.resource.forEach === undefined && this.resource.count === undefined) return;
    throw new Error(
      `${this.node.path}: ${method} needs a specification of one machine, and this one has forEach or count: ` +
        `write one construct per machine in a loop of your program`,
    );
  }
}
