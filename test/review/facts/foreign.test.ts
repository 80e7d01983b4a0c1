// Changes that are not ours: counted, never folded away where they take something, and matched with the machines that we manage.
import {
  buildReport,
  collectFacts,
  renderMarkdown,
  reviewDocument,
  type Facts,
  type Report,
} from "../../../lib/review";
import { change, planJson, step, upgrade, vm, vmUpdate, type Change, type PlanOptions, type Values } from "../plans";
import { NOW, plan, report, subject } from "../support";

const official = { provider: "registry.terraform.io/zenlayer/zenlayercloud" };
const ID = "900000000000000001";

function facts(options: PlanOptions): Facts {
  return collectFacts([subject(options)]);
}

function page(found: Report): string {
  return renderMarkdown(reviewDocument(found)).replaceAll("`", "").replaceAll("\\", "");
}

/** What stands above the folded details. */
function aboveTheFold(found: Report): string {
  return page(found).replace(/<details>.*?<\/details>/gs, "");
}

const kinds: readonly (readonly [string, Change, string])[] = [
  ["create", change("aws_a.a", ["create"], null, {}), "1 created"],
  ["update", change("aws_a.b", ["update"], { a: 1 }, { a: 2 }), "1 updated"],
  ["replace", change("aws_a.c", ["delete", "create"], {}, {}), "1 replaced"],
  ["replace", change("aws_a.d", ["create", "delete"], {}, {}), "1 replaced"],
  ["replace", change("aws_a.e", ["forget", "create"], {}, {}), "1 replaced"],
  ["destroy", change("aws_a.f", ["delete"], {}, null), "1 destroyed"],
  ["forget", change("aws_a.g", ["forget"], {}, null), "1 forgotten"],
  ["import", change("aws_a.h", ["no-op"], {}, {}, { importing: { id: "x" } }), "1 imported"],
  ["move", change("aws_a.i", ["no-op"], {}, {}, { previous: "aws_a.old" }), "1 moved"],
  ["update", change("aws_a.j", ["update"], { a: 1 }, { a: 2 }, { previous: "aws_a.old" }), "1 updated"],
  ["unknown", change("aws_a.k", ["transmogrify"], {}, {}), "1 changed in a way that this review does not know"],
];

test.each(kinds)("%s is told from the actions, and counted in the headline", (kind, item, counted) => {
  const found = report({ changes: [item] });
  expect(found.facts.others).toMatchObject([{ kind }]);
  expect(found.summary).toBe(`1 other resource: ${counted}`);
  expect(found.exit_code).toBe(2);
});

test("all of them are counted in one headline, the ones that take something first", () => {
  expect(report({ changes: kinds.map(([, item]) => item) }).summary).toBe(
    "11 other resources: 1 destroyed, 3 replaced, 1 created, 2 updated, 1 imported, 1 moved, 1 forgotten, 1 changed in a way that this review does not know",
  );
});

test.each([
  ["a deletion", change("aws_db.main", ["delete"], {}, null), /aws_db\.main is destroyed/],
  ["a replacement", change("aws_db.main", ["delete", "create"], {}, {}), /aws_db\.main is replaced/],
  ["an action that nobody knows", change("aws_db.main", ["melt"], {}, {}), /aws_db\.main: melt/],
  [
    "a left-over object",
    { ...change("aws_db.main", ["delete"], {}, null), deposed: "0a1b2c3d" },
    /aws_db\.main loses a left-over \(deposed\) object/,
  ],
])("%s of anybody is above the fold", (_, item, sentence) => {
  expect(aboveTheFold(report({ changes: [item] }))).toMatch(sentence);
});

test("an update names its attributes, and none of their values", () => {
  const found = report({ changes: [change("aws_a.a", ["update"], { size: "old-secret" }, { size: "new-secret" })] });
  expect(found.facts.others).toMatchObject([{ attributes: ["size"] }]);
  expect(page(found)).toContain("size");
  expect(JSON.stringify(found)).not.toMatch(/old-secret|new-secret/);
});

test("moves are listed, of ours and of others, with an update beside them and without", () => {
  const found = report({
    changes: [
      change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm(), { previous: "zenlayer_vm_instance_spec.old" }),
      change("aws_a.a", ["update"], { a: 1 }, { a: 2 }, { previous: "aws_a.b" }),
    ],
  });
  expect(found.facts.moves.map(({ previous_address, address }) => `${previous_address} ${address}`)).toEqual([
    "aws_a.b aws_a.a",
    "zenlayer_vm_instance_spec.old zenlayer_vm_instance_spec.web",
  ]);
  expect(page(found)).toMatch(/2 resources moved.*zenlayer_vm_instance_spec\.old/s);
});

test("what Terraform deferred is listed with it", () => {
  const found = report({ deferred: [change("aws_a.a", ["create"], null, {})] });
  expect(found.facts.others).toMatchObject([{ kind: "create", deferred: "provider_config_unknown" }]);
  expect(found.exit_code).toBe(1);
  expect(page(found)).toMatch(/aws_a\.a \| create \(deferred\)/);
});

describe("a machine that we manage", () => {
  const web = change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm());
  const foreign = (
    actions: readonly string[],
    before: Values,
    after: Values | null,
    type = "zenlayercloud_zvm_instance",
  ) => change(`${type}.web`, actions, { id: ID, ...before }, after === null ? null : { id: ID, ...after }, official);

  test.each<readonly [string, Change, RegExp]>([
    [
      "updates",
      foreign(["update"], { instance_name: "a" }, { instance_name: "b" }),
      /updates machine 9.*: instance_name/,
    ],
    ["updates, with whatever provider", foreign(["update"], { a: 1 }, { a: 2 }, "acme_server"), /updates machine 9/],
    ["replaces, with whatever provider", foreign(["delete", "create"], {}, {}, "acme_server"), /replaces machine 9/],
    ["destroys, with whatever provider", foreign(["delete"], {}, null, "acme_server"), /destroys machine 9/],
  ])("another resource %s it: above the fold", (_, item, sentence) => {
    const found = report({ changes: [web, item] });
    expect(found.facts.touches).toHaveLength(1);
    expect(aboveTheFold(found)).toMatch(sentence);
  });

  test("stands in another stack of the review", () => {
    const other = foreign(["update"], { a: 1 }, { a: 2 });
    const found = buildReport(
      [subject({ changes: [web] }, null, "ours"), subject({ changes: [other] }, null, "theirs")],
      {
        name: "all",
        now: NOW,
      },
    );
    expect(found.facts.touches).toMatchObject([{ plan: "theirs", machine_id: ID }]);
  });

  test("is not touched by another machine, nor by what only names it", () => {
    const found = facts({
      changes: [
        web,
        change("zenlayercloud_zvm_instance.b", ["update"], { id: "2", a: 1 }, { id: "2", a: 2 }, official),
        change("zenlayercloud_eip.b", ["update"], { id: "e", instance_id: ID, a: 1 }, { id: "e", a: 2 }, official),
      ],
    });
    expect(found.touches).toEqual([]);
  });

  test("has one sentence about its end: what forgets it does not leave it as it is beside its replacement", () => {
    const gone = change("zenlayer_vm_instance_spec.web", ["delete"], vm(), null);
    const text = page(report({ changes: [gone, foreign(["delete", "create"], {}, {})] }));
    expect(text).toMatch(/web only forgets web-1; but zenlayercloud_zvm_instance\.web replaces the machine/);
    expect(text).not.toMatch(/left as it is/);
  });

  test("takes its schedule with it when it is released", () => {
    const pending = [{ axis: "instance_type", from: "b", to: "a", phase: "scheduled", effective_at: null }];
    const waiting = change("zenlayer_vm_instance_spec.web", ["no-op"], vm({ pending }), vm({ pending }));
    const text = page(report({ changes: [waiting, foreign(["delete"], {}, null)] }));
    expect(text).toContain("releases its machine");
    expect(text).not.toContain("leaves it");
  });

  test("stays managed when only a left-over object of ours is dropped", () => {
    const found = report({
      changes: [web, { ...change("zenlayer_vm_instance_spec.web", ["delete"], vm(), null), deposed: "0a1b2c3d" }],
    });
    expect(found.facts.forgotten).toMatchObject([{ deposed: true, cancels: [] }]);
    expect(found.summary).not.toMatch(/no longer managed/);
    expect(page(found)).toMatch(/drops a left-over \(deposed\) object of web-1; the machine stays managed/);
  });

  test("that has gone is said", () => {
    const found = report({
      changes: [change("zenlayer_vm_instance_spec.web", ["create"], null, vm())],
      drift: [change("zenlayer_vm_instance_spec.web", ["delete"], vm(), null)],
    });
    expect(found.summary).toMatch(/1 machine gone/);
    expect(aboveTheFold(found)).toMatch(/zenlayer_vm_instance_spec\.web: its machine is no longer there/);
  });

  test("in two resources of one plan, or in two stacks, is an alarm", () => {
    const twin = change("zenlayer_vm_instance_spec.twin", ["no-op"], vm(), vm());
    const one = report({ changes: [web, twin] });
    expect(one.facts.alarms).toMatchObject([
      { effect: "managed_twice", machine_id: ID, also: [{ plan: "prod", address: "zenlayer_vm_instance_spec.web" }] },
    ]);
    const two = buildReport([subject({ changes: [web] }, null, "a"), subject({ changes: [web] }, null, "b")], {
      name: "all",
      now: NOW,
    });
    expect(two.facts.alarms).toMatchObject([{ effect: "managed_twice", plan: "a", also: [{ plan: "b" }] }]);
    expect(two.summary).toBe("Nothing to do, but 1 machine managed twice");
    expect(aboveTheFold(two)).toContain(
      "(900000000000000001): a zenlayer_vm_instance_spec.web and b zenlayer_vm_instance_spec.web",
    );
  });

  test.each([
    ["by kinds that share it", [web, change("zenlayer_vm_other.x", ["no-op"], vm(), vm())]],
    ["by the official provider beside ours", [web, foreign(["no-op"], {}, {})]],
    [
      "by one that hands it to the other",
      [
        change("zenlayer_vm_instance_spec.old", ["delete"], vm(), null),
        change("zenlayer_vm_instance_spec.web", ["create"], null, vm()),
      ],
    ],
  ])("is not managed twice %s", (_, changes) => {
    expect(facts({ changes }).alarms).toEqual([]);
  });
});

describe("a bought machine", () => {
  const bought = (actions: readonly string[], before: Values | null, after: Values) =>
    report({ changes: [change("zenlayercloud_instance.new", actions, before, after, official)] });

  test.each<readonly [string, readonly string[], Values | null, Values, number]>([
    ["created", ["create"], null, {}, 1],
    ["replaced", ["delete", "create"], { id: "1" }, {}, 1],
    [
      "changed in what is paid for",
      ["update"],
      { internet_max_bandwidth_out: 1 },
      { internet_max_bandwidth_out: 2 },
      1,
    ],
    ["renamed", ["update"], { instance_name: "a" }, { instance_name: "b" }, 0],
  ])("%s: its charge is not nothing", (_, actions, before, after, unknown) => {
    const found = bought(actions, before, after);
    expect(found.totals.charged_now_unknown).toBe(unknown);
    expect(/an unknown amount charged at once/i.test(found.summary)).toBe(unknown > 0);
    // Neither is it folded away, whatever it comes to.
    expect(aboveTheFold(found).includes("zenlayercloud_instance.new")).toBe(unknown > 0);
  });
});

test("a plan with changes of ours and of others says both", () => {
  const found = report({ changes: [vmUpdate([step(upgrade)]), change("aws_a.a", ["update"], { a: 1 }, { a: 2 })] });
  expect(found.summary).toMatch(/^1 change on 1 machine · .* · 1 other resource: 1 updated$/);
});

test("a change whose address or actions are missing is damage, not nothing", () => {
  const broken = planJson({ overrides: { resource_changes: [{ address: "a.b", change: { actions: [] } }] } });
  expect(() => plan({ overrides: broken })).toThrow(/no address or no actions/);
});
