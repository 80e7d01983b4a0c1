// The actions that both products have. They differ in one field name: bandwidth is bandwidthOutMbps on bare metal.
import { orderNumberOf, textOf } from "./answer";
import type { JsonObject } from "./answer";
import type { Action, Caller } from "./caller";
import type { Clock } from "./clock";
import { entriesOf, numberOf } from "./decode";
import { decodeInstance, decodeInternetStatus } from "./decode-machines";
import { decodePrices } from "./decode-prices";
import { isZenlayerError } from "./errors";
import { stoppedWaiting } from "./failures";
import { BATCH_SIZE, createInstanceBatches } from "./instance-batches";
import { beginListing, PAGE_SIZE } from "./listing";
import type { Page } from "./listing";
import { SharedCalls } from "./shared-call";
import type { Accepted, BegunListing, CallOptions, InstanceFilter, Product, ProductApi, WriteOptions } from "./types";

export interface ProductContext<P extends Product> {
  readonly product: P;
  readonly version: string;
  readonly call: Caller;
  readonly clock: Clock;
}

export interface ProductCalls {
  /** A read of one or of no machine. */
  read<T>(action: string, body: JsonObject, decode: Action<T>["decode"], options: CallOptions | undefined): Promise<T>;
  write(action: string, body: JsonObject, options: WriteOptions | undefined): Promise<Accepted>;
  /** Waits for a read that is shared with others; giving up is an error of ours like any other. */
  shared<T>(
    action: string,
    instanceId: string | null,
    wait: () => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T>;
}

export function createProductCalls(context: ProductContext<Product>): ProductCalls {
  const base = (action: string, body: JsonObject, options: CallOptions | undefined) => ({
    service: context.product,
    version: context.version,
    action,
    instanceId: textOf(body, "instanceId"),
    body,
    signal: options?.signal,
  });
  return {
    read: (action, body, decode, options) => context.call({ ...base(action, body, options), kind: "read", decode }),
    write: (action, body, options) =>
      context.call({
        ...base(action, body, options),
        kind: "write",
        sendWithin: options?.sendWithin,
        decode: decodeAccepted,
      }),
    async shared(action, instanceId, wait, signal) {
      const stopped = () => stoppedWaiting({ service: context.product, action, instanceId });
      if (signal?.aborted) throw stopped();
      try {
        return await wait();
      } catch (error) {
        throw signal?.aborted && !isZenlayerError(error) ? stopped() : error;
      }
    },
  };
}

export function createProductApi<P extends Product>(
  context: ProductContext<P>,
  calls: ProductCalls,
): ProductApi & { readonly product: P } {
  const { product } = context;
  const bandwidthField = product === "vm" ? "internetMaxBandwidthOut" : "bandwidthOutMbps";

  const describePage = (body: JsonObject, options: CallOptions): Promise<Page> =>
    calls.read("DescribeInstances", body, (response) => decodePage(product, response), options);

  const batches = createInstanceBatches(
    async (instanceIds, signal) =>
      (await describePage({ instanceIds, pageSize: BATCH_SIZE, pageNum: 1 }, { signal })).instances,
    context.clock,
  );

  const begin = (filter: InstanceFilter, options: CallOptions): Promise<BegunListing> =>
    beginListing(
      (pageNum, signal) => describePage({ ...wireFilter(filter), pageSize: PAGE_SIZE, pageNum }, { signal }),
      options.signal,
    );

  return {
    product,
    listInstances: async (filter = {}, options = {}) => (await begin(filter, options)).all(options),
    beginListing: (options = {}) => begin({}, options),
    getInstance: (instanceId, { signal } = {}) =>
      calls.shared("DescribeInstances", instanceId, () => batches.get(instanceId, signal), signal),
    describeInternetStatus: (instanceId, options) =>
      calls.read(
        "DescribeInstanceInternetStatus",
        { instanceId },
        (response) => decodeInternetStatus(instanceId, response),
        options,
      ),
    inquiryPriceBandwidth: (instanceId, bandwidth, options) =>
      calls.read(
        "InquiryPriceInstanceBandwidth",
        { instanceId, [bandwidthField]: bandwidth },
        (response, _requestId, time) => decodePrices(response, "bandwidthPrice", time),
        options,
      ),
    inquiryPriceTrafficPackage: (instanceId, trafficPackageSize, options) =>
      calls.read(
        "InquiryPriceInstanceTrafficPackage",
        { instanceId, trafficPackageSize },
        (response, _requestId, time) => decodePrices(response, "trafficPackagePrice", time),
        options,
      ),
    modifyBandwidth: (instanceId, bandwidth, options) =>
      calls.write("ModifyInstanceBandwidth", { instanceId, [bandwidthField]: bandwidth }, options),
    cancelBandwidthDowngrade: (instanceId, options) =>
      calls.write("CancelInstanceBandwidthDowngrade", { instanceId }, options),
    modifyTrafficPackage: (instanceId, trafficPackageSize, options) =>
      calls.write("ModifyInstanceTrafficPackage", { instanceId, trafficPackageSize }, options),
    cancelTrafficPackageDowngrade: (instanceId, options) =>
      calls.write("CancelInstanceTrafficPackageDowngrade", { instanceId }, options),
  };
}

/** Answers of the catalogue serve for the life of the client. A failed one is not kept. */
export function catalogueCalls<T>({ clock }: ProductContext<Product>): SharedCalls<T> {
  return new SharedCalls({ clock, keepFor: Infinity });
}

function decodePage(product: Product, response: JsonObject): Page {
  return {
    instances: entriesOf(response, "dataSet").map((entry) => decodeInstance(product, entry)),
    totalCount: numberOf(response, "totalCount"),
  };
}

function decodeAccepted(response: JsonObject, requestId: string): Accepted {
  return { requestId, orderNumber: orderNumberOf(response) };
}

function wireFilter(filter: InstanceFilter): JsonObject {
  const { tags, ...texts } = filter;
  const given = Object.entries(texts).filter(([, value]) => value !== undefined && value !== "");
  return { ...Object.fromEntries(given), ...(tags === undefined || tags.length === 0 ? {} : { tags }) };
}
