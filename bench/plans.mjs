// A fleet that has nothing to do, planned by the real Terraform; and a fleet that is adopted. Beside the echo provider and as many `terraform_data`.
import { startSimulator } from "../dist/lib/simulator/index.js";
import { callsOf, FIRST_ID, OFFICIAL, Stack } from "./stacks.mjs";
import { median } from "./statistics.mjs";

/** Machines, delay of each answer in ms, what it may take as a multiple of the echo provider's time without delay, rounds, and what Terraform is told where there is a delay. */
const QUIET = [
  { size: 1, delay: 0, goal: 1.1, rounds: 25 },
  { size: 1, delay: 100, goal: null, rounds: 3 },
  { size: 100, delay: 0, goal: 1.25, rounds: 15 },
  { size: 100, delay: 20, goal: 1.6, rounds: 5 },
  { size: 100, delay: 100, goal: 1.6, rounds: 7 },
  { size: 1000, delay: 0, goal: 1.25, rounds: 7 },
  { size: 1000, delay: 20, goal: 1.6, rounds: 3 },
  { size: 1000, delay: 100, goal: 1.6, rounds: 5 },
  { size: 1000, delay: 100, goal: null, rounds: 3, parallelism: 30 },
];
const ADOPTION = [
  { size: 1000, delay: 0, goal: 1.3, rounds: 3 },
  { size: 1000, delay: 100, goal: 2, rounds: 1 },
];

/** So many machines against a service that refuses more calls a second: how much longer than it must the plan takes. */
const LIMITED = { size: 1000, perSecond: 20, goal: 1.1 };

function fleet(size) {
  return Array.from({ length: size }, (_, index) => ({
    product: "vm",
    instanceId: String(FIRST_ID + BigInt(index)),
    internetChargeType: "ByBandwidth",
    bandwidth: 100,
  }));
}

async function withFleet(size, work) {
  const simulator = await startSimulator({ fleet: fleet(size), account: { cash: 1e9 } });
  const stacks = {
    ours: new Stack("ours", size, simulator.env()),
    echo: new Stack("echo", size),
    data: new Stack("data", size),
    ...(OFFICIAL === undefined ? {} : { official: new Stack("official", size, simulator.env()) }),
  };
  try {
    for (const stack of Object.values(stacks)) await stack.prepare();
    return await work(simulator, stacks);
  } finally {
    for (const stack of Object.values(stacks)) stack.dispose();
    await simulator.stop();
  }
}

/** Rows of the table; runs of the three are interleaved, so that what disturbs one disturbs all. */
export async function planRows(sizes = Infinity) {
  const rows = [];
  for (const size of [...new Set(QUIET.map((row) => row.size))].filter((each) => each <= sizes)) {
    await withFleet(size, async (simulator, stacks) => {
      for (const stack of Object.values(stacks)) await stack.apply();
      for (const { parallelism, ...row } of QUIET.filter((each) => each.size === size)) {
        const more = parallelism === undefined ? [] : [`-parallelism=${parallelism}`];
        const what = ["quiet plan", ...more].join(" ");
        rows.push(await compared(what, row, simulator, stacks, (stack, delayed) => stack.plan(delayed ? more : [])));
      }
      if (size === LIMITED.size) rows.push(await limited(simulator, stacks.ours));
    });
  }
  for (const { size, delay, goal, rounds } of ADOPTION.filter((row) => row.size <= sizes)) {
    await withFleet(size, async (simulator, { official: _buys, ...stacks }) => {
      const adopt = (stack) => {
        stack.forget();
        return stack.apply();
      };
      rows.push(await compared("adoption", { size, delay, goal, rounds }, simulator, stacks, adopt));
    });
  }
  return rows;
}

async function limited(simulator, stack) {
  const { size, perSecond, goal } = LIMITED;
  simulator.clearRequests();
  simulator.knobs.requestsPerSecond = perSecond;
  const { seconds, pluginCpu, pluginMemory: memory } = await stack.plan();
  simulator.knobs.requestsPerSecond = 0;
  const accepted = simulator.requests.filter(({ status }) => status === 200).length;
  const least = accepted / perSecond;
  const what = `quiet plan at ${perSecond} calls a second; beside it what the limit allows`;
  return {
    what,
    size,
    delay: 0,
    seconds,
    echo: least,
    ratio: seconds / least,
    goal,
    calls: callsOf(simulator),
    pluginCpu,
    memory,
  };
}

async function compared(what, { size, delay, goal, rounds }, simulator, stacks, run) {
  const runs = Object.fromEntries(Object.keys(stacks).map((name) => [name, []]));
  let calls = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, stack] of Object.entries(stacks)) {
      simulator.clearRequests();
      const delayed = name === "ours" || name === "official";
      simulator.knobs.responseDelay = delayed ? delay : 0;
      runs[name].push(await run(stack, delayed));
      if (name === "ours") calls = callsOf(simulator);
    }
  }
  simulator.knobs.responseDelay = 0;
  const of = (name, field) => median(runs[name].map((each) => each[field]));
  const seconds = of("ours", "seconds");
  const echo = of("echo", "seconds");
  return {
    what,
    size,
    delay,
    seconds,
    echo,
    data: of("data", "seconds"),
    official: stacks.official === undefined ? null : of("official", "seconds"),
    ratio: seconds / echo,
    goal,
    calls,
    pluginCpu: of("ours", "pluginCpu"),
    echoCpu: of("echo", "pluginCpu"),
    memory: of("ours", "pluginMemory"),
  };
}
