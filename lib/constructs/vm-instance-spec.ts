// The specification of a virtual machine.
import type { Construct } from "constructs";
import { DataZenlayerVmSpecQuote, VmInstanceSpec as Resource } from "../bindings";
import { idOf, type IVmInstance } from "./machine-reference";
import { quoteConfig, resourceConfig } from "./private/specification-config";
import { Specification } from "./specification";
import type { SpecificationProps } from "./specification-props";

/** The desired specification of a virtual machine. What is left out is not managed. */
export interface VmInstanceSpecProps extends SpecificationProps {
  /** The machine: its id, or a reference (`VmInstance.fromName`, …). Another machine here forgets the old one and adopts the new one. */
  readonly instance: string | IVmInstance;
  /**
   * VM type id, for example `c.4c8g`.
   *
   * @default - not managed.
   */
  readonly instanceType?: string | undefined;
  /**
   * Outbound public bandwidth in Mbps, a whole number from 1 to the limit of the VM type.
   *
   * @default - not managed.
   */
  readonly bandwidth?: number | undefined;
  /**
   * Traffic package in TB, 0 or more. Only PREPAID machines billed `ByTrafficPackage` have one.
   *
   * @default - not managed.
   */
  readonly trafficPackageSize?: number | undefined;
}

/**
 * The specification of a virtual machine that exists already: its type, bandwidth and traffic package (`zenlayer_vm_instance_spec`).
 * An upgrade of a PREPAID machine is charged at once; a downgrade is scheduled for the next billing cycle. The machine is never bought,
 * replaced or released.
 */
export class VmInstanceSpec extends Specification {
  /** Terraform's resource type, as the matchers of cdktf's Testing take it. */
  public static readonly tfResourceType = "zenlayer_vm_instance_spec";

  public readonly resource: Resource;
  public readonly quote: DataZenlayerVmSpecQuote | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machine and its desired specification.
   * @throws when a literal value can never be right, and when the same machine has another `VmInstanceSpec`.
   */
  public constructor(scope: Construct, id: string, props: VmInstanceSpecProps) {
    const { instanceType, bandwidth, trafficPackageSize } = props;
    const instanceId = idOf(props.instance);
    super(scope, id, props, {
      product: "vm",
      name: "specification",
      instanceId,
      desired: {
        instance_type: { prop: "instanceType", value: instanceType },
        internet_max_bandwidth_out: { prop: "bandwidth", value: bandwidth },
        traffic_package_size: { prop: "trafficPackageSize", value: trafficPackageSize },
      },
    });
    const desired = { instanceId, instanceType, internetMaxBandwidthOut: bandwidth, trafficPackageSize };
    this.resource = new Resource(this, "Default", { ...desired, ...resourceConfig(props) });
    const quote = quoteConfig(props);
    const managesNothing = instanceType === undefined && bandwidth === undefined && trafficPackageSize === undefined;
    this.quote =
      quote === null || managesNothing
        ? undefined
        : new DataZenlayerVmSpecQuote(this, "Quote", { ...desired, ...quote });
    this.complete(props, instanceId);
  }

  /** VM type that the machine is committed to (token). */
  public get instanceType(): string {
    return this.resource.instanceType;
  }

  /** Bandwidth that the machine is committed to, in Mbps; 0 is unlimited (token). */
  public get bandwidth(): number {
    return this.resource.internetMaxBandwidthOut;
  }

  /** Traffic package that the machine is committed to, in TB (token). */
  public get trafficPackageSize(): number {
    return this.resource.trafficPackageSize;
  }

  /** VM type in force now (token). */
  public get effectiveInstanceType(): string {
    return this.resource.effectiveInstanceType;
  }

  /** Bandwidth in force now, in Mbps; 0 is unlimited (token). */
  public get effectiveBandwidth(): number {
    return this.resource.effectiveInternetMaxBandwidthOut;
  }

  /** Traffic package in force now, in TB (token). */
  public get effectiveTrafficPackageSize(): number {
    return this.resource.effectiveTrafficPackageSize;
  }
}
