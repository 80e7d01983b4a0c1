// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.
// The L1 classes: one per resource, data source and provider, with Terraform's names and nothing added.
export { ZenlayerProvider } from "./generated/provider";
export type { ZenlayerProviderConfig } from "./generated/provider";
export { VmInstanceSpec, VmInstanceSpecPendingList, VmInstanceSpecPendingOutputReference, VmInstanceSpecChangesList, VmInstanceSpecChangesOutputReference, VmInstanceSpecTimeoutsOutputReference } from "./generated/vm-instance-spec";
export type { VmInstanceSpecConfig, VmInstanceSpecTimeouts } from "./generated/vm-instance-spec";
export { BmcBandwidth, BmcBandwidthPendingList, BmcBandwidthPendingOutputReference, BmcBandwidthChangesList, BmcBandwidthChangesOutputReference, BmcBandwidthTimeoutsOutputReference } from "./generated/bmc-bandwidth";
export type { BmcBandwidthConfig, BmcBandwidthTimeouts } from "./generated/bmc-bandwidth";
export { BmcTrafficPackage, BmcTrafficPackagePendingList, BmcTrafficPackagePendingOutputReference, BmcTrafficPackageChangesList, BmcTrafficPackageChangesOutputReference, BmcTrafficPackageTimeoutsOutputReference } from "./generated/bmc-traffic-package";
export type { BmcTrafficPackageConfig, BmcTrafficPackageTimeouts } from "./generated/bmc-traffic-package";
export { DataZenlayerVmInstance, DataZenlayerVmInstancePendingList, DataZenlayerVmInstancePendingOutputReference } from "./generated/data-vm-instance";
export type { DataZenlayerVmInstanceConfig } from "./generated/data-vm-instance";
export { DataZenlayerBmcInstance, DataZenlayerBmcInstancePendingList, DataZenlayerBmcInstancePendingOutputReference } from "./generated/data-bmc-instance";
export type { DataZenlayerBmcInstanceConfig } from "./generated/data-bmc-instance";
export { DataZenlayerVmInstances, DataZenlayerVmInstancesInstancesList, DataZenlayerVmInstancesInstancesOutputReference } from "./generated/data-vm-instances";
export type { DataZenlayerVmInstancesConfig } from "./generated/data-vm-instances";
export { DataZenlayerBmcInstances, DataZenlayerBmcInstancesInstancesList, DataZenlayerBmcInstancesInstancesOutputReference } from "./generated/data-bmc-instances";
export type { DataZenlayerBmcInstancesConfig } from "./generated/data-bmc-instances";
export { DataZenlayerVmInstanceTypes, DataZenlayerVmInstanceTypesInstanceTypesList, DataZenlayerVmInstanceTypesInstanceTypesOutputReference } from "./generated/data-vm-instance-types";
export type { DataZenlayerVmInstanceTypesConfig } from "./generated/data-vm-instance-types";
export { DataZenlayerBalance } from "./generated/data-balance";
export type { DataZenlayerBalanceConfig } from "./generated/data-balance";
export { DataZenlayerVmSpecQuote, DataZenlayerVmSpecQuotePricesList, DataZenlayerVmSpecQuotePricesOutputReference, DataZenlayerVmSpecQuoteCurrentPricesList, DataZenlayerVmSpecQuoteCurrentPricesOutputReference, DataZenlayerVmSpecQuoteCommittedPricesList, DataZenlayerVmSpecQuoteCommittedPricesOutputReference } from "./generated/data-vm-spec-quote";
export type { DataZenlayerVmSpecQuoteConfig } from "./generated/data-vm-spec-quote";
export { DataZenlayerBmcBandwidthQuote, DataZenlayerBmcBandwidthQuotePricesList, DataZenlayerBmcBandwidthQuotePricesOutputReference, DataZenlayerBmcBandwidthQuoteCurrentPricesList, DataZenlayerBmcBandwidthQuoteCurrentPricesOutputReference, DataZenlayerBmcBandwidthQuoteCommittedPricesList, DataZenlayerBmcBandwidthQuoteCommittedPricesOutputReference } from "./generated/data-bmc-bandwidth-quote";
export type { DataZenlayerBmcBandwidthQuoteConfig } from "./generated/data-bmc-bandwidth-quote";
export { DataZenlayerBmcTrafficPackageQuote, DataZenlayerBmcTrafficPackageQuotePricesList, DataZenlayerBmcTrafficPackageQuotePricesOutputReference, DataZenlayerBmcTrafficPackageQuoteCurrentPricesList, DataZenlayerBmcTrafficPackageQuoteCurrentPricesOutputReference, DataZenlayerBmcTrafficPackageQuoteCommittedPricesList, DataZenlayerBmcTrafficPackageQuoteCommittedPricesOutputReference } from "./generated/data-bmc-traffic-package-quote";
export type { DataZenlayerBmcTrafficPackageQuoteConfig } from "./generated/data-bmc-traffic-package-quote";
