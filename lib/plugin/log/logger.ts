// Logs as Terraform reads them from a plugin's stderr: one JSON line each, and only when the user asked for it.
import { writeSync } from "node:fs";
import type { Logger } from "../types";
import { maskSecrets, registerSecret } from "./secrets";

const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
type Level = (typeof LEVELS)[number];

/** The lowest level that the environment asks for, or null for none. */
function wantedLevel(environment: NodeJS.ProcessEnv): Level | null {
  const wanted = (environment["TF_LOG_PROVIDER"] ?? environment["TF_LOG"] ?? "").toLowerCase();
  if (wanted === "" || wanted === "off") return null;
  // Terraform takes JSON, and any word that it does not know, as everything.
  return LEVELS.find((level) => level === wanted) ?? "trace";
}

/** One line, all strings: anything else in `@message`, `@level` or `@timestamp` crashes Terraform. */
function logLine(level: Level, message: string, fields: Readonly<Record<string, unknown>>, time: Date): string {
  const line: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) line[name] = maskSecrets(fieldText(value));
  line["@level"] = level;
  line["@message"] = maskSecrets(message);
  // Exactly six fractional digits, or Terraform takes the line as plain text.
  line["@timestamp"] = time.toISOString().replace("Z", "000Z");
  return JSON.stringify(line);
}

export function createLogger(
  environment: NodeJS.ProcessEnv = process.env,
  write: (text: string) => void = writeToStderr,
): Logger {
  const lowest = wantedLevel(environment);
  const at = (level: Level): Logger[Level] => {
    if (lowest === null || LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return () => undefined;
    return (message, fields = {}) => write(`${logLine(level, message, fields, new Date())}\n`);
  };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    redact: registerSecret,
  };
}

/** Never throws: a log line is not worth the plugin's life, and Terraform may have gone. */
export function writeToStderr(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // EPIPE or EAGAIN: nobody reads.
  }
}

function fieldText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
