// A stand-in for the official provider, zenlayer/zenlayercloud: a machine that it buys, and that it destroys and buys again when the type changes.
// Its "account" is a map in memory, and it counts what it would have bought and released.
import type { ObjectValue, Provider, Resource } from "../../lib/plugin";

export interface OfficialAccount {
  /** Machines by id. A test may edit them as if somebody used the console. */
  readonly machines: Map<string, ObjectValue>;
  /** How many machines were bought and released. */
  bought: number;
  released: number;
}

const FIRST_ID = 900_000_000_000_000_001n;

function instance(account: OfficialAccount): Resource<null> {
  return {
    schema: {
      version: 0,
      attributes: {
        id: { type: "string", computed: true, description: "ID of the machine." },
        availability_zone: { type: "string", required: true, requiresReplace: true, description: "Zone." },
        image_id: { type: "string", optional: true, description: "Image." },
        instance_name: { type: "string", optional: true, computed: true, description: "Name." },
        instance_type: {
          type: "string",
          required: true,
          requiresReplace: true,
          description: "Type; another one buys another machine.",
        },
        instance_charge_type: {
          type: "string",
          required: true,
          requiresReplace: true,
          description: "PREPAID or POSTPAID.",
        },
        instance_charge_prepaid_period: { type: "number", optional: true, description: "Months." },
        internet_charge_type: {
          type: "string",
          required: true,
          requiresReplace: true,
          description: "How traffic is billed.",
        },
        internet_max_bandwidth_out: { type: "number", optional: true, computed: true, description: "Mbps." },
        traffic_package_size: { type: "number", optional: true, computed: true, description: "TB." },
        system_disk_size: { type: "number", optional: true, computed: true, description: "GiB." },
        instance_status: { type: "string", computed: true, description: "Status." },
      },
    },
    read: ({ state }) => Promise.resolve({ state: account.machines.get(String(state["id"])) ?? null }),
    create: ({ config }) => {
      account.bought += 1;
      const id = String(FIRST_ID + BigInt(account.bought - 1));
      const machine = { ...config, id, instance_name: config["instance_name"] ?? id, instance_status: "RUNNING" };
      const complete = { ...machine, ...defaults(config) };
      account.machines.set(id, complete);
      return Promise.resolve({ state: complete });
    },
    update: ({ prior, planned }) => {
      account.machines.set(String(prior["id"]), planned);
      return Promise.resolve({ state: planned });
    },
    delete: ({ prior }) => {
      account.released += 1;
      account.machines.delete(String(prior["id"]));
      return Promise.resolve();
    },
    importState: ({ id }) => {
      const machine = account.machines.get(id);
      if (machine === undefined) throw new Error(`There is no machine ${id}.`);
      return Promise.resolve({ state: machine });
    },
  };
}

function defaults(config: ObjectValue): ObjectValue {
  return {
    internet_max_bandwidth_out: config["internet_max_bandwidth_out"] ?? 1,
    traffic_package_size: config["traffic_package_size"] ?? 0,
    system_disk_size: config["system_disk_size"] ?? 20,
  };
}

export function officialAccount(): OfficialAccount {
  return { machines: new Map(), bought: 0, released: 0 };
}

export function zenlayercloudProvider(account: OfficialAccount = officialAccount()): Provider<null> {
  return {
    address: "registry.terraform.io/zenlayer/zenlayercloud",
    version: "0.2.28",
    schema: {
      attributes: {
        access_key_id: { type: "string", optional: true, description: "Access key id." },
        access_key_password: { type: "string", optional: true, sensitive: true, description: "Access key password." },
      },
    },
    resources: { zenlayercloud_zvm_instance: instance(account), zenlayercloud_instance: instance(account) },
    dataSources: {},
    configure: () => null,
  };
}
