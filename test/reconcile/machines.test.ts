// The machines of one connection: what each kind of look asks, and one writer at a time.
import { getEventListeners } from "node:events";
import type { ZenlayerClient } from "../../lib/api";
import { Machines } from "../../lib/reconcile";
import { Reads } from "./reads";

const turn = (): Promise<void> => new Promise(setImmediate);
const LOOK = ["vm instance m-1", "vm internet m-1", "vm type m-1"];

function connection({ patient = false } = {}) {
  const client = new Reads();
  const patiently = new Reads();
  const machines = new Machines(
    { ...client, ...(patient ? { patient: patiently } : {}) } as unknown as ZenlayerClient,
    {
      monotonic: () => 0,
    },
  );
  return { machines, client, patiently };
}

describe("a look", () => {
  const stop = new AbortController();

  test("that is recent is shared; a fresh one asks again, and so does whoever comes after it", async () => {
    const { machines, client } = connection();
    await Promise.all([machines.recent("vm", "m-1"), machines.recent("vm", "m-1")]);
    expect(client.asked).toEqual(LOOK);
    await machines.fresh("vm", "m-1");
    expect(client.asked).toEqual([...LOOK, ...LOOK]);
    await machines.recent("vm", "m-1");
    expect(client.asked).toEqual([...LOOK, ...LOOK, ...LOOK]);
  });

  test("at a change that is waited for asks again, too", async () => {
    const { machines, client } = connection();
    await machines.recent("vm", "m-1");
    await machines.awaited("vm", "m-1", stop.signal);
    await machines.recent("vm", "m-1");
    expect(client.asked).toEqual([...LOOK, ...LOOK, ...LOOK]);
  });

  test("at a change that is waited for is made patiently where the client can", async () => {
    const { machines, client, patiently } = connection({ patient: true });
    await machines.awaited("vm", "m-1", stop.signal);
    expect([client.asked, patiently.asked]).toEqual([[], LOOK]);
    await machines.fresh("vm", "m-1");
    expect([client.asked, patiently.asked]).toEqual([LOOK, LOOK]);
  });

  test.each(["fresh", "awaited"] as const)("that is %s ends with the signal that is given", async (how) => {
    const { machines, client } = connection();
    await machines[how]("vm", "m-1", stop.signal);
    expect(client.signals).toEqual(Array(3).fill(stop.signal));
  });

  test("that is recent ends with the signal that is given", async () => {
    const { machines } = connection();
    await expect(machines.recent("vm", "m-1", AbortSignal.abort())).rejects.toMatchObject({
      code: "REQUEST_CANCELLED",
    });
  });
});

describe("writers of one machine", () => {
  /** Writers that end when they are told to. */
  class Row {
    readonly log: string[] = [];
    readonly machines = connection().machines;
    private readonly ends = new Map<string, (how: "well" | "badly") => void>();

    async enter(name: string, signal?: AbortSignal, instanceId = "m-1"): Promise<void> {
      const work = (): Promise<void> => {
        this.log.push(`${name} begins`);
        return new Promise((resolve, reject) => {
          this.ends.set(name, (how) => (how === "well" ? resolve() : reject(new Error(name))));
        });
      };
      try {
        await this.machines.exclusively("vm", instanceId, work, signal);
        this.log.push(`${name} is done`);
      } catch (error) {
        this.log.push(`${name} fails: ${(error as Error).message}`);
      }
    }

    async end(name: string, how: "well" | "badly" = "well"): Promise<void> {
      this.ends.get(name)?.(how);
      await turn();
    }
  }

  test("take turns, also those who come while the second one writes, and after a failure", async () => {
    const row = new Row();
    void row.enter("a");
    void row.enter("b");
    await turn();
    await row.end("a", "badly");
    void row.enter("c");
    await turn();
    expect(row.log).toEqual(["a begins", "a fails: a", "b begins"]);
    await row.end("b");
    expect(row.log.slice(3)).toEqual(["b is done", "c begins"]);
    await row.end("c");
  });

  test("of others do not wait", async () => {
    const row = new Row();
    void row.enter("a");
    void row.enter("b", undefined, "m-2");
    await turn();
    expect(row.log).toEqual(["a begins", "b begins"]);
  });

  test("who give up while they wait never begin, and let nobody pass", async () => {
    const row = new Row();
    const stop = new AbortController();
    void row.enter("a");
    void row.enter("b", stop.signal);
    void row.enter("c");
    await turn();
    stop.abort(new Error("stopped"));
    await turn();
    expect(row.log).toEqual(["a begins", "b fails: stopped"]);
    await row.end("a");
    expect(row.log.slice(2)).toEqual(["a is done", "c begins"]);
  });

  test("who gave up before they came never begin", async () => {
    const row = new Row();
    void row.enter("a", AbortSignal.abort(new Error("stopped")));
    await turn();
    expect(row.log).toEqual(["a fails: stopped"]);
  });

  test("whose turn has come leave no listener behind", async () => {
    const row = new Row();
    const { signal } = new AbortController();
    void row.enter("a", signal);
    await turn();
    expect([row.log, getEventListeners(signal, "abort")]).toEqual([["a begins"], []]);
  });

  test("leave nothing to the next look that was read before", async () => {
    const { machines, client } = connection();
    await machines.recent("vm", "m-1");
    await machines.exclusively("vm", "m-1", () => Promise.resolve());
    await machines.recent("vm", "m-1");
    expect(client.asked).toEqual([...LOOK, ...LOOK]);
  });
});
