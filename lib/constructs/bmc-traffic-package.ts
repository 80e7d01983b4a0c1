// The traffic package of a bare-metal machine.
import type { Construct } from "constructs";
import { BmcTrafficPackage as Resource, DataZenlayerBmcTrafficPackageQuote } from "../bindings";
import type { IBmcInstance } from "./machine-reference";
import type { Properties } from "./private/properties";
import { SHARED_PROPERTIES } from "./private/specification-config";
import { Specification } from "./specification";
import type { SpecificationProps } from "./specification-props";

/** The desired traffic package of a bare-metal machine. */
export interface BmcTrafficPackageProps extends SpecificationProps {
  /** The machine: its id, or a reference (`BmcInstance.fromName`, …). Another machine here forgets the old one and adopts the new one. */
  readonly instance: string | IBmcInstance;
  /** Traffic package in TB, a multiple of 0.05, at least the package included in the price. */
  readonly trafficPackageSize: number;
}

const PROPERTIES: Properties<BmcTrafficPackageProps> = {
  ...SHARED_PROPERTIES,
  instance: "required",
  trafficPackageSize: "required",
};

/**
 * The traffic package of a bare-metal machine that exists already (`zenlayer_bmc_traffic_package`). A larger package is charged at once,
 * a smaller one is scheduled for the next billing cycle. The machine must be PREPAID and billed `ByTrafficPackage`.
 */
export class BmcTrafficPackage extends Specification<Resource, DataZenlayerBmcTrafficPackageQuote> {
  /** Terraform's resource type, as the matchers of cdktf's Testing take it. */
  public static readonly tfResourceType = "zenlayer_bmc_traffic_package";

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - The machine and its desired package.
   * @throws SynthesisError when a property is unknown or missing, or a literal value can never be right; at synth also when the same machine
   * has another `BmcTrafficPackage`, or the id gives a name that Terraform refuses or knows already.
   */
  public constructor(scope: Construct, id: string, props: BmcTrafficPackageProps) {
    super(scope, id, props, {
      name: "BmcTrafficPackage",
      product: "bmc",
      properties: PROPERTIES,
      desired: () => ({ traffic_package_size: { prop: "trafficPackageSize", value: props.trafficPackageSize } }),
      createResource: (parent, config) =>
        new Resource(parent, "Default", { trafficPackageSize: props.trafficPackageSize, ...config }),
      createQuote: (parent, config) =>
        new DataZenlayerBmcTrafficPackageQuote(parent, "Quote", {
          trafficPackageSize: props.trafficPackageSize,
          ...config,
        }),
    });
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
