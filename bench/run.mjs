// `npm run bench`: what the design promises, as ratios of one run or as counts, in one table. Exit code 1 when a goal is missed.
// Where ZENLAYERCLOUD_PROVIDER names the executable of the official provider, it plans as many machines of its own on the same simulator.
// `--quick` leaves out the fleets of 1,000 machines.
import { cpus } from "node:os";
import { build } from "../scripts/tasks/build.mjs";
import { requireTerraform } from "../scripts/tasks/requirements.mjs";

requireTerraform();
await build();
const { startup } = await import("./startup.mjs");
const { planRows } = await import("./plans.mjs");
const { toolRows } = await import("./tools.mjs");

const quick = process.argv.includes("--quick");
const started = await startup();
const plans = await planRows(quick ? 100 : Infinity);
const tools = await toolRows();

const fixed = (value, digits = 2) => (value === undefined ? "" : value.toFixed(digits));
const calls = (counts) =>
  Object.entries(counts)
    .map(([action, count]) => `${count} ${action.replace("DescribeInstance", "…")}`)
    .join(", ");
const table = [
  [
    "What",
    "Machines",
    "Delay, ms",
    "Seconds",
    "Echo",
    "Ratio",
    "Goal",
    "terraform_data",
    "Ratio",
    "Official provider",
    "Plugin CPU, s",
    "Memory, MB",
    "Calls",
  ],
  ...plans.map((row) => [
    row.what,
    row.size,
    row.delay,
    fixed(row.seconds),
    fixed(row.echo),
    fixed(row.ratio),
    row.goal === null ? "" : `≤ ${row.goal}`,
    fixed(row.data),
    fixed(row.seconds / row.data, 1),
    row.official === null ? "" : fixed(row.official),
    `${fixed(row.pluginCpu)} (echo ${fixed(row.echoCpu)})`,
    fixed(row.memory, 0),
    calls(row.calls),
  ]),
  ...tools.map(({ what, size, seconds, perSecond }) => [
    what,
    size,
    "",
    seconds === undefined ? `${fixed(perSecond, 0)} calls a second` : fixed(seconds),
    ...Array(9).fill(""),
  ]),
];
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}\n`,
);
console.log(`| ${table[0].join(" | ")} |\n| ${table[0].map(() => "---").join(" | ")} |`);
for (const row of table.slice(1)) console.log(`| ${row.join(" | ")} |`);
const missed = plans.filter(({ ratio, goal }) => goal !== null && ratio > goal);
for (const { what, size, delay, ratio, goal } of missed)
  console.error(`Missed: ${what} of ${size} at ${delay} ms takes ${ratio.toFixed(2)} × echo, the goal is ${goal}.`);
process.exitCode = started && missed.length === 0 ? 0 : 1;
