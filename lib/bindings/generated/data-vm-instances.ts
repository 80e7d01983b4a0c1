// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { LookupElement } from "../../rendering";
import { metaArguments, type MetaArguments } from "../meta-arguments";

/** Configuration of a data source `zenlayer_vm_instances`. */
export interface DataZenlayerVmInstancesConfig extends MetaArguments {
  /** Only machines of this zone. */
  readonly zoneId?: string | undefined;
  /** Only machines whose whole name fits; `*` stands for any text, for example `web-*`. */
  readonly namePattern?: string | undefined;
  /** Only machines that have all of these tags with these values. */
  readonly tags?: { [key: string]: string } | undefined;
  /** Only machines of this resource group. */
  readonly resourceGroupId?: string | undefined;
  /** Only machines billed so: `PREPAID` or `POSTPAID`. */
  readonly instanceChargeType?: string | undefined;
  /** Only machines whose traffic is billed so, for example `ByTrafficPackage`. */
  readonly internetChargeType?: string | undefined;
}

/** One object of `instances`. */
export class DataZenlayerVmInstancesInstancesOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** Id of the machine. */
  public get instanceId(): string {
    return this.getStringAttribute("instance_id");
  }

  /** Name of the machine. */
  public get instanceName(): string {
    return this.getStringAttribute("instance_name");
  }

  /** Status of the machine, for example `RUNNING` or `STOPPED`. */
  public get instanceStatus(): string {
    return this.getStringAttribute("instance_status");
  }

  /** Zone of the machine, for example `SEL-A`. */
  public get zoneId(): string {
    return this.getStringAttribute("zone_id");
  }

  /** VM type id of a virtual machine, model of a bare-metal one, in force now. */
  public get instanceType(): string {
    return this.getStringAttribute("instance_type");
  }

  /** Outbound public bandwidth in force now, in Mbps; 0 is unlimited, null where there is none. */
  public get internetMaxBandwidthOut(): number {
    return this.getNumberAttribute("internet_max_bandwidth_out");
  }

  /** Traffic package in force now, in TB; null where there is none. */
  public get trafficPackageSize(): number {
    return this.getNumberAttribute("traffic_package_size");
  }

  /** `PREPAID` (subscription) or `POSTPAID` (pay as you go). */
  public get instanceChargeType(): string {
    return this.getStringAttribute("instance_charge_type");
  }

  /** How public traffic is billed, for example `ByBandwidth`. */
  public get internetChargeType(): string {
    return this.getStringAttribute("internet_charge_type");
  }

  /** End of the billing cycle, as Zenlayer writes it; null when POSTPAID. */
  public get expiredTime(): string {
    return this.getStringAttribute("expired_time");
  }

  /** Whether the subscription is renewed at the end of the cycle; null when POSTPAID. */
  public get autoRenew(): cdktf.IResolvable {
    return this.getBooleanAttribute("auto_renew");
  }

  /** Id of the resource group that it is in; null where it is in none. */
  public get resourceGroupId(): string {
    return this.getStringAttribute("resource_group_id");
  }

  /** Tags of the machine, by key. */
  public get tags(): cdktf.StringMap {
    return new cdktf.StringMap(this, "tags");
  }
}

/** The objects of `instances`. */
export class DataZenlayerVmInstancesInstancesList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): DataZenlayerVmInstancesInstancesOutputReference {
    return new DataZenlayerVmInstancesInstancesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
 * The virtual machines that are visible to the key, narrowed by filters; all of them without a filter. Several filters
 * must hold together. Terraform: `zenlayer_vm_instances`.
 */
export class DataZenlayerVmInstances extends LookupElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer_vm_instances";

  /**
   * Generates the import block for one `zenlayer_vm_instances`, to be used with `terraform plan -generate-config-out`.
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
      terraformResourceType: DataZenlayerVmInstances.tfResourceType,
      importId: importFromId,
      ...(provider === undefined ? {} : { provider }),
    });
  }

  private _zoneId: string | undefined;
  private _namePattern: string | undefined;
  private _tags: { [key: string]: string } | undefined;
  private _resourceGroupId: string | undefined;
  private _instanceChargeType: string | undefined;
  private _internetChargeType: string | undefined;
  private _instances: DataZenlayerVmInstancesInstancesList | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: DataZenlayerVmInstancesConfig = {}) {
    super(scope, id, {
      terraformResourceType: "zenlayer_vm_instances",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      ...metaArguments(config, scope, id),
    });
    this._zoneId = config.zoneId ?? undefined;
    this._namePattern = config.namePattern ?? undefined;
    this._tags = config.tags ?? undefined;
    this._resourceGroupId = config.resourceGroupId ?? undefined;
    this._instanceChargeType = config.instanceChargeType ?? undefined;
    this._internetChargeType = config.internetChargeType ?? undefined;
  }

  /** Only machines of this zone. */
  public get zoneId(): string {
    return this.getStringAttribute("zone_id");
  }
  public set zoneId(value: string) {
    this._zoneId = value ?? undefined;
  }
  /** Takes `zoneId` back, as if it had never been given. */
  public resetZoneId(): void {
    this._zoneId = undefined;
  }
  /** `zoneId` as it was configured; undefined where it was not. */
  public get zoneIdInput(): string | undefined {
    return this._zoneId;
  }

  /** Only machines whose whole name fits; `*` stands for any text, for example `web-*`. */
  public get namePattern(): string {
    return this.getStringAttribute("name_pattern");
  }
  public set namePattern(value: string) {
    this._namePattern = value ?? undefined;
  }
  /** Takes `namePattern` back, as if it had never been given. */
  public resetNamePattern(): void {
    this._namePattern = undefined;
  }
  /** `namePattern` as it was configured; undefined where it was not. */
  public get namePatternInput(): string | undefined {
    return this._namePattern;
  }

  /** Only machines that have all of these tags with these values. */
  public get tags(): { [key: string]: string } {
    return this.getStringMapAttribute("tags");
  }
  public set tags(value: { [key: string]: string }) {
    this._tags = value ?? undefined;
  }
  /** Takes `tags` back, as if it had never been given. */
  public resetTags(): void {
    this._tags = undefined;
  }
  /** `tags` as it was configured; undefined where it was not. */
  public get tagsInput(): { [key: string]: string } | undefined {
    return this._tags;
  }

  /** Only machines of this resource group. */
  public get resourceGroupId(): string {
    return this.getStringAttribute("resource_group_id");
  }
  public set resourceGroupId(value: string) {
    this._resourceGroupId = value ?? undefined;
  }
  /** Takes `resourceGroupId` back, as if it had never been given. */
  public resetResourceGroupId(): void {
    this._resourceGroupId = undefined;
  }
  /** `resourceGroupId` as it was configured; undefined where it was not. */
  public get resourceGroupIdInput(): string | undefined {
    return this._resourceGroupId;
  }

  /** Only machines billed so: `PREPAID` or `POSTPAID`. */
  public get instanceChargeType(): string {
    return this.getStringAttribute("instance_charge_type");
  }
  public set instanceChargeType(value: string) {
    this._instanceChargeType = value ?? undefined;
  }
  /** Takes `instanceChargeType` back, as if it had never been given. */
  public resetInstanceChargeType(): void {
    this._instanceChargeType = undefined;
  }
  /** `instanceChargeType` as it was configured; undefined where it was not. */
  public get instanceChargeTypeInput(): string | undefined {
    return this._instanceChargeType;
  }

  /** Only machines whose traffic is billed so, for example `ByTrafficPackage`. */
  public get internetChargeType(): string {
    return this.getStringAttribute("internet_charge_type");
  }
  public set internetChargeType(value: string) {
    this._internetChargeType = value ?? undefined;
  }
  /** Takes `internetChargeType` back, as if it had never been given. */
  public resetInternetChargeType(): void {
    this._internetChargeType = undefined;
  }
  /** `internetChargeType` as it was configured; undefined where it was not. */
  public get internetChargeTypeInput(): string | undefined {
    return this._internetChargeType;
  }

  /**
   * The machines, sorted by id. `internet_max_bandwidth_out` (Mbps, 0 = unlimited), `traffic_package_size` (TB) and
   * `instance_type` are the values in force now; the other fields mean the same as in the data source of one machine.
   */
  public get instances(): DataZenlayerVmInstancesInstancesList {
    return (this._instances ??= new DataZenlayerVmInstancesInstancesList(this, "instances", false));
  }

  /** Ids of the machines, in the order of `instances`. */
  public get ids(): string[] {
    return this.getListAttribute("ids");
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      zone_id: cdktf.stringToTerraform(this._zoneId),
      name_pattern: cdktf.stringToTerraform(this._namePattern),
      tags: cdktf.hashMapper(cdktf.stringToTerraform)(this._tags),
      resource_group_id: cdktf.stringToTerraform(this._resourceGroupId),
      instance_charge_type: cdktf.stringToTerraform(this._instanceChargeType),
      internet_charge_type: cdktf.stringToTerraform(this._internetChargeType),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const attributes: { [name: string]: { readonly value: unknown; readonly [fact: string]: unknown } } = {
      zone_id: {
        value: cdktf.stringToHclTerraform(this._zoneId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name_pattern: {
        value: cdktf.stringToHclTerraform(this._namePattern),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      tags: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._tags),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      resource_group_id: {
        value: cdktf.stringToHclTerraform(this._resourceGroupId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      instance_charge_type: {
        value: cdktf.stringToHclTerraform(this._instanceChargeType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      internet_charge_type: {
        value: cdktf.stringToHclTerraform(this._internetChargeType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}
