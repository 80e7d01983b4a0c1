// The driver's merge and verdicts against what Terraform's own functions answered (`../recorded/README.md`).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeMsgpack } from "../../../lib/plugin";
import { blockType, pathText } from "../../../lib/plugin/cty/type";
import { planProblems } from "../../../lib/plugin/testing/core/plan-rules";
import { proposedNewState } from "../../../lib/plugin/testing/core/proposed-state";
import { resultProblems } from "../../../lib/plugin/testing/core/result-rules";
import { isUnchanged } from "../../../lib/plugin/testing/core/action";
import { canonicalText } from "../../../lib/plugin/cty/equality";
import type { BlockSchema, ObjectValue, Value } from "../../../lib/plugin";

interface Recorded {
  readonly schema: BlockSchema;
  readonly prior: string;
  readonly config: string;
  readonly planned: string;
  readonly actual: string;
  readonly proposed: string;
  readonly planErrors: readonly string[];
  readonly resultErrors: readonly string[];
  readonly plannedIsPrior: boolean;
}

const CASES = gunzipSync(readFileSync(join(__dirname, "..", "recorded", "verdicts.jsonl.gz")))
  .toString("utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

const value = (schema: BlockSchema, base64: string): Value =>
  decodeMsgpack(Buffer.from(base64, "base64"), blockType(schema));

/** Lines of what differs, numbered, so that a failure names the cases and not 3,000 values. */
function differing(compare: (recorded: Recorded) => readonly [ours: unknown, cores: unknown]): string[] {
  return CASES.flatMap((recorded, index) => {
    const [ours, cores] = compare(recorded).map((each) => JSON.stringify(each));
    return ours === cores ? [] : [`${index}: ${ours} and not ${cores}`];
  });
}

const paths = (problems: readonly { readonly path: readonly (string | number)[] }[]): string[] =>
  problems.map(({ path }) => pathText(path)).sort();

test("there are all 3,000 cases", () => {
  expect(CASES).toHaveLength(3000);
});

test("the proposed state is core's", () => {
  expect(
    differing(({ schema, prior, config, proposed }) => {
      const merged = proposedNewState(
        schema,
        value(schema, prior) as ObjectValue | null,
        value(schema, config) as ObjectValue,
      );
      return [merged, value(schema, proposed)].map((each) => canonicalText(each, blockType(schema))) as [
        string,
        string,
      ];
    }),
  ).toEqual([]);
});

test("a plan is refused where core refuses it", () => {
  expect(
    differing(({ schema, prior, config, planned, planErrors }) => [
      paths(planProblems(schema, value(schema, prior), value(schema, config), value(schema, planned))),
      [...planErrors].sort(),
    ]),
  ).toEqual([]);
});

test("a result is refused where core refuses it", () => {
  expect(
    differing(({ schema, planned, actual, resultErrors }) => [
      paths(resultProblems(schema, value(schema, planned), value(schema, actual))),
      [...resultErrors].sort(),
    ]),
  ).toEqual([]);
});

test("a plan is empty where core calls it empty", () => {
  expect(
    differing(({ schema, prior, planned, plannedIsPrior }) => [
      isUnchanged(value(schema, prior), value(schema, planned), blockType(schema)),
      plannedIsPrior,
    ]),
  ).toEqual([]);
});
