// Prices asked while planning: the plan of a resource and its quote ask the same ones at the same moment, so they are asked once.

import type { BmcApi, ProductApi, VmApi, ZenlayerClient } from "../api";

/** A price this young may be shared, ms. Right before a call nothing is shared: the price is asked anew. */
const SHARED_FOR = 10_000;

/** The same client, with the answers of its price inquiries shared for a moment. Refusals are shared too: they are answers. */
export function sharingInquiries(client: ZenlayerClient, now: () => number = Date.now): ZenlayerClient {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  const share = <T>(key: readonly unknown[], ask: () => Promise<T>): Promise<T> => {
    const name = JSON.stringify(key);
    const known = answers.get(name);
    // What was kept under a name is what the same inquiry answered.
    if (known !== undefined && now() - known.at < SHARED_FOR) return known.answer as Promise<T>;
    const answer = ask();
    answers.set(name, { at: now(), answer });
    return answer;
  };
  const inquiries = (api: ProductApi): Pick<ProductApi, "inquiryPriceBandwidth" | "inquiryPriceTrafficPackage"> => ({
    inquiryPriceBandwidth: (id, bandwidth, options) =>
      share([api.product, "bandwidth", id, bandwidth], () => api.inquiryPriceBandwidth(id, bandwidth, options)),
    inquiryPriceTrafficPackage: (id, size, options) =>
      share([api.product, "package", id, size], () => api.inquiryPriceTrafficPackage(id, size, options)),
  });
  const vm: VmApi = {
    ...client.vm,
    ...inquiries(client.vm),
    inquiryPriceCreateInstance: (inquiry, options) =>
      share(["vm", "create", inquiry], () => client.vm.inquiryPriceCreateInstance(inquiry, options)),
  };
  const bmc: BmcApi = { ...client.bmc, ...inquiries(client.bmc) };
  return { ...client, vm, bmc };
}
