// References to virtual machines: by id, by name, or from a resource of another provider.
import type { IInterpolatingParent, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { DataZenlayerVmInstance } from "../bindings";
import { idFromResource, type IVmInstance } from "./machine-reference";
import { withoutUndefined } from "./private/given";
import { MachineLookup, type MachineLookupProps } from "./private/machine-lookup";

/** How a virtual machine is looked up. Give one of `instanceId` and `instanceName`. */
export interface VmInstanceProps extends MachineLookupProps {}

/**
 * A virtual machine that exists already, looked up by a data source (`zenlayer_vm_instance`) while Terraform plans.
 * Where only the id is needed, `VmInstance.fromInstanceId` looks nothing up.
 */
export class VmInstance extends MachineLookup<DataZenlayerVmInstance> implements IVmInstance {
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
    return new VmInstance(scope, id, { instanceName, provider });
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

  /** Tells it from a bare-metal machine. */
  public readonly product = "vm";

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param props - How the machine is looked up.
   * @throws when not exactly one of `instanceId` and `instanceName` is given.
   */
  public constructor(scope: Construct, id: string, props: VmInstanceProps) {
    super(scope, id, props, {
      name: "VmInstance",
      create: (parent, config) => new DataZenlayerVmInstance(parent, "Default", withoutUndefined(config)),
    });
  }
}
