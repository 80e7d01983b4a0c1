// A `moved` block from the official provider: its machine is adopted by its id, and everything else is read.

import type { Product } from "../engine";
import { DiagnosticError, type MoveSource, type ObjectValue, type Private } from "../plugin";
import { newPrivate, writePrivate } from "./private-state";
import type { SpecKind } from "./spec";
import { resultsOf } from "./state";

/** Whatever the registry, or the mirror of one. OpenTofu tells the last part of the name alone. */
const OFFICIAL = /^((.*\/)?zenlayer\/)?zenlayercloud$/;

const MACHINES: { readonly [P in Product]: readonly string[] } = {
  vm: ["zenlayercloud_zvm_instance", "zenlayercloud_instance"],
  bmc: ["zenlayercloud_bmc_instance"],
};

/** @throws DiagnosticError for any other source, and for one without an id */
export function moveSpec(
  kind: SpecKind,
  source: MoveSource,
): { readonly state: ObjectValue; readonly private: Private } {
  const { providerAddress, typeName } = source;
  const allowed = MACHINES[kind.product];
  if (!OFFICIAL.test(providerAddress) || !allowed.includes(typeName))
    throw new DiagnosticError(
      `A ${typeName} of ${providerAddress} cannot become a ${kind.typeName}`,
      `Moved into it can be ${allowed.join(" and ")} of the official provider (zenlayer/zenlayercloud). To adopt a machine from elsewhere, write an import block with its id.`,
    );
  const { id } = source.state;
  if (typeof id !== "string" || id === "")
    throw new DiagnosticError(
      `The ${typeName} to be moved has no id`,
      "It was never created, or its state is damaged. Remove the moved block, and write an import block with the machine's id.",
    );
  return { state: { id, instance_id: id, ...resultsOf({}), pending: [] }, private: writePrivate(newPrivate()) };
}
