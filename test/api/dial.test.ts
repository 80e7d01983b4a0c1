// How a connection is opened: which address is asked when, for how long, and what is told when none answers. With fake time and fake sockets.
import * as net from "node:net";
import { createDial, type Address, type Dial } from "../../lib/api/dial";
import { Opening } from "../../lib/api/opening";

/** When an address answers, ms; a code: it refuses with that; never: silence. */
type Behaviour = { readonly after: number; readonly code?: string } | "never";

interface Scene {
  readonly dial: Dial;
  /** Address and time of each attempt, ms since the start. */
  readonly attempts: readonly string[];
  readonly lookups: readonly string[];
  readonly sockets: readonly net.Socket[];
}

const A = "203.0.113.7";
const B = "2001:db8::1";
const C = "203.0.113.8";
const family = (address: string): number => (address.includes(":") ? 6 : 4);
const all = (...addresses: readonly string[]): readonly Address[] =>
  addresses.map((address) => ({ address, family: family(address) }));

function scene(addresses: readonly Address[], behaviour: Readonly<Record<string, Behaviour>>, lookupTakes = 0): Scene {
  const attempts: string[] = [];
  const lookups: string[] = [];
  const sockets: net.Socket[] = [];
  const dial = createDial({
    async lookup(hostname) {
      lookups.push(hostname);
      await new Promise((resolve) => setTimeout(resolve, lookupTakes));
      return addresses;
    },
    connect({ address }, port) {
      attempts.push(`${address}:${port} at ${Math.round(performance.now() - begun)}`);
      const socket = new net.Socket();
      sockets.push(socket);
      const how = behaviour[address] ?? "never";
      if (how !== "never")
        setTimeout(() => {
          if (socket.destroyed) return;
          if (how.code === undefined) socket.emit("connect");
          else socket.emit("error", Object.assign(new Error(`connect ${how.code}`), { code: how.code }));
        }, how.after);
      return socket;
    },
  });
  return { dial, attempts, lookups, sockets };
}

let begun = 0;
beforeEach(() => {
  jest.useFakeTimers();
  begun = performance.now();
});
afterEach(() => {
  net.setDefaultAutoSelectFamily(true);
  jest.useRealTimers();
});

interface Ended {
  readonly socket: net.Socket | null;
  readonly error: NodeJS.ErrnoException | null;
  readonly told: string;
  /** Milliseconds. */
  readonly took: number;
}

/** Dials, gives up after `patience`, and plays the time until it ends. */
async function play({ dial }: Scene, patience = 30_000): Promise<Ended> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error("patience")), patience);
  const opening = new Opening(abort);
  const since = performance.now();
  let ended: Omit<Ended, "told" | "took"> | null = null;
  const done = dial("api.example", 443, opening).then(
    (socket) => (ended = { socket, error: null }),
    (error: NodeJS.ErrnoException) => (ended = { socket: null, error }),
  );
  while (ended === null) await jest.advanceTimersToNextTimerAsync();
  clearTimeout(timer);
  return { ...(await done), told: opening.describe(), took: Math.round(performance.now() - since) };
}

test("a silent first address costs a quarter of a second", async () => {
  const it = scene(all(A, B), { [B]: { after: 10 } });
  expect(await play(it)).toMatchObject({ error: null, took: 260 });
  expect(it.attempts).toEqual([`${A}:443 at 0`, `${B}:443 at 250`]);
  expect(it.sockets.map((socket) => socket.destroyed)).toEqual([true, false]);
});

test("an address that needs 400 ms beside one that cannot be reached is given more time in a second pass", async () => {
  const it = scene(all(A, B), { [A]: { after: 400 }, [B]: { after: 1, code: "ENETUNREACH" } });
  expect(await play(it)).toMatchObject({ error: null, took: 251 + 400 });
});

test("so is one beside a silent one: 1 s for each in the second pass", async () => {
  const it = scene(all(A, B), { [B]: { after: 400 } });
  expect(await play(it)).toMatchObject({ error: null, took: 250 + 250 + 1000 + 400 });
});

test.each([
  [5_000, [0, 250, 500, 1500, 2500]],
  [60_000, [0, 250, 500, 1500, 2500, 6500, 10_500, 26_500, 42_500]],
])("with a patience of %d ms silent addresses are asked for as long as it lasts", async (patience, times) => {
  const it = scene(all(A, B), {});
  const ended = await play(it, patience);
  expect(ended).toMatchObject({ socket: null, took: patience, error: { message: "patience" } });
  expect(it.attempts.map((each) => Number(each.split(" at ")[1]))).toEqual(times);
  expect(it.sockets.every((socket) => socket.destroyed)).toBe(true);
});

test("what is told names each address, and how long it was tried", async () => {
  const it = scene(all(A, B, C), { [C]: { after: 30, code: "ECONNREFUSED" } });
  expect((await play(it, 5_000)).told).toBe(
    `tried ${A}:443 (silent for 250 ms, 1 s, 2.5 s) and [${B}]:443 (silent for 250 ms, 1 s) and ${C}:443 (ECONNREFUSED after 30 ms)`,
  );
});

test("the address that answered is asked first the next time", async () => {
  const it = scene(all(A, B), { [B]: { after: 10 } });
  await play(it);
  expect((await play(it)).took).toBe(10);
  expect(it.attempts.at(-1)).toContain(B);
});

test("one that has fallen silent since costs a quarter of a second, and its successor is remembered", async () => {
  const behaviour: Record<string, Behaviour> = { [A]: { after: 5 }, [B]: { after: 10 } };
  const it = scene(all(A, B), behaviour);
  await play(it);
  behaviour[A] = "never";
  expect((await play(it)).took).toBe(260);
  expect((await play(it)).took).toBe(10);
});

test("where every address refuses, nothing is waited for", async () => {
  const refuses = { after: 2, code: "ECONNREFUSED" };
  const ended = await play(scene(all(A, C), { [A]: refuses, [C]: refuses }));
  expect(ended).toMatchObject({ socket: null, took: 4, error: { code: "ECONNREFUSED" } });
  expect(ended.told).toBe(`tried ${A}:443 (ECONNREFUSED after 2 ms) and ${C}:443 (ECONNREFUSED after 2 ms)`);
});

test("the only address is given all the time there is, without being asked anew", async () => {
  const it = scene(all(A), { [A]: { after: 20_000 } });
  expect(await play(it)).toMatchObject({ error: null, took: 20_000 });
  expect(it.attempts).toHaveLength(1);
});

test("where the system gives up earlier than the caller, it is asked again", async () => {
  const it = scene(all(A), { [A]: { after: 127_000, code: "ETIMEDOUT" } });
  const ended = await play(it, 300_000);
  expect(ended).toMatchObject({ took: 300_000, error: { message: "patience" } });
  expect(it.attempts).toHaveLength(3);
});

test("a time-out of the system's that comes at once is an answer: nothing spins", async () => {
  const it = scene(all(A), { [A]: { after: 0, code: "ETIMEDOUT" } });
  expect(await play(it)).toMatchObject({ error: { code: "ETIMEDOUT" } });
  expect(it.attempts).toHaveLength(1);
});

test("the families take turns, as the system has the first", async () => {
  const it = scene(all(B, "2001:db8::2", "2001:db8::3", A, C), {});
  await play(it, 1_200);
  expect(it.attempts.map((each) => each.split(":443")[0])).toEqual([B, A, "2001:db8::2", C, "2001:db8::3"]);
});

test("whoever switched the choice between families off gets the first address alone", async () => {
  net.setDefaultAutoSelectFamily(false);
  const it = scene(all(A, B), { [A]: { after: 900 } });
  expect(await play(it)).toMatchObject({ error: null, took: 900 });
  expect(it.attempts).toHaveLength(1);
});

test("an address needs no name service", async () => {
  const it = scene([], { [B]: { after: 1 } });
  const opening = new Opening(new AbortController());
  const dialled = it.dial(B, 8443, opening);
  await jest.advanceTimersByTimeAsync(10);
  expect(await dialled).toBe(it.sockets[0]);
  expect(it.lookups).toEqual([]);
  expect(it.attempts).toEqual([`${B}:8443 at 0`]);
});

test("many that ask for one name at once ask the name service once", async () => {
  const it = scene(all(A), { [A]: { after: 1 } }, 50);
  const never = new AbortController();
  const dialled = Promise.all([1, 2, 3].map(() => it.dial("api.example", 443, new Opening(never))));
  await jest.advanceTimersByTimeAsync(100);
  expect(await dialled).toHaveLength(3);
  expect(it.lookups).toEqual(["api.example"]);
  await play(it);
  expect(it.lookups).toHaveLength(2);
});

test("a name service that does not answer ends with the caller's patience, and is named", async () => {
  const ended = await play(scene(all(A), {}, 1e9), 3_000);
  expect(ended).toMatchObject({ took: 3_000, told: "looking up api.example" });
});

test("a name without an address is an unknown name", async () => {
  expect(await play(scene([], {}))).toMatchObject({ error: { code: "ENOTFOUND" } });
});

test("whoever gave up already opens nothing", async () => {
  const it = scene(all(A), { [A]: { after: 1 } });
  const abort = new AbortController();
  abort.abort(new Error("gone"));
  await expect(it.dial("api.example", 443, new Opening(abort))).rejects.toThrow("gone");
  expect(it.attempts).toEqual([]);
});
