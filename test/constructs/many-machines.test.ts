// What synthesis costs by the number of machines, in counts: work that grows faster than the machines would make a thousand of them wait.
import childProcess from "node:child_process";
import { Aspects, TerraformResource, type TerraformStack } from "cdktf";
import { Node } from "constructs";
import {
  ChangeWaves,
  ForbidDowngrades,
  HookEngine,
  LimitImmediateCharge,
  MachineFleet,
  VmInstanceSpec,
  type MachineFleetProps,
} from "../../lib";
import { newStack, synthStack } from "./support";

function machines(stack: TerraformStack, count: number): readonly VmInstanceSpec[] {
  return Array.from(
    { length: count },
    (_, index) => new VmInstanceSpec(stack, `m${index}`, { instance: `${1000 + index}`, bandwidth: 200 }),
  );
}

/** Waves of a tenth each. */
function tenths(all: readonly VmInstanceSpec[]): readonly (readonly VmInstanceSpec[])[] {
  return Array.from({ length: 10 }, (_, wave) => all.slice((wave * all.length) / 10, ((wave + 1) * all.length) / 10));
}

const PROGRAMS: readonly (readonly [string, (stack: TerraformStack, count: number) => void])[] = [
  ["machines alone", machines],
  [
    "guards",
    (stack, count) => {
      machines(stack, count);
      Aspects.of(stack.node.root).add(new LimitImmediateCharge(50));
      Aspects.of(stack).add(new ForbidDowngrades());
    },
  ],
  ["hooks", (stack, count) => machines(stack, count).forEach((each) => each.onChange("hook", { command: "true" }))],
  [
    "waves by order alone",
    (stack, count) => void new ChangeWaves(stack, "waves", { waves: tenths(machines(stack, count)) }),
  ],
  [
    "waves with a check",
    (stack, count) =>
      void new ChangeWaves(stack, "waves", { waves: tenths(machines(stack, count)), check: { command: "true" } }),
  ],
  [
    "a wave per machine",
    (stack, count) => void new ChangeWaves(stack, "waves", { waves: machines(stack, count).map((each) => [each]) }),
  ],
];

/** A fleet is machines and waves, and little besides. */
const FLEET: (stack: TerraformStack, count: number) => void = (stack, count) => {
  const records = Array.from({ length: count }, (_, index) => [`m${index}`, { instance: `${1000 + index}` }]);
  new MachineFleet(stack, "fleet", {
    machines: Object.fromEntries(records) as MachineFleetProps["machines"],
    defaults: { bandwidth: 200, maxImmediateCharge: 50 },
    waves: { size: "10%", check: { command: "true" } },
  });
};

/** How often resources were rendered, how many constructs were walked over, and how long the result is. */
function cost(program: (stack: TerraformStack, count: number) => void, count: number): readonly number[] {
  const render = jest.spyOn(TerraformResource.prototype, "toTerraform");
  const findAll = jest.spyOn(Node.prototype, "findAll");
  try {
    const stack = newStack();
    program(stack, count);
    const text = JSON.stringify(synthStack(stack));
    stack.node.validate();
    const walked = findAll.mock.results.map(({ value }) => (value as unknown[]).length);
    return [render.mock.calls.length, walked.reduce((sum, length) => sum + length, 0), text.length];
  } finally {
    render.mockRestore();
    findAll.mockRestore();
  }
}

test.each([...PROGRAMS, ["a fleet", FLEET] as const])(
  "four times the machines cost four times as much: %s",
  (_name, program) => {
    const [few, many] = [cost(program, 20), cost(program, 80)];
    few.forEach((each, index) => expect((many[index] ?? 0) / each).toBeLessThan(4.4));
  },
);

test.each(Object.values(HookEngine))("synthesis starts no program, with hooks by %s neither", (engine) => {
  const starts = jest.spyOn(childProcess, "execSync").mockReturnValue("");
  try {
    const stack = newStack();
    for (const each of machines(stack, 3)) each.onChange("hook", { command: "true", engine });
    synthStack(stack);
    for (const each of stack.node.findAll()) each.node.validate();
    expect(starts).not.toHaveBeenCalled();
  } finally {
    starts.mockRestore();
  }
});
