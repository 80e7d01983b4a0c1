// What waits for what in a stack, by its rendered references: explicit dependencies and those that an expression makes.
import {
  DefaultTokenResolver,
  StringConcat,
  TerraformDataSource,
  TerraformLocal,
  TerraformResource,
  Tokenization,
  type TerraformStack,
} from "cdktf";
import type { IConstruct } from "constructs";
import { addressOf } from "../../rendering";

type Node = TerraformResource | TerraformDataSource | TerraformLocal;

/** The graph of a stack's resources, data sources and locals. Made once aspects have run, since they add dependencies. */
export class Waiting {
  private readonly nodes: ReadonlyMap<string, Node>;
  private readonly next = new Map<Node, readonly Node[]>();

  public constructor(private readonly stack: TerraformStack) {
    this.nodes = new Map(
      stack.node
        .findAll()
        .filter(isNode)
        .map((node) => [nodeAddress(node), node]),
    );
  }

  /** All that some resources wait for, each with the addresses on the shortest way to it: one of theirs first, its own last. */
  public of(starts: readonly TerraformResource[]): ReadonlyMap<IConstruct, readonly string[]> {
    const ways = new Map<Node, readonly string[]>(starts.map((start) => [start, [nodeAddress(start)]]));
    // A map is walked in the order of insertion, with what is added on the way.
    for (const [node, way] of ways) {
      for (const each of this.references(node)) {
        if (!ways.has(each)) ways.set(each, [...way, nodeAddress(each)]);
      }
    }
    return ways;
  }

  /** Whether anything that some resources wait for waits for itself. */
  public isCircular(starts: readonly TerraformResource[]): boolean {
    const done = new Set<Node>();
    const way = new Set<Node>();
    const ahead = starts.map((node: Node) => ({ node, entered: false }));
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      const { node, entered } = next;
      if (entered) {
        way.delete(node);
        done.add(node);
      } else if (way.has(node)) return true;
      else if (!done.has(node)) {
        way.add(node);
        ahead.push({ node, entered: true }, ...this.references(node).map((each) => ({ node: each, entered: false })));
      }
    }
    return false;
  }

  private references(node: Node): readonly Node[] {
    const known = this.next.get(node);
    if (known !== undefined) return known;
    const resolver = new DefaultTokenResolver(new StringConcat());
    const rendered: unknown = Tokenization.resolve(node.toTerraform(), { scope: this.stack, resolver });
    const found = new Set<Node>();
    for (const address of addressesIn(rendered)) {
      const target = this.nodes.get(address);
      if (target !== undefined) found.add(target);
    }
    const references = [...found];
    this.next.set(node, references);
    return references;
  }
}

function isNode(construct: IConstruct): construct is Node & IConstruct {
  return (
    TerraformResource.isTerraformResource(construct) ||
    construct instanceof TerraformDataSource ||
    construct instanceof TerraformLocal
  );
}

/** As Terraform knows it, within its stack. */
export function nodeAddress(node: Node): string {
  return node instanceof TerraformLocal ? `local.${node.friendlyUniqueId}` : addressOf(node);
}

/** Addresses in `depends_on` and in expressions; other texts may name what they like. */
function addressesIn(value: unknown, dependsOn = false): readonly string[] {
  if (typeof value === "string") {
    if (!dependsOn && !value.includes("${")) return [];
    return value.match(/(?:\bdata\.)?\b[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*/g) ?? [];
  }
  if (Array.isArray(value)) return value.flatMap((each) => addressesIn(each, dependsOn));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => addressesIn(each, dependsOn || name === "depends_on"));
}
