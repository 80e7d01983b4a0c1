// Whatever is given instead of a plan is answered with one clear sentence.
import { deflateRawSync } from "node:zlib";
import { parseLog, parsePlan, parseStack, parseState, ReviewError, type ReviewErrorCode } from "../../../lib/review";
import { logText, planJson, stateJson } from "../plans";
import { input } from "../support";

function failure(action: () => unknown): ReviewError {
  try {
    action();
  } catch (error) {
    if (error instanceof ReviewError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("what is not a plan is refused", () => {
  const whole = JSON.stringify(planJson());
  test.each<readonly [string, unknown, ReviewErrorCode, RegExp]>([
    ["nothing at all", "", "not_json", /empty/],
    ["white space", " \n ", "not_json", /empty/],
    ["text", "Error: no plan", "not_json", /not JSON/],
    ["a plan that was cut off", whole.slice(0, whole.length / 2), "not_json", /cut off/],
    ["a list", "[1, 2]", "not_json", /not an object/],
    ["null", "null", "not_json", /not an object/],
    ["another object", { a: 1 }, "not_a_plan", /not a plan/],
    ["a state", stateJson([]), "not_a_plan", /--applied/],
    ["an empty state", { format_version: "1.0" }, "not_a_plan", /--applied/],
    ["a log", logText([]), "not_a_plan", /--log/],
    ["a log of one line", logText([]).split("\n")[0], "not_a_plan", /--log/],
    ["a stack", { resource: {}, terraform: {} }, "not_a_plan", /configuration/],
    ["a report", { kind: "cdktf-zenlayer/review", version: 1 }, "not_a_plan", /--verify/],
    [
      "an old format",
      planJson({ overrides: { format_version: "0.2" } }),
      "unsupported_format",
      /"0.2".*Terraform 1\.0 and older/,
    ],
    ["a state file", { version: 4, serial: 1, lineage: "l", resources: [] }, "not_a_plan", /state file.*--applied/],
    [
      "what a wrapper printed before it",
      `[command]/opt/terraform-bin show -json tfplan\n${whole}\n`,
      "not_json",
      /wrapper.*terraform_wrapper: false/,
    ],
    ["words before it", `INFO: hello\n${whole}`, "not_json", /begins with the words of another program;/],
    [
      "words behind it",
      `${whole}\n::debug::exited`,
      "not_json",
      /goes on after its JSON with the words of another program;/,
    ],
    ["several of them", `${whole}\n${whole}\n`, "not_json", /several documents.*terragrunt/],
    [
      "several over many lines",
      `${JSON.stringify(planJson(), null, 2)}\n${whole}`,
      "not_json",
      /several documents.*terragrunt/,
    ],
    ["a coming format", planJson({ overrides: { format_version: "2.0" } }), "unsupported_format", /"2.0"/],
    ["a version that is no text", planJson({ overrides: { format_version: 1 } }), "not_a_plan", /not a plan/],
    [
      "changes that are no list",
      planJson({ overrides: { resource_changes: { a: 1 } } }),
      "not_a_plan",
      /resource_changes/,
    ],
    ["changes that are no objects", planJson({ overrides: { resource_changes: ["x"] } }), "not_a_plan", /damaged/],
    [
      "a change without an address",
      planJson({ overrides: { resource_changes: [{ change: { actions: ["create"] } }] } }),
      "not_a_plan",
      /no address/,
    ],
    [
      "a change without actions",
      planJson({ overrides: { resource_changes: [{ address: "a.b" }] } }),
      "not_a_plan",
      /no actions/,
    ],
  ])("%s", (_, content, code, message) => {
    const error = failure(() => parsePlan(input(content)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^plan\.json /);
    expect(error.message).not.toContain("\n");
  });

  test("a binary plan file, with the command that makes JSON of it", () => {
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, ...deflateRawSync("tfplan")]);
    expect(failure(() => parsePlan({ label: "tfplan", bytes: zip })).message).toContain("terraform show -json tfplan");
  });
});

test("a plan nested without end is read without failing", () => {
  const depth = 50_000;
  const text = `{"format_version":"1.2","resource_changes":[],"prior_state":{"values":{"root_module":${'{"child_modules":['.repeat(depth)}${"]}".repeat(depth)}}}}`;
  expect(parsePlan(input(text)).prior).toEqual([]);
});

test("keys of the prototype are nothing special", () => {
  const text = `{"format_version":"1.2","resource_changes":[],"output_changes":{"__proto__":{"actions":["create"]},"constructor":{}}}`;
  expect(parsePlan(input(text)).outputs.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
});

test.each([
  ["a byte order mark", new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(JSON.stringify(planJson()))])],
  ["UTF-16, as PowerShell writes", new Uint8Array([0xff, 0xfe, ...Buffer.from(JSON.stringify(planJson()), "utf16le")])],
])("a plan with %s is read", (_, bytes) => {
  expect(parsePlan({ label: "plan.json", bytes }).formatVersion).toBe("1.2");
});

test("lines of wrappers in a log are passed over", () => {
  const text = `Running terraform…\n${logText([
    { severity: "warning", summary: "one" },
    { severity: "warning", summary: "one" },
  ])}\n{"half": `;
  expect(parseLog(input(text)).diagnostics).toEqual([
    { severity: "warning", summary: "one", detail: "", address: null, file: null, line: null },
  ]);
});

test("a log, a state and a stack are refused when they are something else", () => {
  expect(failure(() => parseLog(input("hello", "x.log"))).code).toBe("not_a_log");
  expect(failure(() => parseState(input(planJson(), "s.json"))).code).toBe("not_a_state");
  expect(failure(() => parseState(input({ format_version: "4.0" }, "s.json"))).code).toBe("unsupported_format");
  expect(failure(() => parseStack(input({ a: 1 }, "cdk.tf.json"))).code).toBe("not_a_stack");
});

test("an encrypted plan or state of OpenTofu is named for what it is", () => {
  const encrypted = { meta: {}, encrypted_data: "AAAA", encryption_version: "v0" };
  for (const read of [() => parsePlan(input(encrypted, "tfplan")), () => parseState(input(encrypted, "s.json"))]) {
    expect(failure(read).message).toMatch(/is encrypted by OpenTofu; give the JSON of tofu show -json/);
  }
});
