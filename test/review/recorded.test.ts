// Plans as OpenTofu 1.10 and a coming Terraform wrote them (test/review/recorded), read as they are.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildReport,
  changesDigest,
  parseLog,
  parsePlan,
  parseState,
  renderMarkdown,
  reviewDocument,
  type Report,
} from "../../lib/review";
import { NOW } from "./support";

function recorded(name: string) {
  return { label: name, bytes: readFileSync(join(__dirname, "recorded", name)) };
}

function review(name: string, log?: string): Report {
  return buildReport(
    [
      {
        name: "stack",
        plan: parsePlan(recorded(`${name}.json`)),
        log: log === undefined ? null : parseLog(recorded(`${log}.jsonl`)),
      },
    ],
    { name: "stack", now: NOW },
  );
}

describe("OpenTofu", () => {
  test.each<readonly [string, string | undefined, string, number]>([
    // One resource comes in a number that is not seen, and the log has nothing after its summary.
    ["full", undefined, "unknown", 2],
    ["full", "opentofu-full", "unknown", 2],
    ["target", undefined, "incomplete", 1],
    ["target", "opentofu-target", "incomplete", 1],
    ["exclude", undefined, "incomplete", 1],
    ["refresh", undefined, "unknown", 2],
    ["refresh", "opentofu-refresh", "unknown", 2],
  ])("%s plan with log %s is %s", (name, log, completeness, exitCode) => {
    const found = review(`opentofu-${name}`, log);
    expect(found.facts.plans[0]?.completeness).toBe(completeness);
    expect(found.exit_code).toBe(exitCode);
  });

  test("a targeted plan names what proves it", () => {
    expect(review("opentofu-exclude").reasons).toEqual([
      "stack: the plan is incomplete, so there is more to do than it shows: it was limited by -target or -exclude: terraform_data.a is not in it",
    ]);
  });

  test("plantimestamp() in a value keeps the digest", () => {
    const plans = ["opentofu-stamp-1.json", "opentofu-stamp-2.json"].map((name) => parsePlan(recorded(name)));
    const [first, second] = plans.map((plan) => changesDigest([plan]));
    expect(plans[0]?.timestamp).not.toBe(plans[1]?.timestamp);
    expect(first).toBe(second);
  });

  test("an encrypted plan or state is named for what it is", () => {
    expect(() => parsePlan(recorded("opentofu-encrypted-plan.json"))).toThrow(/is encrypted by OpenTofu/);
    expect(() => parseState(recorded("opentofu-encrypted-state.json"))).toThrow(/is encrypted by OpenTofu/);
  });
});

describe("Terraform with actions", () => {
  test("a plan that only invokes has no list of changes, and is not nothing to do", () => {
    const found = review("terraform-actions-invoke");
    expect(found).toMatchObject({ exit_code: 2, summary: "An unknown amount charged at once · 1 action to invoke" });
    expect(found.facts.plans[0]?.completeness).toBe("complete");
  });

  test.each([
    ["create", "AfterCreate"],
    ["update", "AfterUpdate"],
  ])("%s", (name, event) => {
    const found = review(`terraform-actions-${name}`);
    expect(found.facts.actions).toMatchObject([
      { address: "action.simple_reboot.now", event, triggered_by: "simple_resource.a" },
      { address: "action.simple_reboot.later", event, triggered_by: "simple_resource.a" },
    ]);
    const text = renderMarkdown(reviewDocument(found));
    expect(text).toContain("2 actions to invoke");
    expect(text + JSON.stringify(found)).not.toContain("s3cr3t");
  });

  test("what a resource triggers and what is invoked by hand have digests of their own", () => {
    const digests = ["create", "update", "invoke"].map((name) => review(`terraform-actions-${name}`).digest);
    expect(new Set(digests).size).toBe(3);
  });
});
