// apply.sh whatever happens to it, with stand-ins for Terraform and the tool: a state that cannot be saved is never lost, and the page is always written.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "..", "..", "examples", "ci", "scripts", "apply.sh");

let directory: string;
const at = (...parts: readonly string[]): string => join(directory, ...parts);
const text = (...parts: readonly string[]): string => readFileSync(at(...parts), "utf8");

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "apply-sh-"));
  mkdirSync(at("bin"));
  mkdirSync(at("stack"));
  program("cdktf-zenlayer", [
    `echo "$@" >>"${at("tool")}"`,
    // What `--out` names is written.
    'while [ $# -gt 0 ]; do [ "$1" != --out ] || echo page >"$2"; shift; done',
  ]);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function program(name: string, lines: readonly string[]): void {
  writeFileSync(at("bin", name), ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(at("bin", name), 0o755);
}

/** @param apply what `terraform apply` does @param push whether `terraform state push` succeeds */
function terraform(apply: string, push = true): void {
  program("terraform", [
    `echo "$@" >>"${at("terraform")}"`,
    "case $1 in",
    `plan) for option; do case $option in -out=*) echo plan >"\${option#-out=}" ;; esac; done; exit 2 ;;`,
    `show) [ ! -e "${at("unreadable")}" ] || [ $# -gt 2 ] || exit 1; echo '{}' ;;`,
    `apply) ${apply} ;;`,
    `state) exit ${push ? 0 : 1} ;;`,
    "esac",
  ]);
}

/** @param shell with what it reads first */
function start(shell: readonly [string, Readonly<Record<string, string>>] = ["sh", {}]): {
  readonly ended: Promise<number | null>;
  readonly stop: () => void;
} {
  const [name, more] = shell;
  const child = spawn(name, [SCRIPT, at("stack"), at("out"), "sha256:0"], {
    env: {
      PATH: `${at("bin")}:${process.env["PATH"] ?? ""}`,
      HOME: directory,
      CDKTF_ZENLAYER: at("bin", "cdktf-zenlayer"),
      RUN_URL: "https://ci.example/7",
      GITHUB_STEP_SUMMARY: at("summary"),
      ...more,
    },
    stdio: "ignore",
  });
  return {
    ended: new Promise((resolve) => child.on("close", resolve)),
    stop: () => void child.kill("SIGTERM"),
  };
}

/** The arguments of the looks back. */
const looks = (): readonly string[] =>
  text("tool")
    .split("\n")
    .filter((line) => line.includes("--applied"));

const FAILED = "echo '{}'; echo saved-nowhere >errored.tfstate; exit 1";

test("a state that could not be saved is saved once more", async () => {
  terraform(FAILED);
  expect(await start().ended).toBe(1);
  expect(text("terraform")).toContain("state push errored.tfstate");
  expect(existsSync(at("out", "errored.tfstate"))).toBe(false);
  expect(text("out", "applied.md")).toContain("page");
  // The whole pages are published, and the comments link them.
  expect(text("out", "applied.html")).toContain("page");
  expect(text("summary")).toBe("page\npage\n");
  expect(text("tool")).toMatch(
    /--format markdown --for github --full-page https:\/\/ci\.example\/7 --out \S+applied\.md/,
  );
});

test.each([
  ["fails", "exit 1", 1],
  ["succeeds", "exit 0", 0],
])("an apply that %s before anybody waits for it counts as what it was", async (_name, apply, code) => {
  terraform(apply);
  // The shell is slow between the start of Terraform and the wait for it.
  writeFileSync(at("slow"), 'trap() { builtin trap "$@"; case "$*" in kill*) sleep 0.3 ;; esac; }\n');
  expect(await start(["bash", { BASH_ENV: at("slow") }]).ended).toBe(code);
});

test("one that still cannot be is kept and read, and nothing is applied over it", async () => {
  terraform(FAILED, false);
  expect(await start().ended).toBe(1);
  expect(text("out", "errored.tfstate")).toBe("saved-nowhere\n");
  expect(looks()[0]).toMatch(new RegExp(`--applied \\S+state.json \\S+errored.tfstate \\S+apply.log`));
  terraform("exit 0");
  rmSync(at("terraform"));
  expect(await start().ended).toBe(1);
  expect(existsSync(at("terraform"))).toBe(false);
  expect(text("out", "errored.tfstate")).toBe("saved-nowhere\n");
});

test("one that the request brought is never pushed", async () => {
  writeFileSync(at("stack", "errored.tfstate"), "evil");
  terraform("exit 0");
  expect(await start().ended).toBe(0);
  expect(text("terraform")).not.toContain("state push");
});

test("an apply that is killed, and a state that cannot be read, leave a page of the log", async () => {
  writeFileSync(at("unreadable"), "");
  terraform("echo '{}'; kill -KILL $$");
  expect(await start().ended).not.toBe(0);
  expect(looks()[0]).toMatch(/--applied \S+apply\.log \S+plan\.json/);
  expect(text("out", "applied.md")).toContain("page");
  expect(existsSync(at("out", "tfplan"))).toBe(false);
});

test("two signals take neither the end of Terraform nor the page", async () => {
  terraform(
    `trap 'echo stopped >>"${at("stopped")}"' TERM; touch "${at("applying")}"; while [ ! -e "${at("stopped")}" ]; do sleep 0.05; done; exit 1`,
  );
  const { ended, stop } = start();
  while (!existsSync(at("applying"))) await new Promise((resolve) => setTimeout(resolve, 10));
  stop();
  stop();
  expect(await ended).not.toBe(0);
  expect(text("stopped")).toBe("stopped\n");
  expect(text("out", "applied.md")).toContain("page");
});
