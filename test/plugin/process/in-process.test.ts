// Providers served from the test's own process, where Terraform attaches to them.
import { existsSync } from "node:fs";
import { createLogger, serveInProcess } from "../../../lib/plugin";
import { demoProvider } from "../demo-provider";
import { callGrpc, openSession } from "../grpc-client";

const socketsOf = (reattach: string): [address: string, socket: string][] =>
  Object.entries(JSON.parse(reattach) as Record<string, { Addr: { String: string } }>).map(([address, entry]) => [
    address,
    entry.Addr.String,
  ]);

test("each provider answers under its address or the one it is given, until it is closed", async () => {
  const here = { ...demoProvider(), address: "example.com/test/here" };
  const there = { provider: { ...here, resources: {} }, address: "example.com/test/there" };
  const server = await serveInProcess([{ provider: here }, there], { log: createLogger({}) });
  const sockets = socketsOf(server.reattach);
  expect(sockets.map(([address]) => address)).toEqual(["example.com/test/here", "example.com/test/there"]);
  const answers = [];
  for (const [, socket] of sockets) {
    const session = openSession(socket);
    answers.push((await callGrpc(session, "/tfplugin6.Provider/GetMetadata")).body.toString());
    session.destroy();
  }
  expect(answers.map((answer) => answer.includes("demo_thing"))).toEqual([true, false]);
  await server.close();
  expect(sockets.map(([, socket]) => existsSync(socket))).toEqual([false, false]);
});
