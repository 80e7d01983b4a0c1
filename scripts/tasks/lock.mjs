// Lets one process at a time do something in this clone: test workers may all find dist/ out of date at once.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TaskFailure } from "./failure.mjs";

/** Between making the lock and naming its owner a process needs far less. */
const NAMELESS_MS = 10_000;
const POLL_MS = 50;

/**
 * Does `work` while holding the lock directory `path`; waits while another process that lives holds it. The lock of a process that
 * ended without releasing it is taken over.
 */
export async function withLock(path, work, { patienceMs = 600_000 } = {}) {
  const started = Date.now();
  mkdirSync(dirname(path), { recursive: true });
  while (!take(path)) {
    if (isStale(path)) breakLock(path);
    else if (Date.now() - started > patienceMs) {
      throw new TaskFailure(
        `Another build holds ${path} for too long: wait for it, or remove that directory if none is running.`,
      );
    } else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** Making a directory either succeeds or finds one: no two processes make the same. */
function take(path) {
  try {
    mkdirSync(path);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(path, "owner"), String(process.pid));
  return true;
}

function isStale(path) {
  const owner = ownerOf(path);
  if (owner !== null) return !isAlive(owner);
  try {
    return Date.now() - statSync(path).mtimeMs > NAMELESS_MS;
  } catch {
    // Released in between.
    return false;
  }
}

function ownerOf(path) {
  try {
    const owner = Number(readFileSync(join(path, "owner"), "utf8"));
    return Number.isInteger(owner) && owner > 0 ? owner : null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to somebody else.
    return error.code === "EPERM";
  }
}

/** Moved away first. Should another process have broken the same lock and taken a new one, that new one is put back. */
function breakLock(path) {
  const away = `${path}.${process.pid}`;
  try {
    renameSync(path, away);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (!isStale(away)) {
    try {
      renameSync(away, path);
      return;
    } catch {
      // A third process has taken the lock meanwhile.
    }
  }
  rmSync(away, { recursive: true, force: true });
}
