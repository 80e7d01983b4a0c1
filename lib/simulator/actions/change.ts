// Modify…, Cancel… and the two status actions (zenlayer-api 2.2, 2.3): judged by the rules, carried out by the transitions.
import type { Field } from "../fields";
import { judgeCancel, judgeChange, judgeRenewal } from "../rules";
import { internetStatus, typeStatus } from "../shapes";
import { acceptChange, cancelPlan, renewEarly } from "../transitions";
import type { Axis, Product } from "../types";
import { type ActionDefinition, INSTANCE_ID } from "./action";

export function modify(product: Product, axis: Axis, field: Field): ActionDefinition {
  return {
    product,
    fields: [INSTANCE_ID, { ...field, required: true }],
    run: ({ world, machine, body }) => {
      const target = body[field.name] as string | number;
      const effect = judgeChange(world, machine, axis, target);
      const number = effect === null ? "" : acceptChange(world, machine, axis, target, effect).number;
      if (world.knobs.orderNumber === "absent") return {};
      return { orderNumber: world.knobs.orderNumber === "empty" ? "" : number };
    },
  };
}

export function cancel(product: Product, axis: Axis): ActionDefinition {
  return {
    product,
    fields: [INSTANCE_ID],
    run: ({ world, machine }) => {
      judgeCancel(world, machine, axis);
      cancelPlan(world, machine, axis);
      return {};
    },
  };
}

/** Starts the next term early (more-facts 1); answers with the request id alone. */
export const renewInstance: ActionDefinition = {
  product: "bmc",
  fields: [INSTANCE_ID],
  run: ({ world, machine }) => {
    judgeRenewal(world, machine);
    renewEarly(world, machine);
    return {};
  },
};

export const describeTypeStatus: ActionDefinition = {
  product: "vm",
  fields: [INSTANCE_ID],
  run: ({ world, machine, fault }) => typeStatus(world, machine, fault?.kind === "stale"),
};

export function describeInternetStatus(product: Product): ActionDefinition {
  return {
    product,
    fields: [INSTANCE_ID],
    run: ({ world, machine, fault }) => internetStatus(world, machine, fault?.kind === "stale"),
  };
}

export const TYPE_FIELD: Field = { name: "instanceTypeId", type: "string" };
export const PACKAGE_FIELD: Field = { name: "trafficPackageSize", type: "number", minimum: 0 };

/** The bandwidth field has another name per product. */
export function bandwidthField(product: Product): Field {
  return { name: product === "vm" ? "internetMaxBandwidthOut" : "bandwidthOutMbps", type: "integer", minimum: 1 };
}
