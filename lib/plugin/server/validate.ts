// ValidateResourceConfig and ValidateDataResourceConfig: run unconfigured, values may be unknown.
import { blockElements, elementPath } from "../cty/blocks";
import { isNull, isObject, own } from "../cty/values";
import type { AttributePath, BlockSchema, Value } from "../types";
import {
  ValidateDataResourceConfigRequest,
  ValidateDataResourceConfigResponse,
  ValidateResourceConfigRequest,
  ValidateResourceConfigResponse,
} from "../wire/call-messages";
import { call, withDiagnostics } from "./call";
import { dataSourceOf, dataSourceType, resourceOf, resourceType } from "./lookup";
import { reportMissing } from "./required";
import { requireObject } from "./values";

export const validateResourceConfig = call(
  ValidateResourceConfigRequest,
  ValidateResourceConfigResponse,
  async (connection, request) =>
    withDiagnostics(
      connection,
      `validating ${request.type_name}`,
      resourceType(connection, request.type_name),
      async (diagnostics) => {
        const resource = resourceOf(connection, request.type_name);
        const config = requireObject(request.config, resource.schema, "configuration");
        if (request.client_capabilities?.write_only_attributes_allowed !== true) {
          for (const path of writeOnlyPaths(resource.schema, config)) {
            diagnostics.error(
              "Write-only attribute not supported",
              `The attribute ${path.join(".")} is write-only, which needs Terraform 1.11 or later.`,
              path,
            );
          }
        }
        // What an author checks may count on required values.
        if (reportMissing(resource.schema, config, diagnostics)) return {};
        await resource.validate?.(config, connection.validateContext(diagnostics));
        return {};
      },
    ),
);

export const validateDataResourceConfig = call(
  ValidateDataResourceConfigRequest,
  ValidateDataResourceConfigResponse,
  async (connection, request) =>
    withDiagnostics(
      connection,
      `validating the data source ${request.type_name}`,
      dataSourceType(connection, request.type_name),
      async (diagnostics) => {
        const source = dataSourceOf(connection, request.type_name);
        const config = requireObject(request.config, source.schema, "configuration");
        if (reportMissing(source.schema, config, diagnostics)) return {};
        await source.validate?.(config, connection.validateContext(diagnostics));
        return {};
      },
    ),
);

/** Write-only attributes that have a value. */
export function writeOnlyPaths(schema: BlockSchema, value: Value, path: AttributePath = []): AttributePath[] {
  if (!isObject(value)) return [];
  const attributes = Object.entries(schema.attributes)
    .filter(([name, attribute]) => attribute.writeOnly === true && !isNull(own(value, name) ?? null))
    .map(([name]) => [...path, name]);
  const blocks = Object.entries(schema.blocks ?? {}).flatMap(([name, nested]) =>
    blockElements(nested, own(value, name)).flatMap(([step, element]) =>
      writeOnlyPaths(nested.block, element, elementPath([...path, name], step)),
    ),
  );
  return [...attributes, ...blocks];
}
