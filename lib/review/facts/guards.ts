// What the guards of a resource say to each of its calls, as far as a plan can tell.
import { at, numberAt, objectOf, textAt } from "../input/json";
import type { Plan, ResourceChange } from "../input/plan";
import type { PlannedStep } from "./changes";
import type { GuardFact, GuardName } from "./facts";
import { HIDDEN, isSensitive, isUnknown } from "./sensitive";
import { atMostText } from "./words";

/** Whether the configuration itself says that nothing may be sent. */
function isReadOnly(plan: Plan, change: ResourceChange): boolean {
  const configs = Object.values(objectOf(at(plan.document, "configuration", "provider_config"))).filter(
    (config) => textAt(config, "full_name") === change.provider,
  );
  return (
    configs.length > 0 && configs.every((config) => at(config, "expressions", "read_only", "constant_value") === true)
  );
}

/** @param total what all calls of the resource charge at most; null when one of them is unknown. */
export function guardsOf(
  plan: Plan,
  change: ResourceChange,
  step: PlannedStep,
  total: number | null,
): readonly GuardFact[] {
  const found: GuardFact[] = [];
  const atApply = (guard: GuardName, detail: string) => found.push({ guard, result: "at_apply", limit: null, detail });
  if (step.direction === "downgrade") {
    const limit = textAt(change.after, "on_downgrade");
    if (isUnknown(change.afterUnknown, "on_downgrade")) {
      atApply("on_downgrade", "the guard is known only at apply");
    } else if (limit === "deny") {
      found.push({ guard: "on_downgrade", result: "failed", limit, detail: "downgrades are denied" });
    }
  }
  if (step.charge === "charged_now" || step.charge === "unknown") {
    const limit = numberAt(change.after, "max_immediate_charge");
    if (isUnknown(change.afterUnknown, "max_immediate_charge")) {
      atApply("max_immediate_charge", "the guard is known only at apply");
    } else if (limit !== null) {
      // What nobody can say fits no limit. The tolerance is the provider's: prices are sums of binary fractions.
      const undecided = step.charge === "unknown";
      const exceeded = undecided || (total !== null && total > limit + 1e-6);
      found.push({
        guard: "max_immediate_charge",
        result: exceeded ? "failed" : "passed",
        limit: isSensitive(change.afterSensitive, "max_immediate_charge") ? HIDDEN : limit,
        detail: undecided
          ? "Zenlayer decides what a lateral change charges, so no limit holds for it"
          : total === null
            ? "checked by the provider when it planned"
            : `all calls together ${exceeded ? "may charge" : "charge"} ${atMostText(total, null)}`,
      });
    }
  }
  if (isReadOnly(plan, change)) atApply("read_only", "the provider will refuse to send this");
  return found;
}
