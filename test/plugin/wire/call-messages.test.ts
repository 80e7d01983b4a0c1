// Requests and responses of the calls, byte by byte as another encoder writes them with Terraform's tfplugin6.proto.
import * as messages from "../../../lib/plugin/wire/call-messages";
import { wireForm } from "./wire-form";

const bytes = (text: string): Buffer => Buffer.from(text);
const value = (text: string) => ({ msgpack: bytes(text) });
const diagnostics = [{ severity: 2, summary: "w" }];

/** All of them: the compiler asks for a message that is missing here. */
const FORMS: { readonly [M in keyof typeof messages]: readonly [check: (hex: string) => void, hex: string] } = {
  ValidateProviderConfigRequest: [
    wireForm(messages.ValidateProviderConfigRequest, { config: value("c") }),
    "0a030a0163",
  ],
  ValidateProviderConfigResponse: [
    wireForm(messages.ValidateProviderConfigResponse, { diagnostics }),
    "12050802120177",
  ],
  ConfigureProviderRequest: [
    wireForm(messages.ConfigureProviderRequest, { terraform_version: "1", config: value("c") }),
    "0a013112030a0163",
  ],
  ConfigureProviderResponse: [wireForm(messages.ConfigureProviderResponse, { diagnostics }), "0a050802120177"],
  ValidateResourceConfigRequest: [
    wireForm(messages.ValidateResourceConfigRequest, {
      type_name: "t",
      config: value("c"),
      client_capabilities: { write_only_attributes_allowed: true },
    }),
    "0a017412030a01631a021001",
  ],
  ValidateResourceConfigResponse: [
    wireForm(messages.ValidateResourceConfigResponse, { diagnostics }),
    "0a050802120177",
  ],
  ValidateDataResourceConfigRequest: [
    wireForm(messages.ValidateDataResourceConfigRequest, { type_name: "t", config: value("c") }),
    "0a017412030a0163",
  ],
  ValidateDataResourceConfigResponse: [
    wireForm(messages.ValidateDataResourceConfigResponse, { diagnostics }),
    "0a050802120177",
  ],
  UpgradeResourceStateRequest: [
    wireForm(messages.UpgradeResourceStateRequest, { type_name: "t", version: 2, raw_state: { json: bytes("j") } }),
    "0a017410021a030a016a",
  ],
  UpgradeResourceStateResponse: [
    wireForm(messages.UpgradeResourceStateResponse, { upgraded_state: value("u"), diagnostics }),
    "0a030a017512050802120177",
  ],
  ReadResourceRequest: [
    wireForm(messages.ReadResourceRequest, { type_name: "t", current_state: value("s"), private: bytes("p") }),
    "0a017412030a01731a0170",
  ],
  ReadResourceResponse: [
    wireForm(messages.ReadResourceResponse, { new_state: value("n"), diagnostics, private: bytes("p") }),
    "0a030a016e120508021201771a0170",
  ],
  PlanResourceChangeRequest: [
    wireForm(messages.PlanResourceChangeRequest, {
      type_name: "t",
      prior_state: value("b"),
      proposed_new_state: value("n"),
      config: value("c"),
      prior_private: bytes("p"),
    }),
    "0a017412030a01621a030a016e22030a01632a0170",
  ],
  PlanResourceChangeResponse: [
    wireForm(messages.PlanResourceChangeResponse, {
      planned_state: value("n"),
      requires_replace: [{ steps: [{ attribute_name: "a" }] }],
      planned_private: bytes("p"),
      diagnostics,
    }),
    "0a030a016e12050a030a01611a017022050802120177",
  ],
  ApplyResourceChangeRequest: [
    wireForm(messages.ApplyResourceChangeRequest, {
      type_name: "t",
      prior_state: value("b"),
      planned_state: value("n"),
      config: value("c"),
      planned_private: bytes("p"),
    }),
    "0a017412030a01621a030a016e22030a01632a0170",
  ],
  ApplyResourceChangeResponse: [
    wireForm(messages.ApplyResourceChangeResponse, { new_state: value("n"), private: bytes("p"), diagnostics }),
    "0a030a016e1201701a050802120177",
  ],
  ImportResourceStateRequest: [
    wireForm(messages.ImportResourceStateRequest, { type_name: "t", id: "i" }),
    "0a0174120169",
  ],
  ImportResourceStateResponse: [
    wireForm(messages.ImportResourceStateResponse, {
      imported_resources: [{ type_name: "t", state: value("s"), private: bytes("p") }],
      diagnostics,
    }),
    "0a0b0a017412030a01731a017012050802120177",
  ],
  MoveResourceStateRequest: [
    wireForm(messages.MoveResourceStateRequest, {
      source_provider_address: "a",
      source_type_name: "s",
      source_schema_version: 2,
      source_state: { json: bytes("j") },
      target_type_name: "t",
    }),
    "0a0161120173180222030a016a2a0174",
  ],
  MoveResourceStateResponse: [
    wireForm(messages.MoveResourceStateResponse, { target_state: value("s"), diagnostics, target_private: bytes("p") }),
    "0a030a0173120508021201771a0170",
  ],
  ReadDataSourceRequest: [
    wireForm(messages.ReadDataSourceRequest, { type_name: "t", config: value("c") }),
    "0a017412030a0163",
  ],
  ReadDataSourceResponse: [
    wireForm(messages.ReadDataSourceResponse, { state: value("s"), diagnostics }),
    "0a030a017312050802120177",
  ],
  StopProviderRequest: [wireForm(messages.StopProviderRequest, {}), ""],
  StopProviderResponse: [wireForm(messages.StopProviderResponse, { Error: "e" }), "0a0165"],
};

test.each(Object.entries(FORMS))("%s", (_name, [check, hex]) => {
  check(hex);
});
