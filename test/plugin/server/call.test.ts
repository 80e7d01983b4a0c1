// The frame around each call: exceptions become diagnostics, and go to the log unless they were meant for the user.
import { DiagnosticError } from "../../../lib/plugin";
import { ValueError } from "../../../lib/plugin/cty/decode";
import { withDiagnostics } from "../../../lib/plugin/server/call";
import { connectTo, providerOf } from "./calls";

test.each([
  ["meant for the user", new DiagnosticError("No."), false],
  ["about a value", new ValueError(["a"], "no"), true],
  ["of any other kind", new TypeError("ours"), true],
])("an exception %s is a diagnostic beside the fields of the failure", async (_name, error, isLogged) => {
  const { connection, logged } = connectTo(providerOf());
  const answer = await withDiagnostics<{ kept: string }>(
    connection,
    "doing it",
    "dynamic",
    () => Promise.reject(error),
    () => ({ kept: "state" }),
  );
  expect(answer).toMatchObject({ kept: "state", diagnostics: [{ severity: 1 }] });
  expect(logged.some((line) => line.includes("exception when doing it"))).toBe(isLogged);
});

test("what was told before an exception is told too", async () => {
  const { connection } = connectTo(providerOf());
  const { diagnostics } = await withDiagnostics<object>(connection, "doing it", "dynamic", (told) => {
    told.warning("First.");
    return Promise.reject(new DiagnosticError("Then."));
  });
  expect(diagnostics.map(({ summary }) => summary)).toEqual(["First.", "Then."]);
});

test("a type that cannot be found is no second error", async () => {
  const { connection } = connectTo(providerOf());
  const missing = (): never => {
    throw new DiagnosticError("There is no such type.");
  };
  const answer = await withDiagnostics(connection, "reading", missing, async (told) => {
    told.error("At a place.", "", ["a", 0]);
    return {};
  });
  expect(answer.diagnostics).toMatchObject([
    { summary: "At a place.", attribute: { steps: [{ attribute_name: "a" }, { element_key_int: 0 }] } },
  ]);
});
