// To which service and account a plan speaks, as far as it says so: the same calls elsewhere are not what was reviewed.
import { isZenlayer } from "../facts/ours";
import { HIDDEN, isSensitive } from "../facts/sensitive";
import { at, objectOf, scalarText, textAt, textsOf, type JsonObject } from "../input/json";
import type { Plan } from "../input/plan";
import type { CanonicalEntry } from "./canonical";

/** Of the configuration of a provider of Zenlayer, ours or the official one. */
const ADDRESSES = ["endpoint", "domain", "scheme"];

export function providerEntries(
  plan: Plan,
): readonly { readonly real: CanonicalEntry; readonly shown: CanonicalEntry }[] {
  const providers = Object.entries(objectOf(at(plan.document, "configuration", "provider_config"))).flatMap(
    ([key, config]) => {
      const name = textAt(config, "full_name") ?? "";
      if (!isZenlayer({ provider: name, type: "" })) return [];
      const details = ADDRESSES.flatMap((attribute) => {
        const value = valueOf(plan.document, at(config, "expressions", attribute));
        return value === null ? [] : [`${attribute} = ${value}`];
      });
      return details.length === 0 ? [] : [entry(`provider ${key}`, details, details.map(withoutCredentials))];
    },
  );
  const accounts = plan.prior.flatMap((resource) => {
    const id = resource.type === "zenlayer_balance" ? textAt(resource.values, "account_id") : null;
    if (id === null) return [];
    const shown = isSensitive(resource.sensitive, "account_id") ? HIDDEN : id;
    return [entry(resource.address, [`account_id = ${id}`], [`account_id = ${shown}`])];
  });
  return [...providers, ...accounts];
}

/** A literal, or the value of a variable of the root module. */
function valueOf(document: JsonObject, expression: unknown): string | null {
  const constant = scalarText(at(expression, "constant_value"));
  if (constant !== null) return constant;
  const variable = textsOf(at(expression, "references")).find((reference) => /^var\.[\w-]+$/.test(reference));
  return variable === undefined ? null : scalarText(at(document, "variables", variable.slice("var.".length), "value"));
}

function withoutCredentials(detail: string): string {
  return detail.replace(/\/\/[^/@\s]*@/, `//${HIDDEN}@`);
}

function entry(address: string, real: readonly string[], shown: readonly string[]) {
  const base = { address, action: "use", machine: null, steps: [] };
  return { real: { ...base, details: real }, shown: { ...base, details: shown } };
}
