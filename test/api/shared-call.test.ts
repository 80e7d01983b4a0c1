// Calls that are shared by who asks for the same, and how long their answers serve.
import { SharedCalls, ZenlayerError, type Question, type SharedCallsOptions } from "../../lib/api";

const QUESTION: Question = { service: "vm", action: "DescribeInstances", instanceId: "m-1" };

class Service {
  now = 0;
  asked = 0;
  private readonly answers: { resolve(value: string): void; reject(error: unknown): void }[] = [];
  readonly signals: AbortSignal[] = [];
  readonly calls: SharedCalls<string>;

  constructor(options: Partial<SharedCallsOptions> = {}) {
    this.calls = new SharedCalls({ clock: { monotonic: () => this.now }, keepFor: 1000, ...options });
  }

  ask(question: Question = QUESTION, signal?: AbortSignal): Promise<string> {
    const start = (shared: AbortSignal): Promise<string> => {
      this.asked += 1;
      this.signals.push(shared);
      return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
    };
    return this.calls.join(question, start, signal);
  }

  async answer(value: string): Promise<void> {
    this.answers.shift()?.resolve(value);
    await turn();
  }

  async fail(error: unknown): Promise<void> {
    this.answers.shift()?.reject(error);
    await turn();
  }
}

const turn = (): Promise<void> => new Promise(setImmediate);

test("the same question is asked once while it is under way, however long that takes", async () => {
  const service = new Service();
  const first = service.ask();
  service.now = 5000;
  const second = service.ask({ ...QUESTION });
  await service.answer("one");
  expect(await Promise.all([first, second])).toEqual(["one", "one"]);
  expect(service.asked).toBe(1);
});

test.each<[string, Question]>([
  ["of another machine", { ...QUESTION, instanceId: "m-2" }],
  ["of another product", { ...QUESTION, service: "bmc" }],
  ["with other fields", { ...QUESTION, fields: { bandwidth: 5 } }],
])("a question %s is another one", (_name, other) => {
  const service = new Service();
  void service.ask();
  void service.ask(other);
  expect(service.asked).toBe(2);
});

test("an answer serves for its time and not longer", async () => {
  const service = new Service();
  void service.ask();
  await service.answer("one");
  service.now = 999;
  expect(await service.ask()).toBe("one");
  service.now = 1000;
  const later = service.ask();
  await service.answer("two");
  expect(await later).toBe("two");
});

test("what was forgotten is asked anew, and who waits already gets the old answer", async () => {
  const service = new Service();
  const before = service.ask();
  service.calls.forget({ ...QUESTION });
  const after = service.ask();
  await service.answer("old");
  await service.answer("new");
  expect(await Promise.all([before, after, service.ask()])).toEqual(["old", "new", "new"]);
});

test("an error is told to all who wait and not kept, unless it counts as an answer", async () => {
  const forgetful = new Service();
  const keeping = new Service({ keepError: () => true });
  for (const service of [forgetful, keeping]) {
    const both = Promise.allSettled([service.ask(), service.ask()]);
    await service.fail(new Error("no"));
    expect((await both).map((each) => each.status)).toEqual(["rejected", "rejected"]);
  }
  void forgetful.ask();
  expect(forgetful.asked).toBe(2);
  await expect(keeping.ask()).rejects.toThrow("no");
  expect(keeping.asked).toBe(1);
});

test("who gives up leaves the others waiting; when all have, the call ends and the next one asks anew", async () => {
  const service = new Service();
  const [first, second] = [new AbortController(), new AbortController()];
  const asks = [service.ask(QUESTION, first.signal), service.ask(QUESTION, second.signal)];
  const ends = Promise.allSettled(asks);
  first.abort();
  expect(service.signals[0]?.aborted).toBe(false);
  second.abort();
  expect(service.signals[0]?.aborted).toBe(true);
  const again = service.ask();
  await service.fail(new Error("cancelled"));
  await service.answer("new");
  expect(await again).toBe("new");
  for (const end of await ends)
    expect(end).toMatchObject({ reason: expect.any(ZenlayerError) as unknown, status: "rejected" });
});
