// What starts the plugin: which words of NODE_OPTIONS reach Node. Under every shell that is here, with a Node that only tells them; and by the JavaScript
// of the launcher of Windows.
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { execute, mustExecute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");

/** Of these, those that are installed: dash and bash are the sh of Linux and macOS. */
const SHELLS = [["sh"], ["dash"], ["bash", "--posix"], ["bash"], ["busybox", "sh"], ["zsh", "--emulate", "sh"]].filter(
  ([command = "", ...args]) => spawnSync(command, [...args, "-c", ":"]).status === 0,
);

let directory: string;
let launcher: string;
/** The text of the launcher of Windows. */
let batch: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "launcher-"));
  const script = `import { pluginHeader } from "./scripts/tasks/plugin-header.mjs"; import { windowsLauncher } from "./scripts/tasks/windows-launcher.mjs";
    console.log(JSON.stringify([pluginHeader(), windowsLauncher()]));`;
  const { stdout } = await mustExecute(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
  const [header = "", windows = ""] = JSON.parse(stdout) as readonly string[];
  batch = windows;
  launcher = join(directory, "terraform-provider-demo");
  await writeFile(launcher, `${header}"use strict";\nconsole.log("the plugin: " + process.argv.slice(2));\n`);
  await chmod(launcher, 0o755);
  await mkdir(join(directory, "bin"));
  await writeFile(
    join(directory, "bin", "node"),
    '#!/bin/sh\nprintf "%s|%s" "$NODE_OPTIONS" "${NODE_USE_SYSTEM_CA-}"\n',
  );
  await chmod(join(directory, "bin", "node"), 0o755);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** What Node is given, under each shell and on Windows; it must be the same. */
function kept(options: string): { readonly options: string; readonly systemAuthorities: string } {
  const told = SHELLS.map(([command = "", ...args]) => {
    const env = { PATH: `${join(directory, "bin")}:${process.env["PATH"]}`, NODE_OPTIONS: options };
    const { stdout, stderr } = spawnSync(command, [...args, launcher], { env, encoding: "utf8" });
    return stdout + stderr;
  });
  expect([...new Set([...told, keptOnWindows(options)])]).toHaveLength(1);
  const [text = "", systemAuthorities = ""] = (told[0] ?? "").split("|");
  return { options: text, systemAuthorities };
}

/** The argument of `node -e` in the batch file. */
function startScript(): string {
  return /^node -e "([^"]*)" "%~dp0plugin\.js" %\*\r$/m.exec(batch)?.[1] ?? "";
}

/** The same by the batch file's JavaScript, with a process and modules that only tell. */
function keptOnWindows(options: string): string {
  const env: { [name: string]: string } = { PLUGIN_NODE_OPTIONS: options };
  const child = { on: () => child };
  const started: string[] = [];
  const modules = (name: string): object => {
    started.push(name);
    return { spawn: () => child };
  };
  const node = { versions: { node: "20.19.0" }, env, argv: ["node", "plugin.js"], execPath: "node" };
  new Function("process", "require", startScript())(node, modules);
  // A second Node only where it is given something.
  expect(started).toEqual([env["NODE_OPTIONS"] === undefined ? "plugin.js" : "child_process"]);
  expect(env).not.toHaveProperty("PLUGIN_NODE_OPTIONS");
  return `${env["NODE_OPTIONS"] ?? ""}|${env["NODE_USE_SYSTEM_CA"] ?? ""}`;
}

test("there is more than one shell to test with", () => {
  expect(SHELLS.length).toBeGreaterThan(1);
});

test.each([
  ["nothing", "", ""],
  ["a preload of another tool", "--require dd-trace/init", ""],
  ["a preload in one word", "--require=./absent.js -r ./absent.js --import=absent --import absent", ""],
  ["loaders", "--experimental-loader ./loader.mjs --loader=x --env-file=.env", ""],
  [
    "an inspector and reports",
    "--inspect=0.0.0.0:9229 --inspect-brk --report-on-signal --heapsnapshot-signal=SIGUSR2",
    "",
  ],
  ["profiles", "--cpu-prof --heap-prof --prof --trace-warnings --diagnostic-dir=/tmp", ""],
  [
    "memory",
    "--max-old-space-size=4096 --max-semi-space-size=64",
    "--max-old-space-size=4096 --max-semi-space-size=64",
  ],
  ["memory, with the other spelling", "--max_old_space_size=4096", "--max_old_space_size=4096"],
  ["a limit without a value, which Node refuses", "--max-old-space-size 4096", ""],
  ["authorities", "--use-openssl-ca --use-bundled-ca", "--use-openssl-ca --use-bundled-ca"],
  ["TLS", "--tls-min-v1.2 --tls-max-v1.3 --tls-cipher-list=A:B", "--tls-min-v1.2 --tls-max-v1.3 --tls-cipher-list=A:B"],
  ["OpenSSL", "--openssl-legacy-provider --openssl-config=/c", "--openssl-legacy-provider --openssl-config=/c"],
  ["a value of its own word", "--openssl-config /c --tls-cipher-list A", "--openssl-config /c --tls-cipher-list A"],
  ["names", "--dns-result-order=ipv4first", "--dns-result-order=ipv4first"],
  ["names, with a value of its own word", "--dns-result-order ipv4first", "--dns-result-order ipv4first"],
  [
    "network families",
    "--no-network-family-autoselection --network-family-autoselection-attempt-timeout=500 --enable-network-family-autoselection",
    "--no-network-family-autoselection --network-family-autoselection-attempt-timeout=500 --enable-network-family-autoselection",
  ],
  [
    "one among many",
    "-r a --max-old-space-size=4096 --import b --tls-min-v1.3 c",
    "--max-old-space-size=4096 --tls-min-v1.3",
  ],
  ["a value that looks like a kept one", "--title --max-old-space-size=1", "--max-old-space-size=1"],
  ["a kept word that goes on", "--use-openssl-cat --use-bundled-ca-x", ""],
  ["many spaces", "   --tls-min-v1.2    --require   x   ", "--tls-min-v1.2"],
  ["quotation marks around a word", '"--require" "./a b.js" "--tls-min-v1.2"', '"--tls-min-v1.2"'],
  ["quotation marks inside a word", '--require="./a b.js" --openssl-config="/a b"', '--openssl-config="/a b"'],
  ["a value in quotation marks", '--openssl-config "/a --require x"', '--openssl-config "/a --require x"'],
  ["escapes", '--openssl-config="/a \\" --require x" --require y', '--openssl-config="/a \\" --require x"'],
  ["a hidden preload", '--re"quire" x', ""],
  ["a word that never ends", '--tls-min-v1.2 --openssl-config="/a --require x', "--tls-min-v1.2"],
  ["an escape at the end", '--tls-min-v1.2 "--openssl\\', "--tls-min-v1.2"],
  ["an empty word", '"" --tls-min-v1.2 ""', "--tls-min-v1.2"],
  ["patterns and expansions of the shell", "--tls-* $HOME `id` $(id) * ; --tls-x=$(id)", "--tls-* --tls-x=$(id)"],
  ["a line break, which is no space to Node", "--require\n--tls-min-v1.2", ""],
])("%s", (_name, options, expected) => {
  expect(kept(options).options).toBe(expected);
});

test("the authorities of the system are asked for in a way that every Node takes", () => {
  expect(kept("--use-system-ca --tls-min-v1.2")).toEqual({ options: "--tls-min-v1.2", systemAuthorities: "1" });
  expect(kept("--tls-min-v1.2").systemAuthorities).toBe("");
});

test("whatever is written, Node never sees a word that is not kept, and refuses to split none", () => {
  const piece = fc.constantFrom(
    '"',
    "\\",
    " ",
    "  ",
    "-",
    "--require",
    "x",
    "--tls-min-v1.2",
    "--openssl-config",
    "=",
    "--inspect",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const words = splitAsNode(kept(pieces.join("")).options);
      expect(words).not.toBeNull();
      let mayFollow = false;
      for (const word of words ?? []) {
        const allowed = /^--(tls-|openssl-)/.test(word);
        expect(allowed || mayFollow).toBe(true);
        mayFollow = word === "--openssl-config";
      }
    }),
    { numRuns: 40 },
  );
});

/** How Node reads the variable; null where it refuses. */
function splitAsNode(options: string): readonly string[] | null {
  const words: string[] = [];
  let quoted = false;
  let begins = true;
  for (let index = 0; index < options.length; index += 1) {
    let character = options[index] ?? "";
    if (character === "\\" && quoted) {
      index += 1;
      if (index === options.length) return null;
      character = options[index] ?? "";
    } else if (character === " " && !quoted) {
      begins = true;
      continue;
    } else if (character === '"') {
      quoted = !quoted;
      continue;
    }
    if (begins) words.push(character);
    else words[words.length - 1] += character;
    begins = false;
  }
  return quoted ? null : words;
}

test("the real Node starts the plugin, with its arguments, whatever the variable asks for", async () => {
  for (const options of ["", "--require /absent/preload.cjs --import absent --max-old-space-size=512"]) {
    const { stdout, stderr } = await execute(launcher, ["--debug", "a b"], {
      cwd: directory,
      env: { NODE_OPTIONS: options },
    });
    expect([stdout, stderr]).toEqual(["the plugin: --debug,a b\n", ""]);
  }
});

describe("the launcher of Windows", () => {
  const lines = (): readonly string[] => batch.split("\r\n");

  test("says nothing before the handshake, and empties what no Node may see before it starts one", () => {
    expect(lines()[0]).toBe("@echo off");
    expect(batch.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const starts = lines().findIndex((line) => line.startsWith("node "));
    const carried = lines().indexOf('set "PLUGIN_NODE_OPTIONS=!NODE_OPTIONS!"');
    expect(carried).toBeGreaterThan(lines().indexOf("setlocal EnableDelayedExpansion"));
    for (const name of ["NODE_OPTIONS", "NODE_V8_COVERAGE", "NODE_DEBUG", "NODE_DEBUG_NATIVE"]) {
      const emptied = lines().indexOf(`set "${name}="`);
      expect([emptied > carried, emptied < starts]).toEqual([true, true]);
    }
    expect(lines().slice(starts + 1)).toEqual(["exit /b %ERRORLEVEL%", ""]);
  });

  test("hands cmd a line that it passes on as it is written", () => {
    // In quotation marks only these mean something; `!` and `^` do where delayed expansion is on, and 8,191 characters are the most.
    expect(startScript()).not.toMatch(/["%!]/);
    expect(lines().at(-4)).toBe("setlocal DisableDelayedExpansion");
    expect(lines().at(-3)?.length).toBeLessThan(8000);
  });

  test("tells in a sentence where Node is missing or too old", () => {
    expect(batch).toContain('if "%%~$PATH:n"=="" (echo terraform-provider-zenlayer needs Node 20.19 or newer, and');
    const said: string[] = [];
    const exit = (code: number): never => {
      throw new Error(`exit ${code}`);
    };
    const old = { versions: { node: "18.20.0" }, env: {}, argv: [], exit };
    const start = (): unknown =>
      new Function("process", "require", "console", startScript())(old, () => ({}), {
        log: (line: string) => said.push(line),
      });
    expect(start).toThrow("exit 1");
    expect(said).toEqual(["terraform-provider-zenlayer needs Node 20.19 or newer on PATH, found Node 18.20.0."]);
  });

  test("starts the plugin in the real Node, with what is kept and no more", async () => {
    await writeFile(
      join(directory, "plugin.js"),
      "console.log(process.argv.slice(2) + '|' + process.execArgv + (process.env.NODE_OPTIONS ?? ''))\n",
    );
    const start = (options: string): Promise<{ readonly stdout: string }> =>
      mustExecute(process.execPath, ["-e", startScript(), join(directory, "plugin.js"), "--debug"], {
        cwd: directory,
        env: { PLUGIN_NODE_OPTIONS: options },
      });
    expect((await start("--require /absent")).stdout).toMatch(/^--debug\|/);
    expect((await start("--require /absent --max-old-space-size=512")).stdout).toBe(
      "--debug|--max-old-space-size=512\n",
    );
  });
});
