// Where the server listens: a unix socket in a private directory, or TCP on the loopback where a socket cannot be.
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import type { Address } from "./handshake";

/** The path of a socket has about 100 bytes on every system. */
const LONGEST_PATH = 100;

export interface Listening {
  readonly address: Address;
  /** Removes the socket and its directory; safe to call twice. */
  remove(): void;
}

export async function listen(
  server: Server,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<Listening> {
  const directory = platform === "win32" ? null : socketDirectory(environment);
  if (directory !== null) {
    const path = `${directory}/plugin.sock`;
    const remove = (): void => {
      try {
        rmSync(directory, { recursive: true, force: true });
      } catch {
        // It is a temporary directory; leaving it is harmless.
      }
    };
    const isListening = await listening(server, () => server.listen(path)).then(
      () => true,
      () => false,
    );
    if (isListening) {
      try {
        openToGroup(environment["PLUGIN_UNIX_SOCKET_GROUP"] ?? "", directory, path);
      } catch (error) {
        remove();
        throw error;
      }
      return { address: { network: "unix", address: path }, remove };
    }
    // A file system without sockets: TCP does as well.
    remove();
  }
  await listenOnLoopback(server, environment);
  const bound = server.address();
  const port = bound !== null && typeof bound === "object" ? bound.port : 0;
  return { address: { network: "tcp", address: `127.0.0.1:${port}` }, remove: () => undefined };
}

function socketDirectory(environment: NodeJS.ProcessEnv): string | null {
  const asked = environment["PLUGIN_UNIX_SOCKET_DIR"] ?? "";
  const parent = asked !== "" ? asked : (environment["TMPDIR"] ?? "/tmp") || "/tmp";
  for (const candidate of asked !== "" ? [parent] : [parent, "/tmp"]) {
    if (Buffer.byteLength(`${candidate}/pluginXXXXXX/plugin.sock`) > LONGEST_PATH) continue;
    try {
      const directory = mkdtempSync(`${candidate}/plugin`);
      chmodSync(directory, 0o700);
      return directory;
    } catch {
      // Not writable: the next one.
    }
  }
  return null;
}

/** Who started us may run as another user: the group that it names gets the socket, and the way to it. */
function openToGroup(group: string, directory: string, path: string): void {
  if (group === "") return;
  const id = /^\d+$/.test(group) ? Number(group) : groupId(group);
  if (id === null) throw new Error(`PLUGIN_UNIX_SOCKET_GROUP names the group ${group}, which /etc/group does not have`);
  try {
    for (const [place, mode] of [
      [path, 0o660],
      [directory, 0o710],
    ] as const) {
      chownSync(place, -1, id);
      chmodSync(place, mode);
    }
  } catch (error) {
    throw new Error(`the socket cannot be given to the group ${group} of PLUGIN_UNIX_SOCKET_GROUP`, { cause: error });
  }
}

function groupId(name: string): number | null {
  const line = readFileSync("/etc/group", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${name}:`));
  const id = line?.split(":")[2] ?? "";
  return /^\d+$/.test(id) ? Number(id) : null;
}

async function listenOnLoopback(server: Server, environment: NodeJS.ProcessEnv): Promise<void> {
  const lowest = Number(environment["PLUGIN_MIN_PORT"] ?? 0);
  const highest = Number(environment["PLUGIN_MAX_PORT"] ?? 0);
  if (Number.isInteger(lowest) && Number.isInteger(highest) && lowest > 0 && highest <= 65535) {
    for (let port = lowest; port <= highest; port += 1) {
      try {
        return await listening(server, () => server.listen(port, "127.0.0.1"));
      } catch {
        // Taken: the next one.
      }
    }
  }
  await listening(server, () => server.listen(0, "127.0.0.1"));
}

/** @throws what the server emits as its error */
async function listening(server: Server, start: () => void): Promise<void> {
  const begun = once(server, "listening");
  start();
  await begun;
}
