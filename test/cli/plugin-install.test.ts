// Placing the plugin for plain HCL.
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installPlugin, terraformPlatform } from "../../lib/cli/plugin-install";
import { placePlugin } from "../../lib/constructs/private/plugin-placement";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../lib/schema";

let base: string;
let source: string;
let directory: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "plugin-install-"));
  source = join(base, "plugin");
  directory = join(base, "plugins");
  await writeFile(source, "#!/bin/sh\n");
});
afterEach(() => rm(base, { recursive: true, force: true }));

test("the plugin goes where Terraform's implied mirror expects it, executable", async () => {
  const installed = await installPlugin(directory, { source, platform: "linux_amd64" });
  expect(installed).toEqual({
    address: "registry.terraform.io/cdktf-zenlayer/zenlayer",
    version: PROVIDER_VERSION,
    platform: "linux_amd64",
    path: join(
      directory,
      `registry.terraform.io/cdktf-zenlayer/zenlayer/${PROVIDER_VERSION}/linux_amd64/terraform-provider-zenlayer_v${PROVIDER_VERSION}`,
    ),
    changed: true,
  });
  expect((await stat(installed.path)).mode & 0o777).toBe(0o755);
  expect(await readFile(installed.path, "utf8")).toBe("#!/bin/sh\n");
});

test("the same file is not written again, another one replaces it", async () => {
  await installPlugin(directory, { source });
  expect((await installPlugin(directory, { source })).changed).toBe(false);
  await writeFile(source, "#!/bin/sh\nexit 1\n");
  const installed = await installPlugin(directory, { source });
  expect(installed.changed).toBe(true);
  expect(await readFile(installed.path, "utf8")).toBe("#!/bin/sh\nexit 1\n");
});

test("the files are those that a synthesised stack brings along, so that one lock file fits both", async () => {
  const { path } = await installPlugin(directory, { source, platform: "linux_amd64" });
  const stack = join(base, "stack");
  placePlugin(stack, { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION }, source);
  const placed = dirname(path).replace(directory, join(stack, "terraform.d", "plugins"));
  expect(await contents(dirname(path))).toEqual(await contents(placed));
});

async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")])),
  );
}

test("nothing but the plugin is left in the plugin directory", async () => {
  await installPlugin(directory, { source });
  expect(await readdir(directory)).toEqual(["registry.terraform.io"]);
});

test.each([
  ["linux", "x64", "linux_amd64"],
  ["linux", "arm64", "linux_arm64"],
  ["darwin", "arm64", "darwin_arm64"],
])("%s on %s is Terraform's %s", (platform, architecture, expected) => {
  expect(terraformPlatform(platform, architecture)).toBe(expected);
});

test("a platform that cannot execute scripts is refused in one sentence", () => {
  expect(() => terraformPlatform("win32", "x64")).toThrow(
    "The plugin does not run on win32/x64: Terraform needs a system that executes scripts",
  );
});
