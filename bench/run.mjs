// `npm run bench`: the numbers that the design promises, as ratios of one run or as counts. Exit code 1 when one is missed.
import { build } from "../scripts/tasks/build.mjs";
import { requireTerraform } from "../scripts/tasks/requirements.mjs";

requireTerraform();
await build();
const { startup } = await import("./startup.mjs");
const { quietPlan } = await import("./quiet-plan.mjs");
const results = [await startup(), await quietPlan()];
process.exitCode = results.every(Boolean) ? 0 : 1;
