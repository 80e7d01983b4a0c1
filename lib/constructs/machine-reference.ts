// How a specification is told its machine: machines are bought elsewhere, so there are references only, never an owned machine.
import { Token, Tokenization, type IInterpolatingParent } from "cdktf";

/** A machine that exists already. */
export interface IMachine {
  /** Id of the machine; may be a token. */
  readonly instanceId: string;
}

/** A virtual machine that exists already. See `VmInstance` for ways to refer to one. */
export interface IVmInstance extends IMachine {
  readonly product: "vm";
}

/** A bare-metal machine that exists already. See `BmcInstance` for ways to refer to one. */
export interface IBmcInstance extends IMachine {
  readonly product: "bmc";
}

/** The id as a plain string or token. What is no machine at all (in a program without types) is left to the check of literals. */
export function idOf(machine: string | IMachine): string {
  // The value of an iterator is a token object, which has no type.
  if (Tokenization.isResolvable(machine)) return Token.asString(machine);
  return typeof machine === "object" && machine !== null ? machine.instanceId : machine;
}

/** Attribute of another provider's resource or data source, as a token. */
export function idFromResource(resource: IInterpolatingParent, attribute: string): string {
  return Token.asString(resource.interpolationForAttribute(attribute));
}
