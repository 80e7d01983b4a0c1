// Keeps what V8 makes of the plugin's code, for the next start: Terraform starts the plugin several times per command, and compiling was most of what a plan of
// one machine cost beside Terraform itself. Where nothing can be kept safely the plugin compiles as ever, and says nothing.
import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { Script } from "node:vm";

const DIGEST_BYTES = 32;
/** Milliseconds after which a file is taken away by whoever writes: the plugin or Node has become another since. */
const KEPT_FOR = 30 * 24 * 3600 * 1000;

/**
 * Where the code is kept; null where it is not: without a home, on Windows, whose files do not say who may write them, and where
 * `NODE_DISABLE_COMPILE_CACHE` asks for no such thing, as of Node itself.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  if (platform === "win32" || (env["NODE_DISABLE_COMPILE_CACHE"] ?? "") !== "") return null;
  const home = env["HOME"] ?? "";
  const usual = isAbsolute(home) ? `${home}/${platform === "darwin" ? "Library/Caches" : ".cache"}` : null;
  const asked = env["XDG_CACHE_HOME"] ?? "";
  const parent = isAbsolute(asked) ? asked : usual;
  return parent === null ? null : `${parent}/cdktf-zenlayer`;
}

export class CodeCache {
  private readonly compiled = new Map<string, { readonly script: Script; readonly fromCache: boolean }>();
  private readonly key: string;

  /**
   * @param directory - null: nothing is kept
   * @param digest - of all texts: V8 itself only compares their length
   * @param names - of all texts
   */
  constructor(
    private readonly directory: string | null,
    digest: string,
    private readonly names: readonly string[],
  ) {
    // What else V8 compares, so that two versions do not take each other's place.
    const options = process.env["NODE_OPTIONS"] ?? "";
    this.key = sha256([digest, process.version, process.arch, options].join("\n")).toString("hex").slice(0, 16);
  }

  /** What the script gives. */
  compile(name: string, text: string): unknown {
    const cachedData = this.read(name);
    const filename = `${name} (embedded)`;
    const script = new Script(text, cachedData === null ? { filename } : { filename, cachedData });
    this.compiled.set(name, { script, fromCache: cachedData !== null && script.cachedDataRejected !== true });
    return script.runInThisContext();
  }

  /** Writes what is missing, with all functions that were used so far. Only once everything was used, so that this is seldom and holds most of it. */
  keep(): void {
    const missing = [...this.compiled].filter(([, { fromCache }]) => !fromCache);
    if (this.directory === null || missing.length === 0 || this.names.some((name) => !this.compiled.has(name))) return;
    try {
      // Not `recursive`: where a file system denies any name below a directory that is there (/proc), that never ends.
      for (const each of [dirname(this.directory), this.directory])
        if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
      if (!isPrivate(lstatSync(this.directory), "directory")) return;
      this.removeOld(this.directory);
      for (const [name, { script }] of missing) {
        const code = script.createCachedData();
        // Beside it and moved into place: others read it meanwhile.
        const draft = `${this.file(name)}.${process.pid}`;
        writeFileSync(draft, Buffer.concat([sha256(code), code]), { mode: 0o600 });
        renameSync(draft, this.file(name));
      }
    } catch {
      // A full disk, or a home that is read-only.
    }
  }

  private read(name: string): Buffer | null {
    if (this.directory === null) return null;
    try {
      if (!isPrivate(lstatSync(this.directory), "directory")) return null;
      const descriptor = openSync(this.file(name), constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        if (!isPrivate(fstatSync(descriptor), "file")) return null;
        const content = readFileSync(descriptor);
        const code = content.subarray(DIGEST_BYTES);
        return sha256(code).equals(content.subarray(0, DIGEST_BYTES)) ? code : null;
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return null;
    }
  }

  private file(name: string): string {
    return `${this.directory}/${this.key}-${name}`;
  }

  private removeOld(directory: string): void {
    for (const name of readdirSync(directory)) {
      const file = `${directory}/${name}`;
      try {
        if (Date.now() - lstatSync(file).mtimeMs > KEPT_FOR) rmSync(file);
      } catch {
        // Another plugin was faster, or it is no file of ours: no reason to keep nothing.
      }
    }
  }
}

/** Whether nobody but this user can have written it: it runs with the user's keys. */
function isPrivate(stats: Stats, kind: "directory" | "file"): boolean {
  const isKind = kind === "directory" ? stats.isDirectory() : stats.isFile();
  return isKind && stats.uid === process.geteuid?.() && (stats.mode & 0o077) === 0;
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
