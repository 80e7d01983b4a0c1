// Synthesises a stack and gives it back as data: text differs between cdktf and cdktn, parsed JSON does not.
import { DefaultTokenResolver, StringConcat, TerraformStack, Testing, Tokenization } from "cdktf";

export type Attributes = { readonly [name: string]: unknown };
type Blocks = { readonly [type: string]: { readonly [name: string]: Attributes } };

export interface Synthesized {
  readonly terraform?: { readonly required_providers: { readonly [name: string]: Attributes } };
  readonly provider?: { readonly [name: string]: readonly Attributes[] };
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly import?: readonly Attributes[];
  readonly moved?: readonly Attributes[];
  readonly locals?: { readonly [name: string]: unknown };
  readonly output?: { readonly [name: string]: Attributes };
}

export const VM = "900000000000000001";
export const BMC = "900000000000000002";

export function newStack(name = "stack"): TerraformStack {
  return new TerraformStack(Testing.app(), name);
}

export function synthStack(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

export function synth(build: (stack: TerraformStack) => void): Synthesized {
  const stack = newStack();
  build(stack);
  return synthStack(stack);
}

export function synthHcl(build: (stack: TerraformStack) => void): string {
  const stack = newStack();
  build(stack);
  return (Testing.synthHcl(stack) as unknown as string).replace(/ +/g, " ");
}

/** The only block of a type. */
export function only(blocks: Blocks | undefined, type: string): Attributes {
  const found = Object.values(blocks?.[type] ?? {});
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

/** A token as Terraform sees it. */
export function resolveIn(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) });
}
