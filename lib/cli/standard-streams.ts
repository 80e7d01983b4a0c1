// Standard input and output as whole texts, in one go: whoever is late is waited for, and what cannot be written is one line and no stack.
import { readSync, writeSync } from "node:fs";

/** How long to wait for somebody who is late, ms. */
const PAUSE = 20;

/** All that comes until the end, however late: a pipe that does not block has nothing to read yet (EAGAIN) before its writer begins. */
export function readAll(fd = 0): Uint8Array {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(65_536);
    const length = patiently(() => readSync(fd, chunk, 0, chunk.length, null));
    if (length === null || length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
  }
}

/** Writes all of a text. A reader that has gone, such as `head`, wants no more of it. @throws what the system says, such as ENOSPC */
export function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    const written = patiently(() => writeSync(fd, bytes, at));
    if (written === null) return;
    at += written;
  }
}

/** Null: the other side has ended. */
function patiently(act: () => number): number | null {
  for (;;) {
    try {
      return act();
    } catch (error) {
      const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
      if (code === "EPIPE" || code === "EOF") return null;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
