// The methods of tfplugin6.Provider that are served; every other one is unimplemented, which Terraform takes as absent.
// A new kind of thing (functions, ephemeral resources) is one file with its calls and one line here.
import { applyResourceChange } from "./apply";
import type { Call } from "./call";
import { moveResourceState } from "./move";
import { planResourceChange } from "./plan";
import { configureProvider, validateProviderConfig } from "./provider-config";
import { importResourceState, readDataSource, readResource } from "./read";
import { getMetadata, getProviderSchema } from "./schema";
import { stopProvider } from "./stop";
import { upgradeResourceState } from "./upgrade";
import { validateDataResourceConfig, validateResourceConfig } from "./validate";

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
