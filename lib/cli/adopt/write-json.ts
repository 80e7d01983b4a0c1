// What would be adopted, for programs.
import type { Instance } from "../../api";
import { valuesOf } from "./choose";
import { resourceCount } from "./words";
import { constructIds } from "./write-constructs";
import { hclIdentifiers } from "./write-hcl";
import type { Inventory } from "./inventory";

/** Grows when a field changes its meaning or goes; new fields may come at any time. */
const FORMAT_VERSION = 1;

export function writeJson({ adopted, skipped }: Inventory): string {
  const names = hclIdentifiers(adopted);
  const ids = constructIds(adopted);
  const machines = adopted.map((machine, index) => ({
    ...facts(machine.instance),
    resources: machine.specifications.map(({ type, desired }, position) => ({
      type,
      address: `${type}.${names[index] ?? ""}`,
      construct_id: ids[index]?.[position] ?? "",
      import_id: machine.instance.instanceId,
      values: Object.fromEntries(valuesOf(desired)),
    })),
    left_out: machine.omissions.map(({ axis, value, reason }) => ({ attribute: axis, value, reason })),
    pending: machine.pending.map(({ effectiveAt, ...change }) => ({ ...change, effective_at: effectiveAt })),
  }));
  return `${JSON.stringify(
    {
      format_version: FORMAT_VERSION,
      import_count: resourceCount(adopted),
      machines,
      skipped: skipped.map(({ instance, reason, addresses }) => ({
        ...facts(instance),
        reason,
        ...(addresses === undefined ? {} : { addresses }),
      })),
    },
    null,
    2,
  )}\n`;
}

function facts(instance: Instance): Readonly<Record<string, string | null>> {
  return {
    product: instance.product,
    instance_id: instance.instanceId,
    instance_name: instance.instanceName,
    zone_id: instance.zoneId,
    instance_status: instance.instanceStatus,
    instance_charge_type: instance.instanceChargeType,
    internet_charge_type: instance.internetChargeType,
    resource_group_id: instance.resourceGroupId,
    resource_group_name: instance.resourceGroupName,
  };
}
