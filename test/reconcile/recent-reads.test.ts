// The reads of recent looks: shared, forgotten, ended, and made ahead of machines that exist.
import type { Traffic } from "../../lib/api";
import type { Product } from "../../lib/engine";
import { observe } from "../../lib/reconcile";
import { RecentReads } from "../../lib/reconcile/recent-reads";
import { instanceOf, internetStatus, typeStatus } from "./reads";

const turn = (): Promise<void> => new Promise(setImmediate);

class Account {
  readonly asked: string[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly reads: RecentReads;
  answers = true;

  constructor(ids: readonly string[], gone: readonly string[] = [], traffic?: () => Traffic) {
    const statusOf = (instanceId: string): { readonly instanceStatus: string } => ({
      instanceStatus: gone.includes(instanceId) ? "RECYCLE" : "RUNNING",
    });
    const api = (product: Product) => {
      const listed = ids.map((instanceId) => instanceOf(product, { instanceId, ...statusOf(instanceId) }));
      return {
        product,
        getInstance: (id: string) => this.answer("instance", id, listed.find((each) => each.instanceId === id) ?? null),
        beginListing: () => Promise.resolve({ all: () => this.answer("listing", product, listed) }),
        describeInternetStatus: (id: string, options?: { readonly signal?: AbortSignal }) =>
          this.answer("internet", id, internetStatus(), options?.signal),
        describeTypeStatus: (id: string, options?: { readonly signal?: AbortSignal }) =>
          this.answer("type", id, typeStatus(), options?.signal),
      };
    };
    const client = { vm: api("vm"), bmc: api("bmc"), ...(traffic === undefined ? {} : { traffic }) };
    this.reads = new RecentReads(client as unknown as ConstructorParameters<typeof RecentReads>[0], {
      monotonic: () => 0,
    });
  }

  async look(product: Product, ...ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => observe(this.reads, product, id)));
    for (let before = -1; before !== this.asked.length;) {
      before = this.asked.length;
      await turn();
    }
  }

  count(read: string): number {
    return this.asked.filter((asked) => asked.startsWith(read)).length;
  }

  private answer<T>(read: string, of: string, value: T, signal?: AbortSignal): Promise<T> {
    this.asked.push(`${read} ${of}`);
    this.signals.push(signal);
    return this.answers ? Promise.resolve(value) : new Promise(() => undefined);
  }
}

const range = (count: number): string[] => Array.from({ length: count }, (_, index) => `m-${index}`);
const traffic = (): Traffic => ({ requests: 0, limited: false, fastest: Infinity });

test.each<[Product, readonly string[]]>([
  ["vm", ["instance m-0", "internet m-0", "type m-0"]],
  ["bmc", ["instance m-0", "internet m-0"]],
])("looks at one %s share their reads until it is forgotten", async (product, reads) => {
  const account = new Account(["m-0"], [], traffic);
  await account.look(product, "m-0", "m-0");
  await account.look(product, "m-0");
  expect(account.asked).toEqual(reads);
  account.reads.forget(product, "m-0");
  await account.look(product, "m-0");
  expect(account.asked).toEqual([...reads, ...reads]);
});

test.each([
  ["describeInternetStatus", "DescribeInstanceInternetStatus"],
  ["describeTypeStatus", "DescribeInstanceTypeStatus"],
] as const)("%s ends when nobody waits for it any more, and says what it was", async (method, action) => {
  const account = new Account(["m-0"]);
  account.answers = false;
  const stop = new AbortController();
  const read = account.reads.vm[method]("m-0", { signal: stop.signal });
  stop.abort();
  await expect(read).rejects.toMatchObject({ code: "REQUEST_CANCELLED", service: "vm", action });
  expect(account.signals.map((signal) => signal?.aborted)).toEqual([true]);
});

describe("once machines are many", () => {
  test("nothing is read ahead where the traffic is not told", async () => {
    const account = new Account(range(30));
    await account.look("vm", ...range(11));
    expect(["instance", "listing", "internet", "type"].map((read) => account.count(read))).toEqual([10, 1, 11, 11]);
  });

  test.each<[Product, number, number]>([
    ["vm", 28, 28],
    ["bmc", 28, 0],
  ])("each status of every %s is read ahead, once, of those that are not gone", async (product, internet, types) => {
    const account = new Account(range(30), ["m-20", "m-21"], traffic);
    await account.look(product, ...range(11));
    expect([account.count("internet"), account.count("type")]).toEqual([internet, types]);
    await account.look(product, ...range(20));
    expect([account.count("internet"), account.count("type")]).toEqual([internet, types]);
  });

  test.each<[Product, number]>([
    ["vm", 2],
    ["bmc", 1],
  ])("each look at a %s that was read ahead makes room for more", async (product, statuses) => {
    const account = new Account(range(300), [], traffic);
    const ahead = (looks: number): number => account.count("internet") + account.count("type") - looks * statuses;
    await account.look(product, ...range(11));
    expect(ahead(11)).toBe(100);
    await account.look(product, "m-11");
    expect(ahead(12)).toBe(100);
    expect(account.asked.filter((asked) => asked === "internet m-11")).toHaveLength(1);
  });
});
