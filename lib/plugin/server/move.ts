// MoveResourceState: a `moved` block from a type of another provider, or another type of this one. Runs unconfigured.
import { MoveResourceStateRequest, MoveResourceStateResponse } from "../wire/call-messages";
import { call, withDiagnostics } from "./call";
import { DiagnosticError } from "./diagnostics";
import { resourceOf, resourceType } from "./lookup";
import { readStoredState } from "./stored-state";
import { completeObject, encodeObject, writePrivate } from "./values";

export const moveResourceState = call(
  MoveResourceStateRequest,
  MoveResourceStateResponse,
  async (connection, request) => {
    const { target_type_name: target, source_type_name: source, source_provider_address: address } = request;
    return withDiagnostics(
      connection,
      `moving ${source} to ${target}`,
      resourceType(connection, target),
      async (diagnostics) => {
        const resource = resourceOf(connection, target);
        if (resource.moveState === undefined)
          throw new DiagnosticError(
            `${source} cannot become ${target}`,
            "The provider offers no move between these types.",
          );
        const result = await resource.moveState(
          {
            providerAddress: address,
            typeName: source,
            schemaVersion: request.source_schema_version,
            state: readStoredState(request.source_state, source),
          },
          connection.validateContext(diagnostics),
        );
        if (diagnostics.hasErrors) return {};
        return {
          target_state: encodeObject(completeObject(result.state, resource.schema), resource.schema),
          target_private: writePrivate(result.private, Buffer.alloc(0)),
        };
      },
    );
  },
);
