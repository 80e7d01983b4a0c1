// UpgradeResourceState: called for every stored object, also when the version is the present one.
import { parseExactJson } from "../cty/json";
import { NumberLimitError } from "../cty/number";
import { isObject } from "../cty/values";
import { UpgradeResourceStateRequest, UpgradeResourceStateResponse } from "../wire/call-messages";
import { call, withDiagnostics } from "./call";
import { DiagnosticError } from "./diagnostics";
import { resourceOf, resourceType } from "./lookup";
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
        let state = readState(request.raw_state, name);
        if (request.version < version && resource.upgradeState !== undefined) {
          const context = connection.validateContext(diagnostics);
          state = await resource.upgradeState({ version: request.version, state }, context);
        }
        return { upgraded_state: encodeObject(stateFromJson(state, resource.schema), resource.schema) };
      },
    );
  },
);

function readState(
  raw: { readonly json: Buffer; readonly flatmap: ReadonlyMap<string, string> } | undefined,
  name: string,
): { readonly [key: string]: unknown } {
  if (raw === undefined || (raw.json.length === 0 && raw.flatmap.size > 0)) {
    throw new DiagnosticError(
      `The state of ${name} has a format that this provider does not read`,
      "It was written by Terraform 0.11 or older. Apply it once with Terraform 0.12 or remove the object from the state and import it.",
    );
  }
  let parsed: unknown;
  try {
    parsed = parseExactJson(raw.json.toString("utf8"));
  } catch (error) {
    if (error instanceof NumberLimitError)
      throw new DiagnosticError(`The state of ${name} cannot be kept exactly`, `In it ${error.message}.`);
    throw new DiagnosticError(
      `The state of ${name} is not valid JSON`,
      error instanceof RangeError ? "It is nested too deeply." : "Restore it from a backup.",
    );
  }
  if (!isObject(parsed))
    throw new DiagnosticError(`The state of ${name} is not an object`, "Restore it from a backup.");
  return parsed;
}
