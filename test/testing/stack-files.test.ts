// Taking a synthesised stack into a workspace.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeStack } from "../../lib/testing/stack-files";

let base: string;
let stack: string;
let target: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "stack-files-"));
  stack = join(base, "cdktf.out");
  target = join(base, "workspace");
  await mkdir(stack);
  await mkdir(target);
});
afterEach(() => rm(base, { recursive: true, force: true }));

test("a stack loses its backend, so that a test never touches the project's state", async () => {
  const terraform = {
    backend: { local: { path: "/project/terraform.stack.tfstate" } },
    required_providers: { zenlayer: { source: "a/b" } },
  };
  await writeFile(join(stack, "cdk.tf.json"), JSON.stringify({ terraform, resource: {} }));
  await placeStack(stack, target);
  expect(JSON.parse(await readFile(join(target, "cdk.tf.json"), "utf8"))).toEqual({
    terraform: { required_providers: terraform.required_providers },
    resource: {},
  });
});

test("what init made and the plugins placed beside the stack are left behind", async () => {
  for (const name of [".terraform", "terraform.d", "assets"]) {
    await mkdir(join(stack, name));
    await writeFile(join(stack, name, "file"), "");
  }
  for (const name of [".terraform.lock.hcl", "terraform.tfstate", "cdk.tf"]) await writeFile(join(stack, name), "");
  await placeStack(stack, target);
  expect((await readdir(target)).sort()).toEqual(["assets", "cdk.tf"]);
});

test("the configuration that was there is replaced, the state stays", async () => {
  for (const name of ["old.tf", "old.tf.json", "terraform.tfstate"]) await writeFile(join(target, name), "");
  await writeFile(join(stack, "cdk.tf.json"), "{}");
  await placeStack(stack, target);
  expect((await readdir(target)).sort()).toEqual(["cdk.tf.json", "terraform.tfstate"]);
});
