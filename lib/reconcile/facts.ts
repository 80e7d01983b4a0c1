// Gather the catalogue facts that a planned change depends on. A quiet plan asks for none.

import {
  findError,
  ZenlayerError,
  type CallOptions,
  type Instance,
  type InstanceTypeQuota,
  type Price,
  type ZenlayerClient,
} from "../api";
import {
  AXES,
  committed,
  sameValue,
  type Axis,
  type AxisValue,
  type Desired,
  type Facts,
  type TypeFacts,
} from "../engine";
import type { Observation } from "./observe";
import { quotedPrice } from "./quoted-price";

/**
 * Facts for what a desire would change on a machine; none where nothing changes. Inquiries that Zenlayer definitely refuses
 * (not sold, not permitted) leave their fact unknown; any other failure is thrown, so that both plans of Terraform see the same facts.
 *
 * @throws ZenlayerError
 */
export function factsFor(
  client: ZenlayerClient,
  observation: Observation,
  desired: Desired,
  options: CallOptions = {},
): Promise<Facts> {
  const { machine, instance } = observation;
  const changing = AXES.filter((axis) => {
    const value = desired[axis];
    return value !== undefined && !sameValue(axis, value, committed<AxisValue>(machine.axes[axis]));
  });
  const type = machine.axes.instance_type;
  const types = [type?.effective, committed(type), desired.instance_type].filter(
    (value): value is string => typeof value === "string",
  );
  return gather(client, instance, { changing, types: [...new Set(types)] }, options);
}

interface FactsQuery {
  /** Axes whose desired value is not the committed one. */
  readonly changing: readonly Axis[];
  /** VM: the type in force, the committed one and the desired one. */
  readonly types: readonly string[];
}

async function gather(
  client: ZenlayerClient,
  instance: Instance,
  query: FactsQuery,
  options: CallOptions = {},
): Promise<Facts> {
  if (query.changing.length === 0) return {};
  return instance.product === "vm"
    ? vmFacts(client, instance, query, options)
    : allowancesOf(client, instance, options);
}

async function vmFacts(
  client: ZenlayerClient,
  instance: Instance,
  query: FactsQuery,
  options: CallOptions,
): Promise<Facts> {
  const changesType = query.changing.includes("instance_type");
  if (!changesType && !query.changing.includes("internet_max_bandwidth_out")) return {};
  const catalogue = await unlessRefused(
    client.vm.describeInstanceTypes(
      { zoneId: instance.zoneId, instanceChargeType: instance.instanceChargeType },
      options,
    ),
  );
  const entries = await Promise.all(
    query.types.map(async (type): Promise<readonly [string, TypeFacts | null | undefined]> => {
      const offer = catalogue?.find((each) => each.instanceType === type);
      const listPrice = changesType ? await typeListPrice(client, instance, type, options) : NOT_ASKED;
      return [type, typeFacts(offer, catalogue !== null, listPrice)];
    }),
  );
  return {
    types: Object.fromEntries(entries.filter((entry): entry is [string, TypeFacts | null] => entry[1] !== undefined)),
  };
}

/** What the price inquiry of a type said; `not_asked` where only the bandwidth changes. */
type ListPrice =
  | { readonly kind: "price"; readonly amount: number }
  /** `no_price`: answered, but with no price that can be relied on. `unknown_type`: refused, for Zenlayer does not know it. */
  | { readonly kind: "no_price" | "unknown_type" | "refused" | "not_asked" };

const NOT_ASKED: ListPrice = { kind: "not_asked" };

/** null: Zenlayer definitely does not know the type. undefined: nothing is known of it. */
function typeFacts(
  offer: InstanceTypeQuota | undefined,
  catalogueKnown: boolean,
  listPrice: ListPrice,
): TypeFacts | null | undefined {
  if (offer === undefined && listPrice.kind === "unknown_type") return null;
  if (!catalogueKnown && listPrice.kind !== "price") return undefined;
  // Sizes stand in for prices that are refused. Where Zenlayer names prices that cannot be relied on, they would contradict it: a smaller type may be
  // dearer, and what was called a free downgrade would charge. So nothing is said of the size, and the change is lateral.
  const sized = listPrice.kind === "no_price" ? undefined : offer;
  return {
    cpuCount: sized?.cpuCount ?? null,
    memory: sized?.memory ?? null,
    bandwidthLimit: offer?.bandwidthLimit ?? null,
    onSale: offer !== undefined || !catalogueKnown,
    internetChargeTypes: offer?.internetChargeTypes ?? [],
    listPrice: listPrice.kind === "price" ? listPrice.amount : null,
  };
}

async function typeListPrice(
  client: ZenlayerClient,
  instance: Instance,
  type: string,
  options: CallOptions,
): Promise<ListPrice> {
  try {
    const price = quotedPrice(await inquireType(client, instance, type, options), instance);
    return price.known && price.listPrice !== null ? { kind: "price", amount: price.listPrice } : { kind: "no_price" };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: findError(error.code)?.unknownType ? "unknown_type" : "refused" };
  }
}

/** Price of a machine of `type` in the place and on the terms of this one (InquiryPriceCreateInstance). */
export function inquireType(
  client: ZenlayerClient,
  instance: Instance,
  type: string,
  options: CallOptions,
): Promise<readonly Price[]> {
  return client.vm.inquiryPriceCreateInstance(
    {
      zoneId: instance.zoneId,
      instanceType: type,
      instanceChargeType: instance.instanceChargeType,
      internetChargeType: instance.internetChargeType,
      period: instance.period ?? 1,
      // The disk has a price of its own in the answer; its size only has to be one that Zenlayer accepts.
      systemDiskSize: instance.systemDiskSize ?? 20,
    },
    options,
  );
}

/** What a BMC model includes and allows in its zone (DescribeAvailableResources). */
export async function allowancesOf(client: ZenlayerClient, instance: Instance, options: CallOptions): Promise<Facts> {
  const resources = await unlessRefused(
    client.bmc.describeAvailableResources(
      {
        instanceChargeType: instance.instanceChargeType,
        instanceTypeId: instance.instanceType,
        zoneId: instance.zoneId,
      },
      options,
    ),
  );
  const resource = resources?.find(
    (each) => each.zoneId === instance.zoneId && each.instanceTypeId === instance.instanceType,
  );
  const maximumBandwidth = instance.maximumBandwidth ?? resource?.maximumBandwidth;
  return {
    ...(resource?.defaultBandwidth == null ? {} : { freeBandwidth: resource.defaultBandwidth }),
    ...(resource?.defaultTrafficPackageSize == null ? {} : { freePackage: resource.defaultTrafficPackageSize }),
    ...(maximumBandwidth == null ? {} : { maximumBandwidth }),
  };
}

/** Definitely refused by the service: an answer, not a fault. */
export function isRefusal(error: unknown): error is ZenlayerError {
  return error instanceof ZenlayerError && error.outcome === "refused" && !isCredentialsRefusal(error);
}

/** A refused signature is the user's to mend; it says nothing about the catalogue. A missing permission does. */
function isCredentialsRefusal(error: ZenlayerError): boolean {
  return error.code.startsWith("AUTHFAILURE_") && error.code !== "AUTHFAILURE_UNAUTHORIZED_OPERATION";
}

async function unlessRefused<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
