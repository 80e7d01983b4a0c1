// Bare metal: the shared actions and what is sold with a model in a zone.
import { entriesOf } from "./decode";
import { decodeAvailableResource } from "./decode-machines";
import { createProductApi, createProductCalls, catalogueCalls } from "./product-api";
import type { ProductContext } from "./product-api";
import type { AvailableResource, BmcApi } from "./types";

export function createBmcApi(context: ProductContext<"bmc">): BmcApi {
  const calls = createProductCalls(context);
  const resources = catalogueCalls<readonly AvailableResource[]>(context);
  return {
    ...createProductApi(context, calls),
    describeAvailableResources: ({ instanceChargeType, instanceTypeId, zoneId }, options = {}) => {
      const fields = {
        instanceChargeType,
        ...(instanceTypeId ? { instanceTypeId } : {}),
        ...(zoneId ? { zoneId } : {}),
      };
      return resources.join(
        { service: "bmc", action: "DescribeAvailableResources", instanceId: null, fields },
        (signal) =>
          calls.read(
            "DescribeAvailableResources",
            fields,
            (response) => entriesOf(response, "availableResources").map(decodeAvailableResource),
            { signal },
          ),
        options.signal,
      );
    },
  };
}
