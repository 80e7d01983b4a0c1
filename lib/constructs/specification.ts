// What the constructs of all specifications share: the machine, the guards, the import block, the quote, hooks and ordering.
import {
  dependable,
  TerraformOutput,
  type IResolvable,
  type ITerraformDependable,
  type ITerraformIterator,
  type TerraformCount,
  type TerraformProvider,
  type TerraformResourceLifecycle,
} from "cdktf";
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

/** How long operations may wait, as durations such as `90m` or `1h30m`. */
export interface SpecificationTimeouts {
  /**
   * Waiting of the first apply.
   *
   * @default "90m"
   */
  readonly create?: string;
  /**
   * Reading the machine.
   *
   * @default - no limit but that of each request.
   */
  readonly read?: string;
  /**
   * Waiting of later applies.
   *
   * @default "90m"
   */
  readonly update?: string;
  /**
   * Waiting of a destroy that cancels what is scheduled.
   *
   * @default "90m"
   */
  readonly delete?: string;
}

/** How prices are asked. */
export interface QuoteProps {
  /**
   * Ask the price of every desired value at every plan. False: only of values that differ from what the machine is committed to,
   * so that a quiet plan asks none.
   *
   * @default false
   */
  readonly always?: boolean;
}

/** Properties that all specifications share. */
export interface SpecificationProps {
  /**
   * What to do when the desired value is a downgrade.
   *
   * @default OnDowngrade.SCHEDULE
   */
  readonly onDowngrade?: OnDowngrade | undefined;
  /**
   * Refuse a change that would charge the account more than this at once, in the account's currency, 0 or more. 0 means never charge.
   * A change whose price cannot be had is refused too.
   *
   * @default - no limit.
   */
  readonly maxImmediateCharge?: number | undefined;
  /**
   * What destroying this resource does. The machine itself is never touched.
   *
   * @default OnDestroy.FORGET
   */
  readonly onDestroy?: OnDestroy | undefined;
  /**
   * How long operations may wait. An order that was accepted stands when the time is over.
   *
   * @default - 90 minutes for create and update.
   */
  readonly timeouts?: SpecificationTimeouts | undefined;
  /**
   * Whether an import block is written, so that the first plan shows real values before and after. It never is together with
   * `forEach` or `count`.
   *
   * @default - for ids that are literals or come from a data source of this provider. True: also for other ids; false: never.
   */
  readonly import?: boolean | undefined;
  /**
   * Whether prices are asked for the desired values, so that a review can show them: true, false, or how.
   *
   * @default true
   */
  readonly quote?: boolean | QuoteProps | undefined;
  /**
   * The provider configuration to use, where a stack has several.
   *
   * @default - the stack's default one.
   */
  readonly provider?: TerraformProvider;
  /**
   * What must be done before this.
   *
   * @default - nothing.
   */
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Terraform's lifecycle options, such as `ignoreChanges`, preconditions and postconditions.
   *
   * @default - Terraform's.
   */
  readonly lifecycle?: TerraformResourceLifecycle;
  /**
   * One specification per element of an iterator.
   *
   * @default - one specification.
   */
  readonly forEach?: ITerraformIterator;
  /**
   * So many specifications.
   *
   * @default - one specification.
   */
  readonly count?: number | TerraformCount;
}

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

  /** Attributes of the resource that the properties of all specifications set. */
  protected static resourceConfig(props: SpecificationProps): {
    readonly onDowngrade: string | undefined;
    readonly maxImmediateCharge: number | undefined;
    readonly onDestroy: string | undefined;
    readonly timeouts: SpecificationTimeouts | undefined;
  } & Pick<SpecificationProps, "provider" | "dependsOn" | "lifecycle" | "forEach" | "count"> {
    const { onDowngrade, maxImmediateCharge, onDestroy, timeouts, dependsOn, lifecycle } = props;
    return {
      onDowngrade,
      maxImmediateCharge,
      onDestroy,
      timeouts,
      ...Specification.placement(props),
      ...(dependsOn === undefined ? {} : { dependsOn }),
      ...(lifecycle === undefined ? {} : { lifecycle }),
    };
  }

  /**
   * Attributes of the quote: those of the specification, never references to it, and never its `dependsOn`, because then it would be read
   * only during apply. Null: no quote is wanted.
   */
  protected static quoteConfig(
    props: SpecificationProps,
  ): ({ readonly always: boolean | undefined } & Pick<SpecificationProps, "provider" | "forEach" | "count">) | null {
    const { quote = true } = props;
    if (quote === false) return null;
    return { always: quote === true ? undefined : quote.always, ...Specification.placement(props) };
  }

  private static placement({
    provider,
    forEach,
    count,
  }: SpecificationProps): Pick<SpecificationProps, "provider" | "forEach" | "count"> {
    return {
      ...(provider === undefined ? {} : { provider }),
      ...(forEach === undefined ? {} : { forEach }),
      ...(count === undefined ? {} : { count }),
    };
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
