// What one connection holds: until calls end they keep it, then it is closed, once.
import { CollectedDiagnostics } from "../../../lib/plugin/server/diagnostics";
import { Connection } from "../../../lib/plugin/server/connection";
import { createLogger } from "../../../lib/plugin";
import { connectTo, providerOf } from "./calls";

const dataOf = (connection: Connection): unknown => connection.callContext(new CollectedDiagnostics()).data;

test("before its configuration it refuses to work, in words", () => {
  const connection = new Connection(providerOf(), createLogger({}));
  expect(() => dataOf(connection)).toThrow("The provider is not configured: test/test/demo was asked to work");
});

describe("when Terraform has gone", () => {
  test("calls that run are aborted and waited for; only then the author closes what it holds, once", async () => {
    const close = jest.fn();
    const { connection } = connectTo(providerOf({}, { close }));
    connection.configure("held");
    close.mockClear();
    let end = (): void => undefined;
    const running = connection.track(() => new Promise<void>((resolve) => (end = resolve)));
    const closed = connection.close();
    expect(connection.signal.aborted).toBe(true);
    await Promise.resolve();
    expect(close).not.toHaveBeenCalled();
    end();
    await Promise.all([running, closed]);
    expect(close.mock.calls).toEqual([["held"]]);
    await connection.close();
    expect(close).toHaveBeenCalledTimes(1);
  });

  test("a call that fails counts as ended", async () => {
    const { connection } = connectTo(providerOf());
    await expect(connection.track(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(connection.busy).toBe(false);
    await connection.whenIdle();
  });

  test("an author who cannot close is told in the log, and no more comes of it", async () => {
    const close = (): never => {
      throw new Error("stuck");
    };
    const { connection, logged } = connectTo(providerOf({}, { close }));
    await connection.close();
    expect(logged.join()).toContain("closing the connection failed");
  });
});
