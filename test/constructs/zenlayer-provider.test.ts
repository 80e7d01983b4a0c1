import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { VmInstanceSpec, ZenlayerProvider } from "../../lib";
import { builtPlugin, placePlugin, placePluginAtSynth } from "../../lib/constructs/private/plugin-placement";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../lib/schema";
import { newStack, synth, VM } from "./support";

const home = `terraform.d/plugins/${PROVIDER_ADDRESS}`;
const placed = { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION };
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "zenlayer-constructs-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function writeExecutable(text: string): string {
  const path = join(directory, "plugin");
  writeFileSync(path, text);
  return path;
}

function appWith(build: (stack: TerraformStack) => void, outdir = join(directory, "out")): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  build(stack);
  app.synth();
  return join(outdir, "stacks", "stack");
}

describe("configuration", () => {
  test("is rendered as given; nothing is required", () => {
    expect(synth((stack) => void new ZenlayerProvider(stack, "zenlayer")).provider).toEqual({ zenlayer: [{}] });
    const tf = synth(
      (stack) => void new ZenlayerProvider(stack, "zenlayer", { endpoint: "http://127.0.0.1:8700", readOnly: true }),
    );
    expect(tf.provider).toEqual({ zenlayer: [{ endpoint: "http://127.0.0.1:8700", read_only: true }] });
    expect(tf.terraform?.required_providers["zenlayer"]).toEqual({
      source: PROVIDER_ADDRESS,
      version: PROVIDER_VERSION,
    });
  });

  test("`plugin` is ours and is not rendered", () => {
    expect(synth((stack) => void new ZenlayerProvider(stack, "zenlayer", { plugin: false })).provider).toEqual({
      zenlayer: [{}],
    });
  });
});

describe("a secret that would stand in clear text is refused", () => {
  test.each([
    [{ accessKeyPassword: "hunter2" }, "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"],
    [{ token: "hunter2" }, "ZENLAYER_TOKEN"],
  ])("%j", (props, variable) => {
    const build = (): unknown => new ZenlayerProvider(newStack(), "zenlayer", props);
    expect(build).toThrow(/^stack\/zenlayer: .* is a literal/);
    expect(build).toThrow(variable);
    expect(build).not.toThrow(/hunter2/);
  });

  test("also when it is set later", () => {
    const stack = newStack();
    new ZenlayerProvider(stack, "zenlayer").token = "hunter2";
    expect(() => Testing.synth(stack)).toThrow(/token is a literal/);
    expect(() => Testing.synthHcl(stack)).toThrow(/token is a literal/);
  });

  test("a sensitive variable is accepted", () => {
    const tf = synth((stack) => {
      const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
      new ZenlayerProvider(stack, "zenlayer", { accessKeyPassword: password.stringValue, token: "${var.token}" });
    });
    expect(tf.provider).toEqual({ zenlayer: [{ access_key_password: "${var.password}", token: "${var.token}" }] });
  });
});

describe("the plugin", () => {
  const platforms = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];
  const executableName = `terraform-provider-zenlayer_v${PROVIDER_VERSION}`;

  test("is placed for every platform, executable, as CommonJS whatever the user's package is", () => {
    placePlugin(directory, placed, writeExecutable("bytes"));
    const version = join(directory, home, PROVIDER_VERSION);
    expect(readdirSync(version).sort()).toEqual(platforms);
    for (const platform of platforms) {
      const executable = join(version, platform, executableName);
      expect(readdirSync(join(version, platform)).sort()).toEqual(["package.json", executableName]);
      expect(readFileSync(executable, "utf8")).toBe("bytes");
      expect(statSync(executable).mode & 0o777).toBe(0o755);
      expect(JSON.parse(readFileSync(join(version, platform, "package.json"), "utf8"))).toEqual({ type: "commonjs" });
    }
  });

  test("replaces other versions and older bytes, and leaves an equal one alone", () => {
    mkdirSync(join(directory, home, "0.0.1", "linux_amd64"), { recursive: true });
    placePlugin(directory, placed, writeExecutable("old"));
    const executable = join(directory, home, PROVIDER_VERSION, "linux_amd64", executableName);
    const inode = statSync(executable).ino;
    placePlugin(directory, placed, writeExecutable("old"));
    expect(statSync(executable).ino).toBe(inode);
    placePlugin(directory, placed, writeExecutable("new"));
    expect(readFileSync(executable, "utf8")).toBe("new");
    expect(readdirSync(join(directory, home))).toEqual([PROVIDER_VERSION]);
  });

  test("is placed once per stack when the app is synthesised, also with several provider configurations", () => {
    const executable = writeExecutable("bytes");
    let asked = 0;
    const stack = appWith((each) => {
      placePluginAtSynth(each, placed, () => {
        asked += 1;
        return executable;
      });
      new ZenlayerProvider(each, "zenlayer");
      new ZenlayerProvider(each, "other", { alias: "other" });
    });
    expect(asked).toBe(1);
    expect(readFileSync(join(stack, home, PROVIDER_VERSION, "linux_amd64", executableName), "utf8")).toBe("bytes");
    expect(readdirSync(stack)).toContain("cdk.tf.json");
  });

  test("is left to the user with plugin: false", () => {
    const stack = appWith((each) => void new ZenlayerProvider(each, "zenlayer", { plugin: false }));
    expect(readdirSync(stack)).not.toContain("terraform.d");
  });

  test("that was not built is one clear error, before anything is written", () => {
    const root = join(directory, "package");
    mkdirSync(join(root, "dist", "lib"), { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "cdktf-zenlayer" }));
    const missing = (): string => builtPlugin(join(root, "dist", "lib"));
    expect(missing).toThrow(/does not exist: run `npm run build`.*plugin: false/);
    const out = join(directory, "out");
    expect(() => appWith((stack) => placePluginAtSynth(stack, placed, missing), out)).toThrow(/npm run build/);
    expect(readdirSync(join(out, "stacks"))).toEqual([]);
  });

  test("is found from inside the package, past other packages", () => {
    const root = join(directory, "package");
    mkdirSync(join(root, "dist", "bin"), { recursive: true });
    mkdirSync(join(root, "dist", "lib", "constructs"), { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "cdktf-zenlayer" }));
    writeFileSync(join(root, "dist", "package.json"), JSON.stringify({ type: "commonjs" }));
    writeFileSync(join(root, "dist", "bin", "terraform-provider-zenlayer"), "bytes");
    expect(builtPlugin(join(root, "dist", "lib", "constructs"))).toBe(
      join(root, "dist", "bin", "terraform-provider-zenlayer"),
    );
  });

  test("cannot be found from a bundle, which is said", () => {
    expect(() => builtPlugin(directory)).toThrow(/was it bundled/);
  });

  test("is not needed by Testing.synth", () => {
    const stack = newStack();
    placePluginAtSynth(stack, placed, () => {
      throw new Error("asked");
    });
    new ZenlayerProvider(stack, "zenlayer");
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});
