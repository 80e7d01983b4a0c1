// Packages, hashes, zips, mirrors and releases, read back by programs and rules that are not ours.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archives, packageFiles, packageHash, PLATFORMS, writeMirror, writeRelease, zip } from "../../lib/delivery";

const BUILD = { plugin: Buffer.from("#!/bin/sh\n"), windowsLauncher: Buffer.from("@echo off\r\n") };
const ADDRESS = "registry.terraform.io/cdktf-zenlayer/zenlayer";
const HOME = `${ADDRESS}/`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "archives-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (path: string): unknown => JSON.parse(readFileSync(join(directory, path), "utf8"));

describe("a package", () => {
  test("holds a script where the system executes it, and on Windows what starts it", () => {
    const names = (platform: string): readonly (readonly [string, string])[] =>
      packageFiles(platform, "zenlayer", "1.2.3", BUILD).map(({ name, mode }) => [name, mode.toString(8)]);
    expect(names("linux_arm64")).toEqual([
      ["package.json", "644"],
      ["terraform-provider-zenlayer_v1.2.3", "755"],
    ]);
    expect(names("windows_amd64")).toEqual([
      ["package.json", "644"],
      ["plugin.js", "644"],
      ["terraform-provider-zenlayer_v1.2.3.cmd", "755"],
    ]);
  });

  test("has the hash of Go's dirhash, whatever the order of its files", () => {
    // printf for each file, sorted: "<sha256>  <name>\n"; of that the SHA-256 in base64.
    const files = [
      { name: "b", bytes: Buffer.from("2"), mode: 0o644 },
      { name: "a", bytes: Buffer.from("1"), mode: 0o755 },
    ];
    const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
    const expected = createHash("sha256")
      .update(`${hex("1")}  a\n${hex("2")}  b\n`)
      .digest("base64");
    expect(packageHash(files)).toBe(`h1:${expected}`);
    expect(packageHash([...files].reverse())).toBe(`h1:${expected}`);
  });
});

test("a zip has the same bytes everywhere: no time, no owner, no compressor", () => {
  const bytes = zip([
    { name: "package.json", bytes: Buffer.from("{}\n"), mode: 0o644 },
    { name: "run", bytes: Buffer.from("#!/bin/sh\n"), mode: 0o755 },
  ]);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(
    "ba96fc35ab5541b666cde750bd94c6fb5cd7fe0acef7415e40582fa779cd29d2",
  );
});

describe("a mirror", () => {
  test("lists each archive with its hash, under the names that Terraform asks for", () => {
    const all = archives("zenlayer", "1.2.3", BUILD);
    const written = writeMirror(directory, ADDRESS, "1.2.3", all);
    expect([...written].sort()).toEqual(
      [
        `${HOME}1.2.3.json`,
        `${HOME}index.json`,
        ...PLATFORMS.map((platform) => `${HOME}terraform-provider-zenlayer_1.2.3_${platform}.zip`),
      ].sort(),
    );
    expect(read(`${HOME}index.json`)).toEqual({ versions: { "1.2.3": {} } });
    const { archives: listed } = read(`${HOME}1.2.3.json`) as { archives: Record<string, { url: string }> };
    expect(Object.keys(listed).sort()).toEqual([...PLATFORMS]);
    expect(listed["linux_amd64"]).toEqual({
      hashes: [packageHash(packageFiles("linux_amd64", "zenlayer", "1.2.3", BUILD))],
      url: "terraform-provider-zenlayer_1.2.3_linux_amd64.zip",
    });
  });

  test("keeps what is there of other versions, and says which file is no index", () => {
    writeMirror(directory, ADDRESS, "1.0.0", archives("zenlayer", "1.0.0", BUILD));
    writeMirror(directory, ADDRESS, "1.2.3", archives("zenlayer", "1.2.3", BUILD));
    expect(read(`${HOME}index.json`)).toEqual({ versions: { "1.0.0": {}, "1.2.3": {} } });
    expect(read(`${HOME}1.0.0.json`)).toHaveProperty("archives");
    writeFileSync(join(directory, HOME, "index.json"), "<html>");
    expect(() => writeMirror(directory, ADDRESS, "1.2.3", [])).toThrow(/index\.json is no index of a network mirror/);
  });
});

test("a release is what a registry takes: zips, manifest, and the sums of them all", () => {
  const names = writeRelease(directory, "zenlayer", "1.2.3", archives("zenlayer", "1.2.3", BUILD));
  const stem = "terraform-provider-zenlayer_1.2.3";
  expect(readdirSync(directory).sort()).toEqual([...names].sort());
  expect(names.at(-1)).toBe(`${stem}_SHA256SUMS`);
  expect(read(`${stem}_manifest.json`)).toEqual({ version: 1, metadata: { protocol_versions: ["6.0"] } });
  const sums = readFileSync(join(directory, `${stem}_SHA256SUMS`), "utf8")
    .trimEnd()
    .split("\n");
  expect(sums).toEqual(
    names.slice(0, -1).map((name) => {
      const sum = createHash("sha256")
        .update(readFileSync(join(directory, name)))
        .digest("hex");
      return `${sum}  ${name}`;
    }),
  );
  expect(sums).toHaveLength(PLATFORMS.length + 1);
  expect(statSync(join(directory, `${stem}_SHA256SUMS`)).mode & 0o777).toBe(0o644);
});
