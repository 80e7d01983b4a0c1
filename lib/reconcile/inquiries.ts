// Prices asked while planning: the plan of a resource and its quote ask the same ones at the same moment, so they are asked once.

import {
  isZenlayerError,
  SharedCalls,
  type BmcApi,
  type Clock,
  type Price,
  type ProductApi,
  type SharedCallsOptions,
  type VmApi,
  type ZenlayerClient,
} from "../api";

/** A price this young may be shared, ms. Right before a call nothing is shared: the price is asked anew. */
const SHARED_FOR = 10_000;

/** The same client, with the answers of its price inquiries shared for a moment. Refusals are shared too: they are answers. */
export function sharingInquiries(client: ZenlayerClient, clock: Pick<Clock, "monotonic">): ZenlayerClient {
  const options: SharedCallsOptions = {
    clock,
    keepFor: SHARED_FOR,
    keepError: (error) => isZenlayerError(error) && error.outcome === "refused",
  };
  const prices = new SharedCalls<readonly Price[]>(options);
  const inquiries = (api: ProductApi): Pick<ProductApi, "inquiryPriceBandwidth" | "inquiryPriceTrafficPackage"> => ({
    inquiryPriceBandwidth: (instanceId, bandwidth, { signal } = {}) =>
      prices.join(
        { service: api.product, action: "InquiryPriceInstanceBandwidth", instanceId, fields: { bandwidth } },
        (shared) => api.inquiryPriceBandwidth(instanceId, bandwidth, { signal: shared }),
        signal,
      ),
    inquiryPriceTrafficPackage: (instanceId, size, { signal } = {}) =>
      prices.join(
        { service: api.product, action: "InquiryPriceInstanceTrafficPackage", instanceId, fields: { size } },
        (shared) => api.inquiryPriceTrafficPackage(instanceId, size, { signal: shared }),
        signal,
      ),
  });
  const vm: VmApi = {
    ...client.vm,
    ...inquiries(client.vm),
    inquiryPriceCreateInstance: (inquiry, { signal } = {}) =>
      prices.join(
        { service: "vm", action: "InquiryPriceCreateInstance", instanceId: null, fields: { ...inquiry } },
        (shared) => client.vm.inquiryPriceCreateInstance(inquiry, { signal: shared }),
        signal,
      ),
  };
  const bmc: BmcApi = { ...client.bmc, ...inquiries(client.bmc) };
  return { ...client, vm, bmc };
}
