// PlanResourceChange: the framework's proposal, then the author's changes, then what forces a replacement.
import type { DeletePlan, ObjectValue, Private, Resource } from "../types";
import { blockType } from "../cty/type";
import { PlanResourceChangeRequest, PlanResourceChangeResponse } from "../wire/call-messages";
import { warnOfAmbiguous } from "./ambiguous";
import { call, withDiagnostics } from "./call";
import type { Connection } from "./connection";
import { type CollectedDiagnostics, pathMessage, type PathMessage } from "./diagnostics";
import { resourceOf, resourceType } from "./lookup";
import { proposePlan } from "./propose";
import { replacedPaths } from "./replace";
import { decodeObject, type DynamicMessage, encodeObject, readPrivate, requireObject, writePrivate } from "./values";

interface PlanFields {
  planned_state: DynamicMessage;
  requires_replace: readonly PathMessage[];
  planned_private: Buffer;
}

export const planResourceChange = call(
  PlanResourceChangeRequest,
  PlanResourceChangeResponse,
  async (connection, request) =>
    withDiagnostics(
      connection,
      `planning ${request.type_name}`,
      resourceType(connection, request.type_name),
      async (diagnostics): Promise<Partial<PlanFields>> => {
        const resource = resourceOf(connection, request.type_name);
        const { schema } = resource;
        const prior = decodeObject(request.prior_state, schema);
        const proposed = decodeObject(request.proposed_new_state, schema);
        const data = readPrivate(request.prior_private);
        if (proposed === null) {
          const result = await planDelete(resource, connection, diagnostics, prior, data);
          return {
            planned_state: encodeObject(null, schema),
            planned_private: writePrivate(result?.private, request.prior_private),
          };
        }
        const config = requireObject(request.config, schema, "configuration");
        warnOfAmbiguous(config, prior, diagnostics);
        const start = proposePlan(schema, prior, config, proposed);
        const result = await resource.plan?.(
          { config, prior, proposed: start, private: data },
          connection.callContext(diagnostics),
        );
        const planned = result?.planned ?? start;
        const replaced = prior === null ? [] : replacedPaths(schema, prior, planned, result?.requiresReplace ?? []);
        return {
          planned_state: encodeObject(planned, schema),
          requires_replace: replaced.map((path) => pathMessage(path, blockType(schema))),
          planned_private: writePrivate(result?.private, request.prior_private),
        };
      },
      () => ({ planned_private: request.prior_private }),
    ),
);

async function planDelete(
  resource: Resource<unknown>,
  connection: Connection,
  diagnostics: CollectedDiagnostics,
  prior: ObjectValue | null,
  data: Private,
): Promise<DeletePlan | undefined> {
  return prior === null
    ? undefined
    : resource.planDelete?.({ prior, private: data }, connection.callContext(diagnostics));
}
