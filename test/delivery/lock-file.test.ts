// The lock file as Terraform writes it; that Terraform agrees is tried in test/acceptance/delivery.test.ts.
import { completedLockFile, type LockedProvider } from "../../lib/delivery";

const OURS: LockedProvider = {
  address: "registry.terraform.io/cdktf-zenlayer/zenlayer",
  version: "0.2.0",
  constraint: "0.2.0",
  hashes: ["h1:b=", "h1:a="],
};

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

const entry = (address: string, version = "0.2.0", constraint = version, hashes = ["h1:a=", "h1:b="]): string =>
  `provider "${address}" {
  version     = "${version}"
  constraints = "${constraint}"
  hashes = [
${hashes.map((hash) => `    "${hash}",`).join("\n")}
  ]
}
`;
const ENTRY = entry(OURS.address);

const file = (...entries: readonly string[]): string => [HEADER, ...entries].join("\n");

test.each([
  ["none", null],
  ["an empty one", "\n"],
])("%s becomes a file with one entry", (_name, text) => {
  expect(completedLockFile(text, OURS)).toBe(file(ENTRY));
});

describe("what stands of other providers stays, byte for byte, in Terraform's order", () => {
  const before = entry("registry.opentofu.org/hashicorp/random", "3.0.0", "~> 3.0", ["h1:x=", "zh:1"]);
  const sameHost = entry("registry.terraform.io/aaa/zzz", "1.0.0");
  const after = entry("registry.terraform.io/hashicorp/null", "3.2.4", ">= 3.0.0, < 4.0.0", ["h1:y="]);

  test.each([
    ["before all", [after], [ENTRY, after]],
    ["after all", [before], [before, ENTRY]],
    ["between", [before, sameHost, after], [before, sameHost, ENTRY, after]],
    ["in the place of an older version", [before, entry(OURS.address, "0.1.0"), after], [before, ENTRY, after]],
    ["in the place of other bytes", [entry(OURS.address, "0.2.0", "0.2.0", ["h1:x="]), after], [ENTRY, after]],
    ["in the place of another demand", [entry(OURS.address, "0.2.0", "~> 0.1"), after], [ENTRY, after]],
  ] as const)("%s", (_name, given, expected) => {
    expect(completedLockFile(file(...given), OURS)).toBe(file(...expected));
  });

  test("a header of OpenTofu, comments and line ends of Windows too", () => {
    const text = `# "tofu init"\r\n\r\n# ours\r\n${after.replaceAll("\n", "\r\n")}`;
    const completed = completedLockFile(text, OURS) ?? "";
    expect(completed.replace(`${ENTRY}\n`, "")).toBe(text);
    expect(completed).toContain(`${ENTRY}\nprovider "registry.terraform.io/hashicorp/null"`);
  });
});

test("an entry that allows these packages already stays as it is, with its further hashes", () => {
  const text = file(entry(OURS.address, "0.2.0", "0.2.0", ["h1:a=", "h1:b=", "h1:c=", "zh:1"]));
  expect(completedLockFile(text, OURS)).toBe(text);
});

test.each([
  ["0.2.0", "0.2.0"],
  ["= 0.2.0", "0.2.0"],
  ["=v0.2", "0.2.0"],
  ["0.2.0-beta1", "0.2.0-beta1"],
  [">=0.1", ">= 0.1.0"],
  ["~>0.1", "~> 0.1"],
  ["~> 0.2.0", "~> 0.2.0"],
  ["!= 1", "!= 1.0.0"],
])("the demand %s is spelt as Terraform spells it", (constraint, expected) => {
  expect(completedLockFile(null, { ...OURS, constraint })).toContain(`  constraints = "${expected}"\n`);
});

test.each(["", ">= 0.1.0, < 1.0.0", "~> 1", "latest"])("the demand %j is left to Terraform", (constraint) => {
  expect(completedLockFile(null, { ...OURS, constraint })).toBeNull();
});
