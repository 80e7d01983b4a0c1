// PlanResourceChange: the framework's proposal, the author's changes, and what forces a replacement.
import type { ObjectValue, Resource } from "../../../lib/plugin";
import { UNKNOWN } from "../../../lib/plugin";
import { planResourceChange } from "../../../lib/plugin/server/plan";
import { PlanResourceChangeRequest, PlanResourceChangeResponse } from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf, received, sent, TYPE } from "./calls";

const TABLES = [PlanResourceChangeRequest, PlanResourceChangeResponse] as const;
const PRIVATE = Buffer.from('{"token":"t"}');
const PRIOR = { id: "1", name: "a", size: 1 };

function planned(hooks: Partial<Resource<unknown>>, prior: ObjectValue | null, proposed: ObjectValue | null) {
  return ask(planResourceChange, TABLES, connectTo(providerOf(hooks)).connection, {
    type_name: TYPE,
    prior_state: sent(prior),
    proposed_new_state: sent(proposed),
    config: sent(proposed === null ? null : { name: String(proposed["name"]), secret: "s" }),
    prior_private: PRIVATE,
  });
}

test("without a hook the framework's proposal is the plan, and private data stays", async () => {
  const answer = await planned({}, PRIOR, { ...PRIOR, name: "b", secret: "s" });
  expect(received(answer.planned_state)).toMatchObject({ id: "1", name: "b", size: UNKNOWN, secret: null });
  expect(answer.planned_private).toEqual(PRIVATE);
  expect(answer.requires_replace).toEqual([]);
});

test("a hook starts from the proposal, sees the write-only value in the configuration alone, and has the last word", async () => {
  const plan = jest.fn(async ({ proposed }) => ({ planned: { ...proposed, size: 7 }, private: { token: "u" } }));
  const answer = await planned({ plan }, PRIOR, { ...PRIOR, name: "b", secret: "s" });
  expect(plan.mock.calls[0]?.[0]).toMatchObject({
    prior: PRIOR,
    proposed: { name: "b", size: UNKNOWN, secret: null },
    config: { name: "b", secret: "s" },
    private: { token: "t" },
  });
  expect(received(answer.planned_state)).toMatchObject({ size: 7 });
  expect(answer.planned_private.toString()).toBe('{"token":"u"}');
});

test("a hook that throws plans nothing, and loses no private data", async () => {
  const answer = await planned({ plan: () => Promise.reject(new Error("no")) }, PRIOR, { ...PRIOR, name: "b" });
  expect(answer.planned_state).toBeUndefined();
  expect(answer.planned_private).toEqual(PRIVATE);
  expect(answer.diagnostics).toMatchObject([{ severity: 1 }]);
});

describe("a replacement", () => {
  const plan: Resource<unknown>["plan"] = async ({ proposed }) => ({ planned: proposed, requiresReplace: [["name"]] });

  test("is told with its path, of an object that exists", async () => {
    const answer = await planned({ plan }, PRIOR, { ...PRIOR, name: "b" });
    expect(answer.requires_replace).toMatchObject([{ steps: [{ attribute_name: "name" }] }]);
  });

  test("is none of a value that stays, nor of what is new", async () => {
    expect((await planned({ plan }, PRIOR, { ...PRIOR, size: 5 })).requires_replace).toEqual([]);
    expect((await planned({ plan }, null, { name: "b" })).requires_replace).toEqual([]);
  });

  test("for a path that the schema lacks is a mistake of the author's, not a plan", async () => {
    const wrong: Resource<unknown>["plan"] = async ({ proposed }) => ({
      planned: proposed,
      requiresReplace: [["nam"]],
    });
    const answer = await planned({ plan: wrong }, PRIOR, { ...PRIOR, name: "b" });
    expect(answer.planned_state).toBeUndefined();
    expect(answer.diagnostics[0]?.detail).toContain('["nam"]');
  });
});

describe("a destroy", () => {
  test("asks the author for warnings and private data, and plans null", async () => {
    const planDelete: Resource<unknown>["planDelete"] = async ({ prior }, { diagnostics }) => {
      diagnostics.warning(`${String(prior["name"])} goes`);
      return { private: { announced: true } };
    };
    const answer = await planned({ planDelete }, PRIOR, null);
    expect(received(answer.planned_state)).toBeNull();
    expect(answer.planned_private.toString()).toBe('{"announced":true}');
    expect(answer.diagnostics).toMatchObject([{ severity: 2, summary: "a goes" }]);
  });

  test("of nothing asks nobody, and one without a hook keeps private data", async () => {
    const planDelete = jest.fn();
    expect((await planned({ planDelete }, null, null)).planned_private).toEqual(PRIVATE);
    expect(planDelete).not.toHaveBeenCalled();
    expect((await planned({}, PRIOR, null)).planned_private).toEqual(PRIVATE);
  });
});

test("a value that does not fit the schema is Terraform's mistake, and told as that", async () => {
  const { connection } = connectTo(providerOf());
  const answer = await ask(planResourceChange, TABLES, connection, {
    type_name: TYPE,
    proposed_new_state: { msgpack: Buffer.from([0xa1, 0x61]) },
  });
  expect(answer.diagnostics[0]?.summary).toBe("Terraform sent a value that does not fit the schema");
});
