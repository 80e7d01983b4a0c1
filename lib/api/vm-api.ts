// Virtual machines: the shared actions, types, the catalogue and the price of a type.
import { decodePrices } from "./decode-prices";
import { decodeInstanceType, decodeTypeStatus } from "./decode-machines";
import { entriesOf } from "./decode";
import { createProductApi, createProductCalls, catalogueCalls } from "./product-api";
import type { ProductContext } from "./product-api";
import type { CreateInstanceInquiry, InstanceTypeQuota, VmApi } from "./types";

export function createVmApi(context: ProductContext<"vm">): VmApi {
  const calls = createProductCalls(context);
  const types = catalogueCalls<readonly InstanceTypeQuota[]>(context);
  return {
    ...createProductApi(context, calls),
    describeTypeStatus: (instanceId, options) =>
      calls.read(
        "DescribeInstanceTypeStatus",
        { instanceId },
        (response) => decodeTypeStatus(instanceId, response),
        options,
      ),
    // Reads call the field instanceType, this request instanceTypeId.
    modifyType: (instanceId, instanceType, options) =>
      calls.write("ModifyInstanceType", { instanceId, instanceTypeId: instanceType }, options),
    cancelTypeDowngrade: (instanceId, options) => calls.write("CancelInstanceDowngrade", { instanceId }, options),
    describeInstanceTypes: ({ zoneId, instanceChargeType }, options = {}) => {
      const fields = { zoneId, instanceChargeType };
      return types.join(
        { service: "vm", action: "DescribeZoneInstanceConfigInfos", instanceId: null, fields },
        (signal) =>
          calls.read(
            "DescribeZoneInstanceConfigInfos",
            fields,
            (response) => entriesOf(response, "instanceTypeQuotaSet").map(decodeInstanceType),
            { signal },
          ),
        options.signal,
      );
    },
    inquiryPriceCreateInstance: (inquiry, options) =>
      calls.read(
        "InquiryPriceCreateInstance",
        wireInquiry(inquiry),
        (response, _requestId, time) => decodePrices(response, "instancePrice", time),
        options,
      ),
  };
}

function wireInquiry(inquiry: CreateInstanceInquiry): Readonly<Record<string, unknown>> {
  return {
    zoneId: inquiry.zoneId,
    instanceType: inquiry.instanceType,
    instanceChargeType: inquiry.instanceChargeType,
    internetChargeType: inquiry.internetChargeType,
    systemDisk: { diskSize: inquiry.systemDiskSize },
    // Required since 2026-04-01; the older version ignores it.
    instanceCount: 1,
    ...(inquiry.period === undefined ? {} : { instanceChargePrepaid: { period: inquiry.period } }),
    ...(inquiry.bandwidth === undefined ? {} : { internetMaxBandwidthOut: inquiry.bandwidth }),
    ...(inquiry.trafficPackageSize === undefined ? {} : { trafficPackageSize: inquiry.trafficPackageSize }),
  };
}
