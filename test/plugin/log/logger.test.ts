// Logs as Terraform reads them: only what was asked for, one line each, all of it text, no secrets.
import { createLogger, registerSecret } from "../../../lib/plugin";

function logged(environment: NodeJS.ProcessEnv, log: (logger: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  log(createLogger(environment, (line) => void lines.push(line)));
  return lines;
}
const all = (logger: ReturnType<typeof createLogger>): void => {
  for (const level of ["trace", "debug", "info", "warn", "error"] as const) logger[level](level);
};
const levels = (environment: NodeJS.ProcessEnv): string =>
  logged(environment, all)
    .map((line) => (JSON.parse(line) as Record<string, string>)["@level"])
    .join(" ");

test.each([
  [{}, ""],
  [{ TF_LOG: "" }, ""],
  [{ TF_LOG: "OFF" }, ""],
  [{ TF_LOG: "WARN" }, "warn error"],
  [{ TF_LOG: "error" }, "error"],
  // Terraform takes JSON, and whatever it does not know, as everything.
  [{ TF_LOG: "JSON" }, "trace debug info warn error"],
  [{ TF_LOG: "perhaps" }, "trace debug info warn error"],
  [{ TF_LOG: "trace", TF_LOG_PROVIDER: "error" }, "error"],
  [{ TF_LOG: "trace", TF_LOG_PROVIDER: "off" }, ""],
])("with %j: %s", (environment, expected) => {
  expect(levels(environment)).toBe(expected);
});

test("a line is one JSON object of texts, with six digits of a second: anything else Terraform crashes on or takes as plain text", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const fields = { number: 5, list: [1], none: undefined, circle, error: new Error("two\nlines"), "@level": 7 };
  const lines = logged({ TF_LOG: "trace" }, (logger) => logger.info("two\nlines", fields));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  const line = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  expect(Object.values(line).map((value) => typeof value)).toEqual(Object.keys(line).map(() => "string"));
  expect(line).toMatchObject({ "@message": "two\nlines", "@level": "info", number: "5", list: "[1]" });
  expect(line["error"]).toContain("Error: two\nlines");
  expect(line["@timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test("secrets are masked in message and fields", () => {
  registerSecret("a-secret-of-the-logger");
  const lines = logged({ TF_LOG: "trace" }, (logger) =>
    logger.warn("with a-secret-of-the-logger", { deep: { in: ["a-secret-of-the-logger"] } }),
  );
  expect(lines.join()).not.toContain("a-secret-of-the-logger");
  expect(lines.join()).toContain("***");
});
