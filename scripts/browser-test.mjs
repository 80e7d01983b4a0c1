// `npm run test:browser`: opens the HTML report of real plans in Chromium, as a reviewer does, and looks at what is really on the screen.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKS } from "./browser/checks.mjs";
import { findChromium, launchChromium } from "./browser/chromium.mjs";
import { writePages } from "./browser/pages.mjs";
import { build } from "./tasks/build.mjs";
import { TaskFailure } from "./tasks/failure.mjs";
import { requireNode, requireTerraform } from "./tasks/requirements.mjs";

async function main() {
  requireNode();
  requireTerraform();
  findChromium();
  await build();
  const directory = mkdtempSync(join(tmpdir(), "browser-test-"));
  let browser;
  try {
    const pages = await writePages(directory);
    browser = await launchChromium();
    let passed = 0;
    const failed = [];
    for (const [title, check] of CHECKS) {
      try {
        await check(browser, pages);
        passed += 1;
        console.log(`  ✓ ${title}`);
      } catch (error) {
        failed.push(title);
        console.log(
          `  ✕ ${title}\n    ${String(error instanceof Error ? error.message : error).replaceAll("\n", "\n    ")}`,
        );
      }
    }
    console.log(`${passed} passed, ${failed.length} failed`);
    return failed.length === 0 && passed === CHECKS.length ? 0 : 1;
  } finally {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TaskFailure ? error.message : error);
  process.exitCode = 1;
}
