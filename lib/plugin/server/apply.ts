// ApplyResourceChange: create, update or delete. Whatever goes wrong, what exists stays in the state and private data is never lost.
import type { ObjectValue, Resource, StateResult } from "../types";
import { ApplyResourceChangeRequest, ApplyResourceChangeResponse } from "../wire/call-messages";
import { call, report, withDiagnostics } from "./call";
import type { Connection } from "./connection";
import type { CollectedDiagnostics } from "./diagnostics";
import { resourceOf, resourceType } from "./lookup";
import {
  decodeObject,
  type DynamicMessage,
  encodeObject,
  readPrivate,
  requireObject,
  salvageObject,
  writePrivate,
} from "./values";

interface ApplyFields {
  new_state: DynamicMessage;
  private: Buffer;
}

export const applyResourceChange = call(
  ApplyResourceChangeRequest,
  ApplyResourceChangeResponse,
  async (connection, request) => {
    const kept = { new_state: request.prior_state ?? {}, private: request.planned_private };
    const name = request.type_name;
    return withDiagnostics(
      connection,
      `applying ${name}`,
      resourceType(connection, name),
      async (diagnostics): Promise<ApplyFields> => {
        const resource = resourceOf(connection, name);
        const { schema } = resource;
        const prior = decodeObject(request.prior_state, schema);
        const planned = decodeObject(request.planned_state, schema);
        const data = readPrivate(request.planned_private);
        const context = connection.callContext(diagnostics);
        if (planned === null) {
          if (prior !== null) await resource.delete({ prior, private: data }, context);
          if (diagnostics.hasErrors) return kept;
          return { new_state: encodeObject(null, schema), private: Buffer.alloc(0) };
        }
        const config = requireObject(request.config, schema, "configuration");
        const result =
          prior === null
            ? await resource.create({ config, planned, private: data }, context)
            : await resource.update({ config, prior, planned, private: data }, context);
        return appliedFields(connection, diagnostics, resource, name, result, prior, request.planned_private);
      },
      // For a create the prior state is null: an object that nobody knows is not recorded.
      () => kept,
    );
  },
);

function appliedFields(
  connection: Connection,
  diagnostics: CollectedDiagnostics,
  resource: Resource<unknown>,
  name: string,
  result: StateResult,
  prior: ObjectValue | null,
  previous: Buffer,
): ApplyFields {
  const { schema } = resource;
  let data = previous;
  try {
    data = writePrivate(result.private, previous);
    return { new_state: encodeObject(result.state, schema), private: data };
  } catch (error) {
    report(connection, diagnostics, error, `recording the result of ${name}`);
    const salvaged = salvageObject(result.state, schema, prior);
    return { new_state: encodeObject(salvaged, schema), private: data };
  }
}
