// A machine's life beside its specification, as the official provider leads it: rename, stop, start, reinstall, return, release.
import { Refusal } from "../errors";
import { type Body, type Field, objectOf, objectsOf, textOf, textsOf } from "../fields";
import { refuseDead } from "../rules";
import { catchUp, setOut } from "../transitions";
import type { Machine, Partition, Product } from "../types";
import type { World } from "../world";
import { type ActionAnswer, type ActionDefinition, INSTANCE_ID } from "./action";

const INSTANCE_IDS: Field = { name: "instanceIds", type: "strings", required: true, maximumItems: 100 };

/** An action on several machines: all of them exist and may have it, or nothing happens. */
function onEach(
  product: Product,
  fields: readonly Field[],
  judge: (machine: Machine) => void,
  act: (world: World, machine: Machine, body: Body) => void,
): ActionDefinition {
  return {
    fields: [INSTANCE_IDS, ...fields],
    run: ({ world, body }): ActionAnswer => {
      const ids = textsOf(body, "instanceIds") ?? [];
      if (ids.length === 0) throw new Refusal(400, "INVALID_PARAMETER_LESS_LENGTH", "instanceIds is empty.");
      const machines = ids.map((id) => {
        const machine = world.machines.get(id);
        if (machine?.product !== product)
          throw new Refusal(404, "INVALID_INSTANCE_NOT_FOUND", `The instance ${id} does not exist.`);
        catchUp(world, machine);
        return machine;
      });
      for (const machine of machines) judge(machine);
      for (const machine of machines) act(world, machine, body);
      return {};
    },
  };
}

export function modifyInstancesAttribute(product: Product): ActionDefinition {
  const fields: readonly Field[] = [{ name: "instanceName", type: "string", required: true }];
  return onEach(product, fields, refuseDead, (_world, machine, body) => {
    machine.instanceName = textOf(body, "instanceName") ?? machine.instanceName;
  });
}

export function modifyInstancesResourceGroup(product: Product): ActionDefinition {
  const fields: readonly Field[] = [{ name: "resourceGroupId", type: "string", required: true }];
  return onEach(product, fields, refuseDead, (_world, machine, body) => {
    const group = textOf(body, "resourceGroupId") ?? "";
    machine.resourceGroupId = group;
    machine.resourceGroupName = group === "rg-sim-1" ? "default" : group;
  });
}

export function stopInstances(product: Product): ActionDefinition {
  const fields: readonly Field[] = product === "vm" ? [{ name: "forceShutdown", type: "boolean" }] : [];
  return onEach(product, fields, mustBe("RUNNING"), (world, machine) => setOut(world, machine, "STOPPING", "STOPPED"));
}

export function startInstances(product: Product): ActionDefinition {
  return onEach(product, [], mustBe("STOPPED"), (world, machine) => setOut(world, machine, "BOOTING", "RUNNING"));
}

export function rebootInstances(product: Product): ActionDefinition {
  const via = product === "vm" ? "REBOOT" : "REBOOTING";
  return onEach(product, [], mustBe("RUNNING"), (world, machine) => setOut(world, machine, via, "RUNNING"));
}

/** Takes a password and tells nothing of it. */
export const resetInstancesPassword: ActionDefinition = onEach(
  "vm",
  [{ name: "password", type: "string", required: true }],
  refuseDead,
  () => undefined,
);

/** Only what is in the recycle bin can be released, and then it is gone. */
export function releaseInstances(product: Product): ActionDefinition {
  const judge = (machine: Machine): void => {
    if (machine.instanceStatus !== "RECYCLE") throw wrongStatus(machine, "RECYCLE", "OPERATION_DENIED_INSTANCE_STATUS");
  };
  return onEach(product, [], judge, (world, machine) => void world.machines.delete(machine.instanceId));
}

/**
 * Returns a machine. POSTPAID: to the recycle bin, bare metal at once. PREPAID: only the subscription is cancelled, the machine runs on
 * to its end (documented for bare metal, ASM for virtual machines).
 */
export function terminateInstance(product: Product): ActionDefinition {
  return {
    product,
    fields: [INSTANCE_ID],
    run: ({ world, machine }) => {
      refuseTerminated(machine);
      if (machine.instanceChargeType === "PREPAID") machine.autoRenew = false;
      else if (product === "vm") setOut(world, machine, "RECYCLING", "RECYCLE");
      else machine.instanceStatus = "RECYCLE";
      return {};
    },
  };
}

/** Virtual machines: the system disk is formatted and installed anew. */
export const resetInstance: ActionDefinition = {
  product: "vm",
  fields: [INSTANCE_ID, ...texts("imageId", "password", "keyId", "instanceName", "wanName", "lanName", "initScript")],
  run: ({ world, machine, body }) => {
    mustBe("STOPPED")(machine);
    reinstall(machine, body);
    machine.instanceName = textOf(body, "instanceName") ?? machine.instanceName;
    machine.nicWanName = textOf(body, "wanName") ?? machine.nicWanName;
    machine.nicLanName = textOf(body, "lanName") ?? machine.nicLanName;
    setOut(world, machine, "REBUILDING", "RUNNING");
    return {};
  },
};

export const INSTALL_FIELDS: readonly Field[] = [
  { name: "sshKeys", type: "strings" },
  { name: "raidConfig", type: "object", inside: ["raidType", "customRaids"] },
  { name: "partitions", type: "objects", inside: ["fsPath", "fsType", "size"] },
  { name: "nic", type: "object", inside: ["wanName", "lanName"] },
  ...texts("imageId", "ipxeUrl", "hostname", "password", "keyId", "userData"),
];

/** Bare metal: the same, running or stopped. */
export const reinstallInstance: ActionDefinition = {
  product: "bmc",
  fields: [INSTANCE_ID, ...INSTALL_FIELDS],
  run: ({ world, machine, body }) => {
    refuseDead(machine);
    if (machine.instanceStatus !== "RUNNING" && machine.instanceStatus !== "STOPPED")
      throw wrongStatus(machine, "RUNNING or STOPPED", "OPERATION_DENIED_INSTANCE_STATUS_INSTALLING");
    reinstall(machine, body);
    installBareMetal(machine, body);
    setOut(world, machine, "INSTALLING", "RUNNING");
    return {};
  },
};

/** What an installation of bare metal leaves as asked; what is not named stays as it is. */
export function installBareMetal(machine: Machine, body: Body): void {
  const nic = objectOf(body, "nic");
  machine.hostname = textOf(body, "hostname") ?? machine.hostname;
  machine.ipxeUrl = textOf(body, "ipxeUrl") ?? machine.ipxeUrl;
  machine.nicWanName = textOf(nic, "wanName") ?? machine.nicWanName;
  machine.nicLanName = textOf(nic, "lanName") ?? machine.nicLanName;
  if (body["raidConfig"] !== undefined) machine.raidConfig = objectOf(body, "raidConfig");
  if (body["partitions"] !== undefined)
    machine.partitions = objectsOf(body, "partitions").map((partition) => ({ ...partition }) as unknown as Partition);
}

function reinstall(machine: Machine, body: Body): void {
  const imageId = textOf(body, "imageId");
  if (imageId !== undefined && imageId !== machine.imageId) Object.assign(machine, { imageId, imageName: null });
  machine.keyId = textOf(body, "keyId") ?? null;
}

export function texts(...names: readonly string[]): Field[] {
  return names.map((name) => ({ name, type: "string" }));
}

const STATUS_CODES = {
  RUNNING: "OPERATION_DENIED_INSTANCE_NOT_RUNNING",
  STOPPED: "OPERATION_DENIED_INSTANCE_NOT_STOPPED",
} as const;

function mustBe(status: keyof typeof STATUS_CODES): (machine: Machine) => void {
  return (machine) => {
    refuseDead(machine);
    if (machine.instanceStatus !== status) throw wrongStatus(machine, status, STATUS_CODES[status]);
  };
}

function wrongStatus(machine: Machine, wanted: string, code: string): Refusal {
  return new Refusal(403, code, `The instance ${machine.instanceId} is ${machine.instanceStatus}, not ${wanted}.`);
}

function refuseTerminated(machine: Machine): void {
  if (/^RECYCL/.test(machine.instanceStatus))
    throw new Refusal(403, "OPERATION_DENIED_INSTANCE_RECYCLED", "The instance is in the recycle bin.");
  if (machine.underway !== null)
    throw new Refusal(403, "OPERATION_DENIED_INSTANCE_STATUS", `The instance is ${machine.instanceStatus}.`);
}
