// References to virtual machines: by id, by name, or from a resource of another provider.
import { Construct } from "constructs";
import type { IInterpolatingParent, TerraformProvider } from "cdktf";
import { DataZenlayerVmInstance } from "../bindings";
import { idFromResource, type IVmInstance } from "./machine-reference";
import { LiteralCheck } from "./private/literals";
import { stackOf } from "./private/same-library";

/** How a virtual machine is looked up. Give one of `instanceId` and `instanceName`. */
export interface VmInstanceProps {
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
  readonly provider?: TerraformProvider;
}

/**
 * A virtual machine that exists already, looked up by a data source (`zenlayer_vm_instance`) while Terraform plans.
 * Where only the id is needed, `VmInstance.fromInstanceId` looks nothing up.
 */
export class VmInstance extends Construct implements IVmInstance {
  /** A machine by its id. Nothing is looked up. */
  public static fromInstanceId(instanceId: string): IVmInstance {
    return { product: "vm", instanceId };
  }

  /**
   * A machine by its exact name, looked up while Terraform plans.
   *
   * @param scope - The scope in which to define the lookup.
   * @param id - The construct id, unique in its scope.
   * @param instanceName - Exact name of the machine.
   * @param provider - The provider configuration to look it up with. Default: the stack's default one.
   */
  public static fromName(scope: Construct, id: string, instanceName: string, provider?: TerraformProvider): VmInstance {
    return new VmInstance(scope, id, { instanceName, ...(provider === undefined ? {} : { provider }) });
  }

  /**
   * A machine that a resource of another provider (such as the official one) buys or finds. Such an id is known only once the
   * machine exists, so no import block is written for it.
   *
   * @param resource - The resource or data source.
   * @param attribute - Its attribute that holds the machine's id. Default: `id`.
   */
  public static fromResource(resource: IInterpolatingParent, attribute = "id"): IVmInstance {
    return { product: "vm", instanceId: idFromResource(resource, attribute) };
  }

  public readonly product = "vm";
  /** The data source, for all that this class does not offer. */
  public readonly dataSource: DataZenlayerVmInstance;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - How the machine is looked up.
   * @throws when not exactly one of `instanceId` and `instanceName` is given.
   */
  public constructor(scope: Construct, id: string, props: VmInstanceProps) {
    super(scope, id);
    stackOf(this);
    const { instanceId, instanceName, provider } = props;
    if ((instanceId === undefined) === (instanceName === undefined)) {
      const given = instanceId === undefined ? "neither" : "both";
      throw new Error(`${this.node.path}: ${given} of instanceId and instanceName given: give exactly one of them`);
    }
    if (instanceId !== undefined) new LiteralCheck(this).instanceId(instanceId).throwMistakes();
    this.dataSource = new DataZenlayerVmInstance(this, "Default", {
      instanceId,
      instanceName,
      ...(provider === undefined ? {} : { provider }),
    });
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

  /** Zone of the machine (token). */
  public get zoneId(): string {
    return this.dataSource.zoneId;
  }

  /** VM type that the machine is committed to (token). */
  public get instanceType(): string {
    return this.dataSource.instanceType;
  }

  /** Public bandwidth that the machine is committed to, in Mbps; 0 is unlimited (token). */
  public get bandwidth(): number {
    return this.dataSource.internetMaxBandwidthOut;
  }

  /** Traffic package that the machine is committed to, in TB (token). */
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
