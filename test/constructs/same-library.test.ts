import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { VmInstance, VmInstanceSpec, ZenlayerProvider } from "../../lib";
import { VM } from "./support";

type Library = { readonly App: typeof App; readonly TerraformStack: typeof TerraformStack };

/** The other of cdktf and cdktn, whichever of them these tests run on. By path, so that no module mapper applies. */
function otherLibrary(): Library {
  const libraries = ["cdktf", "cdktn"].map((name) =>
    jest.requireActual<Library>(join(__dirname, "../../node_modules", name)),
  );
  const other = libraries.find((library) => library.TerraformStack !== TerraformStack);
  if (other === undefined) throw new Error("cdktf and cdktn are the same");
  return other;
}

test.each([
  ["a provider", (stack: TerraformStack) => new ZenlayerProvider(stack, "one")],
  ["a specification", (stack: TerraformStack) => new VmInstanceSpec(stack, "one", { instance: VM, bandwidth: 200 })],
  ["a reference", (stack: TerraformStack) => VmInstance.fromName(stack, "one", "web-1")],
])("%s in a stack of the other library is refused at once, with the cure", (_case, build) => {
  const other = otherLibrary();
  const stack = new other.TerraformStack(new other.App(), "stack");
  expect(() => build(stack)).toThrow(/^stack.*cannot be mixed: keep one copy .*"cdktf": "npm:cdktn@/);
});

test("a stack of the same library is accepted, also through a class of the user's", () => {
  class Mine extends TerraformStack {}
  expect(() => new ZenlayerProvider(new Mine(new App(), "stack"), "zenlayer")).not.toThrow();
});
