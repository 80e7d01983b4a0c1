// The small messages that many calls share (tfplugin6), as tables.
import {
  bool,
  bytes,
  integer,
  map,
  message,
  nested,
  optionalInteger,
  optionalString,
  repeated,
  string,
} from "./protobuf";

export const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) });

const PathStep = message({
  attribute_name: optionalString(1),
  element_key_string: optionalString(2),
  element_key_int: optionalInteger(3),
});
export const AttributePathMessage = message({ steps: repeated(1, () => PathStep) });

export const Diagnostic = message({
  severity: integer(1),
  summary: string(2),
  detail: string(3),
  attribute: nested(4, () => AttributePathMessage),
});

export const RawState = message({ json: bytes(1), flatmap: map(2, string(2)) });

export const ServerCapabilities = message({
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
});

export const ClientCapabilities = message({ deferral_allowed: bool(1), write_only_attributes_allowed: bool(2) });
