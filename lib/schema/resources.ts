// The three resources. Each manages the specification of one machine that exists already; destroying one touches no machine.
import { computed, optional } from "./attributes";
import { desiredAttributes, effectiveAttributes } from "./axes";
import { KINDS, RESOURCE_TYPES, type ResourceTypeName, type SpecificationKind } from "./kinds";
import { machineFacts, pendingAttribute } from "./machine";
import type { BlockSchema, NestedBlockSchema, ResourceSchema, Type } from "./types";

const CHANGES_TYPE: Type = [
  "set",
  [
    "object",
    {
      step: "number",
      action: "string",
      axis: "string",
      from: "string",
      to: "string",
      direction: "string",
      takes_effect: "string",
      effective_at: "string",
      charge: "string",
    },
  ],
];

const timeouts: NestedBlockSchema = {
  nesting: "single",
  block: {
    description:
      "How long operations may wait, as durations such as `90m` or `1h30m`. An order that was accepted stands when the time is over.",
    attributes: {
      create: optional("string", "Waiting of the first apply. Default: `90m`."),
      read: optional("string", "Reading the machine. Default: no limit but that of each request."),
      update: optional("string", "Waiting of later applies. Default: `90m`."),
      delete: optional("string", "Waiting of a destroy that cancels what is scheduled. Default: `90m`."),
    },
  },
};

const guards: BlockSchema["attributes"] = {
  on_downgrade: optional(
    "string",
    "What to do with a downgrade: `schedule` applies it (on a PREPAID machine it takes effect at the next billing cycle), " +
      "`deny` makes it an error of the plan. Default: `schedule`.",
  ),
  max_immediate_charge: optional(
    "number",
    "Refuse a change that would charge the account more than this at once, in the account's currency, 0 or more; 0 means never charge. " +
      "Compared is what the planned calls charge at most, together: the monthly price difference for the whole period or, if longer, for the days left until the machine " +
      "expires, rounded up and one more, by months of 30 days. A change whose charge is unknown, or for Zenlayer to decide (lateral), is refused too. Default: no limit.",
  ),
  on_destroy: optional(
    "string",
    "What destroying this resource does: `forget` only removes it from the state, `cancel_scheduled` also cancels downgrades that are scheduled, as far as " +
      "the plan of the destroy announces it. A replacement (`-replace`, a taint, another `instance_id`) cancels nothing. The machine itself is never touched. Default: `forget`.",
  ),
};

const results: BlockSchema["attributes"] = {
  pending: pendingAttribute,
  changes: computed(
    CHANGES_TYPE,
    "The calls that this plan will issue; after an apply, those of the last change. `step`: 1, 2, … in order. `action`: the API action. " +
      "`axis`: the attribute. `from`, `to`: values as text. `direction`: `upgrade`, `downgrade`, `lateral` or `cancel`. " +
      "`takes_effect`: `immediately`, `next_billing_cycle` or `decided_by_zenlayer`. `effective_at`: when, for what is scheduled, else null. " +
      "`charge`: `charged_now`, `none`, `usage_based` or `unknown`.",
  ),
  plan_summary: computed("string", "`changes` in one readable line; empty after an import."),
  order_numbers: computed(
    ["list", "string"],
    "Numbers of the orders that the last apply placed, of those applies that placed any.",
  ),
  change_count: computed(
    "number",
    "How many applies have ordered a change. The trigger of hooks: it changes whenever a change is ordered. Planned as unknown for the first one of a " +
      "resource, so that a hook sees it also where the count begins anew (another machine, a replacement, an import).",
  ),
};

function specification(kind: SpecificationKind, description: string): ResourceSchema {
  return {
    version: 0,
    description,
    attributes: {
      id: computed("string", "The same as `instance_id`."),
      instance_id: {
        type: "string",
        required: true,
        requiresReplace: true,
        description:
          "Id of the machine whose specification is managed. Another id forgets the old machine and adopts the new one; neither is bought or released.",
      },
      ...desiredAttributes(kind, ".", (type, text) => ({
        type,
        optional: true,
        computed: true,
        description: `${text} Left out: not managed, and shows the value that the machine is committed to.`,
      })),
      ...guards,
      ...effectiveAttributes(kind.axes),
      ...results,
      ...machineFacts,
    },
    blocks: { timeouts },
  };
}

const DESCRIPTIONS: { readonly [T in ResourceTypeName]: string } = {
  zenlayer_vm_instance_spec:
    "The specification of a virtual machine that exists already: its type, public bandwidth and traffic package. Creating adopts the machine, " +
    "destroying forgets it. An upgrade of a PREPAID machine is charged at once; a downgrade is scheduled for the next billing cycle.",
  zenlayer_bmc_bandwidth:
    "The public bandwidth of a bare-metal machine that exists already. Creating adopts the machine, destroying forgets it. " +
    "An increase of a PREPAID flat-rate machine is charged at once; a decrease is scheduled for the next billing cycle.",
  zenlayer_bmc_traffic_package:
    "The traffic package of a bare-metal machine that exists already. Creating adopts the machine, destroying forgets it. " +
    "A larger package is charged at once; a smaller one is scheduled for the next billing cycle.",
};

export const resourceSchemas = Object.fromEntries(
  RESOURCE_TYPES.map((typeName) => [typeName, specification(KINDS[typeName], DESCRIPTIONS[typeName])]),
) as { readonly [T in ResourceTypeName]: ResourceSchema };
