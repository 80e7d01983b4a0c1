// Which action exists in which service and version (zenlayer-api 1.2, 2.0). What is not here is refused as unauthorised.
import type { Product, Service } from "../types";
import type { ActionDefinition } from "./action";
import {
  describeBillDetail,
  describeCustomerBalance,
  describeMonthlyBillSummary,
  describeTransactionHistory,
} from "./billing";
import {
  describeAvailableResources,
  describeInstanceTypes,
  describeVmInventoryCapacity,
  describeZoneInstanceConfigInfos,
  describeBmcZones,
  describeVmZones,
} from "./catalogue";
import {
  bandwidthField,
  cancel,
  describeInternetStatus,
  describeTypeStatus,
  modify,
  PACKAGE_FIELD,
  renewInstance,
  TYPE_FIELD,
} from "./change";
import { createBmcInstances, createVmInstances } from "./create";
import { describeInstances, describeInstancesStatus } from "./describe";
import {
  modifyInstancesAttribute,
  modifyInstancesResourceGroup,
  rebootInstances,
  reinstallInstance,
  releaseInstances,
  resetInstance,
  resetInstancesPassword,
  startInstances,
  stopInstances,
  terminateInstance,
} from "./lifecycle";
import { inquiryPriceBandwidth, inquiryPriceCreateBmc, inquiryPriceCreateVm, inquiryPricePackage } from "./price";
import { describeResourceTags, modifyResourceTags } from "./tags";

export type { ActionDefinition } from "./action";
type Actions = Readonly<Record<string, ActionDefinition>>;

/** What both products have. */
function machineActions(product: Product): Actions {
  return {
    ModifyInstanceBandwidth: modify(product, "bandwidth", bandwidthField(product)),
    InquiryPriceInstanceBandwidth: inquiryPriceBandwidth(product),
    CancelInstanceBandwidthDowngrade: cancel(product, "bandwidth"),
    ModifyInstanceTrafficPackage: modify(product, "package", PACKAGE_FIELD),
    InquiryPriceInstanceTrafficPackage: inquiryPricePackage(product),
    CancelInstanceTrafficPackageDowngrade: cancel(product, "package"),
    DescribeInstanceInternetStatus: describeInternetStatus(product),
    DescribeInstances: describeInstances(product),
    DescribeZones: product === "vm" ? describeVmZones : describeBmcZones,
    ModifyInstancesAttribute: modifyInstancesAttribute(product),
    ModifyInstancesResourceGroup: modifyInstancesResourceGroup(product),
    StartInstances: startInstances(product),
    StopInstances: stopInstances(product),
    RebootInstances: rebootInstances(product),
    TerminateInstance: terminateInstance(product),
    ReleaseInstances: releaseInstances(product),
  };
}

const VM: Actions = {
  ...machineActions("vm"),
  ResetInstance: resetInstance,
  ResetInstancesPassword: resetInstancesPassword,
  DescribeInstancesStatus: describeInstancesStatus,
  DescribeZoneInstanceConfigInfos: describeZoneInstanceConfigInfos,
  ModifyInstanceType: modify("vm", "type", TYPE_FIELD),
  DescribeInstanceTypeStatus: describeTypeStatus,
  CancelInstanceDowngrade: cancel("vm", "type"),
};

const BMC: Actions = {
  ...machineActions("bmc"),
  CreateInstances: createBmcInstances,
  ReinstallInstance: reinstallInstance,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeAvailableResources: describeAvailableResources,
  InquiryPriceCreateInstance: inquiryPriceCreateBmc,
  RenewInstance: renewInstance,
};

const BILLING: Actions = {
  DescribeCustomerBalance: describeCustomerBalance,
  DescribeTransactionHistory: describeTransactionHistory,
  DescribeBillDetail: describeBillDetail,
  DescribeMonthlyBillSummary: describeMonthlyBillSummary,
};

/** Service → version → action. */
export const ACTIONS: Readonly<Record<Service, Readonly<Record<string, Actions>>>> = {
  vm: {
    "2023-03-13": {
      ...VM,
      CreateInstances: createVmInstances("2023-03-13"),
      InquiryPriceCreateInstance: inquiryPriceCreateVm("2023-03-13"),
    },
    "2026-04-01": {
      ...VM,
      CreateInstances: createVmInstances("2026-04-01"),
      InquiryPriceCreateInstance: inquiryPriceCreateVm("2026-04-01"),
      DescribeVmInventoryCapacity: describeVmInventoryCapacity,
    },
  },
  bmc: {
    "2022-11-20": { ...BMC, ZoneDetails: describeBmcZones },
    "2026-02-01": BMC,
  },
  // The Go and Java SDKs name the eighth, the Python SDK the ninth.
  zbc: { "2024-08-08": BILLING, "2024-08-09": BILLING },
  zrm: {
    "2025-10-14": { ModifyResourceTags: modifyResourceTags, DescribeResourceTags: describeResourceTags },
  },
};

/** The action of a version; without a version, of the newest. */
export function findAction(service: Service, version: string | null, action: string): ActionDefinition | undefined {
  const versions = ACTIONS[service];
  const chosen = version ?? Object.keys(versions).sort().at(-1) ?? "";
  const actions = Object.hasOwn(versions, chosen) ? versions[chosen] : undefined;
  return actions !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
}
