// Starts the system's Chromium for tests and screenshots: nothing is downloaded, nothing of the user's own browser is touched.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { TaskFailure } from "../tasks/failure.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Quiet: no network of its own, no first-run pages. Playwright makes a new profile each time and removes it. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** Path of the browser: `CHROMIUM` or the first known name on PATH. */
export function findChromium(environment = process.env) {
  if (environment.CHROMIUM) {
    if (existsSync(environment.CHROMIUM)) return environment.CHROMIUM;
    throw new TaskFailure(`CHROMIUM names ${environment.CHROMIUM}, which does not exist.`);
  }
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
  if (found === undefined) {
    throw new TaskFailure(
      "Chromium was not found: install it (Debian: apt-get install chromium), or name its executable in CHROMIUM.",
    );
  }
  return found;
}

export async function launchChromium() {
  const executablePath = findChromium();
  const { chromium } = await import("playwright-core").catch(() => {
    throw new TaskFailure("playwright-core is missing: run npm ci.");
  });
  return chromium.launch({ executablePath, args: ARGUMENTS, headless: true, chromiumSandbox: false });
}
