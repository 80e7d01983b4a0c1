// Whatever bytes Zenlayer answers with: plan and apply end with an error or a result, nothing crashes or hangs, and no second order is placed. Across files: every read and
// every call meets them.
import fc from "fast-check";
import { createProvider } from "../../../lib/provider";
import { createTestDriver } from "../../../lib/plugin/testing";
import { startSimulator, type Simulator } from "../../../lib/simulator";
import { DrivenTable, type DrivenResult } from "../../support/driven-table";
import { FAST } from "../../support/world";

const ID = "900000000000000001";
const TYPE = "zenlayer_vm_instance_spec";

const HOSTILE: readonly (readonly [string, { readonly status?: number; readonly body: string }])[] = [
  ["nothing", { body: "" }],
  ["null", { body: "null" }],
  ["a list", { body: "[[[]]]" }],
  ["deep nesting", { body: `${"[".repeat(50_000)}${"]".repeat(50_000)}` }],
  ["a response of the wrong kind", { body: '{"requestId":"T","response":"yes"}' }],
  [
    "machines of the wrong kind",
    { body: '{"requestId":"T","response":{"dataSet":{"instanceId":7},"totalCount":"many"}}' },
  ],
  [
    "another machine",
    { body: '{"requestId":"T","response":{"totalCount":1,"dataSet":[{"instanceId":"900000000000000777"}]}}' },
  ],
  [
    "numbers beyond all bounds",
    { body: '{"requestId":"T","response":{"internetMaxBandwidthOut":1e999,"totalCount":-1,"dataSet":[]}}' },
  ],
  [
    "prototype names",
    { body: '{"requestId":"T","response":{"__proto__":{"x":1},"constructor":1,"dataSet":[{"__proto__":1}]}}' },
  ],
  [
    "control characters in an error",
    { status: 400, body: '{"requestId":"T","code":"\\u0000\\u001b[31m","message":"\\u202e\\ud800"}' },
  ],
  [
    "an error without end",
    { status: 400, body: JSON.stringify({ requestId: "T", code: "X".repeat(1e5), message: "m".repeat(1e6) }) },
  ],
];

describe("with answers of no shape at all", () => {
  let world: DrivenTable;
  beforeEach(async () => {
    const machine = { product: "vm", internetChargeType: "ByBandwidth", bandwidth: 400 } as const;
    world = await DrivenTable.start(
      { web: { machine, desired: { internet_max_bandwidth_out: 600 } } },
      { config: { max_retries: 0 }, provider: { timing: FAST } },
    );
  });
  afterEach(() => world.stop());

  const words = ({ diagnostics }: DrivenResult): string =>
    diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`).join("\n");

  test.each(HOSTILE)("%s as the answer to every read is an error of the plan in our words", async (_name, answer) => {
    world.simulator.fault({ kind: "raw", action: "Describe*", times: Infinity, ...answer });
    const plan = await world.plan();
    expect(plan.errors).toHaveLength(1);
    expect(words(plan)).not.toMatch(/crash|panic|internal error|TypeError|undefined/i);
    expect(plan.errors[0]?.summary.length).toBeLessThan(2_000);
  });

  test.each(HOSTILE)("%s as the answer to the order places no second one", async (_name, answer) => {
    const plan = await world.plan();
    world.simulator.fault({ kind: "raw", action: "Modify*", ...answer });
    const applied = await world.applyPlan(plan);
    expect(words(applied)).not.toMatch(/crash|panic|internal error|TypeError/i);
    expect(world.simulator.orders).toHaveLength(1);
    expect(world.simulator.writes()).toHaveLength(1);
  });
});

describe("with random changes of real answers", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({
      fleet: [{ product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 }],
    });
  });
  afterAll(() => simulator.stop());

  test("a resource is read, or an error says why not", async () => {
    const provider = createProvider({ env: simulator.env(), home: "/nonexistent", timing: FAST });
    const driver = createTestDriver(provider);
    await driver.configure({ max_retries: 0 });
    const { instance } = await driver.importState(TYPE, ID);
    const templates = [
      '{"requestId":"T","response":{"requestId":"T","totalCount":1,"dataSet":[{"instanceId":"900000000000000001","zoneId":"SEL-A","instanceType":"c.4c8g","instanceStatus":"RUNNING","instanceChargeType":"PREPAID","internetChargeType":"ByBandwidth","internetMaxBandwidthOut":400,"tags":{"tags":[]}}]}}',
      '{"requestId":"T","response":{"instanceId":"900000000000000001","internetMaxBandwidthOut":400,"modifiedInternetMaxBandwidthOut":600,"modifiedBandwidthStatus":"Processing"}}',
    ];
    const mutated = fc
      .tuple(
        fc.constantFrom(...templates),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom("", "null", "0", "-1", '"', "[", "{}", "9e9", "\u0000")), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([text, edits]) =>
        edits.reduce((current, [at, replacement]) => {
          const position = at % current.length;
          return current.slice(0, position) + replacement + current.slice(position + 1);
        }, text),
      );
    await fc.assert(
      fc.asyncProperty(
        mutated,
        fc.constantFrom("DescribeInstances", "*InternetStatus", "*TypeStatus"),
        async (body, action) => {
          const fault = simulator.fault({ kind: "raw", action, body, times: 2 });
          // A new connection, or a recent look would be shared.
          await driver.configure({ max_retries: 0 });
          const read = await driver.read(TYPE, instance);
          fault.remove();
          for (const { summary, detail } of read.diagnostics)
            expect(`${summary} ${detail}`).not.toMatch(/TypeError|\bundefined\b/);
        },
      ),
      { seed: 20260401, numRuns: 150 },
    );
    expect(simulator.writes()).toEqual([]);
  });
});
