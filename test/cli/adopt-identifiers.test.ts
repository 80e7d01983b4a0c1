// Names of machines as identifiers: valid, unique, readable, and the same at every run.
import fc from "fast-check";
import { identifierOf, identifiersOf, type Nameable, type Style } from "../../lib/cli/adopt/identifiers";

const HCL: Style = { separator: "_", letters: "unicode", reserved: [] };
const CONSTRUCTS: Style = { separator: "-", letters: "ascii", reserved: ["backend"] };

const machine = (instanceName: string, instanceId = "900000000000000001", product = "vm"): Nameable => ({
  product,
  instanceId,
  instanceName,
});

describe("one name", () => {
  test.each([
    ["web-1", "web_1", "web-1"],
    ["Web Server.01", "web_server_01", "web-server-01"],
    ["--a__b--", "a_b", "a-b"],
    ["café Ångström Łódź", "cafe_angstrom_lodz", "cafe-angstrom-lodz"],
    ["Straße", "strasse", "strasse"],
    ["ｆｕｌｌ①", "full1", "full1"],
    ["900-lives", "vm_900_lives", "vm-900-lives"],
    ["数据库-1", "数据库_1", "vm-1"],
    ["データ", "データ", "vm-900000000000000001"],
    ["서울", "서울", "vm-900000000000000001"],
    ["Москва", "москва", "vm-900000000000000001"],
    ["", "vm_900000000000000001", "vm-900000000000000001"],
    ["😀", "vm_900000000000000001", "vm-900000000000000001"],
    ["__proto__", "proto", "proto"],
    ["${x}\n%{y}", "x_y", "x-y"],
    ["a".repeat(200), "a".repeat(64), "a".repeat(64)],
    [`${"a".repeat(63)}-b`, "a".repeat(63), "a".repeat(63)],
  ])("%j is %s in HCL and %s as a construct", (name, hcl, construct) => {
    expect(identifierOf(machine(name), HCL)).toBe(hcl);
    expect(identifierOf(machine(name), CONSTRUCTS)).toBe(construct);
  });

  test("says the product where a name cannot be used", () => {
    expect(identifierOf(machine("7", "1", "bmc"), HCL)).toBe("bmc_7");
    expect(identifierOf(machine("", "1", "bmc"), HCL)).toBe("bmc_1");
  });
});

describe("many names", () => {
  const names = (texts: readonly string[], style = CONSTRUCTS) =>
    identifiersOf(
      texts.map((text, index) => machine(text, String(index))),
      style,
    );

  test("equal ones are numbered in their order", () => {
    expect(names(["web", "web", "Web"])).toEqual(["web", "web-2", "web-3"]);
  });

  test("a machine keeps the name that only it has", () => {
    expect(names(["web", "web", "web-2"])).toEqual(["web", "web-3", "web-2"]);
  });

  test("a reserved name is numbered", () => {
    expect(names(["backend", "backend"])).toEqual(["backend-2", "backend-3"]);
  });

  test("what a machine takes besides its identifier is nobody else's", () => {
    const machines = [machine("edge", "1", "bmc"), machine("edge-bandwidth", "2"), machine("edge", "3", "bmc")];
    const takes = ({ product }: Nameable, identifier: string) =>
      product === "bmc" ? [`${identifier}-bandwidth`] : [identifier];
    expect(identifiersOf(machines, CONSTRUCTS, takes)).toEqual(["edge", "edge-bandwidth-2", "edge-2"]);
  });

  const anyMachine = fc.record({
    product: fc.constantFrom("vm", "bmc"),
    instanceId: fc.stringMatching(/^\d{1,18}$/),
    instanceName: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("web", "Web", "web-2", "WEB_2", "web 2", "2", "", "数据", "backend", "backend-2"),
    ),
  });

  test.each([
    ["HCL", HCL, /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u],
    ["construct", CONSTRUCTS, /^[a-z][a-z0-9-]*$/],
  ])("every %s identifier is valid and no two are the same", (_words, style, valid) => {
    fc.assert(
      fc.property(fc.array(anyMachine, { maxLength: 40 }), (machines) => {
        const identifiers = identifiersOf(machines, style);
        expect(new Set([...identifiers, ...style.reserved]).size).toBe(machines.length + style.reserved.length);
        for (const identifier of identifiers) expect(identifier).toMatch(valid);
        expect(identifiersOf(machines, style)).toEqual(identifiers);
      }),
    );
  });

  test("a thousand machines of one name are named without trying all numbers for each", () => {
    const identifiers = names(Array.from({ length: 1000 }, () => "web"));
    expect(identifiers[999]).toBe("web-1000");
  });
});
