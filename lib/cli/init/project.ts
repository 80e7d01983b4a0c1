// The files of a first project. Pure: texts by name.
import { PROVIDER_VERSION } from "../../schema";

export const LIBRARIES = ["cdktn", "cdktf"] as const;
/** The library that the program is written for: cdktf, or its living successor. */
export type Library = (typeof LIBRARIES)[number];

/** What a first project is made for. */
export interface ProjectOptions {
  readonly library: Library;
  /** The simulated account of `cdktf-zenlayer simulate`, or one of Zenlayer. */
  readonly account: "simulated" | "real";
}

/** Name of the directory below cdktf.out/stacks. */
export const STACK = "machines";

/** Newest known major versions of what a project needs besides this package. */
const RANGES: { readonly [name in Library | "constructs" | "typescript"]: string } = {
  cdktf: "^0.21.0",
  cdktn: "^0.24.0",
  // Newer ones are not for both libraries.
  constructs: "~10.7.0",
  typescript: "^5.9.0",
};

/** What `package.json` must have, by the field that it stands in. */
export function neededPackages(library: Library): {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
} {
  return {
    dependencies: {
      [library]: RANGES[library],
      "cdktf-zenlayer": `^${PROVIDER_VERSION}`,
      constructs: RANGES.constructs,
    },
    devDependencies: { typescript: RANGES.typescript },
  };
}

/** Files that must not be there yet. */
export function projectFiles(options: ProjectOptions): { readonly [name: string]: string } {
  return {
    "main.ts": options.account === "simulated" ? simulatedProgram(options.library) : lookingProgram(options.library),
    "tsconfig.json": json({
      compilerOptions: {
        target: "ES2022",
        module: "node16",
        moduleResolution: "node16",
        strict: true,
        skipLibCheck: true,
      },
      include: ["*.ts"],
    }),
    "cdktf.json": json({
      language: "typescript",
      app: "npx tsc && node main.js",
      projectId: "cdktf-zenlayer-first",
      sendCrashReports: "false",
      terraformProviders: [],
      terraformModules: [],
      context: {},
    }),
  };
}

/** Files that are written where there is none of that name. */
export function missingFiles(name: string, options: ProjectOptions): { readonly [name: string]: string } {
  return {
    "package.json": json({
      name,
      version: "1.0.0",
      private: true,
      type: "commonjs",
      scripts: { synth: "tsc && node main.js" },
      ...neededPackages(options.library),
    }),
    ".gitignore": "node_modules/\ncdktf.out/\nmain.js\n*.tfstate*\n",
  };
}

function simulatedProgram(library: Library): string {
  return `// A first stack, for two machines of the account that \`npx cdktf-zenlayer simulate\` simulates on this machine. They are what it says, so that the first plan
// adopts them and changes nothing. Then change a value and look at the plan: what it calls, what that charges, and when it takes effect.
${imports(library, ["App", "TerraformStack"], ["BmcTrafficPackage", "VmInstanceSpec", "ZenlayerProvider"])}
const app = new App();
const stack = new TerraformStack(app, "${STACK}");

new ZenlayerProvider(stack, "zenlayer");

new VmInstanceSpec(stack, "vm-one", {
  instance: "900000000000000001",
  instanceType: "c.4c8g",
  bandwidth: 100, // Mbps: 200 is charged at once, 50 takes effect at the next billing cycle
});

new BmcTrafficPackage(stack, "bm-one", {
  instance: "900000000000000002",
  trafficPackageSize: 10, // TB
});

app.synth();
`;
}

function lookingProgram(library: Library): string {
  return `// A first stack that only looks which machines an account has: it manages none, so that nothing can be charged.
// \`npx cdktf-zenlayer adopt --library ${library} --out adopted.ts\` writes the specifications of these machines.
${imports(library, ["App", "TerraformOutput", "TerraformStack"], ["l1", "ZenlayerProvider"])}
const app = new App();
const stack = new TerraformStack(app, "${STACK}");

new ZenlayerProvider(stack, "zenlayer");

const virtual = new l1.DataZenlayerVmInstances(stack, "virtual");
new TerraformOutput(stack, "virtual-machines", { value: virtual.ids });

const bareMetal = new l1.DataZenlayerBmcInstances(stack, "bare-metal");
new TerraformOutput(stack, "bare-metal-machines", { value: bareMetal.ids });

app.synth();
`;
}

function imports(library: Library, ofLibrary: readonly string[], ours: readonly string[]): string {
  const subpath = library === "cdktn" ? "/cdktn" : "";
  return [
    `import { ${ofLibrary.join(", ")} } from "${library}";`,
    `import { ${ours.join(", ")} } from "cdktf-zenlayer${subpath}";`,
    "",
  ].join("\n");
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
