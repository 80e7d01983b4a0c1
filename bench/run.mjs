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

const fixed = (value, digits = 2) => (value === undefined || value === null ? "" : value.toFixed(digits));
const calls = (counts) =>
  Object.entries(counts)
    .map(([action, count]) => `${count} ${action.replace("DescribeInstance", "…")}`)
    .join(", ");
/** Pages included, however the machines are read. */
const mostDescribes = (size) => size / 50 + 12;
const misses = ({ size, ratio, goal, calls: { DescribeInstances = 0 } }) => [
  ...(goal !== null && ratio > goal ? [`${fixed(ratio)} > ${goal}`] : []),
  ...(DescribeInstances > mostDescribes(size) ? [`${DescribeInstances} DescribeInstances`] : []),
];
const verdict = (row) => misses(row).join(", ") || (row.goal === null ? "" : "holds");
const columns = {
  What: (row) => row.what,
  Machines: (row) => row.size,
  "Delay, ms": (row) => row.delay,
  Seconds: (row) => fixed(row.seconds),
  Echo: (row) => fixed(row.echo),
  "× echo": (row) => fixed(row.ratio),
  Goal: (row) => (row.goal === null ? "" : `≤ ${row.goal}`),
  Verdict: verdict,
  "× terraform_data": (row) => (row.data === undefined ? "" : fixed(row.seconds / row.data, 1)),
  "Official provider": (row) => fixed(row.official),
  "Plugin CPU, s": (row) => fixed(row.pluginCpu) + (row.echoCpu === undefined ? "" : ` (echo ${fixed(row.echoCpu)})`),
  "Memory, MB": (row) => fixed(row.memory, 0),
  Calls: (row) => calls(row.calls),
};
const result = ({ seconds, perSecond }) =>
  seconds === undefined ? `${fixed(perSecond, 0)} calls a second` : fixed(seconds);
const table = [
  Object.keys(columns),
  ...plans.map((row) => Object.values(columns).map((cell) => cell(row))),
  ...tools.map((row) => [row.what, row.size, "", result(row), ...Array(Object.keys(columns).length - 4).fill("")]),
];
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}\n`,
);
console.log(`| ${table[0].join(" | ")} |\n| ${table[0].map(() => "---").join(" | ")} |`);
for (const row of table.slice(1)) console.log(`| ${row.join(" | ")} |`);
const missed = plans.filter((row) => misses(row).length > 0);
for (const row of missed)
  console.error(`Missed: ${row.what} of ${row.size} at ${row.delay} ms: ${misses(row).join(", ")}.`);
process.exitCode = started && missed.length === 0 ? 0 : 1;
