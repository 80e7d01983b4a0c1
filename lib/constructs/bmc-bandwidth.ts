// The public bandwidth of a bare-metal machine.
import type { Construct } from "constructs";
import { BmcBandwidth as Resource, DataZenlayerBmcBandwidthQuote } from "../bindings";
import type { IBmcInstance } from "./machine-reference";
import type { Properties } from "./private/properties";
import { SHARED_PROPERTIES } from "./private/specification-config";
import { Specification } from "./specification";
import type { SpecificationProps } from "./specification-props";

/** The desired public bandwidth of a bare-metal machine. */
export interface BmcBandwidthProps extends SpecificationProps {
  /** The machine: its id, or a reference (`BmcInstance.fromName`, …). Another machine here forgets the old one and adopts the new one. */
  readonly instance: string | IBmcInstance;
  /** Outbound public bandwidth in Mbps, a whole number from 1 to the limit of the model; 0 keeps a machine that is unlimited so. */
  readonly bandwidth: number;
}

const PROPERTIES: Properties<BmcBandwidthProps> = { ...SHARED_PROPERTIES, instance: "required", bandwidth: "required" };

/**
 * The public bandwidth of a bare-metal machine that exists already (`zenlayer_bmc_bandwidth`). An increase of a PREPAID flat-rate machine
 * is charged at once, a decrease is scheduled for the next billing cycle.
 */
export class BmcBandwidth extends Specification<Resource, DataZenlayerBmcBandwidthQuote> {
  /** Terraform's resource type, as the matchers of cdktf's Testing take it. */
  public static readonly tfResourceType = "zenlayer_bmc_bandwidth";

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machine and its desired bandwidth.
   * @throws SynthesisError when a property is unknown or missing, or a literal value can never be right; at synth also when the same machine
   * has another `BmcBandwidth`, or the id gives a name that Terraform refuses or knows already.
   */
  public constructor(scope: Construct, id: string, props: BmcBandwidthProps) {
    super(scope, id, props, {
      name: "BmcBandwidth",
      product: "bmc",
      properties: PROPERTIES,
      desired: () => ({ internet_max_bandwidth_out: { prop: "bandwidth", value: props.bandwidth } }),
      createResource: (parent, config) =>
        new Resource(parent, "Default", { internetMaxBandwidthOut: props.bandwidth, ...config }),
      createQuote: (parent, config) =>
        new DataZenlayerBmcBandwidthQuote(parent, "Quote", { internetMaxBandwidthOut: props.bandwidth, ...config }),
    });
  }

  /** Bandwidth that the machine is committed to, in Mbps; 0 is unlimited (token). */
  public get bandwidth(): number {
    return this.resource.internetMaxBandwidthOut;
  }

  /** Bandwidth in force now, in Mbps; 0 is unlimited (token). */
  public get effectiveBandwidth(): number {
    return this.resource.effectiveInternetMaxBandwidthOut;
  }
}
