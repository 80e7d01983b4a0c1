// ReadResource, ImportResourceState and ReadDataSource: what really exists.
import {
  ImportResourceStateRequest,
  ImportResourceStateResponse,
  ReadDataSourceRequest,
  ReadDataSourceResponse,
  ReadResourceRequest,
  ReadResourceResponse,
} from "../wire/call-messages";
import { call, withDiagnostics } from "./call";
import { DiagnosticError } from "./diagnostics";
import { dataSourceOf, dataSourceType, resourceOf, resourceType } from "./lookup";
import {
  completeObject,
  decodeObject,
  type DynamicMessage,
  encodeObject,
  readPrivate,
  requireObject,
  writePrivate,
} from "./values";

export const readResource = call(ReadResourceRequest, ReadResourceResponse, async (connection, request) =>
  withDiagnostics(
    connection,
    `reading ${request.type_name}`,
    resourceType(connection, request.type_name),
    async (diagnostics): Promise<{ new_state: DynamicMessage; private: Buffer }> => {
      const resource = resourceOf(connection, request.type_name);
      const state = decodeObject(request.current_state, resource.schema);
      if (state === null) return { new_state: encodeObject(null, resource.schema), private: request.private };
      const result = await resource.read(
        { state, private: readPrivate(request.private) },
        connection.callContext(diagnostics),
      );
      return {
        new_state: encodeObject(result.state, resource.schema),
        private: writePrivate(result.private, request.private),
      };
    },
    () => ({ new_state: request.current_state ?? {}, private: request.private }),
  ),
);

export const importResourceState = call(
  ImportResourceStateRequest,
  ImportResourceStateResponse,
  async (connection, request) => {
    const { type_name } = request;
    return withDiagnostics(
      connection,
      `importing ${type_name}`,
      resourceType(connection, type_name),
      async (diagnostics) => {
        const resource = resourceOf(connection, type_name);
        if (resource.importState === undefined) {
          throw new DiagnosticError(
            `${type_name} cannot be imported`,
            "The provider offers no import for this resource.",
          );
        }
        const result = await resource.importState({ id: request.id }, connection.callContext(diagnostics));
        if (diagnostics.hasErrors) return {};
        const state = encodeObject(completeObject(result.state, resource.schema), resource.schema);
        const data = writePrivate(result.private, Buffer.alloc(0));
        return { imported_resources: [{ type_name, state, private: data }] };
      },
    );
  },
);

export const readDataSource = call(ReadDataSourceRequest, ReadDataSourceResponse, async (connection, request) =>
  withDiagnostics(
    connection,
    `reading the data source ${request.type_name}`,
    dataSourceType(connection, request.type_name),
    async (diagnostics) => {
      const source = dataSourceOf(connection, request.type_name);
      const config = requireObject(request.config, source.schema, "configuration");
      const state = await source.read({ config }, connection.callContext(diagnostics));
      // With errors Terraform drops the state; an incomplete one must not add a second error.
      return diagnostics.hasErrors ? {} : { state: encodeObject(state, source.schema) };
    },
  ),
);
