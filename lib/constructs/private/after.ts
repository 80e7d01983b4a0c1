// What a hook runs after, and what waves change: specifications of one machine each, in the same stack.
import type { Construct } from "constructs";
import { isSpecification, pathOf, SynthesisError } from "../../rendering";
import type { ISpecification, SpecificationResource } from "../specification";
import { refuseOtherStacks } from "./other-stacks";
import { shown } from "./properties";

/** @throws when it is no list, empty, or names something else. */
export function checkedAfter(construct: Construct, after: unknown): readonly SpecificationResource[] {
  const resources = checkedList(construct, "after", after).map((each) => resourceOf(construct, "after", each));
  if (resources.length > 0) return resources;
  throw mistake(construct, "after is empty: name the specifications to run the command after");
}

/** @throws when it is no list. */
export function checkedList(construct: Construct, what: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw mistake(construct, `${what} is ${shown(value)}: it takes a list of specifications`);
}

/**
 * The resource of a specification.
 *
 * @throws when it is none, stands in another stack, or for several machines.
 */
export function resourceOf(construct: Construct, what: string, value: unknown): SpecificationResource {
  const { resource } = (value ?? {}) as Partial<ISpecification>;
  if (resource === undefined || typeof resource !== "object" || !isSpecification(resource)) {
    throw mistake(
      construct,
      `${what} names ${shown(value)}, which is no specification: name VmInstanceSpec and the like`,
    );
  }
  refuseOtherStacks(construct, what, [resource]);
  if (resource.forEach === undefined && resource.count === undefined) return resource;
  throw new SynthesisError(
    "UNSUPPORTED",
    construct.node.path,
    `${pathOf(resource)} has forEach or count and cannot stand in ${what}: write one construct per machine in a loop of your program`,
  );
}

function mistake(construct: Construct, problem: string): SynthesisError {
  return new SynthesisError("INVALID_VALUE", construct.node.path, problem);
}
