// A stand-in for the official provider, zenlayer/zenlayercloud 0.2.28: its schema of the two instance resources, and what it does with a
// change: some attributes replace the machine, some erase it in place. It calls the API as that provider does. Where ZENLAYERCLOUD_PROVIDER
// names the real executable, the tests run with that one instead (official-provider.ts).
import type { AttributeSchema, BlockSchema, ObjectValue, Provider, Resource, Value } from "../../lib/plugin";
import { type Account, type Answer, call } from "../simulator/client";
import schema from "./zenlayercloud-schema.json";

interface Kind {
  readonly product: "vm" | "bmc";
  readonly version: string;
  /** A change means another machine. */
  readonly replaces: readonly string[];
  /** Put in where the configuration has nothing. */
  readonly defaults: ObjectValue;
  /** A change installs the machine anew: everything on its disk is lost. */
  readonly erases: readonly string[];
  /** Attribute → field of DescribeInstances. */
  readonly reads: Readonly<Record<string, string>>;
  /** Attribute → field of CreateInstances. */
  readonly buys: Readonly<Record<string, string>>;
}

const SHARED_READS = {
  availability_zone: "zoneId",
  instance_name: "instanceName",
  instance_charge_type: "instanceChargeType",
  instance_charge_prepaid_period: "period",
  internet_charge_type: "internetChargeType",
  image_id: "imageId",
  image_name: "imageName",
  key_id: "keyId",
  traffic_package_size: "trafficPackageSize",
  resource_group_id: "resourceGroupId",
  resource_group_name: "resourceGroupName",
  private_ip_addresses: "privateIpAddresses",
  instance_status: "instanceStatus",
  create_time: "createTime",
  expired_time: "expiredTime",
};
const SHARED_BUYS = {
  availability_zone: "zoneId",
  instance_name: "instanceName",
  instance_charge_type: "instanceChargeType",
  internet_charge_type: "internetChargeType",
  internet_max_bandwidth_out: "internetMaxBandwidthOut",
  traffic_package_size: "trafficPackageSize",
  image_id: "imageId",
  key_id: "keyId",
  password: "password",
  subnet_id: "subnetId",
  resource_group_id: "resourceGroupId",
};
const SHARED_DEFAULTS = { instance_name: "Terraform-Instance", instance_charge_type: "POSTPAID", force_delete: false };

const VM: Kind = {
  product: "vm",
  version: "2023-03-13",
  replaces: [
    "availability_zone",
    "instance_charge_type",
    "instance_type",
    "internet_charge_type",
    "subnet_id",
    "system_disk_size",
  ],
  defaults: SHARED_DEFAULTS,
  erases: ["image_id", "key_id"],
  reads: {
    ...SHARED_READS,
    instance_type: "instanceType",
    internet_max_bandwidth_out: "internetMaxBandwidthOut",
    subnet_id: "subnetId",
    public_ip_addresses: "publicIpAddresses",
  },
  buys: { ...SHARED_BUYS, instance_type: "instanceType" },
};

const BMC: Kind = {
  product: "bmc",
  version: "2022-11-20",
  replaces: ["availability_zone", "instance_charge_type", "instance_type_id", "internet_charge_type", "gateway_mode"],
  defaults: { ...SHARED_DEFAULTS, hostname: "Terraform-Instance", reinstall: true },
  erases: [
    "hostname",
    "password",
    "ssh_keys",
    "image_id",
    "partitions",
    "raid_config_type",
    "raid_config_custom",
    "nic_lan_name",
    "nic_wan_name",
    "key_id",
    "user_data",
  ],
  reads: {
    ...SHARED_READS,
    hostname: "hostname",
    instance_type_id: "instanceTypeId",
    internet_max_bandwidth_out: "bandwidthOutMbps",
    primary_ipv4_address: "primaryPublicIpAddress",
    public_ipv4_addresses: "publicIpAddresses",
    public_ipv6_addresses: "ipv6Addresses",
  },
  buys: { ...SHARED_BUYS, hostname: "hostname", instance_type_id: "instanceTypeId" },
};

/** The provider; `env` is where it finds the service, as the official one does. */
export function zenlayercloudProvider(env: NodeJS.ProcessEnv): Provider<Account> {
  return {
    address: "registry.terraform.io/zenlayer/zenlayercloud",
    version: "0.2.28",
    schema: described(schema.provider as RawBlock, []),
    resources: { zenlayercloud_zvm_instance: instance(VM), zenlayercloud_bmc_instance: instance(BMC) },
    dataSources: {},
    configure: () => ({
      endpoint: `${(env["ZENLAYERCLOUD_SCHEME"] ?? "HTTPS").toLowerCase()}://${env["ZENLAYERCLOUD_DOMAIN"] ?? "console.zenlayer.com"}`,
      accessKeyId: env["ZENLAYERCLOUD_ACCESS_KEY_ID"] ?? "",
      accessKeyPassword: env["ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"] ?? "",
    }),
  };
}

function instance(kind: Kind): Resource<Account> {
  const raw = schema.resources[kind.product === "vm" ? "zenlayercloud_zvm_instance" : "zenlayercloud_bmc_instance"];
  const block = described(raw as unknown as RawBlock, Object.keys(kind.defaults));
  const service = (account: Account, action: string, body: object): Promise<Answer> =>
    called(account, action, body, kind);
  const observe = async (account: Account, state: ObjectValue): Promise<ObjectValue | null> => {
    const entry = await settled(account, kind, String(state["id"]));
    return entry === null ? null : { ...state, ...observed(kind, entry) };
  };
  return {
    schema: { ...block, version: raw.version },
    plan: ({ config, prior, proposed }) => {
      const planned: Record<string, Value> = { ...proposed };
      for (const [name, value] of Object.entries(kind.defaults)) if (config[name] === null) planned[name] = value;
      if (prior === null) return Promise.resolve({ planned });
      const changed = (name: string): boolean => JSON.stringify(planned[name]) !== JSON.stringify(prior[name]);
      const replaced = [...kind.replaces.filter(changed), ...decreases(prior, planned)];
      if (replaced.length > 0)
        for (const [name, attribute] of Object.entries(block.attributes))
          if (attribute.computed === true && config[name] === null && kind.defaults[name] === undefined)
            planned[name] = proposed[name] ?? null;
      return Promise.resolve({ planned, requiresReplace: replaced.map((name) => [name]) });
    },
    read: async ({ state }, { data }) => ({ state: await observe(data, state) }),
    create: async ({ config, planned }, { data }) => {
      const answer = await service(data, "CreateInstances", purchase(kind, planned, config));
      const id = (answer["instanceIdSet"] as string[])[0] ?? "";
      const state = (await observe(data, { ...planned, id })) ?? {};
      return { state: asPlanned(state, planned) };
    },
    update: async ({ prior, planned }, { data }) => {
      await update(kind, String(prior["id"]), prior, planned, (action, body) => service(data, action, body), data);
      const state = (await observe(data, planned)) ?? {};
      return { state: asPlanned(state, planned) };
    },
    delete: async ({ prior }, { data, diagnostics }) => {
      const instanceId = String(prior["id"]);
      await service(data, "TerminateInstance", { instanceId });
      const entry = await settled(data, kind, instanceId);
      if (entry === null) return;
      if (entry["instanceChargeType"] === "PREPAID" && kind.product === "bmc") {
        diagnostics.warning("Prepaid instance destroy", `The instance ${instanceId} runs on until it expires.`);
      } else if (entry["instanceStatus"] !== "RECYCLE") {
        diagnostics.error(`vm instance status is not recycle, current status ${String(entry["instanceStatus"])}`);
      } else if (prior["force_delete"] === true) {
        await service(data, "ReleaseInstances", { instanceIds: [instanceId] });
      }
    },
    importState: async ({ id }, { data }) => {
      const attributes = Object.keys(block.attributes).map((name) => [name, null]);
      const blocks = Object.entries(block.blocks ?? {}).map(([name, { nesting }]) => [
        name,
        nesting === "list" ? [] : null,
      ]);
      const state = await observe(data, { ...Object.fromEntries([...attributes, ...blocks]), id });
      if (state === null) throw new Error(`There is no machine ${id}.`);
      return { state };
    },
  };
}

async function called(account: Account, action: string, body: object, kind: Kind): Promise<Answer> {
  const { product, version } = kind;
  const reply = await call(account, action, body, { service: product, version });
  if (reply.code !== undefined) throw new Error(`${action}: ${reply.code}: ${reply.json.message ?? ""}`);
  return reply.answer;
}

/** The machine once nothing is under way; null when it is gone or in the recycle bin at first sight. */
async function settled(account: Account, kind: Kind, id: string): Promise<Answer | null> {
  for (;;) {
    const answer = await called(account, "DescribeInstances", { instanceIds: [id] }, kind);
    const [entry] = answer["dataSet"] as Answer[];
    if (entry === undefined) return null;
    if (!/PENDING|CREATING|INSTALLING|REBUILDING|BOOTING|STOPPING|RECYCLING/.test(String(entry["instanceStatus"])))
      return entry;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function observed(kind: Kind, entry: Answer): ObjectValue {
  const read = Object.fromEntries(
    Object.entries(kind.reads).map(([attribute, field]) => [attribute, (entry[field] ?? null) as Value]),
  );
  const tags = (entry["tags"] as { tags: { key: string; value: string }[] }).tags;
  const shared = {
    ...read,
    tags: tags.length === 0 ? null : Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  };
  if (kind.product === "vm") return { ...shared, system_disk_size: diskSize(entry) };
  const nic = entry["nic"] as { wanName: string; lanName: string };
  const raid = entry["raidConfig"] as { raidType?: number } | null;
  const partitions = entry["partitions"] as { fsPath: string; fsType: string; size: number }[];
  return {
    ...shared,
    subnet_id: (entry["subnetIds"] as string[])[0] ?? null,
    gateway_mode: entry["enableGatewayMode"] === true ? "Enabled" : "Disabled",
    nic_wan_name: nic.wanName,
    nic_lan_name: nic.lanName,
    raid_config_type: raid?.raidType === undefined ? null : String(raid.raidType),
    partitions: partitions.map(({ fsPath, fsType, size }) => ({ fs_path: fsPath, fs_type: fsType, size })),
  };
}

const diskSize = (entry: Answer): number => (entry["systemDisk"] as { diskSize: number }).diskSize;

/** A PREPAID machine that gets less bandwidth or a smaller package (or none) is replaced. */
function decreases(prior: ObjectValue, planned: ObjectValue): string[] {
  if (planned["instance_charge_type"] !== "PREPAID") return [];
  const axes = { ByBandwidth: "internet_max_bandwidth_out", ByTrafficPackage: "traffic_package_size" };
  const axis = axes[String(planned["internet_charge_type"]) as keyof typeof axes];
  if (axis === undefined || typeof prior[axis] !== "number") return [];
  const after = planned[axis];
  return after === null || (typeof after === "number" && after < prior[axis]) ? [axis] : [];
}

function purchase(kind: Kind, planned: ObjectValue, config: ObjectValue): object {
  const known = (name: string): Value | undefined => {
    const value = config[name] === null ? kind.defaults[name] : config[name];
    return value === null ? undefined : value;
  };
  const body = Object.fromEntries(Object.entries(kind.buys).map(([attribute, field]) => [field, known(attribute)]));
  const tags = Object.entries((planned["tags"] ?? {}) as ObjectValue).map(([key, value]) => ({ key, value }));
  return {
    ...body,
    ...(known("instance_charge_prepaid_period") === undefined
      ? {}
      : { instanceChargePrepaid: { period: known("instance_charge_prepaid_period") } }),
    ...(kind.product === "vm" ? { instanceCount: 1, systemDisk: { diskSize: known("system_disk_size") } } : {}),
    ...(known("gateway_mode") === undefined ? {} : { enableGatewayMode: known("gateway_mode") === "Enabled" }),
    ...(tags.length === 0 ? {} : { tags: { tags } }),
  };
}

async function update(
  kind: Kind,
  instanceId: string,
  prior: ObjectValue,
  planned: ObjectValue,
  service: (action: string, body: object) => Promise<unknown>,
  account: Account,
): Promise<void> {
  const changed = (name: string): boolean => JSON.stringify(planned[name]) !== JSON.stringify(prior[name]);
  const instanceIds = [instanceId];
  if (changed("instance_name"))
    await service("ModifyInstancesAttribute", { instanceIds, instanceName: planned["instance_name"] });
  if (changed("resource_group_id"))
    await service("ModifyInstancesResourceGroup", { instanceIds, resourceGroupId: planned["resource_group_id"] });
  const bandwidth = kind.product === "vm" ? "internetMaxBandwidthOut" : "bandwidthOutMbps";
  if (changed("internet_max_bandwidth_out") && planned["internet_max_bandwidth_out"] !== null)
    await service("ModifyInstanceBandwidth", { instanceId, [bandwidth]: planned["internet_max_bandwidth_out"] });
  if (changed("traffic_package_size") && planned["traffic_package_size"] !== null)
    await service("ModifyInstanceTrafficPackage", { instanceId, trafficPackageSize: planned["traffic_package_size"] });
  if (kind.erases.some(changed)) {
    const image = { imageId: planned["image_id"] ?? undefined, keyId: planned["key_id"] ?? undefined };
    if (kind.product === "vm") {
      await service("StopInstances", { instanceIds });
      await settled(account, kind, instanceId);
      await service("ResetInstance", { instanceId, ...image });
    } else {
      await service("ReinstallInstance", { instanceId, ...image, hostname: planned["hostname"] ?? undefined });
    }
  }
  if (changed("tags")) {
    const [before, after] = [prior, planned].map((state) => (state["tags"] ?? {}) as ObjectValue);
    const replaceTags = Object.entries(after ?? {}).map(([key, value]) => ({ key, value }));
    const deleteTagKeys = Object.keys(before ?? {}).filter((key) => after?.[key] === undefined);
    const body = { resourceUuid: instanceId, replaceTags, deleteTagKeys };
    await call(account, "ModifyResourceTags", body, { service: "zrm" });
  }
}

/** Core insists on what was planned. The official provider is older and may return anything. */
function asPlanned(state: ObjectValue, planned: ObjectValue): ObjectValue {
  const known = Object.entries(planned).filter(
    ([, value]) => !(typeof value === "object" && value !== null && "unknown" in value),
  );
  return { ...state, ...Object.fromEntries(known), id: state["id"] ?? null };
}

interface RawBlock {
  readonly attributes: Readonly<Record<string, Omit<AttributeSchema, "description">>>;
  readonly blocks?: Readonly<Record<string, { readonly nesting: string; readonly block: RawBlock }>>;
}

/**
 * The reduced schema in the framework's words. What has a default is computed as well here: with this protocol only such an attribute may
 * get a value that nobody configured.
 */
function described(raw: RawBlock, computed: readonly string[]): BlockSchema {
  return {
    attributes: Object.fromEntries(
      Object.entries(raw.attributes).map(([name, attribute]) => [
        name,
        {
          ...attribute,
          description: name,
          ...(computed.includes(name) ? { computed: true } : {}),
          // The older SDK keeps what it computed when something else is updated.
          ...(computed.includes(name) || attribute.computed === true ? { stable: true } : {}),
        },
      ]),
    ),
    blocks: Object.fromEntries(
      Object.entries(raw.blocks ?? {}).map(([name, { nesting, block }]) => [
        name,
        { nesting: nesting as "single" | "list", block: described(block, []) },
      ]),
    ),
  };
}
