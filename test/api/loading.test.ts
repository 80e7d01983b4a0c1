// Loading the client and making one costs nothing: axios comes with the first request, or shortly before.
import { createClient } from "../../lib/api";
import { KEYS, startServer, testClient } from "./server";

const loaded = jest.fn();
jest.mock("axios", () => {
  loaded();
  return jest.requireActual<object>("axios");
});

beforeEach(() => {
  jest.resetModules();
  loaded.mockClear();
});

test("axios is loaded with the first request, and once", async () => {
  createClient({ credentials: KEYS }).close();
  expect(loaded).not.toHaveBeenCalled();
  const server = await startServer();
  const { client } = testClient(server);
  await client.vm.cancelTypeDowngrade("1");
  await client.vm.cancelTypeDowngrade("1");
  client.close();
  await server.close();
  expect(loaded).toHaveBeenCalledTimes(1);
});

test("it can be loaded ahead, and nobody is asked for that", async () => {
  const server = await startServer();
  const { client } = testClient(server);
  await client.load();
  expect(loaded).toHaveBeenCalledTimes(1);
  expect(server.received).toEqual([]);
  await client.vm.cancelTypeDowngrade("1");
  client.close();
  await server.close();
  expect(loaded).toHaveBeenCalledTimes(1);
});
