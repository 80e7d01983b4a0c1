// The facts of a review: what policies decide on. Published (docs/schemas/review-report.v2.json, `facts`), hence spelled as in JSON.
import type { Axis, Charge, Direction, Product, TakesEffect } from "../../engine";

export const FACTS_VERSION = 2;

export interface Facts {
  readonly version: typeof FACTS_VERSION;
  readonly plans: readonly PlanFact[];
  /** One per call that will be issued, ordered by plan, address and step. */
  readonly changes: readonly ChangeFact[];
  /** One per axis that our resources manage, those that do not change included. */
  readonly bill: readonly BillFact[];
  readonly not_reviewable: readonly NotReviewableFact[];
  readonly settings: readonly SettingsFact[];
  readonly adoptions: readonly AdoptionFact[];
  readonly forgotten: readonly ForgottenFact[];
  readonly pending: readonly PendingFact[];
  readonly hooks: readonly HookFact[];
  readonly actions: readonly ActionFact[];
  readonly drift: readonly DriftFact[];
  readonly alarms: readonly AlarmFact[];
  readonly touches: readonly TouchFact[];
  readonly moves: readonly MoveFact[];
  readonly others: readonly OtherFact[];
  readonly balances: readonly BalanceFact[];
  readonly diagnostics: readonly DiagnosticFact[];
}

export interface PlanFact {
  readonly name: string;
  /** Null: the plan itself was not given, only its log. */
  readonly format_version: string | null;
  readonly terraform_version: string | null;
  /** When it was planned (RFC 3339). */
  readonly timestamp: string | null;
  readonly errored: boolean;
  /** False: known to be limited by `-target`, deferred or errored; there is more to do than it shows. */
  readonly complete: boolean;
  readonly completeness: Completeness;
  /** Why it is not complete, or why that cannot be told; else null. */
  readonly incomplete_because: string | null;
  readonly log: LogState;
  /** Outputs that change. */
  readonly output_changes: number;
  /** Whether applying it would do anything. */
  readonly has_changes: boolean;
}

/** `unknown`: the plan's version does not say, and nothing else proves it. */
export type Completeness = "complete" | "incomplete" | "unknown";

/** `cut`: it ends before its summary, or in the middle of a line, so warnings and errors may be missing. */
type LogState = "none" | "whole" | "cut";

/** Where a fact belongs. */
export interface Place {
  readonly plan: string;
  readonly address: string;
  /** From cdk.tf.json (`--stack`); null without it. */
  readonly construct_path: string | null;
}

export interface MachineFact {
  readonly product: Product;
  /** Null: known only at apply. */
  readonly id: string | null;
  readonly name: string | null;
  readonly zone_id: string | null;
  readonly status: string | null;
  /** `PREPAID` or `POSTPAID`. */
  readonly instance_charge_type: string | null;
  readonly internet_charge_type: string | null;
  /** End of the billing cycle. */
  readonly expired_time: string | null;
  readonly auto_renew: boolean | null;
}

export interface ChangeFact extends Place {
  readonly resource_type: string;
  readonly machine: MachineFact;
  /** 1, 2, … within the resource. */
  readonly step: number;
  /** API action. */
  readonly action: string;
  readonly axis: Axis;
  /** `Mbps`, `TB`, or null for a type. */
  readonly axis_unit: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly direction: Direction;
  readonly takes_effect: TakesEffect;
  readonly effective_at: string | null;
  readonly charge: Charge;
  readonly price: PriceFact;
  readonly guards: readonly GuardFact[];
}

/**
 * Where the amounts of a change come from. `estimate`: worked out or converted; `warning`: what the provider said in the log, for want
 * of a quote; `not_billed`: the machine is not billed by this axis; `unknown` is never 0.
 */
export type PriceSource = "quote" | "estimate" | "warning" | "not_billed" | "unknown";

export interface PriceFact {
  readonly source: PriceSource;
  /** Why it is unknown, an estimate or 0; else null. */
  readonly reason: string | null;
  /** Discounted price of `from` and `to` for one `unit`. */
  readonly from: number | null;
  readonly to: number | null;
  /** `PERIOD`, `MONTH`, `DAY` or `HOUR`. */
  readonly unit: string | null;
  /** Months of a PERIOD. */
  readonly period_months: number | null;
  readonly currency: string | null;
  /** What is charged at once at most, however the rule is read: 0 when nothing is; null when unknown. */
  readonly charged_now: number | null;
  /** What is charged at once by Zenlayer's rule, at the time of the quote; null when unknown. */
  readonly charged_about: number | null;
  /** price(to) − price(from), a month; 0 for what is not billed or never takes effect; null when unknown. */
  readonly monthly_difference: number | null;
}

/** What one axis of one machine costs a month, before this plan and after it. */
export interface BillFact extends Place {
  readonly machine: MachineFact;
  readonly axis: string;
  /** Of the committed value. Both are null when one of them is not known. */
  readonly before: number | null;
  readonly after: number | null;
  readonly currency: string | null;
  readonly estimated: boolean;
}

export type GuardName = "on_downgrade" | "max_immediate_charge" | "read_only";

export interface GuardFact {
  readonly guard: GuardName;
  /** `at_apply`: can only be decided then. */
  readonly result: "passed" | "failed" | "at_apply";
  readonly limit: string | number | null;
  readonly detail: string;
}

/** A resource whose machine or values only apply will know. */
export interface NotReviewableFact extends Place {
  readonly resource_type: string;
  readonly machine: MachineFact;
  readonly reason: string;
}

/** An update of the resource's own settings; guards are listed with their values. */
export interface SettingsFact extends Place {
  readonly machine: MachineFact;
  readonly attributes: readonly string[];
  readonly guards: readonly { readonly guard: string; readonly from: string | null; readonly to: string | null }[];
  /** Whether the same resource also issues calls. */
  readonly with_calls: boolean;
}

export interface AdoptionFact extends Place {
  readonly machine: MachineFact;
  readonly by: "import" | "create";
  /** Calls that the adoption issues; null when known only at apply. */
  readonly calls: number | null;
}

/** One of our resources that is destroyed, replaced or removed: the machine is left alone. */
export interface ForgottenFact extends Place {
  readonly machine: MachineFact;
  readonly replaced: boolean;
  /** Whether only a left-over (deposed) object is dropped: the machine stays managed by the current one. */
  readonly deposed: boolean;
  /** Replaced: whether by the same machine (`-replace`, taint); null when known only at apply. Else null. */
  readonly same_machine: boolean | null;
  /** Axes whose scheduled downgrade is cancelled by it (`on_destroy = "cancel_scheduled"`). */
  readonly cancels: readonly string[];
}

export interface PendingFact extends Place {
  readonly machine: MachineFact;
  readonly axis: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly phase: string;
  readonly effective_at: string | null;
  /** Whether this plan cancels it. */
  readonly cancelled_by_plan: boolean;
}

export interface HookFact extends Place {
  readonly runs: "first_time" | "again";
  /** Resources whose `change_count` triggers it. */
  readonly triggered_by: readonly string[];
  /** Commands that are literals in the configuration. */
  readonly commands: readonly string[];
}

/** Something that changed outside of Terraform. Values only of our own resources. */
export interface DriftFact extends Place {
  readonly resource_type: string;
  readonly gone: boolean;
  readonly attributes: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
}

/** An action that the plan invokes. What it charges is not known. */
export interface ActionFact extends Place {
  readonly type: string;
  readonly provider: string;
  /** Whether a provider of Zenlayer runs it. */
  readonly zenlayer: boolean;
  readonly trigger: "lifecycle" | "invoke";
  /** The resource whose change triggers it, or for which it was invoked. */
  readonly triggered_by: string | null;
  /** Such as `AfterUpdate`; null when invoked by hand. */
  readonly event: string | null;
  readonly on_failure: string | null;
  /** Why Terraform deferred it to a later plan; else null. */
  readonly deferred: string | null;
  /** Null: known only at apply. */
  readonly config: readonly { readonly name: string; readonly value: string | null }[];
  /** Whether all of the configuration is known. */
  readonly config_known: boolean;
  /** Machines of the plan that its configuration names by their ids. */
  readonly machine_ids: readonly string[];
}

/**
 * What a reviewer must not miss: a machine of Zenlayer that is destroyed, replaced, or erased by an update in place, by whichever
 * provider; and a machine that several resources manage at once.
 */
export interface AlarmFact extends Place {
  readonly resource_type: string;
  readonly provider: string;
  readonly machine_id: string | null;
  readonly machine_name: string | null;
  readonly effect: "destroy" | "replace" | "erase" | "managed_twice";
  /** Terraform's reason, for example `replace_because_cannot_update`. */
  readonly reason: string | null;
  /** Attributes that force the replacement or erase the disk, when the plan says. */
  readonly because_of: readonly string[];
  /** The other resources that manage the machine, each with its plan. */
  readonly also: readonly { readonly plan: string; readonly address: string }[];
}

/** A resource of others that updates, replaces or deletes a machine which one of ours manages. */
export interface TouchFact extends Place {
  readonly resource_type: string;
  readonly provider: string;
  readonly kind: ChangeKind;
  readonly machine_id: string;
  readonly attributes: readonly string[];
}

export interface MoveFact extends Place {
  readonly resource_type: string;
  readonly previous_address: string;
}

/** What a change comes to. `forget`: removed from the state, and left as it is. */
export type ChangeKind = "create" | "update" | "replace" | "destroy" | "forget" | "import" | "move" | "unknown";

/** A change of a resource that is not ours: never its values. */
export interface OtherFact extends Place {
  readonly resource_type: string;
  readonly kind: ChangeKind;
  readonly actions: readonly string[];
  readonly imported: boolean;
  readonly previous_address: string | null;
  readonly deposed: boolean;
  /** Why Terraform deferred it to a later plan; else null. */
  readonly deferred: string | null;
  /** Names of what an update changes. */
  readonly attributes: readonly string[];
  /** `unknown`: a machine of Zenlayer that is bought, or changed in what is paid for. Null: nothing to be charged that we know of. */
  readonly charge: "unknown" | null;
}

export interface BalanceFact {
  readonly plan: string;
  /** Where the provider tells it. */
  readonly account_id: string | null;
  readonly purchasing_power: number;
  readonly currency: string | null;
}

export interface DiagnosticFact {
  readonly plan: string;
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address: string | null;
  /** Where in the configuration; null where it is about no place in it. */
  readonly file: string | null;
  readonly line: number | null;
  /** The guard that refused; null for everything else. */
  readonly guard: string | null;
}
