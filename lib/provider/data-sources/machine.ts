// Data sources `zenlayer_vm_instance` and `zenlayer_bmc_instance`: one machine by id or exact name.

import { AXES, committed, type AxisState, type Product } from "../../engine";
import {
  DiagnosticError,
  isUnknown,
  type CallContext,
  type DataSource,
  type ObjectValue,
  type Value,
} from "../../plugin";
import { isGone, type Observation } from "../../reconcile";
import { dataSourceSchemas } from "../../schema";
import { reconcilerOf, type Connection } from "../connection";
import { presentMachine } from "../look";
import { machineFacts, pendingOf } from "../state";
import { textOf } from "../values";
import { clientError } from "../words";

const NOUN: { readonly [P in Product]: string } = { vm: "virtual machine", bmc: "bare-metal machine" };

export function machine(product: Product): DataSource<Connection> {
  return {
    schema: dataSourceSchemas[product === "vm" ? "zenlayer_vm_instance" : "zenlayer_bmc_instance"],
    validate(config, { diagnostics }) {
      const { instance_id: id, instance_name: name } = config;
      if (isUnknown(id) || isUnknown(name)) return;
      const given = [id, name].filter((value) => value !== null && value !== undefined).length;
      if (given !== 1)
        diagnostics.error(
          given === 0
            ? "Neither instance_id nor instance_name is given"
            : "Both instance_id and instance_name are given",
          "Give one of the two: the id of the machine, or its exact name.",
          [given === 0 ? "instance_id" : "instance_name"],
        );
    },
    async read({ config }, context) {
      const instanceId =
        textOf(config["instance_id"]) ?? (await idByName(product, textOf(config["instance_name"]) ?? "", context));
      const observation = await presentMachine(product, instanceId, context);
      return stateOf(product, observation);
    },
  };
}

async function idByName(product: Product, name: string, { data, signal }: CallContext<Connection>): Promise<string> {
  const { client } = reconcilerOf(data);
  const found = await client[product].listInstances({ instanceName: name }, { signal }).catch((error: unknown) => {
    throw clientError(error, `The ${NOUN[product]}s named ${JSON.stringify(name)} cannot be listed`);
  });
  // The service reads a trailing * as a wildcard; this data source means the name to the letter.
  const exact = found.filter((each) => each.instanceName === name && !isGone(each.instanceStatus));
  const [only] = exact;
  if (only !== undefined && exact.length === 1) return only.instanceId;
  throw new DiagnosticError(
    exact.length === 0
      ? `No ${NOUN[product]} is named ${JSON.stringify(name)}`
      : `${exact.length} ${NOUN[product]}s are named ${JSON.stringify(name)}`,
    exact.length === 0
      ? "The name must fit to the letter, and the machine must be visible to this key. Check the name, or give instance_id."
      : `Their ids are ${exact.map((each) => each.instanceId).join(", ")}. Give instance_id.`,
    ["instance_name"],
  );
}

function stateOf(product: Product, observation: Observation): ObjectValue {
  const { instance, machine: observed } = observation;
  const axes = AXES.filter((axis) => observed.axes[axis] !== undefined);
  const values: Record<string, Value> = {};
  for (const axis of axes) {
    const state: AxisState | undefined = observed.axes[axis];
    values[axis] = committed(state);
    values[`effective_${axis}`] = state?.effective ?? null;
  }
  return {
    id: instance.instanceId,
    instance_id: instance.instanceId,
    ...machineFacts(observation),
    ...(product === "bmc" ? { instance_type: instance.instanceType } : {}),
    ...values,
    pending: pendingOf(observed, axes),
    resource_group_id: instance.resourceGroupId,
    tags: Object.fromEntries(instance.tags.map((tag) => [tag.key, tag.value])),
  };
}
