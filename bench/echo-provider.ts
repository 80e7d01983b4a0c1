// A provider with our schema that answers every read from memory: what Terraform, the protocol and our framework cost by themselves.
import { servePlugin, UNKNOWN, type ObjectValue, type Provider, type Resource } from "../lib/plugin";
import { PROVIDER_ADDRESS, PROVIDER_VERSION, providerSchema, resourceSchemas } from "../lib/schema";

const schema = resourceSchemas.zenlayer_vm_instance_spec;
const computed = Object.entries(schema.attributes).flatMap(([name, attribute]) => (attribute.computed ? [name] : []));

/** Every machine is the same but for its id. */
function remembered(planned: ObjectValue): ObjectValue {
  const facts: ObjectValue = {
    instance_type: "c.2c4g",
    internet_max_bandwidth_out: 100,
    traffic_package_size: null,
    effective_instance_type: "c.2c4g",
    effective_internet_max_bandwidth_out: 100,
    effective_traffic_package_size: null,
    pending: [],
    changes: [],
    plan_summary: "",
    order_numbers: [],
    change_count: 0,
    instance_name: "echo",
    instance_status: "RUNNING",
    zone_id: "SEL-A",
    instance_charge_type: "PREPAID",
    internet_charge_type: "ByBandwidth",
    expired_time: "2027-01-01T00:00:00Z",
    auto_renew: true,
  };
  return { ...facts, id: planned["instance_id"] ?? null, ...known(planned) };
}

function known(planned: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(planned).filter(([name]) => planned[name] !== UNKNOWN && !computed.includes(name)),
  );
}

const resource: Resource<null> = {
  schema,
  read: async ({ state }) => ({ state }),
  plan: async ({ prior, proposed }) => ({ planned: prior ?? proposed }),
  create: async ({ planned }) => ({ state: remembered(planned) }),
  update: async ({ planned }) => ({ state: planned }),
  delete: async () => undefined,
};

const provider: Provider<null> = {
  address: PROVIDER_ADDRESS,
  version: PROVIDER_VERSION,
  schema: providerSchema,
  resources: { zenlayer_vm_instance_spec: resource },
  dataSources: {},
  configure: () => null,
};

void servePlugin(provider);
