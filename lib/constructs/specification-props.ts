// The properties that all specifications share.
import type {
  ITerraformDependable,
  ITerraformIterator,
  TerraformCount,
  TerraformProvider,
  TerraformResourceLifecycle,
} from "cdktf";
import type { OnDestroy, OnDowngrade } from "./choices";

/** How long operations may wait, as durations such as `90m` or `1h30m`, longer than 0. */
export interface SpecificationTimeouts {
  /**
   * Waiting of the first apply.
   *
   * @default "90m"
   */
  readonly create?: string | undefined;
  /**
   * Reading the machine.
   *
   * @default - no limit but that of each request.
   */
  readonly read?: string | undefined;
  /**
   * Waiting of later applies.
   *
   * @default "90m"
   */
  readonly update?: string | undefined;
  /**
   * Waiting of a destroy that cancels what is scheduled.
   *
   * @default "90m"
   */
  readonly delete?: string | undefined;
}

/** How prices are asked. */
export interface QuoteProps {
  /**
   * Ask the price of every desired value at every plan. False: only of values that differ from what the machine is committed to,
   * so that a quiet plan asks none.
   *
   * @default false
   */
  readonly always?: boolean | undefined;
}

/** Properties that all specifications share. */
export interface SpecificationProps {
  /**
   * What to do when the desired value is a downgrade.
   *
   * @default OnDowngrade.SCHEDULE
   */
  readonly onDowngrade?: OnDowngrade | undefined;
  /**
   * Refuse a change that would charge the account more than this at once, in the account's currency, 0 or more. 0 means never charge.
   * Compared is what the change charges at most. One whose charge is unknown, or for Zenlayer to decide (lateral), is refused too.
   *
   * @default - no limit.
   */
  readonly maxImmediateCharge?: number | undefined;
  /**
   * What destroying this resource does. The machine itself is never touched.
   *
   * @default OnDestroy.FORGET
   */
  readonly onDestroy?: OnDestroy | undefined;
  /**
   * How long operations may wait. An order that was accepted stands when the time is over.
   *
   * @default - 90 minutes for create and update.
   */
  readonly timeouts?: SpecificationTimeouts | undefined;
  /**
   * Whether an import block is written, so that the first plan shows real values before and after. It never is together with
   * `forEach` or `count`.
   *
   * @default - for ids that are literals or come from a data source of this provider. True: also for other ids; false: never.
   */
  readonly import?: boolean | undefined;
  /**
   * Whether prices are asked for the desired values, so that a review can show them: true, false, or how.
   *
   * @default true
   */
  readonly quote?: boolean | QuoteProps | undefined;
  /**
   * The provider configuration to use, where a stack has several.
   *
   * @default - the stack's default one.
   */
  readonly provider?: TerraformProvider | undefined;
  /**
   * What must be done before this.
   *
   * @default - nothing.
   */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /**
   * Terraform's lifecycle options, such as `ignoreChanges`, preconditions and postconditions.
   *
   * @default - Terraform's.
   */
  readonly lifecycle?: TerraformResourceLifecycle | undefined;
  /**
   * One specification per element of an iterator.
   *
   * @default - one specification.
   */
  readonly forEach?: ITerraformIterator | undefined;
  /**
   * So many specifications.
   *
   * @default - one specification.
   */
  readonly count?: number | TerraformCount | undefined;
}
