// Moved blocks of our own. `moveFromId` of cdktf asks Terraform for its version at synth.
import { TerraformElement, TerraformResource, type TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { addressOf, isAttached, pathOf, stackOf, SynthesisError } from "../../rendering";

/** An address of our provider, or of the official one, rather than an id. */
const ADDRESS = /^zenlayer(cloud)?_\w+\.[\w-]+(\[[^\]]+\])?$/;

interface Move {
  readonly from: string;
  readonly to: string;
}

type Owner = Construct & { readonly resource: TerraformResource };

/** Renders `moved { from, to }`: what was at the old address of a construct, and of the hooks inside it, is what is at the new one. */
export class MovedBlock extends TerraformElement {
  /** @param from - An old id in the same scope, old ids from below the stack with slashes, or an address. */
  public constructor(
    private readonly owner: Owner,
    id: string,
    private readonly from: string,
  ) {
    super(owner, id);
  }

  public override toTerraform(): unknown {
    return { moved: this.checkedMoves() };
  }

  public override toHclTerraform(): unknown {
    const reference = (value: string): unknown => ({ value, type: "simple", storageClassType: "reference" });
    return { moved: this.checkedMoves().map(({ from, to }) => ({ from: reference(from), to: reference(to) })) };
  }

  /** @throws when Terraform would refuse a move: to where it is, or of one thing to two places. */
  private checkedMoves(): readonly Move[] {
    const moves = this.moves();
    for (const { from, to } of moves) {
      if (from === to)
        throw this.contradiction(`renamedFrom(${JSON.stringify(this.from)}) names the id that it has: leave it out`);
      const known = claimedFrom(stackOf(this));
      const other = known.get(from);
      if (other !== undefined && other !== this && isAttached(other)) {
        throw this.contradiction(
          `renamedFrom(${JSON.stringify(this.from)}) names what ${pathOf(other.owner)} was renamed from already: only one can take its place`,
        );
      }
      known.set(from, this);
    }
    return moves;
  }

  private contradiction(problem: string): SynthesisError {
    return new SynthesisError("CONTRADICTION", pathOf(this.owner), problem);
  }

  private moves(): readonly Move[] {
    const { owner, from } = this;
    if (ADDRESS.test(from)) return [{ from, to: addressOf(owner.resource) }];
    const { scopes } = owner.node;
    const around = scopes.slice(scopes.indexOf(stackOf(owner)) + 1, -1).map(({ node }) => node.id);
    const old = from.includes("/") ? from.split("/").filter((each) => each !== "") : [...around, from];
    const hooks = owner.node.children.filter(hasResource);
    return [
      { from: oldAddress(owner.resource, old), to: addressOf(owner.resource) },
      ...hooks.map(({ node, resource }) => ({
        from: oldAddress(resource, [...old, node.id]),
        to: addressOf(resource),
      })),
    ];
  }
}

const books = new WeakMap<TerraformStack, Map<string, MovedBlock>>();

/** Old address → the block that moves it, of a stack. */
function claimedFrom(stack: TerraformStack): Map<string, MovedBlock> {
  const book = books.get(stack) ?? new Map<string, MovedBlock>();
  books.set(stack, book);
  return book;
}

/** A construct around a resource of its own, such as a hook. */
function hasResource(construct: IConstruct): construct is Owner {
  return (
    "resource" in construct &&
    TerraformResource.isTerraformResource(construct.resource) &&
    construct.resource.node.scope === construct
  );
}

/** The address of a resource under other ids: those from below the stack down to the construct around it. */
function oldAddress(resource: TerraformResource, ids: readonly string[]): string {
  const stack = stackOf(resource);
  const scopes = [...stack.node.scopes, ...ids.map((id) => ({ node: { id } }))];
  // All that the library looks at, whatever its scheme of names.
  const name = stack.getLogicalId({ scopes } as unknown as Parameters<TerraformStack["getLogicalId"]>[0]);
  return `${resource.terraformResourceType}.${name}`;
}
