// What is on sale: VM types, BMC models and zones (zenlayer-api A.4), and which types convert into each other.

export interface VmType {
  readonly instanceType: string;
  readonly name: string;
  readonly cpuCount: number;
  /** GiB. */
  readonly memory: number;
  /** Mbps. */
  bandwidthLimit: number;
  /** Per month, list price. */
  listPrice: number;
}

export interface BmcModel {
  readonly instanceTypeId: string;
  readonly description: string;
  readonly cpuCoreCount: number;
  /** GB. */
  readonly memorySize: number;
  /** Mbps. */
  readonly maximumBandwidth: number;
  /** Per month, list price (ASM). */
  listPrice: number;
  /** GB; default one disk of 900. */
  readonly disks?: readonly { readonly diskSize: number; readonly diskCount: number }[];
  /** Default 0 and 1. */
  readonly supportRaids?: readonly number[];
  /** Default true. */
  readonly supportSubnet?: boolean;
  /** Default false. */
  readonly isHA?: boolean;
  /** Images that can be installed; default `img-sim-2`. */
  readonly imageIds?: readonly string[];
}

/** One entry of DescribeAvailableResources. */
export interface BmcResource {
  readonly zoneId: string;
  readonly instanceTypeId: string;
  sellStatus: string;
  internetChargeTypes: string[];
  /** Mbps. */
  maximumBandwidthOut: number;
  /** Free bandwidth, Mbps. */
  defaultBandwidthOut: number;
  /** Free package, TB. */
  defaultTrafficPackageSize: number;
  qty: number;
}

export interface Zone {
  readonly zoneId: string;
  readonly zoneName: string;
  readonly products: readonly ("vm" | "bmc")[];
  /** BMC; default false. */
  readonly isCloudRouterAvailable?: boolean;
}

/** Mutable: tests take types off sale or add models. */
export interface Catalogue {
  zones: Zone[];
  vmTypes: VmType[];
  /** Zone → VM types on sale there. */
  vmTypesOnSale: Record<string, string[]>;
  bmcModels: BmcModel[];
  bmcResources: BmcResource[];
}

const SERIES: readonly { series: string; name: string; sizes: readonly (readonly [number, number, number])[] }[] = [
  {
    series: "c",
    name: "Compute Optimized",
    sizes: [
      [1, 2, 500],
      [2, 4, 1000],
      [4, 8, 1500],
      [8, 16, 2000],
      [12, 24, 2500],
      [16, 32, 3000],
      [24, 48, 4500],
      [32, 64, 6000],
      [64, 128, 6000],
    ],
  },
  {
    series: "g",
    name: "General Purpose",
    sizes: [
      [2, 8, 1000],
      [4, 16, 1500],
      [8, 32, 2000],
      [16, 64, 3000],
      [24, 96, 4500],
      [32, 128, 6000],
    ],
  },
  {
    series: "m",
    name: "Memory Optimized",
    sizes: [
      [2, 16, 1000],
      [4, 32, 1500],
      [8, 64, 2000],
      [16, 128, 3000],
    ],
  },
  { series: "s", name: "Shared", sizes: [[2, 4, 1000]] },
  { series: "h", name: "High Frequency", sizes: [[2, 4, 1000]] },
];

const ZONES: readonly Zone[] = [
  { zoneId: "SEL-A", zoneName: "Seoul A", products: ["vm", "bmc"], isCloudRouterAvailable: true },
  { zoneId: "SAO-A", zoneName: "Sao Paulo A", products: ["vm"] },
  { zoneId: "HKG-A", zoneName: "Hong Kong A", products: ["vm"] },
  { zoneId: "MOW-B", zoneName: "Moscow B", products: ["bmc"] },
];

/** A fresh catalogue: every VM type in every VM zone, model MDE in MOW-B, model S8I in MOW-B and SEL-A. */
export function defaultCatalogue(): Catalogue {
  const vmTypes = SERIES.flatMap(({ series, name, sizes }) =>
    sizes.map(([cpuCount, memory, bandwidthLimit]) => ({
      instanceType: `${series}.${cpuCount}c${memory}g`,
      name: `${name} ${cpuCount}C${memory}G`,
      cpuCount,
      memory,
      bandwidthLimit,
      listPrice: 6 * cpuCount + 4 * memory,
    })),
  );
  const internetChargeTypes = [
    "ByBandwidth",
    "ByTrafficPackage",
    "ByInstanceBandwidth95",
    "ByClusterBandwidth95",
    "ByBandwidthCluster",
  ];
  const resource = (zoneId: string, instanceTypeId: string): BmcResource => ({
    zoneId,
    instanceTypeId,
    sellStatus: "SELL",
    internetChargeTypes: [...internetChargeTypes],
    maximumBandwidthOut: 10_000,
    defaultBandwidthOut: 50,
    defaultTrafficPackageSize: 5,
    qty: 20,
  });
  return {
    zones: ZONES.map((zone) => ({ ...zone })),
    vmTypes,
    vmTypesOnSale: Object.fromEntries(
      ZONES.filter((zone) => zone.products.includes("vm")).map((zone) => [
        zone.zoneId,
        vmTypes.map((type) => type.instanceType),
      ]),
    ),
    bmcModels: [
      {
        instanceTypeId: "MDE",
        description: "sim",
        cpuCoreCount: 2,
        memorySize: 64,
        maximumBandwidth: 10_000,
        listPrice: 200,
      },
      {
        instanceTypeId: "S8I",
        description: "sim",
        cpuCoreCount: 8,
        memorySize: 128,
        maximumBandwidth: 10_000,
        listPrice: 320,
        disks: [{ diskSize: 960, diskCount: 4 }],
        supportRaids: [0, 1, 5, 10],
      },
    ],
    bmcResources: [resource("MOW-B", "MDE"), resource("MOW-B", "S8I"), resource("SEL-A", "S8I")],
  };
}

export function findVmType(catalogue: Catalogue, instanceType: string): VmType | undefined {
  return catalogue.vmTypes.find((type) => type.instanceType === instanceType);
}

export function findModel(catalogue: Catalogue, instanceTypeId: string): BmcModel | undefined {
  return catalogue.bmcModels.find((model) => model.instanceTypeId === instanceTypeId);
}

const DEFAULT_DISKS = [{ diskSize: 900, diskCount: 1 }];

export function modelDisks(model: BmcModel | undefined): readonly { diskSize: number; diskCount: number }[] {
  return model?.disks ?? DEFAULT_DISKS;
}

/** GB. */
export function totalDiskSize(model: BmcModel | undefined): number {
  return modelDisks(model).reduce((total, { diskSize, diskCount }) => total + diskSize * diskCount, 0);
}

export function modelRaids(model: BmcModel | undefined): readonly number[] {
  return model?.supportRaids ?? [0, 1];
}

export function modelImages(model: BmcModel | undefined): readonly string[] {
  return model?.imageIds ?? ["img-sim-2"];
}

export function findResource(catalogue: Catalogue, zoneId: string, instanceTypeId: string): BmcResource | undefined {
  return catalogue.bmcResources.find((entry) => entry.zoneId === zoneId && entry.instanceTypeId === instanceTypeId);
}

/** Whether a VM type is sold in a zone. */
export function isOnSale(catalogue: Catalogue, zoneId: string, instanceType: string): boolean {
  return catalogue.vmTypesOnSale[zoneId]?.includes(instanceType) ?? false;
}

/** Same series, or both of c, g, m (A.4). */
export function typesConvert(from: string, to: string): boolean {
  const [before, after] = [from, to].map((type) => type.split(".")[0] ?? "");
  return before === after || (/^[cgm]$/.test(before ?? "") && /^[cgm]$/.test(after ?? ""));
}
