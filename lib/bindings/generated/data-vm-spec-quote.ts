// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { LookupElement } from "../../rendering";
import { metaArguments, type MetaArguments } from "../meta-arguments";

/** Configuration of a data source `zenlayer_vm_spec_quote`. */
export interface DataZenlayerVmSpecQuoteConfig extends MetaArguments {
  /** Id of the machine. */
  readonly instanceId: string;
  /** VM type id, for example `c.4c8g`: the desired value. Left out: no price is asked for it. */
  readonly instanceType?: string | undefined;
  /**
   * Outbound public bandwidth in Mbps, an integer from 1 to the limit of the VM type; 0 keeps a machine that is
   * unlimited so: the desired value. Left out: no price is asked for it.
   */
  readonly internetMaxBandwidthOut?: number | undefined;
  /**
   * Traffic package in TB, 0 or more; only PREPAID machines billed `ByTrafficPackage` have one: the desired value.
   * Left out: no price is asked for it.
   */
  readonly trafficPackageSize?: number | undefined;
  /**
   * Ask the prices of all given values. Default: false, that is, only of values that differ from what the machine is
   * committed to, so that a quiet plan asks none.
   */
  readonly always?: boolean | cdktf.IResolvable | undefined;
}

/** One object of `prices`. */
export class DataZenlayerVmSpecQuotePricesOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** The attribute that the price is for, for example `internet_max_bandwidth_out`. */
  public get axis(): string {
    return this.getStringAttribute("axis");
  }

  /** The value that the price is for, as text. */
  public get value(): string {
    return this.getStringAttribute("value");
  }

  /** Price before discount, in `currency`, 0 or more; null when it cannot be had. */
  public get listPrice(): number {
    return this.getNumberAttribute("list_price");
  }

  /** Price after discount, in `currency`, 0 or more; null when it cannot be had. */
  public get price(): number {
    return this.getNumberAttribute("price");
  }

  /** Currency of the prices, for example `USD`; null without a price. */
  public get currency(): string {
    return this.getStringAttribute("currency");
  }

  /** What the price is for: `PERIOD` (the whole subscription period), `HOUR`, `DAY` or `MONTH`; null without a price. */
  public get unit(): string {
    return this.getStringAttribute("unit");
  }

  /** True when Zenlayer has no inquiry action for it and the price is worked out from others. */
  public get estimated(): cdktf.IResolvable {
    return this.getBooleanAttribute("estimated");
  }

  /** Why the price is null, for example `unchanged`; else null. */
  public get reason(): string {
    return this.getStringAttribute("reason");
  }
}

/** The objects of `prices`. */
export class DataZenlayerVmSpecQuotePricesList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): DataZenlayerVmSpecQuotePricesOutputReference {
    return new DataZenlayerVmSpecQuotePricesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/** One object of `current_prices`. */
export class DataZenlayerVmSpecQuoteCurrentPricesOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** The attribute that the price is for, for example `internet_max_bandwidth_out`. */
  public get axis(): string {
    return this.getStringAttribute("axis");
  }

  /** The value that the price is for, as text. */
  public get value(): string {
    return this.getStringAttribute("value");
  }

  /** Price before discount, in `currency`, 0 or more; null when it cannot be had. */
  public get listPrice(): number {
    return this.getNumberAttribute("list_price");
  }

  /** Price after discount, in `currency`, 0 or more; null when it cannot be had. */
  public get price(): number {
    return this.getNumberAttribute("price");
  }

  /** Currency of the prices, for example `USD`; null without a price. */
  public get currency(): string {
    return this.getStringAttribute("currency");
  }

  /** What the price is for: `PERIOD` (the whole subscription period), `HOUR`, `DAY` or `MONTH`; null without a price. */
  public get unit(): string {
    return this.getStringAttribute("unit");
  }

  /** True when Zenlayer has no inquiry action for it and the price is worked out from others. */
  public get estimated(): cdktf.IResolvable {
    return this.getBooleanAttribute("estimated");
  }

  /** Why the price is null, for example `unchanged`; else null. */
  public get reason(): string {
    return this.getStringAttribute("reason");
  }
}

/** The objects of `current_prices`. */
export class DataZenlayerVmSpecQuoteCurrentPricesList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): DataZenlayerVmSpecQuoteCurrentPricesOutputReference {
    return new DataZenlayerVmSpecQuoteCurrentPricesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/** One object of `committed_prices`. */
export class DataZenlayerVmSpecQuoteCommittedPricesOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** The attribute that the price is for, for example `internet_max_bandwidth_out`. */
  public get axis(): string {
    return this.getStringAttribute("axis");
  }

  /** The value that the price is for, as text. */
  public get value(): string {
    return this.getStringAttribute("value");
  }

  /** Price before discount, in `currency`, 0 or more; null when it cannot be had. */
  public get listPrice(): number {
    return this.getNumberAttribute("list_price");
  }

  /** Price after discount, in `currency`, 0 or more; null when it cannot be had. */
  public get price(): number {
    return this.getNumberAttribute("price");
  }

  /** Currency of the prices, for example `USD`; null without a price. */
  public get currency(): string {
    return this.getStringAttribute("currency");
  }

  /** What the price is for: `PERIOD` (the whole subscription period), `HOUR`, `DAY` or `MONTH`; null without a price. */
  public get unit(): string {
    return this.getStringAttribute("unit");
  }

  /** True when Zenlayer has no inquiry action for it and the price is worked out from others. */
  public get estimated(): cdktf.IResolvable {
    return this.getBooleanAttribute("estimated");
  }

  /** Why the price is null, for example `unchanged`; else null. */
  public get reason(): string {
    return this.getStringAttribute("reason");
  }
}

/** The objects of `committed_prices`. */
export class DataZenlayerVmSpecQuoteCommittedPricesList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): DataZenlayerVmSpecQuoteCommittedPricesOutputReference {
    return new DataZenlayerVmSpecQuoteCommittedPricesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
 * What a desired specification costs for the full period, never a difference. What a change charges now depends on the
 * days left, and is said by a warning of the plan. A price that cannot be had is null with a reason; a quote never
 * fails a plan. Terraform: `zenlayer_vm_spec_quote`.
 */
export class DataZenlayerVmSpecQuote extends LookupElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer_vm_spec_quote";

  /**
   * Generates the import block for one `zenlayer_vm_spec_quote`, to be used with `terraform plan -generate-config-out`.
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
      terraformResourceType: DataZenlayerVmSpecQuote.tfResourceType,
      importId: importFromId,
      ...(provider === undefined ? {} : { provider }),
    });
  }

  private _instanceId: string | undefined;
  private _instanceType: string | undefined;
  private _internetMaxBandwidthOut: number | undefined;
  private _trafficPackageSize: number | undefined;
  private _always: boolean | cdktf.IResolvable | undefined;
  private _prices: DataZenlayerVmSpecQuotePricesList | undefined;
  private _currentPrices: DataZenlayerVmSpecQuoteCurrentPricesList | undefined;
  private _committedPrices: DataZenlayerVmSpecQuoteCommittedPricesList | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: DataZenlayerVmSpecQuoteConfig) {
    super(scope, id, {
      terraformResourceType: "zenlayer_vm_spec_quote",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      ...metaArguments(config, scope, id),
    });
    this._instanceId = config.instanceId ?? undefined;
    this._instanceType = config.instanceType ?? undefined;
    this._internetMaxBandwidthOut = config.internetMaxBandwidthOut ?? undefined;
    this._trafficPackageSize = config.trafficPackageSize ?? undefined;
    this._always = config.always ?? undefined;
  }

  /** Id of the machine. */
  public get instanceId(): string {
    return this.getStringAttribute("instance_id");
  }
  public set instanceId(value: string) {
    this._instanceId = value ?? undefined;
  }
  /** `instanceId` as it was configured; undefined where it was not. */
  public get instanceIdInput(): string | undefined {
    return this._instanceId;
  }

  /** VM type id, for example `c.4c8g`: the desired value. Left out: no price is asked for it. */
  public get instanceType(): string {
    return this.getStringAttribute("instance_type");
  }
  public set instanceType(value: string) {
    this._instanceType = value ?? undefined;
  }
  /** Takes `instanceType` back, as if it had never been given. */
  public resetInstanceType(): void {
    this._instanceType = undefined;
  }
  /** `instanceType` as it was configured; undefined where it was not. */
  public get instanceTypeInput(): string | undefined {
    return this._instanceType;
  }

  /**
   * Outbound public bandwidth in Mbps, an integer from 1 to the limit of the VM type; 0 keeps a machine that is
   * unlimited so: the desired value. Left out: no price is asked for it.
   */
  public get internetMaxBandwidthOut(): number {
    return this.getNumberAttribute("internet_max_bandwidth_out");
  }
  public set internetMaxBandwidthOut(value: number) {
    this._internetMaxBandwidthOut = value ?? undefined;
  }
  /** Takes `internetMaxBandwidthOut` back, as if it had never been given. */
  public resetInternetMaxBandwidthOut(): void {
    this._internetMaxBandwidthOut = undefined;
  }
  /** `internetMaxBandwidthOut` as it was configured; undefined where it was not. */
  public get internetMaxBandwidthOutInput(): number | undefined {
    return this._internetMaxBandwidthOut;
  }

  /**
   * Traffic package in TB, 0 or more; only PREPAID machines billed `ByTrafficPackage` have one: the desired value.
   * Left out: no price is asked for it.
   */
  public get trafficPackageSize(): number {
    return this.getNumberAttribute("traffic_package_size");
  }
  public set trafficPackageSize(value: number) {
    this._trafficPackageSize = value ?? undefined;
  }
  /** Takes `trafficPackageSize` back, as if it had never been given. */
  public resetTrafficPackageSize(): void {
    this._trafficPackageSize = undefined;
  }
  /** `trafficPackageSize` as it was configured; undefined where it was not. */
  public get trafficPackageSizeInput(): number | undefined {
    return this._trafficPackageSize;
  }

  /**
   * Ask the prices of all given values. Default: false, that is, only of values that differ from what the machine is
   * committed to, so that a quiet plan asks none.
   */
  public get always(): cdktf.IResolvable {
    return this.getBooleanAttribute("always");
  }
  public set always(value: boolean | cdktf.IResolvable) {
    this._always = value ?? undefined;
  }
  /** Takes `always` back, as if it had never been given. */
  public resetAlways(): void {
    this._always = undefined;
  }
  /** `always` as it was configured; undefined where it was not. */
  public get alwaysInput(): boolean | cdktf.IResolvable | undefined {
    return this._always;
  }

  /**
   * Prices of the desired values, one per given value. `axis`: the attribute. `value`: its value as text.
   * `list_price`, `price`: before and after discount; null when it cannot be had. `currency`. `unit`: what the price
   * is for, `PERIOD` (the whole subscription period of a PREPAID machine), or `HOUR`, `DAY` or `MONTH`. `estimated`:
   * true when Zenlayer has no inquiry action for it and the price is worked out from others. `reason`: why the price
   * is null, for example `unchanged`; else null.
   */
  public get prices(): DataZenlayerVmSpecQuotePricesList {
    return (this._prices ??= new DataZenlayerVmSpecQuotePricesList(this, "prices", false));
  }

  /**
   * Prices of the values in force now, one per given value, so that a review can show the difference. `axis`: the
   * attribute. `value`: its value as text. `list_price`, `price`: before and after discount; null when it cannot be
   * had. `currency`. `unit`: what the price is for, `PERIOD` (the whole subscription period of a PREPAID machine), or
   * `HOUR`, `DAY` or `MONTH`. `estimated`: true when Zenlayer has no inquiry action for it and the price is worked out
   * from others. `reason`: why the price is null, for example `unchanged`; else null.
   */
  public get currentPrices(): DataZenlayerVmSpecQuoteCurrentPricesList {
    return (this._currentPrices ??= new DataZenlayerVmSpecQuoteCurrentPricesList(this, "current_prices", false));
  }

  /**
   * Prices of the values that the machine is committed to (what is scheduled or being executed, else what is in
   * force), one per given value, so that a cancel followed by a change has a known difference. `axis`: the attribute.
   * `value`: its value as text. `list_price`, `price`: before and after discount; null when it cannot be had.
   * `currency`. `unit`: what the price is for, `PERIOD` (the whole subscription period of a PREPAID machine), or
   * `HOUR`, `DAY` or `MONTH`. `estimated`: true when Zenlayer has no inquiry action for it and the price is worked out
   * from others. `reason`: why the price is null, for example `unchanged`; else null.
   */
  public get committedPrices(): DataZenlayerVmSpecQuoteCommittedPricesList {
    return (this._committedPrices ??= new DataZenlayerVmSpecQuoteCommittedPricesList(this, "committed_prices", false));
  }

  /**
   * When Zenlayer named the prices, by its own clock (the `Date` header of the answer; where that is missing, by this
   * machine's): RFC 3339, UTC. Null where no price was had.
   */
  public get askedAt(): string {
    return this.getStringAttribute("asked_at");
  }

  /** Sum of the discounted `prices`; null when one is missing or their units differ. */
  public get total(): number {
    return this.getNumberAttribute("total");
  }

  /** Currency of `total`. */
  public get currency(): string {
    return this.getStringAttribute("currency");
  }

  /** What `total` is for: `PERIOD` (the whole subscription period of a PREPAID machine), or `HOUR`, `DAY` or `MONTH`. */
  public get unit(): string {
    return this.getStringAttribute("unit");
  }

  /** Subscription period of a PREPAID machine in months; null when POSTPAID. */
  public get period(): number {
    return this.getNumberAttribute("period");
  }

  /**
   * When the subscription period ends, as Zenlayer writes it; null when it has no end. What an upgrade charges counts
   * the days until then.
   */
  public get expiredTime(): string {
    return this.getStringAttribute("expired_time");
  }

  /** Why `total` is null; else null. */
  public get reason(): string {
    return this.getStringAttribute("reason");
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      instance_id: cdktf.stringToTerraform(this._instanceId),
      instance_type: cdktf.stringToTerraform(this._instanceType),
      internet_max_bandwidth_out: cdktf.numberToTerraform(this._internetMaxBandwidthOut),
      traffic_package_size: cdktf.numberToTerraform(this._trafficPackageSize),
      always: cdktf.booleanToTerraform(this._always),
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
      instance_type: {
        value: cdktf.stringToHclTerraform(this._instanceType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      internet_max_bandwidth_out: {
        value: cdktf.numberToHclTerraform(this._internetMaxBandwidthOut),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      traffic_package_size: {
        value: cdktf.numberToHclTerraform(this._trafficPackageSize),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      always: {
        value: cdktf.booleanToHclTerraform(this._always),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}
