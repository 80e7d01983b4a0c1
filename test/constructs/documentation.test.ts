import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import * as ts from "typescript";
import * as cdktf from "cdktf";
import * as ours from "../../lib";
import { SYNTHESIS_ERRORS } from "../../lib/rendering/errors";
import { newStack, synthStack } from "./support";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/constructs.md"), "utf8");
const [complete = "", ...fragments] = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);

/** What a fragment may use: everything exported, and the constructs of the page's first sample. */
const PRELUDE = `
  const web = new VmInstanceSpec(stack, "prelude-web", { instance: "1", bandwidth: 200 });
  const canary = new VmInstanceSpec(stack, "prelude-canary", { instance: "2", bandwidth: 200 });
  const edge = new BmcTrafficPackage(stack, "prelude-edge", { instance: "3", trafficPackageSize: 10 });
`;
const names = { cdktf: Object.keys(cdktf), ours: Object.keys(ours) };
const used = (code: string, from: readonly string[]): string[] =>
  from.filter((name) => new RegExp(`\\b${name}\\b`).test(code));

/** A fragment as a module, with its code in a block, so that it may declare names anew. */
function moduleOf(code: string): string {
  const body = `${PRELUDE}void [web, canary, edge];\n{\n${code}\n}\n`;
  return [
    `import { ${[...new Set(["TerraformStack", ...used(body, names.cdktf)])].join(", ")} } from "cdktf";`,
    `import { ${used(body, names.ours).join(", ")} } from "cdktf-zenlayer";`,
    `export function sample(stack: TerraformStack): void {\n${body}}`,
  ].join("\n");
}

function run(code: string): { readonly sample?: (stack: cdktf.TerraformStack) => void } {
  const { code: javaScript } = transformSync(code, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const module = { exports: {} };
  const require = (name: string): unknown => (name === "cdktf" ? appWithoutSynth : ours);
  new Function("module", "exports", "require", javaScript)(module, module.exports, require);
  return module.exports;
}

const samples: cdktf.TerraformStack[] = [];

/** The first sample ends with app.synth(), which would need the built plugin: here its stack is kept instead. */
const appWithoutSynth = {
  ...cdktf,
  App: class extends cdktf.App {
    public override synth(): void {
      samples.push(...this.node.children.filter(cdktf.TerraformStack.isStack));
    }
  },
};

test("the page opens with a complete program", () => {
  run(complete);
  expect(samples).toHaveLength(1);
  const tf = samples.map(synthStack)[0];
  expect(tf?.import).toHaveLength(2);
  expect(Object.keys(tf?.resource ?? {}).sort()).toEqual([
    "null_resource",
    "zenlayer_bmc_traffic_package",
    "zenlayer_vm_instance_spec",
  ]);
});

test.each(fragments.map((code, index): [number, string] => [index + 2, code]))("sample %i runs", (_number, code) => {
  const stack = newStack();
  run(moduleOf(code)).sample?.(stack);
  expect(Object.keys(synthStack(stack))).toContain("resource");
});

test("all samples pass the type checker", () => {
  const sources = new Map(
    [complete, ...fragments.map(moduleOf)].map((text, index) => [join(root, `sample-${index + 1}.ts`), text]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ["node"],
    esModuleInterop: true,
    paths: { "cdktf-zenlayer": [join(root, "lib/index.ts")] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (path, ...rest) => {
    const text = sources.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  const program = ts.createProgram([...sources.keys()], options, host);
  const found = [...sources.keys()].flatMap((path) => program.getSemanticDiagnostics(program.getSourceFile(path)));
  expect(
    found.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  ).toEqual([]);
});

test("docs/errors.md lists every code of synthesis", () => {
  const [, section = ""] = readFileSync(join(root, "docs/errors.md"), "utf8").split("\n## Refused at synthesis\n");
  const rows = [...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
  expect(Object.fromEntries(rows)).toEqual(SYNTHESIS_ERRORS);
});

test("every exported class and enum is on the page", () => {
  const missing = Object.keys(ours).filter(
    (name) => name !== "Specification" && !new RegExp(`\\b${name}\\b`).test(page),
  );
  expect(missing).toEqual([]);
});
