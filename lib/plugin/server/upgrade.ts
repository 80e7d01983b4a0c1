// UpgradeResourceState: called for every stored object, also when the version is the present one.
import { UpgradeResourceStateRequest, UpgradeResourceStateResponse } from "../wire/call-messages";
import { call, withDiagnostics } from "./call";
import { DiagnosticError } from "./diagnostics";
import { resourceOf, resourceType } from "./lookup";
import { readStoredState } from "./stored-state";
import { encodeObject, stateFromJson } from "./values";

export const upgradeResourceState = call(
  UpgradeResourceStateRequest,
  UpgradeResourceStateResponse,
  async (connection, request) => {
    const name = request.type_name;
    return withDiagnostics(
      connection,
      `upgrading the state of ${name}`,
      resourceType(connection, name),
      async (diagnostics) => {
        const resource = resourceOf(connection, name);
        const { version } = resource.schema;
        if (request.version > version) {
          throw new DiagnosticError(
            `The state of ${name} was written by a newer provider`,
            `It has version ${request.version}; this provider knows versions up to ${version}. Upgrade the provider.`,
          );
        }
        let state = readStoredState(request.raw_state, name);
        if (request.version < version && resource.upgradeState !== undefined) {
          const context = connection.validateContext(diagnostics);
          state = await resource.upgradeState({ version: request.version, state }, context);
        }
        return { upgraded_state: encodeObject(stateFromJson(state, resource.schema), resource.schema) };
      },
    );
  },
);
