// Placing the plugin for plain HCL.
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installPlugin, lockPlugin, terraformPlatform } from "../../lib/cli/plugin-install";
import { placePlugin } from "../../lib/constructs/private/plugin-placement";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../lib/schema";

const LINUX = "linux_amd64";
const build = (text = "#!/bin/sh\n") => ({ plugin: Buffer.from(text), windowsLauncher: Buffer.from("@echo off\r\n") });

let base: string;
let directory: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "plugin-install-"));
  directory = join(base, "plugins");
});
afterEach(() => rm(base, { recursive: true, force: true }));

test("the plugin goes where the implied mirrors of Terraform and OpenTofu expect it, executable", async () => {
  const installed = installPlugin(directory, build(), LINUX);
  const path = (host: string): string =>
    join(
      directory,
      `${host}/cdktf-zenlayer/zenlayer/${PROVIDER_VERSION}/${LINUX}/terraform-provider-zenlayer_v${PROVIDER_VERSION}`,
    );
  expect(installed).toEqual({
    address: "registry.terraform.io/cdktf-zenlayer/zenlayer",
    version: PROVIDER_VERSION,
    platform: LINUX,
    path: path("registry.terraform.io"),
    pathForOpenTofu: path("registry.opentofu.org"),
    changed: true,
  });
  for (const each of [installed.path, installed.pathForOpenTofu]) {
    expect((await stat(each)).mode & 0o777).toBe(0o755);
    expect(await readFile(each, "utf8")).toBe("#!/bin/sh\n");
  }
});

test("the same file is not written again, another one replaces it", async () => {
  installPlugin(directory, build(), LINUX);
  expect(installPlugin(directory, build(), LINUX).changed).toBe(false);
  const installed = installPlugin(directory, build("#!/bin/sh\nexit 1\n"), LINUX);
  expect(installed.changed).toBe(true);
  expect(await readFile(installed.path, "utf8")).toBe("#!/bin/sh\nexit 1\n");
});

// With Node's own recursive mkdirSync this test never ends.
test("a directory that cannot be made is an error", () => {
  expect(() => installPlugin("/proc/self/plugins", build(), LINUX)).toThrow(/ENOENT|EACCES|EROFS/);
});

test.each([LINUX, "windows_amd64"])(
  "the files for %s are those that a synthesised stack brings along, and so is the lock file",
  async (platform) => {
    const { path } = installPlugin(directory, build(), platform);
    const stack = join(base, "stack");
    await writeFile(join(base, "plugin"), build().plugin);
    await writeFile(join(base, "plugin.cmd"), build().windowsLauncher);
    const provider = { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION, constraint: PROVIDER_VERSION };
    placePlugin(stack, provider, join(base, "plugin"));
    const placed = dirname(path).replace(directory, join(stack, "terraform.d", "plugins"));
    expect(await contents(dirname(path))).toEqual(await contents(placed));
    const locked = await readFile(lockPlugin(base, build()), "utf8");
    expect(locked).toBe(await readFile(join(stack, ".terraform.lock.hcl"), "utf8"));
  },
);

async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")])),
  );
}

test("nothing but the plugin is left in the plugin directory", async () => {
  installPlugin(directory, build(), LINUX);
  expect((await readdir(directory)).sort()).toEqual(["registry.opentofu.org", "registry.terraform.io"]);
});

test.each([
  ["linux", "x64", "linux_amd64"],
  ["linux", "arm64", "linux_arm64"],
  ["darwin", "arm64", "darwin_arm64"],
  ["win32", "x64", "windows_amd64"],
])("%s on %s is Terraform's %s", (platform, architecture, expected) => {
  expect(terraformPlatform(platform, architecture)).toBe(expected);
});

test("a platform without Terraform is refused in one sentence", () => {
  expect(() => terraformPlatform("aix", "ppc64")).toThrow(
    "The plugin does not run on aix/ppc64: it needs a system that",
  );
});
