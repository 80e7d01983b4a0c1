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
import { isLiteral, renderedOf, resolved, SynthesisError, stackOf, valueOf } from "../rendering";
import { ChangeHook, type ChangeHookProps } from "./change-hook";
import { OnDestroy, OnDowngrade } from "./choices";
import { idOf, type IMachine } from "./machine-reference";
import { renderConstructDependencies } from "./private/construct-dependencies";
import { ImportBlock } from "./private/import-block";
import { LiteralCheck, type DesiredProps } from "./private/literals";
import { MovedBlock } from "./private/moved-block";
import { checkDependencies, checkKinds } from "./private/kinds";
import { refuseOtherStacks } from "./private/other-stacks";
import { checkProperties, shown } from "./private/properties";
import { checkNested, quoteConfig, resourceConfig, type ResourceConfig } from "./private/specification-config";
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

/** What tells one kind of specification from another. The functions are called once the properties are known to be ones. */
export interface SpecificationKind<R, Q> {
  /** The class, for errors. */
  readonly name: string;
  /** The product whose machines it is for. */
  readonly product: Product;
  /** The properties that it has. */
  readonly properties: { readonly [name: string]: "optional" | "required" };
  /** Its desired values, by axis. */
  desired(): DesiredProps;
  /** Makes the L1 resource: desired values and `config`. */
  createResource(scope: Construct, config: ResourceConfig & { readonly instanceId: string }): R;
  /** Makes the L1 data source that asks the prices. It takes over everything else from the resource when it renders. */
  createQuote(scope: Construct, config: { readonly instanceId: string; readonly always?: boolean }): Q;
}

/** Base of all specifications: the desired specification of one machine that exists already. */
export abstract class Specification<
  R extends SpecificationResource = SpecificationResource,
  Q extends SpecificationQuote = SpecificationQuote,
>
  extends Construct
  implements ITerraformDependable, ISpecification
{
  /** Whether a construct is a specification. */
  public static isSpecification(this: void, construct: unknown): construct is Specification {
    return construct instanceof Specification;
  }

  /** The L1 resource, for all that this class does not offer. */
  public readonly resource: R;
  private readonly quoteElement: Q | undefined;
  /** Attributes that hold desired values. */
  private readonly axes: readonly string[];

  protected constructor(
    scope: Construct,
    id: string,
    props: SpecificationProps & { readonly instance: string | IMachine },
    kind: SpecificationKind<R, Q>,
  ) {
    super(scope, id);
    stackOf(this);
    checkProperties(this.node.path, kind.name, props, kind.properties);
    checkNested(this.node.path, props);
    const desired = kind.desired();
    const instanceId = idOf(this, props.instance, kind.product);
    new LiteralCheck(this)
      .instanceId(instanceId)
      .desired(kind.product, desired)
      .choice("onDowngrade", props.onDowngrade, Object.values(OnDowngrade))
      .amount("maxImmediateCharge", props.maxImmediateCharge)
      .choice("onDestroy", props.onDestroy, Object.values(OnDestroy))
      .durations({ ...props.timeouts })
      .throwMistakes();
    checkKinds(this, props);
    refuseOtherStacks(this, "dependsOn", props.dependsOn ?? []);
    renderConstructDependencies(stackOf(this));
    this.axes = Object.keys(desired);
    this.resource = kind.createResource(this, { instanceId, ...resourceConfig(props) });
    const quote = quoteConfig(props);
    if (quote !== null) {
      this.quoteElement = kind.createQuote(this, { instanceId, ...quote });
      this.quoteElement.follow({ resource: this.resource, attributes: this.axes });
    }
    if (props.import !== false)
      new ImportBlock(this, "Import", this.resource, props.import === true ? "always" : "known");
  }

  /** The L1 data source that asks the prices; undefined with `quote: false` or where no value is managed. */
  public get quote(): Q | undefined {
    const attributes = renderedOf(this.resource, "json")?.attributes ?? {};
    const managed = this.axes.some((axis) => resolved(valueOf(attributes, axis), this) !== undefined);
    return managed ? this.quoteElement : undefined;
  }

  /** Terraform's address of the resource (token): lets this construct stand in `dependsOn` of others. */
  public get fqn(): string {
    return this.resource.fqn;
  }

  /** Lets this wait until others are done, like `dependsOn`. Its quote does not wait: prices are asked while planning. */
  public addDependency(...dependencies: readonly ITerraformDependable[]): void {
    checkDependencies(this, "addDependency", dependencies);
    refuseOtherStacks(this, "addDependency", dependencies);
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
    if (typeof props === "object" && props !== null && "after" in props) {
      throw new SynthesisError(
        "UNKNOWN_PROPERTY",
        this.node.path,
        `onChange has no property after: it runs after changes of this specification; for those of several, write a ChangeHook`,
      );
    }
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
      throw new SynthesisError(
        "UNSUPPORTED",
        this.node.path,
        `there is no quote to take the price from: leave out \`quote: false\` and set a desired value`,
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

  /**
   * Says that this construct had another id: the machine stays in the state under its new name, with the hooks of `onChange`, and is not
   * adopted anew. Keep it until every state was applied once. It may be called again for still older ids.
   *
   * @param id - The old id in the same scope (`"old-id"`), or all ids from below the stack, with slashes (`"team/old-id"`, or `"/old-id"` for the stack
   * itself). Also an address in Terraform: of a resource of another class, or of the official provider (`"zenlayercloud_zvm_instance.web"`).
   * @throws when it is no text, and with `forEach` or `count`: Terraform would need an old name per machine.
   */
  public renamedFrom(id: string): this {
    this.requireSingle("renamedFrom");
    if (typeof id !== "string" || !/[^/]/.test(id) || !isLiteral(id)) {
      throw new SynthesisError(
        "INVALID_VALUE",
        this.node.path,
        `renamedFrom ${shown(id)} is no id: give the construct id that this had before, for example "old-id"`,
      );
    }
    const before = this.node.children.filter((child) => child instanceof MovedBlock).length;
    new MovedBlock(this, before === 0 ? "Moved" : `Moved${before + 1}`, id);
    return this;
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

  private requireSingle(method: string): void {
    if (this.resource.forEach === undefined && this.resource.count === undefined) return;
    throw new SynthesisError(
      "UNSUPPORTED",
      this.node.path,
      `${method} needs a specification of one machine, and this one has forEach or count: ` +
        `write one construct per machine in a loop of your program`,
    );
  }
}
