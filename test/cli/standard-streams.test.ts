// Standard streams whose other side is late, has gone, or has no room left.
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, constants } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAll, writeAll } from "../../lib/cli/standard-streams";
import { execute } from "../support/execute";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "streams-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("a pipe that does not block is read to its end, however late its writer is", async () => {
  const pipe = join(directory, "pipe");
  expect((await execute("mkfifo", [pipe], { cwd: directory })).code).toBe(0);
  const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(pipe, constants.O_WRONLY);
  const text = "x".repeat(200_000);
  writeFileSync(join(directory, "text"), text);
  // It holds the pipe from the beginning, so reading finds nothing yet instead of an end.
  spawn("sh", ["-c", "sleep 0.2; cat text"], { cwd: directory, stdio: ["ignore", writing, "ignore"] });
  closeSync(writing);
  try {
    expect(Buffer.from(readAll(reading)).toString()).toBe(text);
  } finally {
    closeSync(reading);
  }
});

test("a disk that is full is an error, and a reader that has gone is none", async () => {
  const full = openSync("/dev/full", "w");
  expect(() => writeAll(full, "x")).toThrow(/ENOSPC/);
  closeSync(full);
  const pipe = join(directory, "pipe");
  expect((await execute("mkfifo", [pipe], { cwd: directory })).code).toBe(0);
  const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(pipe, constants.O_WRONLY);
  closeSync(reading);
  expect(() => writeAll(writing, "x".repeat(100_000))).not.toThrow();
  closeSync(writing);
});

test("all of a text is written", () => {
  const file = join(directory, "out");
  const fd = openSync(file, "w");
  writeAll(fd, "ä".repeat(100_000));
  closeSync(fd);
  expect(readFileSync(file, "utf8")).toBe("ä".repeat(100_000));
});
