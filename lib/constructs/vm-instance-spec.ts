// The specification of a virtual machine.
import type { Construct } from "constructs";
import { DataZenlayerVmSpecQuote, VmInstanceSpec as Resource } from "../bindings";
import type { IVmInstance } from "./machine-reference";
import type { Properties } from "./private/properties";
import { SHARED_PROPERTIES } from "./private/specification-config";
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
   * Outbound public bandwidth in Mbps, a whole number from 1 to the limit of the VM type; 0 keeps a machine that is unlimited so.
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

const PROPERTIES: Properties<VmInstanceSpecProps> = {
  ...SHARED_PROPERTIES,
  instance: "required",
  instanceType: "optional",
  bandwidth: "optional",
  trafficPackageSize: "optional",
};

/**
 * The specification of a virtual machine that exists already: its type, bandwidth and traffic package (`zenlayer_vm_instance_spec`).
 * An upgrade of a PREPAID machine is charged at once; a downgrade is scheduled for the next billing cycle. The machine is never bought,
 * replaced or released.
 */
export class VmInstanceSpec extends Specification<Resource, DataZenlayerVmSpecQuote> {
  /** Terraform's resource type, as the matchers of cdktf's Testing take it. */
  public static readonly tfResourceType = "zenlayer_vm_instance_spec";

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machine and its desired specification.
   * @throws SynthesisError when a property is unknown or a literal value can never be right; at synth also when the same machine has another
   * `VmInstanceSpec`, or the id gives a name that Terraform refuses or knows already.
   */
  public constructor(scope: Construct, id: string, props: VmInstanceSpecProps) {
    super(scope, id, props, {
      name: "VmInstanceSpec",
      product: "vm",
      properties: PROPERTIES,
      desired: () => ({
        instance_type: { prop: "instanceType", value: props.instanceType },
        internet_max_bandwidth_out: { prop: "bandwidth", value: props.bandwidth },
        traffic_package_size: { prop: "trafficPackageSize", value: props.trafficPackageSize },
      }),
      createResource: (parent, config) => {
        const { instanceType, bandwidth: internetMaxBandwidthOut, trafficPackageSize } = props;
        const desired = { instanceType, internetMaxBandwidthOut, trafficPackageSize };
        return new Resource(parent, "Default", { ...desired, ...config });
      },
      createQuote: (parent, config) => new DataZenlayerVmSpecQuote(parent, "Quote", config),
    });
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
