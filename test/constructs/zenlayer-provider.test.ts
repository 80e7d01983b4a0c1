import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import {
  App,
  Aspects,
  Fn,
  Lazy,
  TerraformLocal,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
  type IAspect,
} from "cdktf";
import fc from "fast-check";
import { SynthesisError, VmInstanceSpec, ZenlayerProvider } from "../../lib";
import { resolveEndpoint } from "../../lib/api";
import { isBareWord, mistakesInSettings } from "../../lib/constructs/private/provider-settings";
import { carryPlugin } from "../../lib/constructs/private/plugin-at-synth";
import { builtPlugin, placePlugin } from "../../lib/constructs/private/plugin-placement";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../lib/schema";
import { newStack, synth, VM } from "./support";

const home = `terraform.d/plugins/${PROVIDER_ADDRESS}`;
const placed = { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION, constraint: PROVIDER_VERSION };
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
  writeFileSync(join(directory, "plugin.cmd"), "launcher");
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

  test.each<readonly [string, (stack: TerraformStack) => unknown, string]>([
    ["Fn.sensitive", () => Fn.sensitive("hunter2"), "an expression without a reference"],
    ["an expression", () => '${"hunter2"}', "an expression without a reference"],
    ["nested quotes", () => '${join("", ["hunter2", "${"x"}"])}', "an expression without a reference"],
    ["Lazy", () => Lazy.stringValue({ produce: () => "hunter2" }), "a literal"],
    [
      "a variable's default",
      (stack) => new TerraformVariable(stack, "secret", { default: "hunter2", sensitive: true }).stringValue,
      "the variable stack/secret, whose default is a literal",
    ],
    [
      "a local",
      (stack) => new TerraformLocal(stack, "secret", "hunter2").asString,
      "the local stack/secret, whose value is a literal",
    ],
    [
      "a default behind a function",
      (stack) => Fn.trimspace(new TerraformVariable(stack, "secret", { default: "hunter2" }).stringValue),
      "the variable stack/secret",
    ],
  ])("by a side door: %s", (_case, secret, words) => {
    for (const prop of ["token", "accessKeyPassword"]) {
      const build = (): string => {
        const stack = newStack();
        new ZenlayerProvider(stack, "zenlayer", { [prop]: secret(stack) as string });
        return Testing.synth(stack);
      };
      expect(build).toThrow(`stack/zenlayer: ${prop} is ${words}`);
      expect(build).not.toThrow(/hunter2/);
    }
  });

  test.each<readonly [string, (provider: ZenlayerProvider, stack: TerraformStack) => void]>([
    ["the provider", (provider) => provider.addOverride("token", "hunter2")],
    ["the stack", (_provider, stack) => stack.addOverride("provider.zenlayer", [{ token: "hunter2" }])],
  ])("by an override of %s", (_case, override) => {
    const stack = newStack();
    override(new ZenlayerProvider(stack, "zenlayer"), stack);
    expect(() => Testing.synth(stack)).toThrow(/^stack\/zenlayer: token is a literal/);
    expect(() => Testing.synthHcl(stack)).toThrow(/token is a literal/);
  });

  test("references stay: a variable without a default, a data source, a local of one", () => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, "secret", { sensitive: true });
    new TerraformVariable(stack, "empty", { default: "" });
    const local = new TerraformLocal(stack, "trimmed", Fn.trimspace(variable.stringValue));
    for (const [index, token] of [
      variable.stringValue,
      Fn.sensitive(variable.stringValue),
      local.asString,
      "${var.empty}",
      '${jsondecode(data.vault_generic_secret.zenlayer.data_json)["token"]}',
    ].entries())
      new ZenlayerProvider(stack, `p${index}`, { alias: `p${index}`, token });
    expect(() => Testing.synth(stack)).not.toThrow();
  });

  test("a sensitive variable is accepted", () => {
    const tf = synth((stack) => {
      const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
      new ZenlayerProvider(stack, "zenlayer", { accessKeyPassword: password.stringValue, token: "${var.token}" });
    });
    expect(tf.provider).toEqual({ zenlayer: [{ access_key_password: "${var.password}", token: "${var.token}" }] });
  });
});

describe("a literal setting that can never be right is refused as the provider would", () => {
  type Setting = Parameters<typeof mistakesInSettings>[0];
  const NONE: Setting = {
    endpoint: undefined,
    requestTimeout: undefined,
    maxRequestsPerSecond: undefined,
    maxRetries: undefined,
    vmApiVersion: undefined,
    bmcApiVersion: undefined,
  };
  const build = (props: Partial<Setting>) => (): unknown => new ZenlayerProvider(newStack(), "zenlayer", props);

  test.each<readonly [Partial<Setting>, RegExp]>([
    [
      { endpoint: "no pe" },
      /^stack\/zenlayer: endpoint "no pe" is not a URL: write for example https:\/\/console\.zenlayer\.com/,
    ],
    [
      { endpoint: "nope" },
      /endpoint "nope" is neither a URL nor a host name with a dot: .*; if it is a host, https:\/\/nope$/,
    ],
    [{ endpoint: "ftp://zenlayer.com" }, /the scheme ftp: allowed are https and http/],
    [{ endpoint: "https://zenlayer.com/api/v2" }, /more than a host and a port: leave out the path/],
    [{ endpoint: "https://zenlayer.com?a=b" }, /leave out the path/],
    [{ endpoint: "https://me:hunter2@zenlayer.com" }, /holds a user name or password/],
    [{ requestTimeout: 0 }, /^stack\/zenlayer: requestTimeout 0 is out of range: .* greater than 0/],
    [{ requestTimeout: -1 }, /requestTimeout -1/],
    [{ requestTimeout: NaN }, /requestTimeout NaN/],
    [{ maxRequestsPerSecond: 0 }, /maxRequestsPerSecond 0 is out of range/],
    [{ maxRetries: -1 }, /maxRetries -1 is out of range: allowed is a whole number from 0/],
    [{ maxRetries: 1.5 }, /maxRetries 1.5/],
    [{ vmApiVersion: "newest" }, /vmApiVersion "newest" is not a version: .*2026-04-01/],
    [{ bmcApiVersion: "v2" }, /bmcApiVersion "v2" is not a version/],
    [{ maxRetries: -1, requestTimeout: 0 }, /requestTimeout 0 .*; maxRetries -1/],
  ])("%j", (props, message) => {
    expect(build(props)).toThrow(message);
    expect(build(props)).not.toThrow(/hunter2/);
  });

  test.each<Partial<Setting>>([
    { endpoint: "console.zenlayer.com" },
    { endpoint: "localhost:8700" },
    { endpoint: "https://simulator" },
    { endpoint: "http://[::1]:8700/" },
    { endpoint: " https://console.zenlayer.com " },
    { endpoint: "" },
    { endpoint: "${var.endpoint}", maxRetries: Token.asNumber("${var.retries}") },
    { requestTimeout: 0.5, maxRequestsPerSecond: 0.1, maxRetries: 0, vmApiVersion: "2023-03-13" },
  ])("%j is accepted", (props) => {
    expect(build(props)).not.toThrow();
  });

  test("also when it is set later", () => {
    const stack = newStack();
    new ZenlayerProvider(stack, "zenlayer").maxRetries = -1;
    expect(() => Testing.synth(stack)).toThrow(/stack\/zenlayer: maxRetries -1/);
    expect(() => Testing.synthHcl(stack)).toThrow(/maxRetries -1/);
  });

  test("endpoints are judged as the provider judges them, but for a bare word", () => {
    const part = fc.constantFrom(
      "http://",
      "https://",
      "ftp://",
      "a",
      "zenlayer.com",
      ":80",
      "/",
      "/a",
      "?q",
      "#h",
      "u@",
      "u:p@",
      " ",
      "[::1]",
      "%",
      "",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const endpoint = parts.join("");
        const refused = mistakesInSettings({ ...NONE, endpoint }).length > 0;
        let thrown = false;
        try {
          resolveEndpoint({ explicit: endpoint, env: {} });
        } catch {
          thrown = true;
        }
        expect([endpoint, refused]).toEqual([endpoint, thrown || isBareWord(endpoint)]);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe("two configurations under one name are refused at synth", () => {
  test.each([
    ["without an alias", undefined, /^stack\/first: .* and stack\/second have no alias/],
    ["with the same alias", "asia", /stack\/second have the alias "asia".* give one of them an alias of its own/],
  ] as const)("%s", (_name, alias, message) => {
    const stack = newStack();
    for (const id of ["first", "second"]) new ZenlayerProvider(stack, id, { alias });
    expect(() => Testing.synth(stack)).toThrow(message);
    expect(() => Testing.synthHcl(stack)).toThrow(message);
  });

  test("an alias set later, another stack and the provider of somebody else are no mistake", () => {
    const [stack, other] = [newStack(), newStack("other")];
    new ZenlayerProvider(stack, "first");
    new ZenlayerProvider(stack, "second").alias = "second";
    new NullProvider(stack, "null");
    new ZenlayerProvider(other, "first");
    for (const each of [stack, other]) expect(() => Testing.synth(each)).not.toThrow();
  });
});

describe("the plugin", () => {
  const platforms = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];
  const windows = ["windows_amd64", "windows_arm64"];
  const executableName = `terraform-provider-zenlayer_v${PROVIDER_VERSION}`;

  test("is placed for every platform, executable, as CommonJS whatever the user's package is", () => {
    placePlugin(directory, placed, writeExecutable("bytes"));
    const version = join(directory, home, PROVIDER_VERSION);
    expect(readdirSync(version).sort()).toEqual([...platforms, ...windows]);
    for (const platform of platforms) {
      const executable = join(version, platform, executableName);
      expect(readdirSync(join(version, platform)).sort()).toEqual(["package.json", executableName]);
      expect(readFileSync(executable, "utf8")).toBe("bytes");
      expect(statSync(executable).mode & 0o777).toBe(0o755);
      expect(JSON.parse(readFileSync(join(version, platform, "package.json"), "utf8"))).toEqual({ type: "commonjs" });
    }
    for (const platform of windows) {
      const files = ["package.json", "plugin.js", `${executableName}.cmd`];
      expect(readdirSync(join(version, platform)).sort()).toEqual(files);
      expect(readFileSync(join(version, platform, "plugin.js"), "utf8")).toBe("bytes");
      expect(readFileSync(join(version, platform, `${executableName}.cmd`), "utf8")).toBe("launcher");
    }
  });

  test("is named in the lock file beside it, with what the stack asks for and the hash of each different package", () => {
    const stack = appWith((each) => void bring(each));
    expect(readFileSync(join(stack, ".terraform.lock.hcl"), "utf8")).toMatch(
      /^provider "registry\.terraform\.io\/cdktf-zenlayer\/zenlayer" \{\n  version     = "([\d.]+)"\n  constraints = "\1"\n  hashes = \[\n(    "h1:.{43}=",\n){2}  \]\n\}\n$/m,
    );
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

  /** A provider whose plugin is a file of the test. */
  function bring(stack: TerraformStack, id = "zenlayer", bytes = "bytes", alias?: string): ZenlayerProvider {
    const provider = new ZenlayerProvider(stack, id, { plugin: false, alias });
    carryPlugin(provider, () => writeExecutable(bytes));
    return provider;
  }
  const bytesIn = (stack: string, address: string = PROVIDER_ADDRESS): string =>
    readFileSync(join(stack, "terraform.d/plugins", address, PROVIDER_VERSION, "linux_amd64", executableName), "utf8");
  const ask = (stack: TerraformStack, name: string, value: string): void =>
    stack.addOverride(`terraform.required_providers.zenlayer.${name}`, value);
  /** Another version of this package, as far as it shows. */
  const asVersion = (provider: ZenlayerProvider, providerVersion: string): void => {
    const terraformGeneratorMetadata = { ...provider.terraformGeneratorMetadata, providerVersion };
    Object.assign(provider, { terraformGeneratorMetadata });
  };

  test("is placed when the app is synthesised, once for several provider configurations", () => {
    let asked = 0;
    const stack = appWith((each) => {
      for (const id of ["zenlayer", "other"]) {
        carryPlugin(new ZenlayerProvider(each, id, { plugin: false, alias: id }), () => {
          asked += 1;
          return writeExecutable("bytes");
        });
      }
    });
    expect(asked).toBe(1);
    expect(bytesIn(stack)).toBe("bytes");
    expect(readdirSync(stack)).toContain("cdk.tf.json");
  });

  test.each<readonly [string, (stack: TerraformStack) => void, boolean]>([
    ["a provider that an aspect adds brings its own", (stack) => Aspects.of(stack).add(addedLate(stack)), true],
    [
      "the stack's synthesizer may be replaced after the provider was made",
      (stack) => {
        const { synthesizer } = stack;
        bring(stack);
        stack.synthesizer = { synthesize: (session) => synthesizer.synthesize(session) };
      },
      true,
    ],
    [
      "a provider that is taken out of the program takes its plugin along",
      (stack) => stack.node.tryRemoveChild(bring(stack).node.id),
      false,
    ],
    [
      "a stack inside a stack has its own",
      (stack) => void bring(new TerraformStack(stack, "inner"), "zenlayer", "inner"),
      false,
    ],
  ])("follows what is rendered: %s", (_case, build, there) => {
    const stack = appWith(build);
    expect(readdirSync(stack).includes("terraform.d")).toBe(there);
  });

  const addedLate = (stack: TerraformStack): IAspect => ({
    visit: (construct) => {
      if (construct === stack && stack.node.tryFindChild("zenlayer") === undefined) bring(stack);
    },
  });

  test("goes where the stack asks for it: another source, a range of versions", () => {
    const stack = appWith((each) => {
      bring(each);
      ask(each, "source", "registry.example.com/acme/zenlayer");
      ask(each, "version", "~> 0.1");
    });
    expect(readdirSync(join(stack, "terraform.d/plugins"))).toEqual(["registry.example.com"]);
    expect(bytesIn(stack, "registry.example.com/acme/zenlayer")).toBe("bytes");
  });

  test("of two versions of the package, the one that Terraform will ask for", () => {
    const stack = appWith((each) => {
      asVersion(bring(each, "first", "theirs", "first"), "0.0.9");
      bring(each, "second", "ours");
    });
    expect(readdirSync(join(stack, home))).toEqual([PROVIDER_VERSION]);
    expect(bytesIn(stack)).toBe("ours");
  });

  test.each<readonly [string, (stack: TerraformStack) => void]>([
    ["an override", (stack) => ask(stack, "version", "9.9.9")],
    [
      "another copy that leaves its plugin to the user",
      (stack) => asVersion(new ZenlayerProvider(stack, "theirs", { plugin: false, alias: "theirs" }), "9.9.9"),
    ],
  ])("a version that no plugin of the stack has is refused: %s", (_case, build) => {
    const synthesise = (): unknown =>
      appWith((stack) => {
        bring(stack);
        build(stack);
      });
    expect(synthesise).toThrow(SynthesisError);
    expect(synthesise).toThrow(
      `stack/zenlayer: the stack asks for version 9.9.9 of the provider, and the plugin that travels with it is ${PROVIDER_VERSION}`,
    );
  });

  test("is left to the user with plugin: false", () => {
    const stack = appWith((each) => void new ZenlayerProvider(each, "zenlayer", { plugin: false }));
    expect(readdirSync(stack)).not.toContain("terraform.d");
  });

  test("that was not built is one clear error, before anything is written", () => {
    const root = join(directory, "package");
    mkdirSync(join(root, "dist", "lib"), { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "cdktf-zenlayer" }));
    const missing = (): string => builtPlugin("stack/zenlayer", join(root, "dist", "lib"));
    expect(missing).toThrow(/^stack\/zenlayer: .* does not exist: run `npm run build`.*plugin: false/);
    expect(missing).toThrow(expect.objectContaining({ code: "PACKAGE_INCOMPLETE" }));
    const out = join(directory, "out");
    const build = (stack: TerraformStack): void =>
      carryPlugin(new ZenlayerProvider(stack, "zenlayer", { plugin: false }), missing);
    expect(() => appWith(build, out)).toThrow(/npm run build/);
    expect(readdirSync(join(out, "stacks", "stack"))).toEqual([]);
  });

  test("is found from inside the package, past other packages", () => {
    const root = join(directory, "package");
    mkdirSync(join(root, "dist", "bin"), { recursive: true });
    mkdirSync(join(root, "dist", "lib", "constructs"), { recursive: true });
    writeFileSync(join(root, "package.json"), JSON.stringify({ name: "cdktf-zenlayer" }));
    writeFileSync(join(root, "dist", "package.json"), JSON.stringify({ type: "commonjs" }));
    writeFileSync(join(root, "dist", "bin", "terraform-provider-zenlayer"), "bytes");
    expect(builtPlugin("stack/zenlayer", join(root, "dist", "lib", "constructs"))).toBe(
      join(root, "dist", "bin", "terraform-provider-zenlayer"),
    );
  });

  test("cannot be found from a bundle, which is said", () => {
    expect(() => builtPlugin("stack/zenlayer", directory)).toThrow(/^stack\/zenlayer: .*was it bundled/);
  });

  test("is not needed by Testing.synth", () => {
    const stack = newStack();
    carryPlugin(new ZenlayerProvider(stack, "zenlayer", { plugin: false }), () => {
      throw new Error("asked");
    });
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});
