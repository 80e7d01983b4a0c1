// `npm run screenshots`: makes docs/images anew, from real plans of the real Terraform against the simulator.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium } from "./browser/chromium.mjs";
import { savePlan, SHOWCASE, TWO_MACHINES, withDemonstration } from "./browser/demonstration.mjs";
import { review } from "./browser/review.mjs";
import { terminalPage } from "./browser/terminal.mjs";
import { build } from "./tasks/build.mjs";
import { TaskFailure } from "./tasks/failure.mjs";
import { requireNode, requireTerraform } from "./tasks/requirements.mjs";
import { ROOT } from "./tasks/root.mjs";

const IMAGES = join(ROOT, "docs", "images");
const LARGEST = 240_000;
const COLUMNS = 100;
/** What Terraform prints while it looks around, in any order. */
const LOOKING_AROUND = /: (Refreshing state|Reading|Read complete)/;

const SHOTS = [
  {
    name: "review-light",
    page: "report",
    until: "timeline",
    options: { viewport: { width: 1000, height: 800 }, colorScheme: "light" },
  },
  {
    name: "review-dark",
    page: "report",
    until: "timeline",
    options: { viewport: { width: 1000, height: 800 }, colorScheme: "dark" },
  },
  {
    name: "review-phone",
    page: "report",
    height: 1500,
    options: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  },
  { name: "terminal-plan", page: "plan", element: "pre", options: { viewport: { width: 1100, height: 800 } } },
  { name: "terminal-review", page: "review", element: "pre", options: { viewport: { width: 1100, height: 800 } } },
];

async function main() {
  requireNode();
  requireTerraform();
  await build();
  const directory = mkdtempSync(join(tmpdir(), "screenshots-"));
  let browser;
  try {
    const pages = { ...(await report(directory)), ...(await terminal(directory)) };
    browser = await launchChromium();
    mkdirSync(IMAGES, { recursive: true });
    for (const shot of SHOTS) await shoot(browser, pages, shot);
    return 0;
  } finally {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function report(directory) {
  return withDemonstration(SHOWCASE, async ({ terraform }) => {
    const { plan, log } = await savePlan(terraform, directory, "production");
    const file = join(directory, "report.html");
    await review([plan, "--log", log, "--name", "production", "--out", file]);
    return { report: file };
  });
}

async function terminal(directory) {
  return withDemonstration(TWO_MACHINES, async ({ terraform }) => {
    const planned = await terraform.run(["plan", "-out=tfplan"]);
    const { plan } = await savePlan(terraform, directory, "plan");
    const reviewed = await review([plan, "--name", "production", "--format", "text"], {
      FORCE_COLOR: "1",
      NO_COLOR: "",
    });
    const shown = planned.stdout
      .split("\n")
      .filter((line) => !LOOKING_AROUND.test(line))
      .join("\n")
      .replace(/\n[^\n]*─{20,}[\s\S]*$/, "")
      .trim();
    return {
      plan: page(directory, "terminal-plan", [{ command: "terraform plan -out=tfplan", output: shown }]),
      review: page(directory, "terminal-review", [
        {
          command: "terraform show -json tfplan | cdktf-zenlayer review - --name production",
          output: reviewed.output,
        },
      ]),
    };
  });
}

function page(directory, name, sections) {
  const file = join(directory, `${name}.html`);
  writeFileSync(file, terminalPage(sections, COLUMNS));
  return file;
}

async function shoot(browser, pages, { name, page: source, options, element, until, height: fixed }) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(pages[source]).href);
  const path = join(IMAGES, `${name}.png`);
  const last = until === undefined ? null : await tab.getByTestId(until).boundingBox();
  const height = last === null ? fixed : Math.round(last.y + last.height + 8);
  const clip = height === undefined ? {} : { clip: { x: 0, y: 0, width: options.viewport.width, height } };
  if (element === undefined) await tab.screenshot({ path, fullPage: true, ...clip });
  else await tab.locator(element).screenshot({ path });
  await context.close();
  const { size } = statSync(path);
  if (size > LARGEST)
    throw new TaskFailure(`${name}.png has ${size} bytes: at most ${LARGEST} belong into a repository.`);
  console.log(`docs/images/${name}.png: ${Math.round(size / 1000)} kB`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TaskFailure ? error.message : error);
  process.exitCode = 1;
}
