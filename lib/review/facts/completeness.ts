// Whether a plan shows all that there is to do. Terraform says it; OpenTofu does not, and a plan limited by -target must not pass as whole.
import type { Log } from "../input/log";
import { withoutIndexes, type Plan } from "../input/plan";
import type { Completeness } from "./facts";

export interface Whole {
  readonly completeness: Completeness;
  /** Why it is not complete, or why that cannot be told; else null. */
  readonly because: string | null;
}

/** What can be told of a plan without errors. */
export function completenessOf(plan: Plan, log: Log | null): Whole {
  if (plan.deferred.length > 0 || plan.actions.some(({ deferred }) => deferred !== null)) {
    return { completeness: "incomplete", because: "Terraform deferred a part of it to a later plan" };
  }
  if (plan.complete === true) return { completeness: "complete", because: null };
  if (plan.complete === false || log?.targeted === true) {
    return { completeness: "incomplete", because: "it was limited by -target or -exclude" };
  }
  const missing = missingObjects(plan);
  if (plan.listsChanges && missing.length > 0) {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more of the state` : "";
    return {
      completeness: "incomplete",
      because: `it was limited by -target or -exclude: ${missing[0]}${more} is not in it`,
    };
  }
  if (missing.length === 0 && everyResourceListed(plan)) return { completeness: "complete", because: null };
  if (log === null)
    return { completeness: "unknown", because: "its version does not say, and there is no log that would" };
  if (!log.endedAfterSummary || log.broken) {
    return {
      completeness: "unknown",
      because: "its version does not say, and the log ends where the warning of -target would follow",
    };
  }
  return { completeness: "complete", because: null };
}

/** A full plan lists what does not change, too; one with -target leaves it out. */
function missingObjects(plan: Plan): readonly string[] {
  const listed = new Set(plan.changes.flatMap(({ address, previousAddress }) => [address, previousAddress ?? address]));
  return plan.prior
    .filter(({ mode, address }) => mode === "managed" && !listed.has(address))
    .map(({ address }) => address);
}

/** Whether nothing can be missing: each resource of the configuration is listed, and none of them comes in a number that is not seen. */
function everyResourceListed(plan: Plan): boolean {
  const managed = plan.configured.filter(({ mode }) => mode === "managed");
  const listed = new Set(plan.changes.map(({ address }) => withoutIndexes(address)));
  return plan.hasConfiguration && managed.every(({ counted, address }) => !counted && listed.has(address));
}
