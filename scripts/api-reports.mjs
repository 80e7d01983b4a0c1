// Writes what the package promises to programs: every exported name with its type, as API Extractor reads it from the declarations in dist/.
//
//   node scripts/api-reports.mjs           writes test/package/api/*.api.md anew
//   node scripts/api-reports.mjs --check   says which of them differ, with exit code 1
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { build } from "./tasks/build.mjs";
import { ROOT } from "./tasks/root.mjs";

/** Report → declarations of the subpath. */
const REPORTS = {
  package: "dist/lib/index.d.ts",
  plugin: "dist/lib/plugin/index.d.ts",
  testing: "dist/lib/testing/index.d.ts",
};
const REVIEWED = join(ROOT, "test", "package", "api");

await build();
const temporary = mkdtempSync(join(tmpdir(), "api-reports-"));
try {
  const stale = Object.entries(REPORTS).filter(([name, entry]) => !isCurrent(name, reportOf(name, entry)));
  if (stale.length > 0) {
    console.log(
      `The API differs from what was reviewed: ${stale.map(([name]) => `test/package/api/${name}.api.md`).join(", ")}.`,
    );
    console.log("Look at the difference after `node scripts/api-reports.mjs`, and name it in CHANGELOG.md.");
    process.exitCode = 1;
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** With --check whether the report is the reviewed one; else it is made so. */
function isCurrent(name, report) {
  const file = join(REVIEWED, `${name}.api.md`);
  if (process.argv.includes("--check")) return readFileSync(file, "utf8") === report;
  mkdirSync(REVIEWED, { recursive: true });
  writeFileSync(file, report);
  return true;
}

function reportOf(name, entry) {
  const configuration = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, "package.json"),
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, entry),
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "ES2022",
            lib: ["ES2022"],
            module: "commonjs",
            moduleResolution: "node10",
            strict: true,
            skipLibCheck: true,
            types: ["node"],
          },
          files: [join(ROOT, entry)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: temporary,
        reportTempFolder: join(temporary, "temp"),
        includeForgottenExports: false,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      // Doc comments are judged by people, release tags are not used, and what is not exported is on purpose.
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  Extractor.invoke(configuration, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  return readFileSync(join(temporary, `${name}.api.md`), "utf8");
}
