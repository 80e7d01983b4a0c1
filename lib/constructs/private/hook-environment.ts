// The data that a hook's command gets, as Terraform expressions: values are known only when the change is done.
import { Lazy, Token } from "cdktf";
import type { Construct } from "constructs";
import { addressOf, checkAtSynth, SynthesisError } from "../../rendering";
import type { SpecificationResource } from "../specification";
import { machineParts, surelyFits, tooManyMachines } from "./machine-parts";

type Environment = { readonly [name: string]: string };

/** A variable for each fact of one machine. */
export function oneMachineEnvironment(resource: SpecificationResource): Environment {
  return {
    ZENLAYER_INSTANCE_ID: attribute(resource, "instance_id"),
    ZENLAYER_INSTANCE_NAME: attribute(resource, "instance_name"),
    ZENLAYER_ORDER_NUMBERS: expression(() => `jsonencode(${addressOf(resource)}.order_numbers)`),
    ZENLAYER_FROM: expression(() => `jsonencode(${firstFrom(addressOf(resource))})`),
    ZENLAYER_TO: expression(() => `jsonencode(${lastTo(addressOf(resource))})`),
  };
}

/** All machines in one variable, or in parts where they may not fit one. */
export function allMachinesEnvironment(hook: Construct, resources: readonly SpecificationResource[]): Environment {
  if (surelyFits(resources.length))
    return {
      ZENLAYER_MACHINES: expression(
        () => `jsonencode([${resources.map((each) => machine(addressOf(each))).join(", ")}])`,
      ),
    };
  checkAtSynth(hook, () => {
    const problem = tooManyMachines(resources);
    if (problem !== null) throw new SynthesisError("UNSUPPORTED", hook.node.path, problem);
  });
  return machineParts(hook, () => `[for m in [${resources.map(addressOf).join(", ")}] : jsonencode(${machine("m")})]`);
}

function machine(of: string): string {
  const fields = ["instance_id", "instance_name", "order_numbers"].map((name) => `${name} = ${of}.${name}`);
  return `{ ${[...fields, `from = ${firstFrom(of)}`, `to = ${lastTo(of)}`].join(", ")} }`;
}

/** Attribute → value before its first step. An axis has two steps when a scheduled change is cancelled first. */
function firstFrom(of: string): string {
  return `{ for c in ${of}.changes : c.axis => c.from if c.step == min(c.step, [for d in ${of}.changes : d.step if d.axis == c.axis]...) }`;
}

/** Attribute → value after its last step. */
function lastTo(of: string): string {
  return `{ for c in ${of}.changes : c.axis => c.to if c.step == max(c.step, [for d in ${of}.changes : d.step if d.axis == c.axis]...) }`;
}

function attribute(resource: SpecificationResource, name: string): string {
  return Token.asString(resource.interpolationForAttribute(name));
}

/** Rendered late, since an address may still be overridden. */
function expression(produce: () => string): string {
  return Lazy.stringValue({ produce: () => `\${${produce()}}` });
}
