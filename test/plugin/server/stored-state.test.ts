// An object as the state file has it: read, or refused without quoting what may be a secret.
import { readStoredState } from "../../../lib/plugin/server/stored-state";

const NONE = new Map<string, string>();
const json = (text: string) => ({ json: Buffer.from(text), flatmap: NONE });

test("an object is given as it stands", () => {
  expect(readStoredState(json('{"a":[1,null],"b":{"c":true}}'), "demo_thing")).toEqual({
    a: [1, null],
    b: { c: true },
  });
});

test.each([
  ["no state at all", undefined, /has a format that this provider does not read/],
  ["Terraform 0.11", { json: Buffer.alloc(0), flatmap: new Map([["id", "1"]]) }, /has a format that this provider/],
  ["no JSON", json("{secret-word"), /is not valid JSON/],
  ["nothing", json(""), /is not valid JSON/],
  ["nesting without end", json("[".repeat(100_000)), /is not valid JSON/],
  ["a list", json('["secret-word"]'), /is not an object/],
  ["null", json("null"), /is not an object/],
  ["a text", json('"secret-word"'), /is not an object/],
])("%s is refused", (_name, raw, summary) => {
  const read = (): unknown => readStoredState(raw, "demo_thing");
  expect(read).toThrow(expect.objectContaining({ name: "DiagnosticError", summary: expect.stringMatching(summary) }));
  expect(read).not.toThrow(/secret-word/);
});
