// Closed sets of choices, as enums with Terraform's spelling.

/** What a specification does when the desired value is a downgrade. */
export enum OnDowngrade {
  /** Order it. On a PREPAID machine it takes effect at the next billing cycle. */
  SCHEDULE = "schedule",
  /** Make it an error of the plan. */
  DENY = "deny",
}

/** What destroying a specification does. The machine itself is never touched. */
export enum OnDestroy {
  /** Only remove it from the state. */
  FORGET = "forget",
  /** Also cancel downgrades that are scheduled. */
  CANCEL_SCHEDULED = "cancel_scheduled",
}

/** Which resource runs a hook's command. */
export enum HookEngine {
  /** `null_resource` of hashicorp/null; works with every version of Terraform. */
  NULL_RESOURCE = "null_resource",
  /** `terraform_data`, built into Terraform 1.4 and later: no further provider is needed. */
  TERRAFORM_DATA = "terraform_data",
}
