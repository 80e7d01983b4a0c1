// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { LookupElement } from "../../rendering";
import { metaArguments, type MetaArguments } from "../meta-arguments";

/** Configuration of a data source `zenlayer_vm_instance`. */
export interface DataZenlayerVmInstanceConfig extends MetaArguments {
  /** Id of the machine. Give this or `instance_name`. */
  readonly instanceId?: string | undefined;
  /** Exact name of the machine; it is an error when none or several machines have it. Give this or `instance_id`. */
  readonly instanceName?: string | undefined;
}

/** One object of `pending`. */
export class DataZenlayerVmInstancePendingOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** The attribute that is being changed, for example `internet_max_bandwidth_out`. */
  public get axis(): string {
    return this.getStringAttribute("axis");
  }

  /** Value before, as text; unlimited bandwidth is `0`. */
  public get from(): string {
    return this.getStringAttribute("from");
  }

  /** Value after, as text; unlimited bandwidth is `0`. */
  public get to(): string {
    return this.getStringAttribute("to");
  }

  /** `processing` (being executed) or `scheduled` (waits for the next billing cycle). */
  public get phase(): string {
    return this.getStringAttribute("phase");
  }

  /** When a scheduled change takes effect, as Zenlayer writes it; else null. */
  public get effectiveAt(): string {
    return this.getStringAttribute("effective_at");
  }
}

/** The objects of `pending`. */
export class DataZenlayerVmInstancePendingList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): DataZenlayerVmInstancePendingOutputReference {
    return new DataZenlayerVmInstancePendingOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/** One virtual machine, found by its id or by its exact name. Give one of the two. Terraform: `zenlayer_vm_instance`. */
export class DataZenlayerVmInstance extends LookupElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer_vm_instance";

  /**
   * Generates the import block for one `zenlayer_vm_instance`, to be used with `terraform plan -generate-config-out`.
   * @param scope - The scope in which to define this construct.
   * @param importToId - The construct id used in the generated configuration.
   * @param importFromId - The import id: the id of the machine.
   * @param provider - The provider configuration to import with, where there are several.
   */
  public static generateConfigForImport(
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: cdktf.TerraformProvider,
  ): cdktf.ImportableResource {
    return new cdktf.ImportableResource(scope, importToId, {
      terraformResourceType: DataZenlayerVmInstance.tfResourceType,
      importId: importFromId,
      ...(provider === undefined ? {} : { provider }),
    });
  }

  private _instanceId: string | undefined;
  private _instanceName: string | undefined;
  private _pending: DataZenlayerVmInstancePendingList | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: DataZenlayerVmInstanceConfig = {}) {
    super(scope, id, {
      terraformResourceType: "zenlayer_vm_instance",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      ...metaArguments(config, scope, id),
    });
    this._instanceId = config.instanceId ?? undefined;
    this._instanceName = config.instanceName ?? undefined;
  }

  /** The same as `instance_id`. */
  public get id(): string {
    return this.getStringAttribute("id");
  }

  /** Id of the machine. Give this or `instance_name`. */
  public get instanceId(): string {
    return this.getStringAttribute("instance_id");
  }
  public set instanceId(value: string) {
    this._instanceId = value ?? undefined;
  }
  /** Takes `instanceId` back, as if it had never been given. */
  public resetInstanceId(): void {
    this._instanceId = undefined;
  }
  /** `instanceId` as it was configured; undefined where it was not. */
  public get instanceIdInput(): string | undefined {
    return this._instanceId;
  }

  /** Exact name of the machine; it is an error when none or several machines have it. Give this or `instance_id`. */
  public get instanceName(): string {
    return this.getStringAttribute("instance_name");
  }
  public set instanceName(value: string) {
    this._instanceName = value ?? undefined;
  }
  /** Takes `instanceName` back, as if it had never been given. */
  public resetInstanceName(): void {
    this._instanceName = undefined;
  }
  /** `instanceName` as it was configured; undefined where it was not. */
  public get instanceNameInput(): string | undefined {
    return this._instanceName;
  }

  /**
   * VM type id, for example `c.4c8g`: the value that the machine is committed to, that is, the target of a running or
   * scheduled change, else the value in force.
   */
  public get instanceType(): string {
    return this.getStringAttribute("instance_type");
  }

  /**
   * Outbound public bandwidth in Mbps: the value that the machine is committed to, that is, the target of a running or
   * scheduled change, else the value in force. 0 reads as unlimited.
   */
  public get internetMaxBandwidthOut(): number {
    return this.getNumberAttribute("internet_max_bandwidth_out");
  }

  /**
   * Traffic package in TB: the value that the machine is committed to, that is, the target of a running or scheduled
   * change, else the value in force. Null where the machine has none.
   */
  public get trafficPackageSize(): number {
    return this.getNumberAttribute("traffic_package_size");
  }

  /**
   * VM type id, for example `c.4c8g`: the value in force now. Differs from `instance_type` while a change is running
   * or scheduled.
   */
  public get effectiveInstanceType(): string {
    return this.getStringAttribute("effective_instance_type");
  }

  /**
   * Outbound public bandwidth in Mbps: the value in force now. Differs from `internet_max_bandwidth_out` while a
   * change is running or scheduled. 0 reads as unlimited.
   */
  public get effectiveInternetMaxBandwidthOut(): number {
    return this.getNumberAttribute("effective_internet_max_bandwidth_out");
  }

  /**
   * Traffic package in TB: the value in force now. Differs from `traffic_package_size` while a change is running or
   * scheduled. Null where the machine has none.
   */
  public get effectiveTrafficPackageSize(): number {
    return this.getNumberAttribute("effective_traffic_package_size");
  }

  /**
   * Changes that are running or scheduled; empty when all is settled. `axis`: the attribute. `from`, `to`: values as
   * text. `phase`: `processing` (being executed) or `scheduled` (waits for the next billing cycle). `effective_at`:
   * when a scheduled change takes effect, as Zenlayer writes it; else null.
   */
  public get pending(): DataZenlayerVmInstancePendingList {
    return (this._pending ??= new DataZenlayerVmInstancePendingList(this, "pending", false));
  }

  /** Status of the machine, for example `RUNNING` or `STOPPED`. */
  public get instanceStatus(): string {
    return this.getStringAttribute("instance_status");
  }

  /** Zone of the machine, for example `SEL-A`. */
  public get zoneId(): string {
    return this.getStringAttribute("zone_id");
  }

  /** How the machine is billed: `PREPAID` (subscription) or `POSTPAID` (pay as you go). */
  public get instanceChargeType(): string {
    return this.getStringAttribute("instance_charge_type");
  }

  /** How public traffic is billed, for example `ByBandwidth` or `ByTrafficPackage`. */
  public get internetChargeType(): string {
    return this.getStringAttribute("internet_charge_type");
  }

  /** End of the billing cycle as Zenlayer writes it; scheduled changes take effect then. Null when POSTPAID. */
  public get expiredTime(): string {
    return this.getStringAttribute("expired_time");
  }

  /** Whether the subscription is renewed at the end of the cycle. */
  public get autoRenew(): cdktf.IResolvable {
    return this.getBooleanAttribute("auto_renew");
  }

  /** Resource group of the machine. */
  public get resourceGroupId(): string {
    return this.getStringAttribute("resource_group_id");
  }

  /** Tags of the machine. */
  public get tags(): cdktf.StringMap {
    return new cdktf.StringMap(this, "tags");
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      instance_id: cdktf.stringToTerraform(this._instanceId),
      instance_name: cdktf.stringToTerraform(this._instanceName),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const attributes: { [name: string]: { readonly value: unknown; readonly [fact: string]: unknown } } = {
      instance_id: {
        value: cdktf.stringToHclTerraform(this._instanceId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      instance_name: {
        value: cdktf.stringToHclTerraform(this._instanceName),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}
