// ApplyResourceChange: whatever goes wrong, what exists stays in the state, and private data is never lost.
import { DiagnosticError } from "../../../lib/plugin";
import { applyResourceChange } from "../../../lib/plugin/server/apply";
import type { Resource } from "../../../lib/plugin";
import { ApplyResourceChangeRequest, ApplyResourceChangeResponse } from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf, received, sent, TYPE } from "./calls";

const TABLES = [ApplyResourceChangeRequest, ApplyResourceChangeResponse] as const;
const PRIVATE = Buffer.from('{"token":"t"}');
const PRIOR = { id: "1", name: "a", size: 1 };
const PLANNED = { id: "1", name: "b", size: 2 };

function applied(
  hooks: Partial<Resource<unknown>>,
  { prior = PRIOR, planned = PLANNED }: { prior?: object | null; planned?: object | null } = {},
) {
  const { connection } = connectTo(providerOf(hooks));
  return ask(applyResourceChange, TABLES, connection, {
    type_name: TYPE,
    prior_state: sent(prior as never),
    planned_state: sent(planned as never),
    config: sent(planned === null ? null : { name: "b", secret: "s" }),
    planned_private: PRIVATE,
  });
}
const broken = (): never => {
  throw new TypeError("not ours");
};

describe("an update", () => {
  test("gets both states, the configuration with its write-only values, and what was planned in private", async () => {
    const update = jest.fn(async ({ planned }) => ({ state: planned }));
    const answer = await applied({ update, create: broken });
    expect(update).toHaveBeenCalledTimes(1);
    expect(update.mock.calls[0]?.[0]).toMatchObject({
      prior: PRIOR,
      planned: PLANNED,
      config: { name: "b", secret: "s" },
      private: { token: "t" },
    });
    expect(received(answer.new_state)).toMatchObject(PLANNED);
    expect(answer.diagnostics).toEqual([]);
  });

  test.each([
    ["keeps private data that it does not mention", undefined, '{"token":"t"}'],
    ["replaces private data", { token: "u" }, '{"token":"u"}'],
    ["clears private data", null, ""],
  ])("%s", async (_name, data, bytes) => {
    const result = { state: PLANNED, ...(data === undefined ? {} : { private: data }) };
    const answer = await applied({ update: async () => result });
    expect(answer.private.toString()).toBe(bytes);
  });

  test.each([
    ["throws for the user", new DiagnosticError("No.", "Ask.", ["name"]), "No."],
    ["throws by mistake", new TypeError("ours"), `Internal error of the provider when applying ${TYPE}`],
  ])("that %s keeps the prior state and the private data", async (_name, error, summary) => {
    const answer = await applied({ update: () => Promise.reject(error) });
    expect(received(answer.new_state)).toMatchObject(PRIOR);
    expect(answer.private).toEqual(PRIVATE);
    expect(answer.diagnostics).toMatchObject([{ severity: 1, summary }]);
  });

  test("that tells an error with a state half way has that state stored", async () => {
    const answer = await applied({
      update: async (_request, { diagnostics }) => {
        diagnostics.error("Half way.");
        return { state: { ...PLANNED, secret: null, rule: [], size: 7 }, private: { token: "u" } };
      },
    });
    expect(received(answer.new_state)).toMatchObject({ size: 7 });
    expect(answer.private.toString()).toBe('{"token":"u"}');
    expect(answer.diagnostics).toHaveLength(1);
  });

  test("that describes its result wrongly keeps what of it can be kept: the rest comes from before", async () => {
    const answer = await applied({
      update: async () => ({ state: { id: "1", name: 5, size: 9, rule: [] }, private: { token: "u" } }),
    });
    expect(received(answer.new_state)).toMatchObject({ id: "1", name: "a", size: 9 });
    expect(answer.private.toString()).toBe('{"token":"u"}');
    expect(answer.diagnostics).toMatchObject([
      { summary: `The provider returned a wrong value when recording the result of ${TYPE}` },
    ]);
  });

  test("never stores a write-only value", async () => {
    const answer = await applied({ update: async ({ planned }) => ({ state: { ...planned, secret: "s" } }) });
    expect(received(answer.new_state)).toMatchObject({ name: "b", secret: null });
  });
});

describe("a create", () => {
  test("that throws records no object", async () => {
    const answer = await applied({ create: broken, update: broken }, { prior: null });
    expect(received(answer.new_state)).toBeNull();
    expect(answer.diagnostics).toHaveLength(1);
  });

  test("that describes its result wrongly is recorded all the same: it exists", async () => {
    const state = { id: "1", name: 5, rule: [] } as never;
    const answer = await applied({ create: async () => ({ state }) }, { prior: null });
    expect(received(answer.new_state)).toEqual({ id: "1", name: null, size: null, secret: null, rule: [] });
    expect(answer.diagnostics).toHaveLength(1);
  });
});

describe("a delete", () => {
  const gone = { planned: null };

  test("gets the state and what its plan left, and leaves neither", async () => {
    const remove = jest.fn(async () => undefined);
    const answer = await applied({ delete: remove }, gone);
    expect(remove.mock.calls[0]).toMatchObject([{ prior: PRIOR, private: { token: "t" } }, expect.anything()]);
    expect(received(answer.new_state)).toBeNull();
    expect(answer.private).toHaveLength(0);
  });

  test.each<[string, Resource<unknown>["delete"]]>([
    ["throws", () => Promise.reject(new Error("no"))],
    ["tells an error", async (_request, { diagnostics }) => diagnostics.error("No.")],
  ])("that %s keeps the object and its private data", async (_name, remove) => {
    const answer = await applied({ delete: remove }, gone);
    expect(received(answer.new_state)).toMatchObject(PRIOR);
    expect(answer.private).toEqual(PRIVATE);
    expect(answer.diagnostics).toMatchObject([{ severity: 1 }]);
  });

  test("of nothing calls nobody", async () => {
    const remove = jest.fn();
    const answer = await applied({ delete: remove }, { prior: null, planned: null });
    expect(remove).not.toHaveBeenCalled();
    expect([received(answer.new_state), answer.diagnostics]).toEqual([null, []]);
  });
});

test("without a configuration nothing is created: Terraform sends one always", async () => {
  const create = jest.fn();
  const { connection } = connectTo(providerOf({ create }));
  const answer = await ask(applyResourceChange, TABLES, connection, { type_name: TYPE, planned_state: sent(PLANNED) });
  expect(create).not.toHaveBeenCalled();
  expect(answer.diagnostics).toMatchObject([{ summary: "Terraform sent no configuration" }]);
});

test("private data that another wrote is refused, and kept", async () => {
  const update = jest.fn();
  const { connection } = connectTo(providerOf({ update }));
  const foreign = Buffer.from("\u0000no json");
  const answer = await ask(applyResourceChange, TABLES, connection, {
    type_name: TYPE,
    prior_state: sent(PRIOR),
    planned_state: sent(PLANNED),
    config: sent({ name: "b" }),
    planned_private: foreign,
  });
  expect(update).not.toHaveBeenCalled();
  expect(answer.diagnostics).toMatchObject([{ summary: "The private data of the object cannot be read" }]);
  expect(answer.private).toEqual(foreign);
  expect(received(answer.new_state)).toMatchObject(PRIOR);
});
