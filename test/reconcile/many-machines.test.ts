// How often Zenlayer is asked for a plan of many machines. Terraform is played as it walks, ten at a time in random order, in virtual time.
import { Machines } from "../../lib/reconcile";
import { FleetService, inTerraformsOrder, type FleetServiceOptions } from "../support/fleet-service";
import { VirtualClock } from "../support/virtual-clock";
import { Random } from "../support/random";

interface Played {
  readonly service: FleetService;
  /** Seconds of virtual time. */
  readonly seconds: number;
  /** Status calls whose answer nobody asked for. */
  readonly inVain: number;
}

interface PlanOptions extends Partial<FleetServiceOptions> {
  readonly managed: number;
  readonly seed?: number;
  readonly parallelism?: number;
  /** ms of Terraform's and ours for each machine. */
  readonly work?: number;
  readonly before?: (service: FleetService) => void;
}

/** Looks at each managed machine once, as a quiet plan does, and holds the rules that each call must keep. */
async function plan(options: PlanOptions): Promise<Played> {
  const { managed, seed = 1, parallelism = 10, work = 4, before, machines = managed, ...rest } = options;
  const random = new Random(seed);
  const clock = new VirtualClock(random.next);
  const service = new FleetService({ clock, machines, latency: () => 20, ...rest });
  before?.(service);
  const looks = new Machines(service.client, clock);
  const asked = new Set<string>();
  /** Calls ahead, by machine. */
  const ahead = new Map<string, number>();
  let unused = 0;
  const broken: string[] = [];
  service.arrived = (action, instanceId) => {
    if (instanceId === null || asked.has(instanceId)) return;
    if (unused >= 100 + service.calls.length / 2) broken.push(`${action} of ${instanceId} is ahead of its budget`);
    ahead.set(instanceId, (ahead.get(instanceId) ?? 0) + 1);
    unused += 1;
  };
  const step = Math.max(1, Math.floor(machines / managed));
  const mine = service.ids.filter((_, index) => index % step === 0).slice(0, managed);
  const walk = inTerraformsOrder(
    mine,
    random.next,
    async (id) => {
      asked.add(id);
      unused -= ahead.get(id) ?? 0;
      const look = await looks.recent(options.product ?? "vm", id);
      if (look?.instance.instanceId !== id) broken.push(`asked for ${id}, got ${look?.instance.instanceId}`);
      await clock.sleep(work);
    },
    parallelism,
  );
  await clock.run(walk, 20_000);
  service.close();
  expect(broken).toEqual([]);
  return { service, seconds: clock.monotonic() / 1000, inVain: unused };
}

/** What Zenlayer may be asked: no status twice while its answer serves, and few DescribeInstances, pages included. */
function expectFewCalls({ service, inVain, seconds }: Played, managed: number, statusActions = 2): void {
  const answered = service.calls.filter(({ status }) => status === 200);
  const statuses = answered.filter(({ instanceId }) => instanceId !== null);
  expect(answered.length - statuses.length).toBeLessThanOrEqual(managed / 50 + 12);
  const last = new Map<string, number>();
  const tooSoon = statuses.filter(({ instanceId, action, at }) => {
    const key = `${instanceId}/${action}`;
    const before = last.get(key) ?? -Infinity;
    last.set(key, at);
    return at - before < 10_000;
  });
  expect(tooSoon).toEqual([]);
  if (seconds < 10) expect(statuses).toHaveLength(statusActions * managed + inVain);
}

test("a plan of one machine makes three calls, at once", async () => {
  const played = await plan({ managed: 1, latency: () => 100, work: 0 });
  expect(played.service.calls.map(({ action, at }) => [action, at])).toEqual([
    ["DescribeInstances", 0],
    ["DescribeInstanceInternetStatus", 0],
    ["DescribeInstanceTypeStatus", 0],
  ]);
});

test("of an account with ten machines of ours one page is asked for beside them, and nothing is read ahead", async () => {
  const played = await plan({ managed: 10, machines: 2000 });
  expectFewCalls(played, 10);
  expect(played.inVain).toBe(0);
  // The first machine, the nine others, page 1.
  expect(played.service.count("DescribeInstances")).toBe(3);
});

const LATENCIES: Record<string, (random: () => number) => number> = {
  none: () => 0,
  "20 ms": () => 20,
  "100 ms": () => 100,
  "up to 800 ms": (random) => random() * 800,
};

describe.each(Object.entries(LATENCIES))("with answers after %s", (_name, latency) => {
  test.each([
    [11, 11],
    [60, 60],
    [100, 100],
    [1000, 1000],
    [40, 2000],
    [500, 2000],
  ])("%d machines of %d", async (managed, machines) => {
    const random = new Random(managed);
    const played = await plan({ managed, machines, latency: () => latency(random.next), seed: managed + machines });
    expectFewCalls(played, managed);
    expect(played.inVain).toBeLessThanOrEqual(200 + 2 * managed + 12);
  });

  test.each([1, 30])("100 machines, %d at a time", async (parallelism) => {
    const random = new Random(parallelism);
    const played = await plan({ managed: 100, parallelism, latency: () => latency(random.next) });
    expectFewCalls(played, 100);
  });

  test("100 machines of bare metal", async () => {
    const random = new Random(7);
    const played = await plan({ managed: 100, product: "bmc", latency: () => latency(random.next) });
    expectFewCalls(played, 100, 1);
  });
});

test("1,000 machines at 100 ms take a few seconds, because Terraform finds most of them read", async () => {
  const { seconds } = await plan({ managed: 1000, latency: () => 100 });
  expect(seconds).toBeLessThan(5.5);
});

test("asked for thirty at a time, they take less than half as long and no call more", async () => {
  const [ten, thirty] = await Promise.all(
    [10, 30].map((parallelism) => plan({ managed: 1000, parallelism, latency: () => 100 })),
  );
  expect(thirty!.seconds).toBeLessThan(ten!.seconds / 2);
  expectFewCalls(thirty!, 1000);
});

describe("under a rate limit", () => {
  /** Seconds that so many accepted calls take at least. */
  const least = ({ service }: Played, perSecond: number): number =>
    service.calls.filter(({ status }) => status === 200).length / perSecond;

  test.each([
    [20, 20],
    [20, 100],
    [100, 100],
  ])("of %d calls a second at %d ms, 1,000 machines end as early as it allows", async (limit, delay) => {
    const played = await plan({ managed: 1000, limit, latency: () => delay });
    expect(played.seconds).toBeLessThan(1.1 * least(played, limit));
    expectFewCalls(played, 1000);
  });

  test("after a 429 nothing is read ahead", async () => {
    const before = (service: FleetService): void => {
      service.simulator.fault({ kind: "rate_limit", action: "DescribeInstanceInternetStatus", times: 1 });
    };
    const played = await plan({ managed: 100, machines: 2000, before });
    expect(played.service.calls.some(({ status }) => status === 429)).toBe(true);
    expect(played.inVain).toBe(0);
    expect(played.service.count("DescribeInstances")).toBeLessThanOrEqual(14);
  });

  test("that the user has set nothing is read ahead, and no call is refused", async () => {
    const played = await plan({ managed: 100, machines: 2000, maxRequestsPerSecond: 50, limit: 51 });
    expectFewCalls(played, 100);
    expect(played.inVain).toBe(0);
    expect(played.service.calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(played.seconds).toBeLessThan(1.1 * least(played, 50));
  });
});
