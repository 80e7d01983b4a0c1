// One resource of the provider: what Terraform asks of it, answered by planning, applying and observing.

import { validateDesired } from "../engine";
import {
  DiagnosticError,
  type CallContext,
  type ObjectValue,
  type Private,
  type Resource,
  type StateResult,
  type ValidateContext,
} from "../plugin";
import { isGone, stillInvisible } from "../reconcile";
import { resourceSchemas } from "../schema";
import { createSpec, updateSpec } from "./apply";
import type { Connection } from "./connection";
import { deleteSpec } from "./delete";
import { parseDuration } from "./durations";
import { desiredOf } from "./desire";
import { presentMachine, recentMachine } from "./look";
import { moveSpec } from "./moved";
import { planDelete, planSpec } from "./plan";
import { requireGone } from "./leaving";
import { newPrivate, readPrivate, seen, writePrivate } from "./private-state";
import { stampOf } from "./seen-by";
import type { SpecKind } from "./spec";
import { observedState } from "./state";
import { within } from "./time-limit";
import { numberOf, objectOf, textOf } from "./values";
import { refuseFinding } from "./words";
import { requireKind } from "./wrong-kind";

type Context = CallContext<Connection>;

export function specResource(kind: SpecKind): Resource<Connection> {
  return {
    schema: resourceSchemas[kind.typeName],
    validate: (config, context) => validateSpec(kind, config, context),
    read: (request, context) => readSpec(kind, request, context),
    plan: (request, context) => planSpec(kind, request, context),
    planDelete: (request, context) => Promise.resolve(planDelete(kind, request, context)),
    create: (request, context) => createSpec(kind, request, context),
    update: (request, context) => updateSpec(kind, request, context),
    delete: (request, context) => deleteSpec(kind, request, context),
    importState: ({ id }, context) => importSpec(kind, id, context),
    moveState: (source) => Promise.resolve(moveSpec(kind, source)),
  };
}

/** What is wrong with the configuration alone. Unknown values are checked when they are known. */
function validateSpec(kind: SpecKind, config: ObjectValue, { diagnostics }: ValidateContext): void {
  for (const finding of validateDesired(kind.product, desiredOf(kind, config))) refuseFinding(diagnostics, finding);
  oneOf("on_downgrade", ["schedule", "deny"]);
  oneOf("on_destroy", ["forget", "cancel_scheduled"]);
  const limit = numberOf(config["max_immediate_charge"]);
  if (limit !== null && !(limit >= 0))
    diagnostics.error(
      `max_immediate_charge ${limit} is negative`,
      "Allowed is an amount from 0 in the account's currency; 0 means never charge. Leave it out for no limit.",
      ["max_immediate_charge"],
    );
  const id = textOf(config["instance_id"]);
  if (id !== null && !/^\S+$/.test(id))
    diagnostics.error(
      `instance_id ${JSON.stringify(id)} is not an id`,
      "An id is not empty and holds no white space. The Zenlayer console shows it, and the data sources of this provider find it by name.",
      ["instance_id"],
    );
  const timeouts = objectOf(config["timeouts"]) ?? {};
  for (const [name, value] of Object.entries(timeouts)) {
    const text = textOf(value);
    if (text !== null && parseDuration(text) === null)
      diagnostics.error(
        `timeouts.${name} ${JSON.stringify(text)} is not a duration`,
        "Allowed are hours, minutes and seconds such as 90m, 1h30m or 45s, greater than 0.",
        ["timeouts", name],
      );
  }

  function oneOf(name: string, allowed: readonly string[]): void {
    const value = textOf(config[name]);
    if (value === null || allowed.includes(value)) return;
    diagnostics.error(
      `${name} ${JSON.stringify(value)} is not known`,
      `Allowed: ${allowed.map((each) => JSON.stringify(each)).join(" or ")}.`,
      [name],
    );
  }
}

async function readSpec(
  kind: SpecKind,
  { state, private: before }: { readonly state: ObjectValue; readonly private: Private },
  context: Context,
): Promise<StateResult> {
  // With a configuration that only apply will know, the state is all there is.
  const { reconciler } = context.data;
  if (reconciler === null) return { state };
  const id = textOf(state["instance_id"]) ?? textOf(state["id"]) ?? "";
  const limit = readTimeout(state);
  const look = recentMachine(kind.product, id, context);
  const observation = await (limit === null ? look : within(limit, look, () => tooLate(id, limit)));
  const remembered = readPrivate(before);
  const { account } = reconciler;
  if (observation === null || isGone(observation.instance.instanceStatus)) {
    await requireGone(id, observation === null ? "unseen" : "recycled", remembered, account, context.signal);
    return { state: null };
  }
  // Written once: a stamp that changed with whoever reads would make each reading a new state.
  const seenBy = remembered.seenBy ?? stampOf(account, remembered.token, null);
  // Another endpoint may have a machine of this id, and knows nothing of the orders.
  const openOrders =
    seenBy.endpoint === account.endpoint
      ? stillInvisible(remembered.openOrders, observation.machine)
      : remembered.openOrders;
  return {
    state: observedState(kind, observation, state),
    private: writePrivate({ ...remembered, openOrders, seenBy }),
  };
}

async function importSpec(
  kind: SpecKind,
  id: string,
  context: Context,
): Promise<{ readonly state: ObjectValue; readonly private: Private }> {
  const observation = await presentMachine(kind.product, id.trim(), context);
  requireKind(kind, observation);
  return { state: observedState(kind, observation, {}), private: writePrivate(await seen(newPrivate(), context)) };
}

/** `timeouts.read` in ms; null: no limit but that of each request. */
function readTimeout(state: ObjectValue): number | null {
  const text = textOf(objectOf(state["timeouts"])?.["read"]);
  return text === null ? null : parseDuration(text);
}

/** @param limit ms */
function tooLate(id: string, limit: number): never {
  throw new DiagnosticError(
    `Reading machine ${id} took longer than timeouts.read allows`,
    `No answer came within ${limit / 1000} s. Plan again, or allow more time. Nothing was changed.`,
  );
}
