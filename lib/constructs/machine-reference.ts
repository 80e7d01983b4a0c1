// How a specification is told its machine: machines are bought elsewhere, so there are references only, never an owned machine.
import { Token, Tokenization, type IInterpolatingParent } from "cdktf";
import type { Construct } from "constructs";
import type { Product } from "../engine";
import { SynthesisError } from "../rendering";
import { shown } from "./private/properties";

/** A machine that exists already. */
export interface IMachine {
  /** Id of the machine; may be a token. */
  readonly instanceId: string;
}

/** A virtual machine that exists already. See `VmInstance` for ways to refer to one. */
export interface IVmInstance extends IMachine {
  /** Tells it from a bare-metal machine. */
  readonly product: "vm";
}

/** A bare-metal machine that exists already. See `BmcInstance` for ways to refer to one. */
export interface IBmcInstance extends IMachine {
  /** Tells it from a virtual machine. */
  readonly product: "bmc";
}

const NAMES: { readonly [P in Product]: string } = { vm: "virtual machine", bmc: "bare-metal machine" };

/**
 * The id as a plain string or token. What is no machine at all (in a program without types) is left to the check of literals.
 *
 * @throws when the machine is of the other product.
 */
export function idOf(construct: Construct, machine: string | IMachine, product: Product): string {
  // The value of an iterator is a token object, which has no type.
  if (Tokenization.isResolvable(machine)) return Token.asString(machine);
  if (typeof machine !== "object" || machine === null || !("instanceId" in machine)) return machine;
  const other = (machine as { readonly product?: unknown }).product;
  if (other !== undefined && other !== product) {
    throw new SynthesisError(
      "INVALID_VALUE",
      construct.node.path,
      `instance is a ${NAMES[other === "vm" ? "vm" : "bmc"]}, and this construct is for a ${NAMES[product]}: use ` +
        (product === "vm" ? "BmcTrafficPackage or BmcBandwidth for it" : "VmInstanceSpec for it"),
    );
  }
  return machine.instanceId;
}

/**
 * Attribute of another provider's resource or data source, as a token.
 *
 * @throws when it is no such resource.
 */
export function idFromResource(resource: IInterpolatingParent, attribute: string): string {
  const given: unknown = resource;
  if (typeof given !== "object" || given === null || typeof resource.interpolationForAttribute !== "function") {
    throw new SynthesisError(
      "INVALID_VALUE",
      "",
      `fromResource: ${shown(given)} is no resource or data source: pass the construct that buys or finds the machine`,
    );
  }
  return Token.asString(resource.interpolationForAttribute(attribute));
}
