// What each step of the driver throws for: the words around those of `core/`, which a user would have read.
import { type BlockSchema, type ObjectValue, UNKNOWN } from "../../../lib/plugin";
import { RuleViolation } from "../../../lib/plugin/testing";
import {
  judgeFinalPlan,
  judgePlan,
  judgeResult,
  judgeStored,
  refuseWriteOnly,
} from "../../../lib/plugin/testing/verdict";

const text = (more: object) => ({ type: "string", description: "T.", ...more }) as const;
const SCHEMA: BlockSchema = {
  attributes: {
    name: text({ required: true }),
    id: text({ computed: true }),
    secret: text({ optional: true, writeOnly: true }),
  },
};
const NAME = "bad_thing";
const A: ObjectValue = { name: "a", id: "1", secret: null };
const change = (more: ObjectValue): ObjectValue => ({ ...A, ...more });
const plan = (action: string, planned: ObjectValue | null = A) => ({ action, planned });

test.each<[string, () => void]>([
  ["a plan as configured", () => judgePlan(NAME, SCHEMA, null, change({ id: null }), change({ id: UNKNOWN }))],
  ["a destruction", () => judgePlan(NAME, SCHEMA, A, null, null)],
  [
    "a final plan that knows more",
    () => judgeFinalPlan(NAME, SCHEMA, plan("create", change({ id: UNKNOWN })), plan("create")),
  ],
  ["an update that turns out none", () => judgeFinalPlan(NAME, SCHEMA, plan("update"), plan("no-op"))],
  ["a result as planned", () => judgeResult(NAME, SCHEMA, change({ id: UNKNOWN }), A)],
  ["nothing left of what was destroyed", () => judgeResult(NAME, SCHEMA, null, null)],
  ["what is stored", () => judgeStored(NAME, SCHEMA, A, "read")],
  ["what has gone", () => judgeStored(NAME, SCHEMA, null, "read")],
])("%s is let pass", (_name, judge) => {
  expect(judge).not.toThrow();
});

const EXPANDING =
  "Provider produced inconsistent final plan: When expanding the plan for bad_thing to include new values learned so far during apply, the provider";

test.each<[string, () => void, string]>([
  [
    "a plan against the configuration",
    () => judgePlan(NAME, SCHEMA, null, A, change({ name: "b" })),
    'Provider produced invalid plan: the provider planned an invalid value for bad_thing.name: planned value cty.StringVal("b") does not match config value cty.StringVal("a").',
  ],
  [
    "a destruction that leaves something",
    () => judgePlan(NAME, SCHEMA, A, null, A),
    "bad_thing: planned a non-null destroy value",
  ],
  [
    "a final plan with another value",
    () => judgeFinalPlan(NAME, SCHEMA, plan("create"), plan("create", change({ id: "2" }))),
    `${EXPANDING} produced an invalid new value for .id: was cty.StringVal("1"), but now cty.StringVal("2").`,
  ],
  [
    "a final plan with another action",
    () => judgeFinalPlan(NAME, SCHEMA, plan("update"), plan("replace")),
    `${EXPANDING} changed the planned action from update to replace.`,
  ],
  [
    "nothing to do where something was planned anew",
    () => judgeFinalPlan(NAME, SCHEMA, plan("create"), plan("no-op")),
    `${EXPANDING} changed the planned action from create to no-op.`,
  ],
  [
    "something left of what was destroyed",
    () => judgeResult(NAME, SCHEMA, null, A),
    "Provider returned invalid result object after apply: a non-null object for the destroyed bad_thing",
  ],
  [
    "a result that is not known",
    () => judgeResult(NAME, SCHEMA, change({ id: UNKNOWN }), change({ id: UNKNOWN })),
    "Provider returned invalid result object after apply: the provider still indicated an unknown value for bad_thing.id",
  ],
  [
    "another result than planned",
    () => judgeResult(NAME, SCHEMA, A, change({ name: "b" })),
    'Provider produced inconsistent result after apply: When applying changes to bad_thing, the provider produced an unexpected new value: .name: was cty.StringVal("a"), but now cty.StringVal("b").',
  ],
  [
    "no result",
    () => judgeResult(NAME, SCHEMA, A, null),
    "Provider produced inconsistent result after apply: When applying changes to bad_thing, the provider produced an unexpected new value: Root object was present, but now absent.",
  ],
  [
    "a write-only value in a result",
    () => judgeResult(NAME, SCHEMA, A, change({ secret: "s" })),
    'Provider produced invalid object: the provider returned a value for the write-only attribute "bad_thing.secret" after apply',
  ],
  [
    "an unknown value to be stored",
    () => judgeStored(NAME, SCHEMA, change({ id: UNKNOWN }), "import"),
    "Provider produced invalid object: the import of bad_thing returned unknown values, first bad_thing.id",
  ],
  [
    "a write-only value to be stored",
    () => judgeStored(NAME, SCHEMA, change({ secret: "s" }), "move"),
    'Provider produced invalid object: the provider returned a value for the write-only attribute "bad_thing.secret" during the move',
  ],
  [
    "a write-only value in a plan",
    () => refuseWriteOnly(NAME, SCHEMA, change({ secret: "s" }), "during planning"),
    'Provider produced invalid object: the provider returned a value for the write-only attribute "bad_thing.secret" during planning',
  ],
])("%s is refused in core's words", (_name, judge, message) => {
  expect(judge).toThrow(RuleViolation);
  expect(judge).toThrow(expect.objectContaining({ message }));
});

test("of several problems each has a line", () => {
  const judge = (): void => judgeResult(NAME, SCHEMA, A, change({ name: "b", id: "2" }));
  expect(judge).toThrow(/unexpected new value: \.name: .*\n.*unexpected new value: \.id: /);
});
