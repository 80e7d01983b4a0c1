// Secrets in messages: wherever a plan or state keeps them, and however a message writes them.
import { collectFacts, parseLog, parseState, buildAppliedReport } from "../../../lib/review";
import { action, change, logText, stateJson, stateResource, vm, vmUpdate, type Json, type PlanOptions } from "../plans";
import { input, subject } from "../support";

const SECRET = "correct-horse-battery";

function said(text: string, options: PlanOptions): string {
  return collectFacts([subject(options, [{ severity: "warning", summary: "w", detail: text }])]).diagnostics[0]!.detail;
}

function withVariable(value: Json): PlanOptions {
  return {
    variables: { v: { value } },
    configuration: { root_module: { variables: { v: { sensitive: true } } } },
  };
}

const root = (content: Json) => ({ configuration: content }) satisfies PlanOptions;

test.each<readonly [string, PlanOptions]>([
  ["an output that changes", { outputs: { o: { actions: ["update"], before: SECRET, before_sensitive: true } } }],
  ["a part of an output", { outputs: { o: { after: { a: [SECRET] }, after_sensitive: { a: [true] } } } }],
  ["a planned output", { overrides: { planned_values: { outputs: { o: { sensitive: true, value: [SECRET] } } } } }],
  [
    "an output of the state",
    { overrides: { prior_state: { values: { outputs: { o: { sensitive: true, value: SECRET } } } } } },
  ],
  [
    "a constant given to a sensitive variable of a module",
    root({
      root_module: {
        module_calls: {
          a: {
            module: {
              module_calls: {
                b: {
                  expressions: { v: { constant_value: SECRET } },
                  module: { variables: { v: { sensitive: true } } },
                },
              },
            },
          },
        },
      },
    }),
  ],
  [
    "a default of such a variable",
    root({
      root_module: { module_calls: { a: { module: { variables: { v: { sensitive: true, default: SECRET } } } } } },
    }),
  ],
  [
    "a constant of a provider block",
    root({ provider_config: { zenlayer: { expressions: { access_key_password: { constant_value: SECRET } } } } }),
  ],
  [
    "a constant of a block inside a provider block",
    root({ provider_config: { x: { expressions: { auth: [{ api_token: { constant_value: SECRET } }] } } } }),
  ],
  [
    "a write-only value",
    root({
      root_module: {
        resources: [{ address: "x.y", expressions: { password_wo: { constant_value: SECRET } } }],
      },
    }),
  ],
  [
    "an action",
    { overrides: { action_invocations: [action({ config_values: { p: SECRET }, config_sensitive: { p: true } })] } },
  ],
])("%s is hidden", (_, options) => {
  expect(said(`login with ${SECRET}.`, options)).toBe("login with (sensitive).");
});

test("what is no secret by its mark or name stays readable", () => {
  const options: PlanOptions = {
    outputs: { o: { actions: ["create"], after: "public-value", after_sensitive: false } },
    configuration: {
      provider_config: { zenlayer: { expressions: { endpoint: { constant_value: "console.example" } } } },
      root_module: {
        variables: { region: { default: "SEL-A" } },
        resources: [
          {
            address: "x.y",
            expressions: {
              key: { constant_value: "image" },
              secret_name: { constant_value: "at" },
              token_type: { constant_value: "console.example" },
              tokens: { references: ["a"] },
            },
          },
        ],
      },
    },
  };
  const text = "public-value at console.example in SEL-A with image and a";
  expect(said(text, options)).toBe(text);
});

test("the outputs of a state are hidden after an apply, too", () => {
  const state = { ...stateJson([]), values: { root_module: {}, outputs: { o: { sensitive: true, value: SECRET } } } };
  const found = buildAppliedReport({
    name: "p",
    states: [parseState(input(state))],
    logs: [parseLog(input(logText([{ severity: "warning", summary: SECRET }])))],
    plans: [],
  });
  expect(found.diagnostics[0]?.summary).toBe("(sensitive)");
});

test("the command of a hook is hidden where it holds a secret", () => {
  const hook = change("null_resource.hook", ["create"], null, { triggers: { change_count: "1" } });
  const found = collectFacts([
    subject({
      changes: [vmUpdate(), hook],
      variables: { v: { value: SECRET } },
      configuration: {
        root_module: {
          variables: { v: { sensitive: true } },
          resources: [
            {
              address: "null_resource.hook",
              expressions: { triggers: { references: ["zenlayer_vm_instance_spec.web.change_count"] } },
              provisioners: [{ expressions: { command: { constant_value: `curl -u me:${SECRET} x` } } }],
            },
          ],
        },
      },
    }),
  ]);
  expect(found.hooks[0]?.commands).toEqual(["curl -u me:(sensitive) x"]);
});

const KEY = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEAx3Zk\nqv9f8Yw3LkSecondLine=\n-----END KEY-----\n";
const JSON_SECRET = JSON.stringify({ user: "x", password: 'pa"55word-of-json' });

test.each<readonly [string, Json, string, string]>([
  ["quoted as Go and HCL do", 'pa"ss\\wo\trd', 'bad value "pa\\"ss\\\\wo\\trd"', 'bad value "(sensitive)"'],
  ["quoted as JSON of Go does", "pa<ss>&wd", 'got {"v":"pa\\u003css\\u003e\\u0026wd"}', 'got {"v":"(sensitive)"}'],
  ["quoted as a template", "a${b}c-123", '"a$${b}c-123"', '"(sensitive)"'],
  ["as part of an address", "p@ss/word+1", "https://me:p%40ss%2Fword%2B1@x", "https://me:(sensitive)@x"],
  ["wrapped at a space", "open sesame now", "said open sesame\n│   now.", "said (sensitive)."],
  ["wrapped within a word", SECRET, "said correct-hor\n  se-battery.", "said (sensitive)."],
  ["wrapped with carriage returns", SECRET, "correct-\r\n> horse-battery", "(sensitive)"],
  ["a line of it", KEY, "at qv9f8Yw3LkSecondLine= in", "at (sensitive) in"],
  ["all of it on one line", KEY, `x ${KEY.replace(/\n/g, " ")}`, "x (sensitive) "],
  ["a leaf of it", JSON_SECRET, 'no pa"55word-of-json', "no (sensitive)"],
  ["cut short", SECRET, 'value "correct-horse-b..." is', 'value "(sensitive)..." is'],
  ["inside of other text", SECRET, `xx${SECRET}yy${SECRET}`, "xx(sensitive)yy(sensitive)"],
  ["one inside of another", [SECRET, `${SECRET}-staple`], `${SECRET}-staple ${SECRET}`, "(sensitive) (sensitive)"],
  ["with a lone surrogate", "ab\ud800cdef", "is ab\ud800cdef!", "is (sensitive)!"],
  [
    "a number with its unit",
    317,
    "317Mbps, 317.00 USD, 1317, 317.5, 3,317",
    "(sensitive)Mbps, (sensitive) USD, 1317, 317.5, 3,317",
  ],
  ["a negative number", -317, "-317 and 317", "(sensitive) and 317"],
  ["a short word with a hyphen", "a-b", "a-b a-bc", "(sensitive) a-bc"],
  ["a short word", "abc", "abc abcd x-abc", "(sensitive) abcd x-(sensitive)"],
])("%s", (_, value, text, expected) => {
  expect(said(text, withVariable(value))).toBe(expected);
});

test("what is pending of a resource that stands only in the state is hidden where its axis is sensitive", () => {
  const pending = [
    { axis: "internet_max_bandwidth_out", from: "100", to: "50", phase: "scheduled", effective_at: null },
  ];
  const values = vm({ pending });
  const facts = (sensitive: Json) =>
    collectFacts([subject({ prior: [stateResource("zenlayer_vm_instance_spec.web", values, sensitive)] })]).pending;
  expect(facts({})).toMatchObject([{ from: "100", to: "50" }]);
  expect(facts({ internet_max_bandwidth_out: true })).toMatchObject([{ from: "(sensitive)", to: "(sensitive)" }]);
  expect(facts({ pending: true })).toEqual([]);
});

test("many secrets and a long message take their sum and not their product", () => {
  const changes = Array.from({ length: 5_000 }, (_, at) =>
    change(`x_y.r${at}`, ["update"], { secret: `secret-number-${at}` }, vm(), { before_sensitive: { secret: true } }),
  );
  const text = said(`${"x".repeat(200_000)} secret-number-4999`, { changes });
  expect(text.endsWith("x (sensitive)")).toBe(true);
});
