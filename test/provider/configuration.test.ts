// The provider's configuration: what is completed from the environment.
import { readOnlyOf } from "../../lib/provider/configuration";

function readOnly(
  value: string | undefined,
  config = {},
): { readonly is: boolean; readonly errors: readonly string[] } {
  const errors: string[] = [];
  const diagnostics = {
    error: (summary: string) => void errors.push(summary),
    warning: () => undefined,
    hasErrors: false,
  };
  return { is: readOnlyOf(config, { ZENLAYER_READ_ONLY: value }, diagnostics), errors };
}

test.each(["1", "true", "YES", " on "])("ZENLAYER_READ_ONLY=%j is read-only", (value) => {
  expect(readOnly(value)).toEqual({ is: true, errors: [] });
});

test.each([undefined, "", "0", "False", "no", "off"])("ZENLAYER_READ_ONLY=%j is not", (value) => {
  expect(readOnly(value)).toEqual({ is: false, errors: [] });
});

test("the argument wins over the variable", () => {
  expect(readOnly("false", { read_only: true }).is).toBe(true);
});

test("a word that is not known is an error, and counts as read-only", () => {
  expect(readOnly("perhaps")).toEqual({ is: true, errors: ['ZENLAYER_READ_ONLY "perhaps" is not known'] });
});
