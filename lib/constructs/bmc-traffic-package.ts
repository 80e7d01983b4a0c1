// The traffic package of a bare-metal machine.
import type { Construct } from "constructs";
import { BmcTrafficPackage as Resource, DataZenlayerBmcTrafficPackageQuote } from "../bindings";
import { idOf, type IBmcInstance } from "./machine-reference";
import { quoteConfig, resourceConfig } from "./private/specification-config";
import { Specification } from "./specification";
import type { SpecificationProps } from "./specification-props";

/** The desired traffic package of a bare-metal machine. */
export interface BmcTrafficPackageProps extends SpecificationProps {
  /** The machine: its id, or a reference (`BmcInstance.fromName`, …). Another machine here forgets the old one and adopts the new one. */
  readonly instance: string | IBmcInstance;
  /** Traffic package in TB, a multiple of 0.05, at least the package included in the price. */
  readonly trafficPackageSize: number;
}

/**
 * The traffic package of a bare-metal machine that exists already (`zenlayer_bmc_traffic_package`). A larger package is charged at once,
 * a smaller one is scheduled for the next billing cycle. The machine must be PREPAID and billed `ByTrafficPackage`.
 */
export class BmcTrafficPackage extends Specification {
  /** Terraform's resource type, as the matchers of cdktf's Testing take it. */
  public static readonly tfResourceType = "zenlayer_bmc_traffic_package";

  public readonly resource: Resource;
  public readonly quote: DataZenlayerBmcTrafficPackageQuote | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machine and its desired package.
   * @throws when a literal value can never be right, and when the same machine has another `BmcTrafficPackage`.
   */
  public constructor(scope: Construct, id: string, props: BmcTrafficPackageProps) {
    const { trafficPackageSize } = props;
    const instanceId = idOf(props.instance);
    super(scope, id, props, {
      product: "bmc",
      name: "traffic package",
      instanceId,
      desired: { traffic_package_size: { prop: "trafficPackageSize", value: trafficPackageSize } },
    });
    const desired = { instanceId, trafficPackageSize };
    this.resource = new Resource(this, "Default", { ...desired, ...resourceConfig(props) });
    const quote = quoteConfig(props);
    this.quote =
      quote === null ? undefined : new DataZenlayerBmcTrafficPackageQuote(this, "Quote", { ...desired, ...quote });
    this.complete(props, instanceId);
  }

  /** Traffic package that the machine is committed to, in TB (token). */
  public get trafficPackageSize(): number {
    return this.resource.trafficPackageSize;
  }

  /** Traffic package in force now, in TB (token). */
  public get effectiveTrafficPackageSize(): number {
    return this.resource.effectiveTrafficPackageSize;
  }
}
