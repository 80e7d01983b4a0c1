// Nothing that users build on changes without a word: what differs from the last release is named in the changelog, or this fails.
//
// CONTRACT=release npx jest test/contract --selectProjects unit writes it down anew, when a version is released (CONTRIBUTING.md).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contract, type Contract } from "./contract";

const RELEASED = join(__dirname, "released.json");
const CHANGELOG = join(__dirname, "..", "..", "CHANGELOG.md");

test("what differs from the last release is named in the changelog", async () => {
  const now = await contract();
  if (process.env["CONTRACT"] === "release") writeFileSync(RELEASED, `${JSON.stringify(now, null, 2)}\n`);
  const before = JSON.parse(readFileSync(RELEASED, "utf8")) as Contract;
  expect(unnamed(before, now, unreleased(readFileSync(CHANGELOG, "utf8")))).toEqual([]);
});

describe("a change", () => {
  const before: Contract = {
    "resource zenlayer_thing.size": '"number"',
    "data zenlayer_thing.name": '"string"',
    "schema report.v2.status": "{}",
    "cdktf-zenlayer review exit code 2": "changes",
    "cdktf-zenlayer review exit code 3": "refused",
  };
  const { "cdktf-zenlayer review exit code 3": _refused, ...without } = before;

  test.each<readonly [string, Contract, string, readonly string[]]>([
    ["that is none", before, "", []],
    [
      "of a type",
      { ...before, "resource zenlayer_thing.size": '"string"' },
      "",
      ["resource zenlayer_thing.size: changed"],
    ],
    ["of a type, named", { ...before, "resource zenlayer_thing.size": '"string"' }, "- `size` is text.", []],
    ["named with its kind", { ...before, "data zenlayer_thing.age": '"string"' }, "- `zenlayer_thing.age`: new.", []],
    [
      "named as a part of another word only",
      { ...before, "data zenlayer_thing.age": '"string"' },
      "- `page`",
      ["data zenlayer_thing.age: added"],
    ],
    ["of an exit code", without, "", ["cdktf-zenlayer review exit code 3: removed"]],
    ["of an exit code, named", without, "Exit code 3 of `review` is gone.", []],
    [
      "that is a new whole",
      {
        ...before,
        "schema report.v3.status": "{}",
        "schema report.v3.name": "{}",
        "cdktf-zenlayer init exit code 0": "",
      },
      "- `report.v3` and `cdktf-zenlayer init`",
      [],
    ],
    [
      "that is a new whole, not named",
      { ...before, "schema report.v3.status": "{}" },
      "- `status`",
      ["schema report.v3.status: added"],
    ],
  ])("%s", (_name, now, changelog, expected) => {
    expect(unnamed(before, now, changelog)).toEqual(expected);
  });

  test("below an older version's heading does not count", () => {
    expect(unreleased("# C\n\n## [Unreleased]\n\n- a\n\n## [0.1.0]\n\n- b\n")).toBe("\n\n- a\n");
  });
});

/** Changes that the changelog does not name. */
function unnamed(before: Contract, now: Contract, changelog: string): readonly string[] {
  const [groupsBefore, groupsNow] = [before, now].map((each) => new Set(Object.keys(each).map(groupOf)));
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names]
    .filter((name) => before[name] !== now[name])
    .filter((name) => {
      // What is wholly new or gone is named as a whole.
      const group = groupOf(name);
      const isWhole = !(groupsBefore?.has(group) && groupsNow?.has(group));
      return !(isWhole ? isWordOf(lastWord(group), changelog) : isNamed(name, changelog));
    })
    .map((name) => `${name}: ${!(name in before) ? "added" : name in now ? "changed" : "removed"}`);
}

/** The resource, the JSON schema or the command that a line belongs to. */
function groupOf(name: string): string {
  return /^(schema \S+?\.v\d+|.*(?= exit code )|[^.]*)/.exec(name)?.[0] ?? name;
}

function isNamed(name: string, changelog: string): boolean {
  const exit = /^cdktf-zenlayer ?(.*) exit code (\d+)$/.exec(name);
  if (exit === null) return isWordOf(lastWord(name), changelog);
  return new RegExp(`exit code ${exit[2]} of \`${exit[1]}\``, "i").test(changelog);
}

function lastWord(name: string): string {
  return /^schema \S+?\.v\d+$/.test(name) ? name.replace("schema ", "") : (name.split(/[. ]/).at(-1) ?? name);
}

/** Somewhere in code. */
function isWordOf(word: string, changelog: string): boolean {
  return new RegExp(`\`[^\`\\n]*(?<!\\w)${word.replaceAll(".", "\\.")}(?!\\w)[^\`\\n]*\``).test(changelog);
}

function unreleased(changelog: string): string {
  return (
    changelog
      .split(/^## \[Unreleased\]/m)[1]
      ?.split(/^## /m)[0]
      ?.replace(/\n+$/, "\n") ?? ""
  );
}
