// Requests and responses of the calls about configurations, resources and data sources (tfplugin6), as tables.
import { bytes, integer, message, nested, repeated, string } from "./protobuf";
import { AttributePathMessage, ClientCapabilities, Diagnostic, DynamicValue, RawState } from "./value-messages";

const value = (number: number) => nested(number, () => DynamicValue);
const diagnostics = (number: number) => repeated(number, () => Diagnostic);
const clientCapabilities = (number: number) => nested(number, () => ClientCapabilities);

export const ValidateProviderConfigRequest = message({ config: value(1) });
/** Field 1 was the prepared configuration of protocol 5. */
export const ValidateProviderConfigResponse = message({ diagnostics: diagnostics(2) });

export const ConfigureProviderRequest = message({ terraform_version: string(1), config: value(2) });
export const ConfigureProviderResponse = message({ diagnostics: diagnostics(1) });

export const ValidateResourceConfigRequest = message({
  type_name: string(1),
  config: value(2),
  client_capabilities: clientCapabilities(3),
});
export const ValidateResourceConfigResponse = message({ diagnostics: diagnostics(1) });

export const ValidateDataResourceConfigRequest = message({ type_name: string(1), config: value(2) });
export const ValidateDataResourceConfigResponse = message({ diagnostics: diagnostics(1) });

export const UpgradeResourceStateRequest = message({
  type_name: string(1),
  version: integer(2),
  raw_state: nested(3, () => RawState),
});
export const UpgradeResourceStateResponse = message({ upgraded_state: value(1), diagnostics: diagnostics(2) });

export const ReadResourceRequest = message({ type_name: string(1), current_state: value(2), private: bytes(3) });
export const ReadResourceResponse = message({ new_state: value(1), diagnostics: diagnostics(2), private: bytes(3) });

export const PlanResourceChangeRequest = message({
  type_name: string(1),
  prior_state: value(2),
  proposed_new_state: value(3),
  config: value(4),
  prior_private: bytes(5),
});
export const PlanResourceChangeResponse = message({
  planned_state: value(1),
  requires_replace: repeated(2, () => AttributePathMessage),
  planned_private: bytes(3),
  diagnostics: diagnostics(4),
});

export const ApplyResourceChangeRequest = message({
  type_name: string(1),
  prior_state: value(2),
  planned_state: value(3),
  config: value(4),
  planned_private: bytes(5),
});
export const ApplyResourceChangeResponse = message({
  new_state: value(1),
  private: bytes(2),
  diagnostics: diagnostics(3),
});

export const ImportResourceStateRequest = message({ type_name: string(1), id: string(2) });
const ImportedResource = message({ type_name: string(1), state: value(2), private: bytes(3) });
export const ImportResourceStateResponse = message({
  imported_resources: repeated(1, () => ImportedResource),
  diagnostics: diagnostics(2),
});

export const MoveResourceStateRequest = message({
  source_provider_address: string(1),
  source_type_name: string(2),
  source_schema_version: integer(3),
  source_state: nested(4, () => RawState),
  target_type_name: string(5),
});
export const MoveResourceStateResponse = message({
  target_state: value(1),
  diagnostics: diagnostics(2),
  target_private: bytes(3),
});

export const ReadDataSourceRequest = message({ type_name: string(1), config: value(2) });
export const ReadDataSourceResponse = message({ state: value(1), diagnostics: diagnostics(2) });

export const StopProviderRequest = message({});
/** The capital E is the protocol's. */
export const StopProviderResponse = message({ Error: string(1) });
