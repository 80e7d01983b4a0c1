// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
import type { Construct } from "constructs";
import * as cdktf from "cdktf";
import { SpecificationElement } from "../../rendering";
import { metaArguments, type MetaArguments } from "../meta-arguments";

/** Configuration of a resource `zenlayer_bmc_bandwidth`. */
export interface BmcBandwidthConfig extends MetaArguments {
  /**
   * Id of the machine whose specification is managed. Another id forgets the old machine and adopts the new one;
   * neither is bought or released.
   */
  readonly instanceId: string;
  /**
   * Outbound public bandwidth in Mbps, an integer from 1 to the limit of the model; 0 keeps a machine that is
   * unlimited so.
   */
  readonly internetMaxBandwidthOut: number;
  /**
   * What to do with a downgrade: `schedule` applies it (on a PREPAID machine it takes effect at the next billing
   * cycle), `deny` makes it an error of the plan. Default: `schedule`.
   */
  readonly onDowngrade?: string | undefined;
  /**
   * Refuse a change that would charge the account more than this at once, in the account's currency, 0 or more; 0
   * means never charge. Compared is what the planned calls charge at most, together: the monthly price difference for
   * the whole period or, if longer, for the days left until the machine expires, rounded up and one more, by months of
   * 30 days. A change whose charge is unknown, or for Zenlayer to decide (lateral), is refused too. Default: no limit.
   */
  readonly maxImmediateCharge?: number | undefined;
  /**
   * What destroying this resource does: `forget` only removes it from the state, `cancel_scheduled` also cancels
   * downgrades that are scheduled, as far as the plan of the destroy announces it. A replacement (`-replace`, a taint,
   * another `instance_id`) cancels nothing. The machine itself is never touched. Default: `forget`.
   */
  readonly onDestroy?: string | undefined;
  /**
   * How long operations may wait, as durations such as `90m` or `1h30m`. An order that was accepted stands when the
   * time is over.
   */
  readonly timeouts?: BmcBandwidthTimeouts | undefined;
}

/** One object of `pending`. */
export class BmcBandwidthPendingOutputReference extends cdktf.ComplexObject {
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
export class BmcBandwidthPendingList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): BmcBandwidthPendingOutputReference {
    return new BmcBandwidthPendingOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/** One object of `changes`. */
export class BmcBandwidthChangesOutputReference extends cdktf.ComplexObject {
  /** Made by `get` of the list. */
  public constructor(
    terraformResource: cdktf.IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIndex: number,
    complexObjectIsFromSet: boolean,
  ) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  /** Place in the order of the calls: 1, 2, … */
  public get step(): number {
    return this.getNumberAttribute("step");
  }

  /** The API action, for example `ModifyInstanceBandwidth`. */
  public get action(): string {
    return this.getStringAttribute("action");
  }

  /** The attribute that the call changes, for example `internet_max_bandwidth_out`. */
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

  /** `upgrade`, `downgrade`, `lateral` or `cancel` (of a scheduled downgrade). */
  public get direction(): string {
    return this.getStringAttribute("direction");
  }

  /** `immediately`, `next_billing_cycle` or `decided_by_zenlayer`. */
  public get takesEffect(): string {
    return this.getStringAttribute("takes_effect");
  }

  /** When a scheduled change takes effect, as Zenlayer writes it; else null. */
  public get effectiveAt(): string {
    return this.getStringAttribute("effective_at");
  }

  /** `charged_now`, `none`, `usage_based` or `unknown`. */
  public get charge(): string {
    return this.getStringAttribute("charge");
  }
}

/** The objects of `changes`. */
export class BmcBandwidthChangesList extends cdktf.ComplexList {
  /** One of the objects, counted from 0. */
  public get(index: number): BmcBandwidthChangesOutputReference {
    return new BmcBandwidthChangesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
 * How long operations may wait, as durations such as `90m` or `1h30m`. An order that was accepted stands when the time
 * is over.
 */
export interface BmcBandwidthTimeouts {
  /** Waiting of the first apply. Default: `90m`. */
  readonly create?: string | undefined;
  /** Reading the machine. Default: no limit but that of each request. */
  readonly read?: string | undefined;
  /** Waiting of later applies. Default: `90m`. */
  readonly update?: string | undefined;
  /** Waiting of a destroy that cancels what is scheduled. Default: `90m`. */
  readonly delete?: string | undefined;
}

function bmcBandwidthTimeoutsToTerraform(struct: BmcBandwidthTimeouts | cdktf.IResolvable | undefined): unknown {
  if (struct === undefined || cdktf.Tokenization.isResolvable(struct)) return struct;
  return {
    create: cdktf.stringToTerraform(struct.create),
    read: cdktf.stringToTerraform(struct.read),
    update: cdktf.stringToTerraform(struct.update),
    delete: cdktf.stringToTerraform(struct.delete),
  };
}

function bmcBandwidthTimeoutsToHclTerraform(struct: BmcBandwidthTimeouts | cdktf.IResolvable | undefined): unknown {
  if (struct === undefined || cdktf.Tokenization.isResolvable(struct)) return struct;
  const attributes = {
    create: {
      value: cdktf.stringToHclTerraform(struct.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    read: {
      value: cdktf.stringToHclTerraform(struct.read),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
}

/**
 * How long operations may wait, as durations such as `90m` or `1h30m`. An order that was accepted stands when the time
 * is over.
 */
export class BmcBandwidthTimeoutsOutputReference extends cdktf.ComplexObject {
  private _value: BmcBandwidthTimeouts | cdktf.IResolvable | undefined;

  /** Made by the resource that the block belongs to. */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  /** The block as it was configured; undefined where it was not. */
  public get internalValue(): BmcBandwidthTimeouts | cdktf.IResolvable | undefined {
    return this._value;
  }
  public set internalValue(value: BmcBandwidthTimeouts | cdktf.IResolvable | undefined) {
    this._value = value;
  }
  private get struct(): BmcBandwidthTimeouts {
    return this._value === undefined || cdktf.Tokenization.isResolvable(this._value) ? {} : this._value;
  }

  /** Waiting of the first apply. Default: `90m`. */
  public get create(): string {
    return this.getStringAttribute("create");
  }
  public set create(value: string) {
    this._value = { ...this.struct, create: value };
  }
  /** Takes `create` back, as if it had never been given. */
  public resetCreate(): void {
    this._value = { ...this.struct, create: undefined };
  }
  /** `create` as it was configured; undefined where it was not. */
  public get createInput(): string | undefined {
    return this.struct.create;
  }

  /** Reading the machine. Default: no limit but that of each request. */
  public get read(): string {
    return this.getStringAttribute("read");
  }
  public set read(value: string) {
    this._value = { ...this.struct, read: value };
  }
  /** Takes `read` back, as if it had never been given. */
  public resetRead(): void {
    this._value = { ...this.struct, read: undefined };
  }
  /** `read` as it was configured; undefined where it was not. */
  public get readInput(): string | undefined {
    return this.struct.read;
  }

  /** Waiting of later applies. Default: `90m`. */
  public get update(): string {
    return this.getStringAttribute("update");
  }
  public set update(value: string) {
    this._value = { ...this.struct, update: value };
  }
  /** Takes `update` back, as if it had never been given. */
  public resetUpdate(): void {
    this._value = { ...this.struct, update: undefined };
  }
  /** `update` as it was configured; undefined where it was not. */
  public get updateInput(): string | undefined {
    return this.struct.update;
  }

  /** Waiting of a destroy that cancels what is scheduled. Default: `90m`. */
  public get delete(): string {
    return this.getStringAttribute("delete");
  }
  public set delete(value: string) {
    this._value = { ...this.struct, delete: value };
  }
  /** Takes `delete` back, as if it had never been given. */
  public resetDelete(): void {
    this._value = { ...this.struct, delete: undefined };
  }
  /** `delete` as it was configured; undefined where it was not. */
  public get deleteInput(): string | undefined {
    return this.struct.delete;
  }
}

/**
 * The public bandwidth of a bare-metal machine that exists already. Creating adopts the machine, destroying forgets
 * it. An increase of a PREPAID flat-rate machine is charged at once; a decrease is scheduled for the next billing
 * cycle. Terraform: `zenlayer_bmc_bandwidth`.
 */
export class BmcBandwidth extends SpecificationElement {
  /** Terraform's type, as the matchers of the library's Testing take it. */
  public static readonly tfResourceType = "zenlayer_bmc_bandwidth";

  /**
   * Generates the import block for one `zenlayer_bmc_bandwidth`, to be used with `terraform plan -generate-config-out`.
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
      terraformResourceType: BmcBandwidth.tfResourceType,
      importId: importFromId,
      ...(provider === undefined ? {} : { provider }),
    });
  }

  private _instanceId: string | undefined;
  private _internetMaxBandwidthOut: number | undefined;
  private _onDowngrade: string | undefined;
  private _maxImmediateCharge: number | undefined;
  private _onDestroy: string | undefined;
  private readonly _timeouts = new BmcBandwidthTimeoutsOutputReference(this, "timeouts");
  private _pending: BmcBandwidthPendingList | undefined;
  private _changes: BmcBandwidthChangesList | undefined;

  /**
   * @param scope - The scope in which to define this construct.
   * @param id - The construct id, unique in its scope.
   * @param config - The configuration.
   */
  public constructor(scope: Construct, id: string, config: BmcBandwidthConfig) {
    super(scope, id, {
      terraformResourceType: "zenlayer_bmc_bandwidth",
      terraformGeneratorMetadata: {
        providerName: "zenlayer",
        providerVersion: "0.1.0",
        providerVersionConstraint: "0.1.0",
      },
      ...metaArguments(config, scope, id),
    });
    this._instanceId = config.instanceId ?? undefined;
    this._internetMaxBandwidthOut = config.internetMaxBandwidthOut ?? undefined;
    this._onDowngrade = config.onDowngrade ?? undefined;
    this._maxImmediateCharge = config.maxImmediateCharge ?? undefined;
    this._onDestroy = config.onDestroy ?? undefined;
    this._timeouts.internalValue = config.timeouts ?? undefined;
  }

  /** The same as `instance_id`. */
  public get id(): string {
    return this.getStringAttribute("id");
  }

  /**
   * Id of the machine whose specification is managed. Another id forgets the old machine and adopts the new one;
   * neither is bought or released.
   */
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

  /**
   * Outbound public bandwidth in Mbps, an integer from 1 to the limit of the model; 0 keeps a machine that is
   * unlimited so.
   */
  public get internetMaxBandwidthOut(): number {
    return this.getNumberAttribute("internet_max_bandwidth_out");
  }
  public set internetMaxBandwidthOut(value: number) {
    this._internetMaxBandwidthOut = value ?? undefined;
  }
  /** `internetMaxBandwidthOut` as it was configured; undefined where it was not. */
  public get internetMaxBandwidthOutInput(): number | undefined {
    return this._internetMaxBandwidthOut;
  }

  /**
   * What to do with a downgrade: `schedule` applies it (on a PREPAID machine it takes effect at the next billing
   * cycle), `deny` makes it an error of the plan. Default: `schedule`.
   */
  public get onDowngrade(): string {
    return this.getStringAttribute("on_downgrade");
  }
  public set onDowngrade(value: string) {
    this._onDowngrade = value ?? undefined;
  }
  /** Takes `onDowngrade` back, as if it had never been given. */
  public resetOnDowngrade(): void {
    this._onDowngrade = undefined;
  }
  /** `onDowngrade` as it was configured; undefined where it was not. */
  public get onDowngradeInput(): string | undefined {
    return this._onDowngrade;
  }

  /**
   * Refuse a change that would charge the account more than this at once, in the account's currency, 0 or more; 0
   * means never charge. Compared is what the planned calls charge at most, together: the monthly price difference for
   * the whole period or, if longer, for the days left until the machine expires, rounded up and one more, by months of
   * 30 days. A change whose charge is unknown, or for Zenlayer to decide (lateral), is refused too. Default: no limit.
   */
  public get maxImmediateCharge(): number {
    return this.getNumberAttribute("max_immediate_charge");
  }
  public set maxImmediateCharge(value: number) {
    this._maxImmediateCharge = value ?? undefined;
  }
  /** Takes `maxImmediateCharge` back, as if it had never been given. */
  public resetMaxImmediateCharge(): void {
    this._maxImmediateCharge = undefined;
  }
  /** `maxImmediateCharge` as it was configured; undefined where it was not. */
  public get maxImmediateChargeInput(): number | undefined {
    return this._maxImmediateCharge;
  }

  /**
   * What destroying this resource does: `forget` only removes it from the state, `cancel_scheduled` also cancels
   * downgrades that are scheduled, as far as the plan of the destroy announces it. A replacement (`-replace`, a taint,
   * another `instance_id`) cancels nothing. The machine itself is never touched. Default: `forget`.
   */
  public get onDestroy(): string {
    return this.getStringAttribute("on_destroy");
  }
  public set onDestroy(value: string) {
    this._onDestroy = value ?? undefined;
  }
  /** Takes `onDestroy` back, as if it had never been given. */
  public resetOnDestroy(): void {
    this._onDestroy = undefined;
  }
  /** `onDestroy` as it was configured; undefined where it was not. */
  public get onDestroyInput(): string | undefined {
    return this._onDestroy;
  }

  /**
   * Outbound public bandwidth in Mbps: the value in force now. Differs from `internet_max_bandwidth_out` while a
   * change is running or scheduled. 0 reads as unlimited.
   */
  public get effectiveInternetMaxBandwidthOut(): number {
    return this.getNumberAttribute("effective_internet_max_bandwidth_out");
  }

  /**
   * Changes that are running or scheduled; empty when all is settled. `axis`: the attribute. `from`, `to`: values as
   * text. `phase`: `processing` (being executed) or `scheduled` (waits for the next billing cycle). `effective_at`:
   * when a scheduled change takes effect, as Zenlayer writes it; else null.
   */
  public get pending(): BmcBandwidthPendingList {
    return (this._pending ??= new BmcBandwidthPendingList(this, "pending", false));
  }

  /**
   * The calls that this plan will issue; after an apply, those of the last change. `step`: 1, 2, … in order. `action`:
   * the API action. `axis`: the attribute. `from`, `to`: values as text. `direction`: `upgrade`, `downgrade`,
   * `lateral` or `cancel`. `takes_effect`: `immediately`, `next_billing_cycle` or `decided_by_zenlayer`.
   * `effective_at`: when, for what is scheduled, else null. `charge`: `charged_now`, `none`, `usage_based` or
   * `unknown`.
   */
  public get changes(): BmcBandwidthChangesList {
    return (this._changes ??= new BmcBandwidthChangesList(this, "changes", true));
  }

  /** `changes` in one readable line; empty after an import. */
  public get planSummary(): string {
    return this.getStringAttribute("plan_summary");
  }

  /** Numbers of the orders that the last apply placed, of those applies that placed any. */
  public get orderNumbers(): string[] {
    return this.getListAttribute("order_numbers");
  }

  /**
   * How many applies have ordered a change. The trigger of hooks: it changes whenever a change is ordered. Planned as
   * unknown for the first one of a resource, so that a hook sees it also where the count begins anew (another machine,
   * a replacement, an import).
   */
  public get changeCount(): number {
    return this.getNumberAttribute("change_count");
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

  /**
   * How long operations may wait, as durations such as `90m` or `1h30m`. An order that was accepted stands when the
   * time is over.
   */
  public get timeouts(): BmcBandwidthTimeoutsOutputReference {
    return this._timeouts;
  }
  /** Sets the whole block `timeouts`. */
  public putTimeouts(value: BmcBandwidthTimeouts): void {
    this._timeouts.internalValue = value;
  }
  /** Takes `timeouts` back, as if it had never been given. */
  public resetTimeouts(): void {
    this._timeouts.internalValue = undefined;
  }
  /** `timeouts` as it was configured; undefined where it was not. */
  public get timeoutsInput(): BmcBandwidthTimeouts | cdktf.IResolvable | undefined {
    return this._timeouts.internalValue;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      instance_id: cdktf.stringToTerraform(this._instanceId),
      internet_max_bandwidth_out: cdktf.numberToTerraform(this._internetMaxBandwidthOut),
      on_downgrade: cdktf.stringToTerraform(this._onDowngrade),
      max_immediate_charge: cdktf.numberToTerraform(this._maxImmediateCharge),
      on_destroy: cdktf.stringToTerraform(this._onDestroy),
      timeouts: bmcBandwidthTimeoutsToTerraform(this._timeouts.internalValue),
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
      internet_max_bandwidth_out: {
        value: cdktf.numberToHclTerraform(this._internetMaxBandwidthOut),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      on_downgrade: {
        value: cdktf.stringToHclTerraform(this._onDowngrade),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      max_immediate_charge: {
        value: cdktf.numberToHclTerraform(this._maxImmediateCharge),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      on_destroy: {
        value: cdktf.stringToHclTerraform(this._onDestroy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      timeouts: {
        value: bmcBandwidthTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "BmcBandwidthTimeouts",
      },
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));
  }
}
