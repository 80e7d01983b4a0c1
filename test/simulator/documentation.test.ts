import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTROL_ROUTES, FAULTS, KNOBS, MACHINE_FIELDS, parseFleet, sampleFleet } from "../../lib/simulator";

const page = readFileSync(join(__dirname, "../../docs/simulator.md"), "utf8");

/** The cells of every table row below a heading, up to the next heading of the same or a higher level. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split(/\n## /)[0] ?? "";
  const lines = section
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\| *(-|Knob|Kind|Call|Field|Id) /.test(line));
  return lines
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    )
    .filter((cells) => !/^-+$/.test(cells[0] ?? ""));
}
const unquote = (text: string | undefined): string => (text ?? "").replaceAll("`", "");

describe("docs/simulator.md", () => {
  test("has every knob with its default, what is allowed and what it does", () => {
    const documented = rowsBelow("Knobs").map(([name, initial, allowed, description]) => [
      unquote(name),
      unquote(initial),
      allowed,
      description,
    ]);
    const actual = Object.entries(KNOBS).map(([name, fact]) => [
      name,
      fact.default === "" ? '""' : String(fact.default),
      fact.allowed,
      fact.description,
    ]);
    expect(documented.sort()).toEqual(actual.sort());
  });

  test("has every fault and whether the action is carried out", () => {
    const documented = rowsBelow("Faults").map(([kind, executed, description]) => [
      unquote(kind),
      executed,
      description,
    ]);
    expect(documented).toEqual(
      Object.entries(FAULTS).map(([kind, fact]) => [kind, fact.executed ? "yes" : "no", fact.description]),
    );
  });

  test("has every call of the control interface", () => {
    expect(rowsBelow("Control interface").map(([call]) => unquote(call))).toEqual(CONTROL_ROUTES);
  });

  test("has every field of a fleet file", () => {
    const documented = rowsBelow("Fleet files").flatMap(([names]) => unquote(names).split(", "));
    expect(documented.sort()).toEqual(Object.keys(MACHINE_FIELDS).sort());
  });

  test("has every machine of the sample fleet", () => {
    const documented = rowsBelow("The sample fleet").map(([id, name]) => [unquote(id), unquote(name)]);
    expect(documented).toEqual(sampleFleet().machines.map((machine) => [machine.instanceId, machine.instanceName]));
  });

  test("shows a fleet file that works", () => {
    const sample = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    expect(parseFleet(JSON.parse(sample)).machines).toHaveLength(2);
  });
});
