// `npm run mutation [-- ROOM …]`: breaks the lines that decide about money, orders and state, one at a time, and counts what the tests do not notice.
// Each room is tried with its own tests. Ends with 1 when a room misses the threshold of stryker.config.mjs. Reports stand in .tmp/mutation.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./tasks/root.mjs";

const ROOMS = ["engine", "reconcile", "provider"];

function mutate(room) {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, [join(ROOT, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js"), "run"], {
      cwd: ROOT,
      env: { ...process.env, MUTATION_ROOM: room, PROPERTY_RUNS: "100" },
      stdio: "inherit",
    })
      .on("error", reject)
      .on("close", (code) => resolve(code ?? 1));
  });
}

/** Mutants by their end; those in lines that run while a module loads, and those that do not compile, are not counted. */
function scoreOf(room) {
  const { files } = JSON.parse(readFileSync(join(ROOT, ".tmp", "mutation", `${room}.json`), "utf8"));
  const ends = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted) => ends.filter((status) => wanted.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  const missed = count("Survived", "NoCoverage");
  return { room, noticed, missed, "per cent": Math.round((1000 * noticed) / (noticed + missed)) / 10 };
}

const wanted = process.argv.slice(2);
const unknown = wanted.find((room) => !ROOMS.includes(room));
if (unknown !== undefined) {
  console.error(`There is no room ${JSON.stringify(unknown)}: choose of ${ROOMS.join(", ")}.`);
  process.exit(1);
}
const rooms = wanted.length === 0 ? ROOMS : wanted;
let failed = false;
// One after the other: each uses all cores.
for (const room of rooms) failed = (await mutate(room)) !== 0 || failed;
console.table(rooms.map(scoreOf));
process.exitCode = failed ? 1 : 0;
