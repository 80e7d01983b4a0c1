// Large reviews: what matters most has the room that there is, what is alike is told as a whole, and the rest is linked.
import fc from "fast-check";
import { changesTable } from "../../../lib/review/page/changes-table";
import type { Row } from "../../../lib/review/page/document";
import {
  approvalOf,
  buildReport,
  DIALECTS,
  renderHtml,
  renderMarkdown,
  renderText,
  reviewDocument,
  type Report,
} from "../../../lib/review";
import { change, downgrade, quote, step, upgrade, vm, type Change, type PlanOptions, type Values } from "../plans";
import { NOW, report, subject } from "../support";

const id = (at: number): string => String(900_000_000_000_000_000n + BigInt(at));

function machine(at: number, steps: readonly Values[], after: Values = {}, address = `web["${at}"]`): Change {
  const values = { instance_id: id(at), id: id(at), instance_name: `web-${at}`, ...after };
  return change(
    `zenlayer_vm_instance_spec.${address}`,
    ["update"],
    vm(values),
    vm({ ...values, changes: steps, change_count: 1 }),
  );
}

const many = (size: number, steps: readonly Values[] = [step(upgrade)]): readonly Change[] =>
  Array.from({ length: size }, (_, at) => machine(at, steps));

/** Machine 7 is dear, 9 unpriced, all others alike. */
function priced(size: number): PlanOptions {
  const changes = many(size).map((item, at) => (at === 7 ? machine(7, [step(upgrade, { to: "900" })]) : item));
  const prior = changes.flatMap((_, at) =>
    at === 9
      ? []
      : [
          quote(
            "zenlayer_vm_spec_quote",
            id(at),
            [{ value: "200", price: 24 }],
            [{ value: at === 7 ? "900" : "400", price: at === 7 ? 900 : 36 }],
          ),
        ],
  );
  return { changes, prior };
}

const rowsOf = (text: string): readonly string[] => text.split("\n").filter((line) => /^\| (?!Machine|---)/.test(line));

test("rows are ranked by risk and amount, in every format", () => {
  const found = report(priced(12));
  const page = reviewDocument(found);
  const rows = rowsOf(renderMarkdown(page));
  expect(rows.slice(0, 3).map((row) => /web-\d+/.exec(row)?.[0])).toEqual(["web-9", "web-7", "web-0"]);
  for (const text of [renderText(page, { color: false, width: 240 }), renderHtml(page)])
    expect(text.indexOf("web-9")).toBeLessThan(text.indexOf("web-0"));
  // The facts stay as they are ordered.
  expect(found.facts.changes.map(({ address }) => address)).toEqual(
    [...found.facts.changes.map(({ address }) => address)].sort(),
  );
});

describe.each([60, 400, 2_000])("%d changes", (size) => {
  const found = report(priced(size));
  const page = reviewDocument(found);

  test.each(Object.entries(DIALECTS))("use the room of %s and say the rest as a whole", (_, dialect) => {
    const text = renderMarkdown(page, dialect, "https://ci.example/run/1");
    expect(text.length).toBeLessThan(dialect.limit);
    const rows = rowsOf(text);
    expect(rows[0]).toContain("web-9");
    expect(rows.find((row) => row.includes("**Total**"))).toContain(`${size} changes`);
    if (!text.includes("Shortened")) return;
    expect(text.length).toBeGreaterThan(dialect.limit * 0.85);
    expect(text).toContain("Everything is in [the full page](https://ci.example/run/1)");
    const singles = rows.filter((row) => /\*\*web-\d+\*\*/.test(row) && row.includes("`200 Mbps`")).length;
    const alike = /\*\*(\d+) machines\*\* \| Bandwidth<br>\*\*▲ upgrade\*\* \| `200 Mbps` → `400 Mbps`/.exec(text);
    if (dialect.html && alike !== null) expect(Number(alike[1]) + singles).toBe(size);
  });

  test("never say how many more there are under nothing", () => {
    for (const dialect of Object.values(DIALECTS)) {
      const lines = renderMarkdown(page, dialect)
        .split("\n")
        .filter((line) => line !== "");
      lines.forEach((line, at) => {
        if (/… and \d+ more/.test(line)) expect(lines[at - 1]).toMatch(/^(>\s+- (?!…)|\| (?!---)|\s*- (?!…))/);
      });
    }
  });
});

/** Sum of the amounts in a column, as they are shown. */
function shownSum(rows: readonly Row[], column: number, pattern: RegExp): number {
  return rows
    .map((row) => (row[column] ?? []).map((spans) => spans.map(({ text }) => text).join("")).join(" "))
    .map((text) => Number((pattern.exec(text)?.[1] ?? "0").replace(/,/g, "").replace("−", "-")))
    .reduce((sum, amount) => sum + amount, 0);
}

test("however many rows have room, what is shown sums up to the total", () => {
  const one = fc.record({ from: fc.constantFrom(24, 48), to: fc.constantFrom(36, 90, 100), unknown: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { minLength: 2, maxLength: 12 }), fc.nat(13), (machines, shown) => {
      const changes = machines.map((_, at) => machine(at, [step(upgrade)]));
      const prior = machines.flatMap(({ from, to, unknown }, at) =>
        unknown
          ? []
          : [quote("zenlayer_vm_spec_quote", id(at), [{ value: "200", price: from }], [{ value: "400", price: to }])],
      );
      const found = report({ changes, prior });
      const table = changesTable(found);
      const whole = table.whole?.(shown) ?? 0;
      const rows = [...table.rows.slice(0, whole), ...(table.rest?.(whole) ?? [])];
      const total = [table.total ?? []];
      for (const [column, pattern] of [
        [4, /at most ([\d,.]+) USD/],
        [5, /([−+]?[\d,.]+) USD/],
      ] as const)
        expect(shownSum(rows, column, pattern)).toBeCloseTo(shownSum(total, column, pattern), 6);
      const open = machines.filter(({ unknown }) => unknown).length;
      expect(/unknown amount/.test(found.summary)).toBe(open > 0);
      expect(JSON.stringify(total).includes("an unknown amount")).toBe(open > 0);
    }),
  );
});

test("many at one moment are told by what happens to them", () => {
  const text = renderMarkdown(reviewDocument(report({ changes: many(40) })));
  expect(text).toContain("  - **40 machines**: bandwidth `200 Mbps` → `400 Mbps`");
});

test("the steps of a machine stand together, and it is named once", () => {
  const steps = [
    step({ ...upgrade, direction: "cancel", action: "CancelInstanceBandwidthDowngrade", charge: "none" }),
    step(upgrade, { step: 2 }),
  ];
  const page = reviewDocument(report({ changes: [machine(1, steps), machine(2, [step(downgrade)])] }));
  const rows = rowsOf(renderMarkdown(page));
  expect(rows[0]).toContain(`**web-1**<br>\`${id(1)}\``);
  expect(rows[1]).toMatch(/^\| ↳ web-1 \|/);
  expect(rows[2]).toContain("**web-2**");
});

test("the findings of a rule are grouped", () => {
  const policyText = "version: 1\nrules:\n  no_downgrade: deny\n  no_unknown_price: warn\n";
  const page = reviewDocument(report({ changes: many(3, [step(downgrade)]) }, { policyText }));
  const text = renderMarkdown(page);
  expect(text).toMatch(/> - `no_downgrade` 3 findings\n> {3}- .*web-0.*\n> {3}- .*web-1.*\n> {3}- .*web-2/);
  expect(renderHtml(page)).toMatch(/<code>no_downgrade<\/code> 3 findings\n<ul>\n<li>/);
  expect(renderText(page, { color: false, width: 100 })).toMatch(/• no_downgrade 3 findings\n│ {3}– /);
});

describe("--verify of many", () => {
  const approved = report({ changes: many(300) });
  const approval = approvalOf(approved, NOW, 7);
  // One that sorts last is new, and one has gone.
  const changes = [...many(300).slice(1), machine(777, [step(upgrade)], {}, 'zoo["777"]')];
  const found: Report = buildReport([subject({ changes })], {
    name: "prod",
    now: NOW,
    reviewed: {
      digest: approval?.digest ?? "",
      changes: approval?.changes ?? [],
      ceilings: approval?.ceilings ?? null,
    },
  });

  test("shows what is new first: in the list, and in the table", () => {
    expect(found.verification?.not_reviewed).toEqual([
      { plan: "prod", address: 'zenlayer_vm_instance_spec.zoo["777"]' },
    ]);
    expect(found.verification?.differences[0]).toContain("zoo");
    expect(rowsOf(renderMarkdown(reviewDocument(found)))[0]).toContain("web-777");
  });
});

test("a machine that hundreds of resources manage is told in a line that can be read", () => {
  const changes = Array.from({ length: 200 }, (_, at) => machine(1, [step(upgrade)], {}, `a${at}`));
  const text = renderText(reviewDocument(report({ changes })), { color: false, width: 200 });
  expect(text).toMatch(/zenlayer_vm_instance_spec\.a0 and .* and 196 more\n/);
});
