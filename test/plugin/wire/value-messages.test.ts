// The messages that calls share, byte by byte as another encoder writes them with Terraform's tfplugin6.proto.
import * as messages from "../../../lib/plugin/wire/value-messages";
import { wireForm } from "./wire-form";

const { AttributePathMessage, ClientCapabilities, Diagnostic, DynamicValue, RawState, ServerCapabilities } = messages;
const [j, m] = [Buffer.from("j"), Buffer.from("m")];

test.each([
  ["a value", wireForm(DynamicValue, { msgpack: m, json: j }), "0a016d12016a"],
  [
    "a path, its step 0 too",
    wireForm(AttributePathMessage, {
      steps: [{ attribute_name: "a" }, { element_key_string: "k" }, { element_key_int: 0 }],
    }),
    "0a030a01610a0312016b0a021800",
  ],
  [
    "a diagnostic",
    wireForm(Diagnostic, { severity: 1, summary: "s", detail: "d", attribute: { steps: [{ attribute_name: "a" }] } }),
    "08011201731a016422050a030a0161",
  ],
  ["a stored state", wireForm(RawState, { json: j, flatmap: new Map([["k", "v"]]) }), "0a016a12060a016b120176"],
  ["a server that plans destruction", wireForm(ServerCapabilities, { plan_destroy: true }), "0801"],
  [
    "one that need not be asked for its schema",
    wireForm(ServerCapabilities, { get_provider_schema_optional: true }),
    "1001",
  ],
  ["one that moves", wireForm(ServerCapabilities, { move_resource_state: true }), "1801"],
  ["a client that defers", wireForm(ClientCapabilities, { deferral_allowed: true }), "0801"],
  ["one with write-only attributes", wireForm(ClientCapabilities, { write_only_attributes_allowed: true }), "1001"],
])("%s", (_name, form, hex) => {
  form(hex);
});
