// Where a plan or a state keeps what must not be shown: marked values, outputs and variables, and constants whose name or mark says so.
import { at, isObject, listOf, objectOf } from "../input/json";
import { modulesOf } from "../input/configuration";
import type { Plan, StateResource } from "../input/plan";
import { redactorOf } from "./redact";

/** What a state holds, as far as something of it may be sensitive. */
export interface Remembered {
  readonly resources: readonly StateResource[];
  /** `values.outputs` of its JSON. */
  readonly outputs: unknown;
}

/** Removes all sensitive values of plans and states from free text, such as messages of providers. */
export function redactor(plans: readonly Plan[], states: readonly Remembered[] = []): (text: string) => string {
  const found = new Set<string>();
  for (const plan of plans) collectPlan(plan, found);
  for (const state of states) collectState(state, found);
  return redactorOf(found);
}

function collectPlan(plan: Plan, found: Set<string>): void {
  for (const change of [...plan.changes, ...plan.drift, ...plan.deferred]) {
    collect(change.before, change.beforeSensitive, found);
    collect(change.after, change.afterSensitive, found);
  }
  for (const { config, sensitive } of plan.actions) collect(config, sensitive, found);
  collectState({ resources: plan.prior, outputs: at(plan.document, "prior_state", "values", "outputs") }, found);
  collectOutputs(at(plan.document, "planned_values", "outputs"), found);
  for (const change of Object.values(objectOf(plan.document["output_changes"]))) {
    collect(at(change, "before"), at(change, "before_sensitive"), found);
    collect(at(change, "after"), at(change, "after_sensitive"), found);
  }
  collectConfiguration(plan, found);
}

function collectState({ resources, outputs }: Remembered, found: Set<string>): void {
  for (const resource of resources) collect(resource.values, resource.sensitive, found);
  collectOutputs(outputs, found);
}

function collectOutputs(outputs: unknown, found: Set<string>): void {
  for (const output of Object.values(objectOf(outputs))) {
    if (at(output, "sensitive") === true) collect(at(output, "value"), true, found);
  }
}

/** What is written in the code: sensitive variables of all modules with what they are given, and constants that are secrets by their names. */
function collectConfiguration(plan: Plan, found: Set<string>): void {
  const given = objectOf(plan.document["variables"]);
  for (const { module, call, prefix } of modulesOf(at(plan.document, "configuration", "root_module"))) {
    for (const [name, declaration] of Object.entries(objectOf(module["variables"]))) {
      if (at(declaration, "sensitive") !== true) continue;
      collect(at(declaration, "default"), true, found);
      collect(prefix === "" ? at(given, name, "value") : at(call, "expressions", name, "constant_value"), true, found);
    }
  }
  for (const provider of Object.values(objectOf(at(plan.document, "configuration", "provider_config")))) {
    collectNamed(at(provider, "expressions"), found);
  }
  // A write-only value stands nowhere else.
  for (const { expressions, provisioners } of plan.configured) {
    collectNamed(expressions, found);
    provisioners.forEach((provisioner) => collectNamed(provisioner["expressions"], found));
  }
}

/** Attributes that hold a secret: a plan does not say which of a provider's are sensitive. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)|secret|token|credential|(?:^|_)(?:access|api|auth|private|account|shared|signing|encryption)_?key(?:_password)?(?:_wo)?$/i;

/** Attributes about a secret: hiding their values would only make messages unreadable. */
const ABOUT_A_SECRET =
  /_(?:name|type|kind|ttl|length|policy|arn|url|uri|path|file|version|wo_version|format|expiration|expires_in|enabled)$/i;

function collectNamed(expressions: unknown, found: Set<string>): void {
  const open: { name: string; value: unknown }[] = [{ name: "", value: expressions }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, value } = next;
    if (Array.isArray(value)) for (const item of value as readonly unknown[]) open.push({ name, value: item });
    if (!isObject(value)) continue;
    const constant = value["constant_value"];
    if (SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name) && (typeof constant === "string" || isObject(constant)))
      collect(constant, true, found);
    for (const [key, item] of Object.entries(value)) {
      if (key !== "constant_value" && key !== "references") open.push({ name: key, value: item });
    }
  }
}

function collect(value: unknown, marks: unknown, found: Set<string>): void {
  const open: { value: unknown; marks: unknown }[] = [{ value, marks }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: current, marks: mark } = next;
    if (mark === undefined || mark === false || current === null || current === undefined) continue;
    if (typeof current === "string" || typeof current === "number") {
      if (mark === true && current !== "") found.add(String(current));
    } else if (Array.isArray(current)) {
      const list = listOf(mark);
      current.forEach((item: unknown, index) => open.push({ value: item, marks: mark === true ? true : list[index] }));
    } else if (isObject(current)) {
      for (const [key, item] of Object.entries(current)) {
        open.push({ value: item, marks: mark === true ? true : at(mark, key) });
      }
    }
  }
}
