// Which reads are made ahead, which count as made in vain, and what ends it all.
import { ZenlayerError } from "../../lib/api";
import { Machines } from "../../lib/reconcile";
import { ReadingAhead, type AheadRead } from "../../lib/reconcile/reading-ahead";
import { FleetService } from "../support/fleet-service";
import { VirtualClock } from "../support/virtual-clock";

const turn = (): Promise<void> => new Promise(setImmediate);

class Reads {
  now = 1_000;
  requests = 0;
  limited = false;
  readonly started: string[] = [];
  readonly signals = new Set<AbortSignal>();
  result: () => Promise<unknown> = () => Promise.resolve();
  readonly ahead = new ReadingAhead({
    clock: { monotonic: () => this.now },
    keepFor: 10_000,
    traffic: () => ({ requests: this.requests, limited: this.limited, fastest: Infinity }),
  });

  offer(count: number, from = 0): void {
    this.ahead.offer(
      Array.from({ length: count }, (_, index): AheadRead => {
        const machine = `m-${from + index}`;
        const start = (signal: AbortSignal): Promise<unknown> => {
          this.started.push(machine);
          this.signals.add(signal);
          return this.result();
        };
        return { machine, key: `${machine}/status`, start };
      }),
    );
  }

  use(machine: string): void {
    this.ahead.use(machine, [`${machine}/status`]);
  }
}

const failure = (errorClass: "gone" | "retry"): ZenlayerError =>
  new ZenlayerError({ code: "X", errorClass, outcome: "refused", summary: "", cure: "" });

async function settle(reads: Reads): Promise<void> {
  for (let before = -1; before !== reads.started.length;) {
    before = reads.started.length;
    await turn();
  }
}

test("reads until the budget is spent, and goes on as its answers are asked for", async () => {
  const reads = new Reads();
  reads.offer(300);
  await settle(reads);
  expect(reads.started).toHaveLength(100);
  reads.now += 9_999;
  reads.use("m-0");
  await settle(reads);
  expect(reads.started).toHaveLength(101);
});

test("what is asked for only when it has grown too old was read in vain", async () => {
  const reads = new Reads();
  reads.offer(300);
  await settle(reads);
  reads.now += 10_000;
  reads.use("m-0");
  await settle(reads);
  expect(reads.started).toHaveLength(100);
});

test("reads nothing that was asked for already, and nothing twice", async () => {
  const reads = new Reads();
  reads.use("m-1");
  reads.offer(3);
  await settle(reads);
  reads.offer(3);
  await settle(reads);
  expect(reads.started).toEqual(["m-0", "m-2"]);
});

test.each<[string, Error, number]>([
  ["goes on when a machine has just gone", failure("gone"), 200],
  ["stops at any other failure", failure("retry"), 128],
  ["stops at a mistake of ours", new Error("a bug"), 128],
])("%s", async (_name, error, started) => {
  const reads = new Reads();
  reads.requests = 1_000;
  reads.result = () => Promise.reject(error);
  reads.offer(200);
  await settle(reads);
  // 128 were under way when the first one failed.
  expect(reads.started).toHaveLength(started);
});

test("as soon as there is a limit, nothing more is read and what nobody waits for is given up", async () => {
  const reads = new Reads();
  reads.result = () => new Promise(() => undefined);
  reads.offer(40);
  const aborted = (): boolean[] => [...reads.signals].map((signal) => signal.aborted);
  expect(aborted()).toEqual([false]);
  reads.limited = true;
  reads.use("m-0");
  // Whoever asks joins first.
  expect(aborted()).toEqual([false]);
  await settle(reads);
  expect(aborted()).toEqual([true]);
  reads.offer(1, 40);
  expect(reads.started).toHaveLength(40);
});

test("what is asked for while it is read ahead is answered although a limit ends the rest", async () => {
  const clock = new VirtualClock();
  const service = new FleetService({ clock, machines: 60, latency: () => 20 });
  const machines = new Machines(service.client, clock);
  await clock.run(Promise.all(service.ids.slice(0, 10).map((id) => machines.recent("vm", id))));
  const listing = machines.recent("vm", service.ids[10] ?? "");
  await clock.run(listing);
  service.simulator.fault({ kind: "rate_limit", action: "DescribeInstanceTypeStatus", times: 1 });
  const asked = service.ids.slice(11, 40);
  const seen = await clock.run(Promise.all(asked.map((id) => machines.recent("vm", id))));
  expect(seen.map((each) => each?.instance.instanceId)).toEqual(asked);
  for (const id of asked)
    expect(service.calls.filter(({ instanceId, status }) => instanceId === id && status === 200)).toHaveLength(2);
  service.close();
});

test("never answers the look that a call follows", async () => {
  const clock = new VirtualClock();
  const service = new FleetService({ clock, machines: 30, latency: () => 20 });
  const machines = new Machines(service.client, clock);
  await clock.run(Promise.all(service.ids.slice(0, 20).map((id) => machines.recent("vm", id))));
  await clock.run(clock.sleep(1_000));
  const [id = ""] = service.ids.slice(-1);
  const asked = (): number => service.calls.filter(({ instanceId }) => instanceId === id).length;
  expect(asked()).toBe(2);
  const before = service.count("DescribeInstances");
  await clock.run(machines.fresh("vm", id));
  expect([asked(), service.count("DescribeInstances") - before]).toEqual([4, 1]);
  service.close();
});
