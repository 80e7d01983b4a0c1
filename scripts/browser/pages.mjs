// The pages that the browser test opens, each written by the command line from a real plan.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TaskFailure } from "../tasks/failure.mjs";
import { ROLLOUT, savePlan, withDemonstration } from "./demonstration.mjs";
import { review } from "./review.mjs";

/** What a name could try: to run, to load, to break out, to be wider than any phone. */
export const HOSTILE = `<img src=https://example.invalid/x.png onerror=document.title='owned'><script>document.title='owned'</script>`;
export const LONG = "a-name-without-any-space-".repeat(8);

const LOST = {
  address: "zenlayercloud_zvm_instance.machine",
  mode: "managed",
  type: "zenlayercloud_zvm_instance",
  name: "machine",
  provider_name: "registry.terraform.io/zenlayer/zenlayercloud",
  change: {
    actions: ["delete", "create"],
    before: { id: "900000000000000042", instance_name: "database", instance_type: "c.2c4g" },
    after: { instance_name: "database", instance_type: "c.8c16g" },
    after_unknown: { id: true },
    before_sensitive: {},
    after_sensitive: {},
    replace_paths: [["instance_type"]],
  },
  action_reason: "replace_because_cannot_update",
};

/** Writes all pages; gives their file:// addresses and the JSON report that each must agree with. */
export async function writePages(directory) {
  return withDemonstration(ROLLOUT, async ({ terraform }) => {
    const { plan, log, made } = await savePlan(terraform, directory, "rollout");
    const alarming = edited(plan, join(directory, "alarm.json"), (json) => json.resource_changes.push(LOST));
    const hostile = edited(plan, join(directory, "hostile.json"), (json) => {
      json.resource_changes
        .filter(({ type }) => type.startsWith("zenlayer_"))
        .forEach((each, index) => {
          const name = index % 2 === 0 ? HOSTILE : LONG;
          for (const values of [each.change.before, each.change.after]) values.instance_name = name;
        });
    });
    const large = edited(plan, join(directory, "large.json"), seventeen);
    const pages = {
      large: await written(join(directory, "large.html"), [large, "--name", "large"]),
      report: await written(join(directory, "report.html"), [plan, "--log", log, "--name", "rollout"]),
      alarm: await written(join(directory, "alarm.html"), [alarming, "--log", log, "--name", "alarm"]),
      hostile: await written(join(directory, "hostile.html"), [hostile, "--log", log, "--name", HOSTILE]),
    };
    const applied = await terraform.applyPlan(made);
    if (applied.exitCode !== 0)
      throw new TaskFailure(
        `The apply failed: ${applied.errors.map(({ summary, detail }) => `${summary} ${detail}`).join("\n")}`,
      );
    const state = join(directory, "state.json");
    writeFileSync(state, (await terraform.run(["show", "-json"])).stdout);
    const applyLog = join(directory, "apply.log");
    writeFileSync(applyLog, applied.stdout);
    const quiet = await savePlan(terraform, directory, "quiet");
    return {
      ...pages,
      applied: await written(join(directory, "applied.html"), ["--applied", state, applyLog, plan]),
      quiet: await written(join(directory, "quiet.html"), [quiet.plan, "--log", quiet.log]),
    };
  });
}

/** So many changes, of machines whose names have as many characters as Zenlayer allows. */
function seventeen(json) {
  const sample = json.resource_changes.find(({ change }) => (change.after?.changes ?? []).length === 1);
  json.resource_changes = Array.from({ length: 17 }, (_, index) => {
    const copy = structuredClone(sample);
    copy.address = `${sample.type}.machines["${index}"]`;
    const own = {
      instance_id: `9000000000000001${String(index).padStart(2, "0")}`,
      instance_name: `${index}-`.padEnd(128, "long-name-"),
    };
    for (const values of [copy.change.before, copy.change.after]) if (values !== null) Object.assign(values, own);
    return copy;
  });
}

async function written(file, args) {
  const { code, output } = await review([...args, "--out", file]);
  if (code === 1) throw new TaskFailure(`The review failed:\n${output}`);
  const json = await review([...args, "--format", "json"]);
  return { url: pathToFileURL(file).href, report: JSON.parse(json.output) };
}

function edited(from, to, edit) {
  const json = JSON.parse(readFileSync(from, "utf8"));
  edit(json);
  writeFileSync(to, JSON.stringify(json));
  return to;
}
