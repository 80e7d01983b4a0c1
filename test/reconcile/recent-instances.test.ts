// DescribeInstances of recent looks: by id while machines are few, from one listing when they are many, and by id again for what that lacks.
import type { Instance, ProductApi } from "../../lib/api";
import { RecentInstances } from "../../lib/reconcile/recent-instances";

const instance = (instanceId: string, more: Partial<Instance> = {}): Instance =>
  ({ instanceId, instanceName: "", ...more }) as Instance;
const nextTurn = (): Promise<void> => new Promise(setImmediate);
const range = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `m-${from + index}`);

class Account {
  now = 0;
  byId: string[] = [];
  begun = 0;
  listings = 0;
  listed: readonly Instance[];
  firstPage: () => Promise<unknown> = () => Promise.resolve();
  listing: () => Promise<readonly Instance[]> = () => Promise.resolve(this.listed);
  readonly offered: number[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly instances: RecentInstances;

  constructor(readonly ids: readonly string[]) {
    this.listed = ids.map((id) => instance(id));
    const api: Pick<ProductApi, "product" | "getInstance" | "beginListing"> = {
      product: "vm",
      getInstance: (id, options) => {
        this.signals.push(options?.signal);
        this.byId.push(id);
        return Promise.resolve(this.ids.includes(id) ? instance(id, { instanceName: "by id" }) : null);
      },
      beginListing: async (begin) => {
        this.begun += 1;
        this.signals.push(begin?.signal);
        await this.firstPage();
        return {
          all: (options) => {
            this.listings += 1;
            this.signals.push(options?.signal);
            return this.listing();
          },
        };
      },
    };
    this.instances = new RecentInstances(api, {
      clock: { monotonic: () => this.now },
      keepFor: 10_000,
      onListed: (listed) => this.offered.push(listed.length),
    });
  }

  async get(...ids: string[]): Promise<(string | undefined)[]> {
    const found = await Promise.all(ids.map((id) => this.instances.get(id)));
    return found.map((each) => each?.instanceId);
  }

  /** One machine is asked for at each of these times, ms; so many listings were made until then. */
  async expectListings(expected: readonly (readonly [now: number, listings: number])[]): Promise<void> {
    for (const [now, listings] of expected) {
      this.now = now;
      await this.get("m-1");
      expect([now, this.listings]).toEqual([now, listings]);
    }
  }
}

test("ten machines, however often each is asked for, are asked for by id", async () => {
  const account = new Account(range(2000));
  for (let turn = 0; turn < 3; turn += 1) await account.get(...range(10));
  expect([account.byId, account.listings]).toEqual([range(10), 0]);
});

test("the tenth machine asks for the first page, which nobody waits for", async () => {
  const account = new Account(range(2000));
  account.firstPage = () => new Promise(() => undefined);
  await account.get(...range(9));
  expect(account.begun).toBe(0);
  for (let turn = 0; turn < 3; turn += 1) await account.get(...range(10));
  expect([account.begun, account.listings, account.offered]).toEqual([1, 0, []]);
});

test("a first page that cannot be had is asked for again by whoever waits for it", async () => {
  const account = new Account(range(30));
  account.firstPage = () => Promise.reject(new Error("busy"));
  await account.get(...range(10));
  account.firstPage = () => Promise.resolve();
  await account.get("m-10");
  expect([account.byId, account.begun, account.listings]).toEqual([range(10), 2, 1]);
});

test.each([
  [9_999, 1],
  [10_000, 2],
])("a first page that is %d ms old when more are asked for: page 1 is asked for %d times", async (later, begun) => {
  const account = new Account(range(30));
  await account.get(...range(10));
  account.now = later;
  await account.get("m-10");
  expect([account.begun, account.listings]).toEqual([begun, 1]);
});

test("a listing is as old as its first page", async () => {
  const account = new Account(range(1000));
  await account.get(...range(10));
  account.now = 4_000;
  account.instances.forget("m-20");
  account.now = 5_000;
  expect((await account.instances.get("m-20"))?.instanceName).toBe("by id");
  await account.get(...range(60));
  await account.expectListings([
    [9_999, 1],
    [10_000, 2],
    [19_999, 2],
  ]);
});

test("from the eleventh on one listing answers", async () => {
  const account = new Account(range(100));
  expect(await account.get(...range(100))).toEqual(range(100));
  expect([account.byId, account.listings, account.offered]).toEqual([range(10), 1, [100]]);
});

test("what the listing lacks is asked for by id", async () => {
  const account = new Account([...range(30), "new"]);
  account.listed = account.listed.slice(0, 30);
  await account.get(...range(30));
  account.byId = [];
  expect(await account.get("new", "never")).toEqual(["new", undefined]);
  expect(account.byId).toEqual(["new", "never"]);
});

test("a listing that cannot be had leaves each machine to be asked for by id, and is not tried again for a minute", async () => {
  const account = new Account(range(30));
  account.listing = () => Promise.reject(new Error("not permitted"));
  expect(await account.get(...range(30))).toEqual(range(30));
  expect([account.byId, account.listings]).toEqual([range(30), 1]);
  for (const [now, listings] of [
    [59_999, 1],
    [60_000, 2],
  ] as const) {
    account.now = now;
    await account.get("m-29");
    expect(account.listings).toBe(listings);
  }
});

test("what was forgotten is not answered from a listing that was asked for before", async () => {
  const account = new Account(range(30));
  await account.get(...range(30));
  account.byId = [];
  account.instances.forget("m-20");
  expect((await account.instances.get("m-20"))?.instanceName).toBe("by id");
  expect((await account.instances.get("m-21"))?.instanceName).toBe("");
});

test("what is forgotten while the listing is under way is not answered from it", async () => {
  const account = new Account(range(30));
  let answer = (): void => undefined;
  account.listing = () => new Promise((resolve) => (answer = () => resolve(account.listed)));
  const looks = range(11).map((id) => account.instances.get(id));
  await nextTurn();
  account.now = 5;
  account.instances.forget("m-10");
  answer();
  expect((await Promise.all(looks))[10]?.instanceName).toBe("by id");
});

test("a listing is made anew after ten seconds, unless that would ask too much: then it serves a minute", async () => {
  const account = new Account(range(1000));
  await account.get(...range(11));
  await account.expectListings([
    [9_999, 1],
    [10_000, 2],
    [20_000, 2],
    [69_999, 2],
    [70_000, 3],
  ]);
});

test.each<[string, number, readonly (readonly [now: number, listings: number])[]]>([
  [
    "of fifty machines is made anew twice before it would ask too much",
    50,
    [
      [10_000, 2],
      [20_000, 3],
      [30_000, 3],
    ],
  ],
  ["of three pages counts as three calls", 2_001, [[10_000, 1]]],
])("a listing %s", async (_name, count, expected) => {
  const account = new Account(range(count));
  await account.get(...range(Math.min(count, 50)));
  await account.expectListings(expected);
});

test.each([
  ["by id", 1],
  ["by a listing", 11],
])("what is asked %s ends when nobody waits for it any more", async (_name, count) => {
  const account = new Account(range(30));
  await account.get(...range(count - 1));
  account.listing = () => new Promise(() => undefined);
  const stop = new AbortController();
  const look = account.instances.get(`m-${count - 1}`, stop.signal);
  if (count > 10) await nextTurn();
  const asked = account.signals.at(-1);
  expect(asked?.aborted).toBe(false);
  stop.abort();
  expect(asked?.aborted).toBe(true);
  if (count > 10) await expect(look).rejects.toMatchObject({ action: "DescribeInstances" });
  else await look.catch(() => undefined);
});

test("whoever gives up waiting for the listing leaves the others waiting", async () => {
  const account = new Account(range(30));
  await account.get(...range(10));
  let answer = (): void => undefined;
  account.listing = () => new Promise((resolve) => (answer = () => resolve(account.listed)));
  const stop = new AbortController();
  const first = account.instances.get("m-10", stop.signal);
  const second = account.instances.get("m-11");
  await nextTurn();
  stop.abort();
  await expect(first).rejects.toMatchObject({ code: "REQUEST_CANCELLED" });
  answer();
  expect((await second)?.instanceId).toBe("m-11");
});
