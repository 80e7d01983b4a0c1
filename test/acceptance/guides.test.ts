// The guides against the program: their tables, samples and links.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROWS, isChange } from "../support/case-rows";
import { ROOT } from "../support/examples";

const GUIDES = join(ROOT, "docs", "guides");
const EXAMPLES = join(ROOT, "examples");
const guide = (name: string): string => readFileSync(join(GUIDES, `${name}.md`), "utf8");

/** Rows of the table below a heading, without markup. */
function table(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/`/g, "")),
  );
}

test("what a change does: the guide says of each row of the case tables what the plan says", () => {
  const rows = table(guide("how-changes-take-effect"), "What a change does");
  const effects = new Map(rows.map(([change = "", takesEffect = "", charge = ""]) => [change, [takesEffect, charge]]));
  for (const row of ROWS.filter(isChange)) {
    const { machine, outcome, axis } = row;
    const billed = outcome.charge !== "none" || outcome.takesEffect === "next_billing_cycle";
    const up = outcome.direction === "upgrade" ? "up" : "down";
    const change =
      axis === "internet_max_bandwidth_out" && !billed
        ? "bandwidth that is not what is billed (see below), up or down"
        : outcome.direction === "lateral"
          ? "PREPAID, lateral type change"
          : machine.instanceChargeType === "POSTPAID"
            ? "POSTPAID, up or down"
            : `PREPAID, ${up}`;
    expect({ row: row.id, effect: effects.get(change) }).toEqual({
      row: row.id,
      effect: [outcome.takesEffect, outcome.charge],
    });
  }
});

const PAGES = [
  ...["ci", "beside-the-official-provider", "how-changes-take-effect"].map((name) => join(GUIDES, `${name}.md`)),
  ...readdirSync(EXAMPLES)
    .map((name) => join(EXAMPLES, name, "README.md"))
    .filter((file) => existsSync(file)),
];

test.each(PAGES.map((file) => [file.slice(ROOT.length + 1), file]))(
  "%s: begins with something to run, and its links lead somewhere",
  (_name, file) => {
    const text = readFileSync(file, "utf8");
    expect(text.indexOf("```sh\n")).toBeGreaterThan(0);
    expect(text.indexOf("```sh\n")).toBeLessThan(300);
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? file : join(dirname(file), path);
      expect({ link, exists: existsSync(target) }).toEqual({ link, exists: true });
      if (anchor === undefined) continue;
      const headings = [...readFileSync(target, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        heading
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replace(/ /g, "-"),
      );
      expect({ link, headings }).toEqual({ link, headings: expect.arrayContaining([anchor]) });
    }
  },
);
