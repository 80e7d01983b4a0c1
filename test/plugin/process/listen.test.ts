import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listen, type Listening } from "../../../lib/plugin/process/listen";

let directory: string;
let server: Server;
let open: Listening | null;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "l-"));
  server = createServer();
  open = null;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  open?.remove();
  rmSync(directory, { recursive: true, force: true });
});

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** A group that this user may give files to. */
const GROUP = process.getgid?.() ?? 0;
const NAME = readFileSync("/etc/group", "utf8")
  .split("\n")
  .map((line) => line.split(":"))
  .find(([, , id]) => id === String(GROUP))?.[0];

test("a socket is ours alone", async () => {
  open = await listen(server, { PLUGIN_UNIX_SOCKET_DIR: directory });
  expect(dirname(dirname(open.address.address))).toBe(directory);
  expect(mode(dirname(open.address.address))).toBe("700");
});

test.each([String(GROUP), NAME ?? String(GROUP)])(
  "PLUGIN_UNIX_SOCKET_GROUP=%s gets the socket and the way to it",
  async (group) => {
    open = await listen(server, { PLUGIN_UNIX_SOCKET_DIR: directory, PLUGIN_UNIX_SOCKET_GROUP: group });
    const path = open.address.address;
    expect([mode(path), mode(dirname(path))]).toEqual(["660", "710"]);
    expect([statSync(path).gid, statSync(dirname(path)).gid]).toEqual([GROUP, GROUP]);
  },
);

test("a group that does not exist is one error, and nothing stays", async () => {
  const environment = { PLUGIN_UNIX_SOCKET_DIR: directory, PLUGIN_UNIX_SOCKET_GROUP: "nobody-has-this-group" };
  await expect(listen(server, environment)).rejects.toThrow(
    "PLUGIN_UNIX_SOCKET_GROUP names the group nobody-has-this-group, which /etc/group does not have",
  );
  expect(readdirSync(directory)).toEqual([]);
});

test("on Windows it is a port on the loopback, within what is allowed", async () => {
  open = await listen(server, { PLUGIN_MIN_PORT: "10000", PLUGIN_MAX_PORT: "25000" }, "win32");
  expect(open.address.network).toBe("tcp");
  const [host, port] = open.address.address.split(":");
  expect(host).toBe("127.0.0.1");
  expect(Number(port)).toBeGreaterThanOrEqual(10000);
  expect(Number(port)).toBeLessThanOrEqual(25000);
  expect(existsSync(directory)).toBe(true);
});
