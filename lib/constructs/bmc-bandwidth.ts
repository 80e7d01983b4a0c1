// The public bandwidth of a bare-metal machine.
import type { Construct } from "constructs";
import { BmcBandwidth as Resource, DataZenlayerBmcBandwidthQuote } from "../bindings";
import { idOf, type IBmcInstance } from "./machine-reference";
import { quoteConfig, resourceConfig } from "./private/specification-config";
import { Specification } from "./specification";
import type { SpecificationProps } from "./specification-props";

/** The desired public bandwidth of a bare-metal machine. */
export interface BmcBandwidthProps extends SpecificationProps {
  /** The machine: its id, or a reference (`BmcInstance.fromName`, …). Another machine here forgets the old one and adopts the new one. */
  readonly instance: string | IBmcInstance;
  /** Outbound public bandwidth in Mbps, a whole number from 1 to the limit of the model. */
  readonly bandwidth: number;
}

/**
 * The public bandwidth of a bare-metal machine that exists already (`zenlayer_bmc_bandwidth`). An increase of a PREPAID flat-rate machine
 * is charged at once, a decrease is scheduled for the next billing cycle.
 */
export class BmcBandwidth extends Specification {
  /** Terraform's resource type, as the matchers of cdktf's Testing take it. */
  public static readonly tfResourceType = "zenlayer_bmc_bandwidth";

  public readonly resource: Resource;
  public readonly quote: DataZenlayerBmcBandwidthQuote | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machine and its desired bandwidth.
   * @throws when a literal value can never be right, and when the same machine has another `BmcBandwidth`.
   */
  public constructor(scope: Construct, id: string, props: BmcBandwidthProps) {
    const { bandwidth } = props;
    const instanceId = idOf(props.instance);
    super(scope, id, props, {
      product: "bmc",
      name: "bandwidth",
      instanceId,
      desired: { internet_max_bandwidth_out: { prop: "bandwidth", value: bandwidth } },
    });
    const desired = { instanceId, internetMaxBandwidthOut: bandwidth };
    this.resource = new Resource(this, "Default", { ...desired, ...resourceConfig(props) });
    const quote = quoteConfig(props);
    this.quote =
      quote === null ? undefined : new DataZenlayerBmcBandwidthQuote(this, "Quote", { ...desired, ...quote });
    this.complete(props, instanceId);
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
