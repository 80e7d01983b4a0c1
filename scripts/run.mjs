// Runs one task of this repository: `node scripts/run.mjs build | quickstart | verify`.
// Plain Node without dependencies, so that it works in a fresh clone before `npm ci`.
import { pathToFileURL } from "node:url";
import { TaskFailure } from "./tasks/failure.mjs";

const TASKS = {
  build: () => import("./tasks/build.mjs").then((task) => task.build()),
  quickstart: () => import("./quickstart.mjs").then((task) => task.quickstart()),
  verify: () => import("./tasks/verify.mjs").then((task) => task.verify()),
};

/** Runs the named task. Returns the exit code; a failure that is understood is one sentence on stderr. */
export async function run(name) {
  const task = TASKS[name];
  if (task === undefined) {
    console.error(`Unknown task ${JSON.stringify(name ?? "")}: choose one of ${Object.keys(TASKS).join(", ")}.`);
    return 1;
  }
  try {
    const { requireNode } = await import("./tasks/requirements.mjs");
    requireNode();
    return (await task()) ?? 0;
  } catch (error) {
    console.error(error instanceof TaskFailure ? error.message : error);
    return 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await run(process.argv[2]);
}
