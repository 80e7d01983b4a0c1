// References to bare-metal machines: by id, by name, or from a resource of another provider.
import type { IInterpolatingParent, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { DataZenlayerBmcInstance } from "../bindings";
import { idFromResource, type IBmcInstance } from "./machine-reference";
import { withoutUndefined } from "./private/given";
import { MachineLookup, type MachineLookupProps } from "./private/machine-lookup";

/** How a bare-metal machine is looked up. Give one of `instanceId` and `instanceName`. */
export interface BmcInstanceProps extends MachineLookupProps {}

/**
 * A bare-metal machine that exists already, looked up by a data source (`zenlayer_bmc_instance`) while Terraform plans.
 * Where only the id is needed, `BmcInstance.fromInstanceId` looks nothing up.
 */
export class BmcInstance extends MachineLookup<DataZenlayerBmcInstance> implements IBmcInstance {
  /** A machine by its id. Nothing is looked up. */
  public static fromInstanceId(instanceId: string): IBmcInstance {
    return { product: "bmc", instanceId };
  }

  /**
   * A machine by its exact name, looked up while Terraform plans.
   *
   * @param scope - The scope in which to define the lookup.
   * @param id - The construct id, unique in its scope.
   * @param instanceName - Exact name of the machine.
   * @param provider - The provider configuration to look it up with. Default: the stack's default one.
   */
  public static fromName(
    scope: Construct,
    id: string,
    instanceName: string,
    provider?: TerraformProvider,
  ): BmcInstance {
    return new BmcInstance(scope, id, { instanceName, provider });
  }

  /**
   * A machine that a resource of another provider (such as the official one) buys or finds. Such an id is known only once the
   * machine exists, so no import block is written for it.
   *
   * @param resource - The resource or data source.
   * @param attribute - Its attribute that holds the machine's id. Default: `id`.
   */
  public static fromResource(resource: IInterpolatingParent, attribute = "id"): IBmcInstance {
    return { product: "bmc", instanceId: idFromResource(resource, attribute) };
  }

  /** Tells it from a virtual machine. */
  public readonly product = "bmc";

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - How the machine is looked up.
   * @throws when not exactly one of `instanceId` and `instanceName` is given.
   */
  public constructor(scope: Construct, id: string, props: BmcInstanceProps) {
    super(scope, id, props, {
      name: "BmcInstance",
      create: (parent, config) => new DataZenlayerBmcInstance(parent, "Default", withoutUndefined(config)),
    });
  }
}
