// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { LookupElement } from "../../rendering";
import { metaArguments, type MetaArguments } from "../meta-arguments";

/** Configuration of a data source `zenlayer_vm_instance_types`. */
export interface DataZenlayerVmInstanceTypesConfig extends MetaArguments {
  /** Zone, for example `SEL-A`. */
  readonly zoneId: string;
  /** `PREPAID` or `POSTPAID`. Default: `PREPAID`. */
  readonly instanceChargeType?: string | undefined;
}

/** One object of `instance_types`. */
export class DataZenlayerVmInstanceTypesInstanceTypesOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** Id of the type, as `zenlayer_vm_instance_spec` takes it, for example `c.4c8g`. */
  public get instanceType(): string {
    return this.getStringAttribute("instance_type");
  }

  /** Name of the type. */
  public get instanceTypeName(): string {
    return this.getStringAttribute("instance_type_name");
  }

  /** Number of cores. */
  public get cpuCount(): number {
    return this.getNumberAttribute("cpu_count");
  }

  /** Memory in GiB. */
  public get memory(): number {
    return this.getNumberAttribute("memory");
  }

  /** Highest public bandwidth in Mbps; null when not limited. */
  public get bandwidthLimit(): number {
    return this.getNumberAttribute("bandwidth_limit");
  }

  /** The ways in which public traffic can be billed with this type, for example `ByBandwidth`. */
  public get internetChargeTypes(): string[] {
    return this.getListAttribute("internet_charge_types");
  }
}

/** The objects of `instance_types`. */
export class DataZenlayerVmInstanceTypesInstanceTypesList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): DataZenlayerVmInstanceTypesInstanceTypesOutputReference {
    return new DataZenlayerVmInstanceTypesInstanceTypesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
 * VM types on sale in a zone. It says what is on sale, not to which of them a given machine can be changed. Terraform:
 * `zenlayer_vm_instance_types`.
 */
export class DataZenlayerVmInstanceTypes extends LookupElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer_vm_instance_types";

  /**
   * Generates the import block for one `zenlayer_vm_instance_types`, to be used with `terraform plan -generate-config-out`.
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
      terraformResourceType: DataZenlayerVmInstanceTypes.tfResourceType,
      importId: importFromId,
      ...(provider === undefined ? {} : { provider }),
    });
  }

  private _zoneId: string | undefined;
  private _instanceChargeType: string | undefined;
  private _instanceTypes: DataZenlayerVmInstanceTypesInstanceTypesList | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: DataZenlayerVmInstanceTypesConfig) {
    super(scope, id, {
      terraformResourceType: "zenlayer_vm_instance_types",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      ...metaArguments(config, scope, id),
    });
    this._zoneId = config.zoneId ?? undefined;
    this._instanceChargeType = config.instanceChargeType ?? undefined;
  }

  /** Zone, for example `SEL-A`. */
  public get zoneId(): string {
    return this.getStringAttribute("zone_id");
  }
  public set zoneId(value: string) {
    this._zoneId = value ?? undefined;
  }
  /** `zoneId` as it was configured; undefined where it was not. */
  public get zoneIdInput(): string | undefined {
    return this._zoneId;
  }

  /** `PREPAID` or `POSTPAID`. Default: `PREPAID`. */
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

  /**
   * The types, sorted by id. `instance_type`: its id, as `zenlayer_vm_instance_spec` takes it. `cpu_count`: cores.
   * `memory`: GiB. `bandwidth_limit`: highest public bandwidth in Mbps, null when not limited.
   * `internet_charge_types`: traffic billing models sold with it.
   */
  public get instanceTypes(): DataZenlayerVmInstanceTypesInstanceTypesList {
    return (this._instanceTypes ??= new DataZenlayerVmInstanceTypesInstanceTypesList(this, "instance_types", false));
  }

  /** Ids of the types, in the order of `instance_types`. */
  public get ids(): string[] {
    return this.getListAttribute("ids");
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      zone_id: cdktf.stringToTerraform(this._zoneId),
      instance_charge_type: cdktf.stringToTerraform(this._instanceChargeType),
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
      instance_charge_type: {
        value: cdktf.stringToHclTerraform(this._instanceChargeType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}
