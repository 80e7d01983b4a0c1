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

describe("in HCL", () => {
  const placed = async (hcl: string): Promise<string> => {
    await writeFile(join(stack, "cdk.tf"), hcl);
    await placeStack(stack, target);
    return readFile(join(target, "cdk.tf"), "utf8");
  };

  test("a stack loses its backend as well", async () => {
    const rest = '\n  required_providers {\n    zenlayer = {\n      version = "0.1.0"\n    }\n  }\n';
    const hcl = `terraform {${rest}  backend "local" {\n    path = "/project/terraform.stack.tfstate"\n  }\n}\nresource "a" "b" {}\n`;
    const text = await placed(hcl);
    expect(text).not.toMatch(/backend|tfstate/);
    expect(text).toBe(`terraform {${rest}\n}\nresource "a" "b" {}\n`);
  });

  test.each([
    ["on one line", 'terraform { backend "s3" { bucket = "x" } }', "terraform { }"],
    ["cloud", 'terraform {\n  cloud {\n    workspaces {\n name = "x"\n }\n  }\n}', "terraform {\n\n}"],
    [
      "with brackets in texts",
      'terraform {\nbackend "a" {\n p = "}${b["}"]}{"\n # }\n /* } */\n}\n}',
      "terraform {\n\n}",
    ],
  ])("%s", async (_case, hcl, expected) => {
    expect((await placed(hcl)).replace(/ +/g, " ")).toBe(expected);
  });

  test.each([
    'resource "a" "b" {\n  backend "x" {\n  }\n}\n',
    'locals {\n  a = <<EOF\nterraform {\n  backend "local" {\n  }\n}\nEOF\n}\n',
    '# terraform { backend "local" {} }\n',
    'locals {\n  a = "terraform { backend \\"local\\" {} }"\n  b = "$${"\n}\n',
    'module "terraform" {\n  source = "./backend"\n}\n',
  ])("what only looks like one stays: %j", async (hcl) => {
    expect(await placed(hcl)).toBe(hcl);
  });
});
