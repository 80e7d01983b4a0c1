// Bare metal: the shared actions and what is sold with a model in a zone.
import { entriesOf } from "./decode";
import { decodeAvailableResource } from "./decode-machines";
import { createProductApi, createProductCalls, keepAnswers } from "./product-api";
import type { ProductContext } from "./product-api";
import type { AvailableResource, BmcApi } from "./types";

export function createBmcApi(context: ProductContext<"bmc">): BmcApi {
  const calls = createProductCalls(context);
  const keepResources = keepAnswers<readonly AvailableResource[]>();
  return {
    ...createProductApi(context, calls),
    describeAvailableResources: ({ instanceChargeType, instanceTypeId, zoneId }, options = {}) =>
      calls.shared(
        "DescribeAvailableResources",
        null,
        () =>
          keepResources(
            JSON.stringify([instanceChargeType, instanceTypeId ?? null, zoneId ?? null]),
            (signal) =>
              calls.read(
                "DescribeAvailableResources",
                { instanceChargeType, ...(instanceTypeId ? { instanceTypeId } : {}), ...(zoneId ? { zoneId } : {}) },
                (response) => entriesOf(response, "availableResources").map(decodeAvailableResource),
                { signal },
              ),
            options.signal,
          ),
        options.signal,
      ),
  };
}
