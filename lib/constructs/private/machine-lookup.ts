// What the lookups of both products share.
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { DataZenlayerBmcInstance, DataZenlayerVmInstance } from "../../bindings";
import { stackOf, SynthesisError } from "../../rendering";
import { LiteralCheck } from "./literals";
import { checkProperties, type Properties } from "./properties";

/** How a machine is looked up. Give one of `instanceId` and `instanceName`. */
export interface MachineLookupProps {
  /**
   * Id of the machine.
   *
   * @default - found by `instanceName`.
   */
  readonly instanceId?: string | undefined;
  /**
   * Exact name of the machine. It is an error of the plan when no machine or several have it.
   *
   * @default - found by `instanceId`.
   */
  readonly instanceName?: string | undefined;
  /**
   * The provider configuration to look it up with.
   *
   * @default - the stack's default one.
   */
  readonly provider?: TerraformProvider | undefined;
}

const PROPERTIES: Properties<MachineLookupProps> = {
  instanceId: "optional",
  instanceName: "optional",
  provider: "optional",
};

/** Base of the lookups: a data source, and the facts of the machine that it finds. */
export abstract class MachineLookup<D extends DataZenlayerVmInstance | DataZenlayerBmcInstance> extends Construct {
  /** The data source, for all that this class does not offer. */
  public readonly dataSource: D;

  protected constructor(
    scope: Construct,
    id: string,
    props: MachineLookupProps,
    lookup: { readonly name: string; create(scope: Construct, config: MachineLookupProps): D },
  ) {
    super(scope, id);
    stackOf(this);
    checkProperties(this.node.path, lookup.name, props, PROPERTIES);
    const instanceId = props.instanceId ?? undefined;
    const instanceName = props.instanceName ?? undefined;
    if ((instanceId === undefined) === (instanceName === undefined)) {
      const given = instanceId === undefined ? "neither" : "both";
      throw new SynthesisError(
        "INVALID_VALUE",
        this.node.path,
        `${given} of instanceId and instanceName given: give exactly one of them`,
      );
    }
    if (instanceId !== undefined) new LiteralCheck(this).instanceId(instanceId).throwMistakes();
    if (instanceName !== undefined) new LiteralCheck(this).text("instanceName", instanceName).throwMistakes();
    this.dataSource = lookup.create(this, { instanceId, instanceName, provider: props.provider ?? undefined });
  }

  /** Id of the machine (token). */
  public get instanceId(): string {
    return this.dataSource.id;
  }

  /** Name of the machine (token). */
  public get instanceName(): string {
    return this.dataSource.instanceName;
  }

  /** Status of the machine, for example `RUNNING` (token). */
  public get instanceStatus(): string {
    return this.dataSource.instanceStatus;
  }

  /** Zone of the machine, for example `SEL-A` (token). */
  public get zoneId(): string {
    return this.dataSource.zoneId;
  }

  /** VM type of a virtual machine, model of a bare-metal one, that the machine is committed to (token). */
  public get instanceType(): string {
    return this.dataSource.instanceType;
  }

  /** Public bandwidth that the machine is committed to, in Mbps; 0 is unlimited (token). */
  public get bandwidth(): number {
    return this.dataSource.internetMaxBandwidthOut;
  }

  /** Traffic package that the machine is committed to, in TB; null where it has none (token). */
  public get trafficPackageSize(): number {
    return this.dataSource.trafficPackageSize;
  }

  /** `PREPAID` or `POSTPAID` (token). */
  public get instanceChargeType(): string {
    return this.dataSource.instanceChargeType;
  }

  /** How public traffic is billed, for example `ByBandwidth` (token). */
  public get internetChargeType(): string {
    return this.dataSource.internetChargeType;
  }

  /** End of the billing cycle; null when POSTPAID (token). */
  public get expiredTime(): string {
    return this.dataSource.expiredTime;
  }
}
