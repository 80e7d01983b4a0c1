// What is kept of compiled code, and above all what is not taken: it would run with the user's keys.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { cacheDirectory, CodeCache } from "../../lib/launcher/code-cache";

let parent: string;
let directory: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "code-cache-"));
  directory = join(parent, "sub", "cdktf-zenlayer");
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(parent, { recursive: true, force: true });
});

type Name = "main" | "extra";
const NAMES: readonly Name[] = ["main", "extra"];
let texts = 1000;

/** A text that this process has not compiled yet, always as long: V8 remembers what it compiled, and of kept code compares the length only. */
const text = (name: Name, more = 1): string => `(function ${name}(a) { return a + ${more}; })/* ${(texts += 1)} */`;

/** One start: uses the texts, and ends. */
function start(names = NAMES, digest = "digest", more = 1) {
  return run(new CodeCache(directory, digest, NAMES), names, more);
}

function run(cache: CodeCache, names: readonly Name[], more = 1) {
  const [gave] = names.map((name) => (cache.compile(name, text(name, more)) as (value: number) => number)(1));
  const before = listed();
  cache.keep();
  return { gave, wrote: listed().filter((file) => !before.includes(file)).length };
}

/** A start whose text adds another number leaves its code where that of the real one belongs: whoever takes it gives 3 instead of 2. */
function poison(): void {
  expect(start(NAMES, "digest", 2)).toEqual({ gave: 3, wrote: 2 });
}

/** Names and inodes of all files: one that is written anew has another inode. */
function listed(): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((name) => `${name} ${lstatSync(join(directory, name)).ino}`);
}

const files = (): readonly string[] => readdirSync(directory).map((name) => join(directory, name));

test("the first start writes, for this user only, and the second takes it", () => {
  expect(start()).toEqual({ gave: 2, wrote: 2 });
  expect(lstatSync(directory).mode & 0o777).toBe(0o700);
  expect(files().map((file) => lstatSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(start()).toEqual({ gave: 2, wrote: 0 });
});

test("code is really taken: of another text it shows", () => {
  poison();
  expect(start()).toEqual({ gave: 3, wrote: 0 });
});

test("a start that did not use everything writes nothing, and takes what is there", () => {
  expect(start(["main"])).toEqual({ gave: 2, wrote: 0 });
  expect(existsSync(directory)).toBe(false);
  poison();
  expect(start(["main"])).toEqual({ gave: 3, wrote: 0 });
});

test("other texts and other options of V8 have files of their own", () => {
  poison();
  expect(start(undefined, "another digest")).toEqual({ gave: 2, wrote: 2 });
  jest.replaceProperty(process, "env", { ...process.env, NODE_OPTIONS: "--max-old-space-size=512" });
  expect(start()).toEqual({ gave: 2, wrote: 2 });
  expect(start()).toEqual({ gave: 2, wrote: 0 });
});

test.each([
  ["cut short", (content: Buffer) => content.subarray(0, content.length - 100)],
  ["empty", () => Buffer.alloc(0)],
  ["with one bit turned over", (content: Buffer) => turned(content, content.length >> 1)],
  ["with another digest", (content: Buffer) => turned(content, 0)],
])("a file that is %s is not taken, and is written anew", (_name, spoil) => {
  poison();
  for (const file of files()) writeFileSync(file, spoil(readFileSync(file)));
  expect(start()).toEqual({ gave: 2, wrote: 2 });
  expect(start()).toEqual({ gave: 2, wrote: 0 });
});

function turned(content: Buffer, at: number): Buffer {
  const other = Buffer.from(content);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

describe("what others could have written is not taken", () => {
  beforeEach(poison);

  test.each(["770", "707", "701", "750"])("a directory of mode %s; nothing is written either", (mode) => {
    chmodSync(directory, Number.parseInt(mode, 8));
    expect(start()).toEqual({ gave: 2, wrote: 0 });
    chmodSync(directory, 0o700);
    expect(start()).toEqual({ gave: 3, wrote: 0 });
  });

  test.each(["620", "602", "640"])("a file of mode %s; it is written anew", (mode) => {
    for (const file of files()) chmodSync(file, Number.parseInt(mode, 8));
    expect(start()).toEqual({ gave: 2, wrote: 2 });
  });

  test("a directory that is a link; nothing is written either", () => {
    const elsewhere = join(parent, "elsewhere");
    renameSync(directory, elsewhere);
    symlinkSync(elsewhere, directory);
    expect(start()).toEqual({ gave: 2, wrote: 0 });
  });

  test("files that are links; they are written anew", () => {
    for (const file of files()) {
      const moved = join(parent, basename(file));
      renameSync(file, moved);
      symlinkSync(moved, file);
    }
    expect(start()).toEqual({ gave: 2, wrote: 2 });
    expect(files().some((file) => lstatSync(file).isSymbolicLink())).toBe(false);
  });

  test("what belongs to another user; nothing is written either", () => {
    const self = process.geteuid?.() ?? 0;
    jest.spyOn(process as Required<NodeJS.Process>, "geteuid").mockReturnValue(self + 1);
    expect(start()).toEqual({ gave: 2, wrote: 0 });
  });
});

test("where nothing can be written the code runs all the same", () => {
  writeFileSync(join(parent, "sub"), "no directory");
  expect(start()).toEqual({ gave: 2, wrote: 0 });
  expect(run(new CodeCache(null, "digest", NAMES), NAMES)).toEqual({ gave: 2, wrote: 0 });
});

// With Node's own recursive mkdirSync this test never ends.
test("below a directory that takes no new name nothing is kept, and the plugin ends", () => {
  directory = "/proc/self/.cache/cdktf-zenlayer";
  expect(start()).toEqual({ gave: 2, wrote: 0 });
});

test("what is no file of ours, or was left half written, keeps nobody from writing", () => {
  poison();
  const ago = new Date(0);
  mkdirSync(join(directory, "folder"));
  utimesSync(join(directory, "folder"), ago, ago);
  symlinkSync(join(directory, "nowhere"), join(directory, "link"));
  for (const file of files().filter((each) => /-(main|extra)$/.test(each))) renameSync(file, `${file}.${process.pid}`);
  expect(start()).toEqual({ gave: 2, wrote: 2 });
  expect(start()).toEqual({ gave: 2, wrote: 0 });
});

test("what nobody has written for a month is taken away by whoever writes", () => {
  start();
  const [old = "", young = ""] = files();
  const days = (count: number): Date => new Date(Date.now() - count * 24 * 3600 * 1000);
  utimesSync(old, days(31), days(31));
  utimesSync(young, days(29), days(29));
  start(undefined, "another digest");
  expect(existsSync(old)).toBe(false);
  expect(existsSync(young)).toBe(true);
});

test.each([
  [{ HOME: "/home/a" }, "linux", "/home/a/.cache/cdktf-zenlayer"],
  [{ HOME: "/home/a", XDG_CACHE_HOME: "/var/a" }, "linux", "/var/a/cdktf-zenlayer"],
  [{ XDG_CACHE_HOME: "/var/a" }, "linux", "/var/a/cdktf-zenlayer"],
  [{ HOME: "/home/a", XDG_CACHE_HOME: "a" }, "linux", "/home/a/.cache/cdktf-zenlayer"],
  [{ HOME: "/Users/a" }, "darwin", "/Users/a/Library/Caches/cdktf-zenlayer"],
  [{ HOME: "home" }, "linux", null],
  [{}, "linux", null],
  [{ HOME: "/home/a", NODE_DISABLE_COMPILE_CACHE: "1" }, "linux", null],
  [{ HOME: "/home/a", XDG_CACHE_HOME: "/var/a" }, "win32", null],
] as const)("with %j on %s the cache is %s", (env, platform, expected) => {
  expect(cacheDirectory(env, platform)).toBe(expected);
});
