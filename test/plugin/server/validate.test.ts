// ValidateResourceConfig: what an author checks, and what Terraform must know for write-only values.
import type { BlockSchema } from "../../../lib/plugin";
import { UNKNOWN } from "../../../lib/plugin";
import { validateResourceConfig, writeOnlyPaths } from "../../../lib/plugin/server/validate";
import { ValidateResourceConfigRequest, ValidateResourceConfigResponse } from "../../../lib/plugin/wire/call-messages";
import { ask, connectTo, providerOf, sent, TYPE } from "./calls";

const TABLES = [ValidateResourceConfigRequest, ValidateResourceConfigResponse] as const;
const validated = (config: object, writeOnly: boolean, validate = jest.fn()) =>
  ask(validateResourceConfig, TABLES, connectTo(providerOf({ validate })).connection, {
    type_name: TYPE,
    config: sent(config as never),
    client_capabilities: { write_only_attributes_allowed: writeOnly },
  });

test("a write-only value is refused where Terraform would store it, and taken where it would not", async () => {
  const config = { name: "a", secret: "s" };
  expect((await validated(config, true)).diagnostics).toEqual([]);
  expect((await validated(config, false)).diagnostics).toMatchObject([
    {
      severity: 1,
      detail: "The attribute secret is write-only, which needs Terraform 1.11 or later.",
      attribute: { steps: [{ attribute_name: "secret" }] },
    },
  ]);
  expect((await validated({ name: "a" }, false)).diagnostics).toEqual([]);
});

test("an author checks what is complete only, and may take as long as it takes", async () => {
  const validate = jest.fn(async (_config, { diagnostics }) => {
    await Promise.resolve();
    diagnostics.warning("Late.");
  });
  expect((await validated({}, true, validate)).diagnostics).toMatchObject([{ severity: 1 }]);
  expect(validate).not.toHaveBeenCalled();
  expect((await validated({ name: UNKNOWN }, true, validate)).diagnostics).toMatchObject([{ severity: 2 }]);
});

test("write-only values are found in blocks of every kind, unknown ones too", () => {
  const block: BlockSchema = {
    attributes: { key: { type: "string", description: "K.", optional: true, writeOnly: true } },
  };
  const schema: BlockSchema = {
    attributes: block.attributes,
    blocks: {
      one: { nesting: "single", block },
      many: { nesting: "list", block },
      named: { nesting: "map", block: { attributes: {}, blocks: { inner: { nesting: "single", block } } } },
    },
  };
  const value = {
    key: null,
    one: { key: UNKNOWN },
    many: [{ key: null }, { key: "k" }],
    named: { a: { inner: { key: "k" } }, b: { inner: null } },
  };
  expect(writeOnlyPaths(schema, value)).toEqual([
    ["one", "key"],
    ["many", 1, "key"],
    ["named", "a", "inner", "key"],
  ]);
});
