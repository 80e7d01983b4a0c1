import { createLogger, DiagnosticError, maskSecrets, registerSecret } from "../../../lib/plugin";
import { crashText } from "../../../lib/plugin/process/crash";
import { CollectedDiagnostics, pathMessage } from "../../../lib/plugin/server/diagnostics";

function lines(environment: NodeJS.ProcessEnv): {
  readonly written: Record<string, unknown>[];
  readonly log: ReturnType<typeof createLogger>;
} {
  const written: Record<string, unknown>[] = [];
  return { written, log: createLogger(environment, (text) => written.push(JSON.parse(text))) };
}

test.each([
  [{}, []],
  [{ TF_LOG: "off" }, []],
  [{ TF_LOG: "WARN" }, ["warn", "error"]],
  [{ TF_LOG: "error", TF_LOG_PROVIDER: "INFO" }, ["info", "warn", "error"]],
  [{ TF_LOG: "JSON" }, ["trace", "debug", "info", "warn", "error"]],
])("%j logs %j", (environment, levels) => {
  const { written, log } = lines(environment);
  for (const level of ["trace", "debug", "info", "warn", "error"] as const) log[level]("m");
  expect(written.map((line) => line["@level"])).toEqual(levels);
});

test("a line has Terraform's time format and nothing but strings", () => {
  const { written, log } = lines({ TF_LOG: "trace" });
  log.info("message", { count: 1, nested: { a: [true] }, error: new Error("why"), "@level": 5 });
  expect(written[0]).toMatchObject({ count: "1", nested: '{"a":[true]}', "@level": "info", "@message": "message" });
  expect(written[0]?.["@timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(written[0]?.["error"]).toContain("Error: why");
});

test("a secret leaves in no log, diagnostic or crash report, in none of its spellings", () => {
  const secret = 'top/"secret"+value';
  const { written, log } = lines({ TF_LOG: "trace" });
  log.redact(secret);
  registerSecret("abc");
  log.info(`key ${secret}`, {
    body: { key: secret },
    url: encodeURIComponent(secret),
    basic: Buffer.from(secret).toString("base64"),
  });
  expect(JSON.stringify(written)).not.toMatch(/secret|dG9w/);
  expect(written[0]?.["@message"]).toBe("key ***");
  const diagnostics = new CollectedDiagnostics();
  diagnostics.exception(new DiagnosticError("refused", `the key ${secret} is wrong`), "testing");
  diagnostics.exception(new Error(secret), "testing");
  expect(JSON.stringify(diagnostics.toMessages("dynamic"))).not.toContain("top/");
  expect(crashText(new Error(secret))).not.toContain("top/");
  registerSecret("q7Z");
  registerSecret("q7Zx");
  expect(maskSecrets("q7Z q7Zx")).toBe("q7Z ***");
});

test("paths use names, keys and indexes as their type has it, and end before elements of sets", () => {
  const type = ["object", { m: ["map", ["list", "string"]], s: ["set", "string"] }] as const;
  expect(pathMessage(["m", "a", 0], type)).toEqual({
    steps: [{ attribute_name: "m" }, { element_key_string: "a" }, { element_key_int: 0 }],
  });
  expect(pathMessage(["s", 1], type)).toEqual({ steps: [{ attribute_name: "s" }] });
});
