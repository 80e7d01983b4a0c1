// A first project: which files are written, and what is said of the next steps. That it runs is shown from the packed package (test/package/first-steps.test.ts).
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initCommand } from "../../lib/cli/init";
import manifest from "../../package.json";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "init-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function init(args: readonly string[] = [], env: Record<string, string> = {}): string {
  let printed = "";
  initCommand({ stdout: { write: (text) => (printed += text) }, env })
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parse([...args], { from: "user" });
  return printed;
}

const inside = (name: string): string => join(directory, name);
const read = (name: string): string => readFileSync(inside(name), "utf8");

test("a whole project is written where there is nothing", () => {
  const printed = init([directory]);
  expect(readdirSync(directory).sort()).toEqual([
    ".gitignore",
    "cdktf.json",
    "main.ts",
    "package.json",
    "tsconfig.json",
  ]);
  expect(read("main.ts")).toMatch(/from "cdktn";\nimport .* from "cdktf-zenlayer\/cdktn";/);
  expect(printed).toContain(
    `Next:\n\n  cd ${directory}\n  npm install\n  npx cdktf-zenlayer simulate      # in another terminal; then type here what it prints\n` +
      "  npx tsc && node main.js\n  cd cdktf.out/stacks/machines\n  terraform init && terraform plan\n",
  );
});

test("what it depends on is what this package works with", () => {
  init([directory]);
  const project = JSON.parse(read("package.json")) as typeof manifest;
  expect(project.dependencies).toEqual({
    cdktn: "^0.24.0",
    "cdktf-zenlayer": `^${manifest.version}`,
    constructs: "~10.7.0",
  });
  expect(manifest.peerDependencies.cdktn).toBe(">=0.24.0 <1");
  expect(manifest.devDependencies.constructs).toMatch(/^10\.7\./);
});

test("cdktf, an account, and a package.json that is there", () => {
  const before = JSON.stringify({
    name: "mine",
    dependencies: { cdktf: "0.21.0" },
    devDependencies: { typescript: "6" },
  });
  writeFileSync(inside("package.json"), before);
  const printed = init([directory, "--account"]);
  expect(read("package.json")).toBe(before);
  expect(read("main.ts")).toMatch(/from "cdktf";\nimport \{ l1, ZenlayerProvider \} from "cdktf-zenlayer";/);
  expect(printed).toContain(
    `  npm install "cdktf-zenlayer@^${manifest.version}" "constructs@~10.7.0"\n  export ZENLAYERCLOUD`,
  );
  expect(printed).not.toContain("simulate");
});

test.each(["main.ts", "tsconfig.json", "cdktf.json"])(
  "%s that is there is not replaced, and nothing is written",
  (name) => {
    writeFileSync(inside(name), "mine");
    expect(() => init([directory])).toThrow(`${name} exists already in ${directory}, and init replaces nothing`);
    expect(readdirSync(directory)).toEqual([name]);
    expect(read(name)).toBe("mine");
  },
);

test("a package.json that is none is an error", () => {
  writeFileSync(inside("package.json"), "{");
  expect(() => init([directory])).toThrow(/package\.json cannot be read/);
  expect(existsSync(inside("main.ts"))).toBe(false);
});

test("a file in the place of the directory is an error", () => {
  writeFileSync(inside("file"), "mine");
  expect(() => init([inside("file")])).toThrow(/file" cannot be written: .*EEXIST/);
});

// With Node's own recursive mkdirSync this test never ends.
test("a directory that cannot be made is an error", () => {
  expect(() => init(["/proc/self/project"])).toThrow(/project" cannot be written: .*(ENOENT|EACCES|EROFS)/);
});

test("a library that is none is refused", () => {
  expect(() => init([directory, "--library", "pulumi"])).toThrow(/Allowed choices are cdktn, cdktf/);
});

describe("without Terraform on PATH there is one sentence with the way to get it", () => {
  const sentence = (printed: string): string => printed.split("\n\n").at(-1)?.trim() ?? "";

  test.each([
    [{ PATH: "/nonexistent" }, "terraform"],
    [{ PATH: "/nonexistent", TERRAFORM_BINARY_NAME: "tofu" }, "tofu"],
  ] as const)("%j", (env, name) => {
    expect(sentence(init([directory], env))).toBe(
      `"${name}" is not on PATH yet: install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install), or OpenTofu ` +
        "(https://opentofu.org/docs/intro/install) with TERRAFORM_BINARY_NAME=tofu.",
    );
  });

  test("and none with it", () => {
    const tofu = inside("tofu");
    writeFileSync(tofu, "");
    expect(init([inside("a")], { PATH: directory, TERRAFORM_BINARY_NAME: "tofu" })).toContain("is not on PATH");
    chmodSync(tofu, 0o755);
    for (const [name, TERRAFORM_BINARY_NAME] of [
      ["b", "tofu"],
      ["c", tofu],
    ] as const) {
      const printed = init([inside(name)], { PATH: `/nonexistent:${directory}`, TERRAFORM_BINARY_NAME });
      expect(printed).not.toContain("is not on PATH");
      expect(printed).toContain(`  ${TERRAFORM_BINARY_NAME} init && ${TERRAFORM_BINARY_NAME} plan\n`);
    }
  });
});
