// The methods of tfplugin6.Provider that are served; every other one is unimplemented, which Terraform takes as absent.
// A new kind of thing (functions, ephemeral resources) is one file with its calls and one line here.
import { StopProviderRequest, StopProviderResponse } from "../wire/call-messages";
import { applyResourceChange } from "./apply";
import { type Call, call } from "./call";
import { moveResourceState } from "./move";
import { planResourceChange } from "./plan";
import { configureProvider, validateProviderConfig } from "./provider-config";
import { importResourceState, readDataSource, readResource } from "./read";
import { getMetadata, getProviderSchema } from "./schema";
import { upgradeResourceState } from "./upgrade";
import { validateDataResourceConfig, validateResourceConfig } from "./validate";

/** Answers at once; running calls learn it from their signal. */
const stopProvider = call(StopProviderRequest, StopProviderResponse, async (connection) => {
  connection.stop();
  return {};
});

export const PROVIDER_METHODS: ReadonlyMap<string, Call> = new Map([
  ["GetMetadata", getMetadata],
  ["GetProviderSchema", getProviderSchema],
  ["ValidateProviderConfig", validateProviderConfig],
  ["ConfigureProvider", configureProvider],
  ["ValidateResourceConfig", validateResourceConfig],
  ["ValidateDataResourceConfig", validateDataResourceConfig],
  ["UpgradeResourceState", upgradeResourceState],
  ["ReadResource", readResource],
  ["PlanResourceChange", planResourceChange],
  ["ApplyResourceChange", applyResourceChange],
  ["ImportResourceState", importResourceState],
  ["MoveResourceState", moveResourceState],
  ["ReadDataSource", readDataSource],
  ["StopProvider", stopProvider],
]);
