import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emitBindings } from "../../scripts/generate-bindings";
import { emitReference } from "../../scripts/generate-reference";

const root = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const cure = "run: node scripts/generate.mjs";

test.each([...emitBindings()])("lib/bindings/%s is what the schema generates", (path, text) => {
  expect({ cure, text: read(join("lib/bindings", path)) }).toEqual({ cure, text });
});

test("lib/bindings/generated holds nothing else", () => {
  const generated = [...emitBindings().keys()].filter((path) => path.startsWith("generated/"));
  expect(readdirSync(join(root, "lib/bindings/generated")).map((name) => `generated/${name}`)).toEqual(
    generated.sort(),
  );
});

test.each([...emitReference()])("%s is what the schema generates", (path, text) => {
  expect({ cure, text: read(path) }).toEqual({ cure, text });
});

test.each(["docs/resources", "docs/data-sources"])("%s holds nothing else", (folder) => {
  const generated = [...emitReference().keys()].filter((path) => path.startsWith(`${folder}/`));
  expect(readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)).toEqual(generated.sort());
});

test("every generated file says so in its first line", () => {
  for (const text of [...emitBindings().values(), ...emitReference().values()]) {
    expect(text.split("\n", 1)[0]).toMatch(/Generated from lib\/schema by scripts\/generate\.mjs/);
  }
});
