// Reading what Terraform prints in JSON.
import { CommandResult, Plan } from "../../lib/testing/plan";
import { expectChanges, expectNoChanges, expectNothingDestroyed, expectSuccess } from "../../lib/testing/expectations";
import { resourcesOf, type ChangeAction, type PlanJson, type ResourceChange } from "../../lib/testing/plan-json";

const run = { program: "tofu", args: ["plan"], exitCode: 0, signal: null, stdout: "", stderr: "" };

function change(
  address: string,
  actions: readonly ChangeAction[],
  more: Partial<ResourceChange["change"]> = {},
): ResourceChange {
  const [type = "", name = ""] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/cdktf-zenlayer/zenlayer",
    change: {
      actions,
      before: null,
      after: null,
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: false,
      ...more,
    },
  };
}

function plan(exitCode: number, changes: readonly ResourceChange[], more: Partial<PlanJson> = {}): Plan {
  return new Plan({ ...run, exitCode }, "plan", {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: changes,
    ...more,
  });
}

const diagnostic = (severity: string, summary: string): string =>
  JSON.stringify({
    "@level": severity,
    "@message": summary,
    type: "diagnostic",
    diagnostic: { severity, summary, detail: "Because.", address: "a.b" },
  });

describe("a command's output", () => {
  const stdout = [
    '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}',
    diagnostic("warning", "Costs"),
    diagnostic("error", "Wrong"),
    '{"cut',
  ].join("\n");
  const result = new CommandResult({ ...run, exitCode: 1, stdout });

  test("is read line by line, and a line cut by a kill is left out", () => {
    expect(result.events.map((event) => event.type)).toEqual(["version", "diagnostic", "diagnostic"]);
  });

  test("gives warnings and errors apart", () => {
    expect(result.warnings.map((warning) => warning.summary)).toEqual(["Costs"]);
    expect(result.errors.map((error) => error.summary)).toEqual(["Wrong"]);
  });

  test("is told in full when success was expected", () => {
    expect(() => expectSuccess(result)).toThrow(
      /^tofu ended with exit code 1[\s\S]*warning \(a\.b\): Costs\nBecause\.[\s\S]*error \(a\.b\): Wrong/,
    );
  });
});

describe("a plan", () => {
  test("lists as changes what apply will touch or import, and nothing else", () => {
    const result = plan(2, [
      change("t.same", ["no-op"]),
      change("t.updated", ["update"]),
      change("t.imported", ["no-op"], { importing: { id: "1" } }),
      { ...change("data.t.read", ["read"]), mode: "data" },
    ]);
    expect(result.changes.map((entry) => entry.address)).toEqual(["t.updated", "t.imported"]);
  });

  test("finds a resource by address, or says which addresses there are", () => {
    const result = plan(0, [change("t.same", ["no-op"])]);
    expect(result.changeFor("t.same").change.actions).toEqual(["no-op"]);
    expect(() => result.changeFor("t.other")).toThrow("no resource t.other. It has: t.same");
  });
});

describe("expectNoChanges", () => {
  test("accepts an empty plan", () => {
    expect(() => expectNoChanges(plan(0, [change("t.same", ["no-op"])]))).not.toThrow();
  });

  test.each([
    [
      "an update, with the values",
      plan(2, [change("t.a", ["update"], { before: { size: 1, same: 1 }, after: { size: 2, same: 1 } })]),
      /t\.a: update \(size 1 -> 2\)/,
    ],
    ["an import", plan(2, [change("t.a", ["no-op"], { importing: { id: "1" } })]), /t\.a: import/],
    [
      "an output",
      plan(2, [], { output_changes: { price: { actions: ["update"], before: 1, after: 2, after_unknown: false } } }),
      /output price: update/,
    ],
    ["an error", new Plan({ ...run, exitCode: 1, stdout: diagnostic("error", "Wrong") }, null, null), /Wrong/],
  ])("refuses %s", (_name, result, message) => {
    expect(() => expectNoChanges(result)).toThrow(message);
  });
});

describe("expectChanges", () => {
  const result = plan(2, [
    change("t.b", ["delete", "create"]),
    change("t.a", ["update"], { importing: { id: "1" } }),
    change("t.c", ["no-op"]),
  ]);

  test("accepts exactly the changes of the plan, in any order", () => {
    expect(() => expectChanges(result, { "t.a": ["import", "update"], "t.b": ["delete", "create"] })).not.toThrow();
  });

  test.each([
    ["a change too many", { "t.a": ["import", "update"] as const }],
    ["another action", { "t.a": ["update"] as const, "t.b": ["delete", "create"] as const }],
  ])("refuses %s", (_name, expected) => {
    expect(() => expectChanges(result, expected)).toThrow(
      /Expected changes:[\s\S]*The plan has:[\s\S]*t\.b: delete, create/,
    );
  });
});

test("expectNothingDestroyed refuses a replacement", () => {
  expect(() => expectNothingDestroyed(plan(2, [change("t.a", ["update"])]))).not.toThrow();
  expect(() => expectNothingDestroyed(plan(2, [change("t.a", ["delete", "create"])]))).toThrow("t.a: delete, create");
});

test("resources of modules belong to the state too", () => {
  const resource = (address: string) => ({ address, mode: "managed" as const, type: "t", name: "n", values: {} });
  const state = {
    values: {
      root_module: { resources: [resource("t.a")], child_modules: [{ resources: [resource("module.m.t.b")] }] },
    },
  };
  expect(resourcesOf(state).map((entry) => entry.address)).toEqual(["t.a", "module.m.t.b"]);
  expect(resourcesOf({})).toEqual([]);
});
