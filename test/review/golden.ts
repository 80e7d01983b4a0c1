// Golden files: what people see, kept as it is. UPDATE_GOLDEN=1 writes them anew; look at the difference before committing it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
