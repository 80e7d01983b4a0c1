// The policy file: a few rules, each warn or deny. Every mistake in it is named with its place, what was found and what is allowed.
import { parseDocument, type Document } from "yaml";
import { ReviewError } from "../input/errors";
import { isObject, type JsonObject } from "../input/json";
import { parseInstant, parseOffset, parseWeekTime, type FreezeWindow } from "./windows";

export type Level = "warn" | "deny";

export interface Ceiling {
  readonly level: Level;
  readonly amount: number;
  /** Null: whatever currency the prices have. */
  readonly currency: string | null;
}

export interface Policy {
  /** A machine that would be destroyed or replaced, by whichever provider. */
  readonly noDestroy: Level | null;
  readonly noDowngrade: Level | null;
  readonly maxChargePerChange: Ceiling | null;
  readonly maxChargeTotal: Ceiling | null;
  readonly noUnknownPrice: Level | null;
  readonly freezeWindows: { readonly level: Level; readonly windows: readonly FreezeWindow[] } | null;
  /** Patterns of ids or names; `*` is any text, `?` one character. */
  readonly protectedMachines: { readonly level: Level; readonly machines: readonly string[] } | null;
}

const RULES = [
  "no_destroy",
  "no_downgrade",
  "max_charge_per_change",
  "max_charge_total",
  "no_unknown_price",
  "freeze_windows",
  "protected_machines",
];

/** Reads YAML or JSON. All mistakes are reported together. */
export function parsePolicy(text: string, label: string): Policy {
  let document: Document.Parsed;
  let content: unknown;
  try {
    document = parseDocument(text, { prettyErrors: true });
    content = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    throw new ReviewError("bad_policy", `${label} cannot be read as YAML or JSON: ${firstLine(cause)}`, { cause });
  }
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    throw new ReviewError("bad_policy", `${label} cannot be read as YAML or JSON: ${firstLine(syntax)}`, {
      cause: syntax,
    });
  }
  const mistakes: string[] = [];
  const policy = new Reader(mistakes).policy(content);
  if (mistakes.length > 0) {
    throw new ReviewError(
      "bad_policy",
      [`${label} is not a policy:`, ...mistakes.map((mistake) => `  ${mistake}`)].join("\n"),
    );
  }
  return policy;
}

/** Collects mistakes while reading; a value that is wrong reads as a harmless one, because the policy is refused anyway. */
class Reader {
  constructor(private readonly mistakes: string[]) {}

  policy(content: unknown): Policy {
    const root = this.object(content, "the policy", ["version", "rules"]);
    if (root["version"] !== 1) this.wrong("version", "1", root["version"]);
    const rules = this.object(root["rules"], "rules", RULES);
    if (Object.keys(rules).length === 0 && isObject(root["rules"]))
      this.mistakes.push("rules: has no rule; a policy needs one.");
    return {
      noDestroy: this.plain(rules, "no_destroy"),
      noDowngrade: this.plain(rules, "no_downgrade"),
      noUnknownPrice: this.plain(rules, "no_unknown_price"),
      maxChargePerChange: this.ceiling(rules, "max_charge_per_change"),
      maxChargeTotal: this.ceiling(rules, "max_charge_total"),
      freezeWindows: this.freezeWindows(rules["freeze_windows"]),
      protectedMachines: this.protectedMachines(rules["protected_machines"]),
    };
  }

  private plain(rules: JsonObject, name: string): Level | null {
    const value = rules[name];
    if (value === undefined) return null;
    if (!isObject(value)) return this.level(value, `rules.${name}`);
    return this.level(this.object(value, `rules.${name}`, ["level"])["level"], `rules.${name}.level`);
  }

  private ceiling(rules: JsonObject, name: string): Ceiling | null {
    if (rules[name] === undefined) return null;
    const place = `rules.${name}`;
    const value = this.object(rules[name], place, ["level", "amount", "currency"]);
    const amount = value["amount"];
    const currency = value["currency"];
    const fine = typeof amount === "number" && Number.isFinite(amount) && amount >= 0;
    if (!fine) this.wrong(`${place}.amount`, "a number of at least 0", amount);
    if (currency !== undefined && (typeof currency !== "string" || currency === "")) {
      this.wrong(`${place}.currency`, 'a currency such as "USD"', currency);
    }
    return {
      level: this.level(value["level"], `${place}.level`),
      amount: fine ? amount : 0,
      currency: typeof currency === "string" ? currency : null,
    };
  }

  private freezeWindows(value: unknown): Policy["freezeWindows"] {
    if (value === undefined) return null;
    const place = "rules.freeze_windows";
    const rule = this.object(value, place, ["level", "windows"]);
    return {
      level: this.level(rule["level"], `${place}.level`),
      windows: this.list(rule["windows"], `${place}.windows`, "windows").flatMap((item, index) =>
        this.window(item, `${place}.windows[${index}]`),
      ),
    };
  }

  private window(value: unknown, place: string): FreezeWindow[] {
    const window = this.object(value, place, ["name", "from", "to", "weekly"]);
    const name = this.text(window["name"], `${place}.name`, "a name for the window");
    if (window["weekly"] !== undefined) {
      if (window["from"] !== undefined || window["to"] !== undefined) {
        this.mistakes.push(`${place}: has both weekly and from/to; make it two windows.`);
      }
      const weekly = this.object(window["weekly"], `${place}.weekly`, ["from", "to", "utc_offset"]);
      const day = 'a day and a time such as "Fri 18:00"';
      const before = this.mistakes.length;
      const from = this.parsed(weekly["from"], parseWeekTime, `${place}.weekly.from`, day);
      const to = this.parsed(weekly["to"], parseWeekTime, `${place}.weekly.to`, day);
      const offset = this.parsed(
        weekly["utc_offset"],
        parseOffset,
        `${place}.weekly.utc_offset`,
        'an offset such as "+08:00", or "Z"',
      );
      if (from === to && this.mistakes.length === before)
        this.mistakes.push(`${place}.weekly: from and to are the same moment.`);
      return [{ kind: "weekly", name, from, to, offset }];
    }
    const time = 'a time with its offset such as "2026-12-24T18:00:00+08:00"';
    const before = this.mistakes.length;
    const from = this.parsed(window["from"], parseInstant, `${place}.from`, time);
    const to = this.parsed(window["to"], parseInstant, `${place}.to`, time);
    if (from >= to && this.mistakes.length === before) this.mistakes.push(`${place}: ends before it begins.`);
    return [{ kind: "dates", name, from, to }];
  }

  private protectedMachines(value: unknown): Policy["protectedMachines"] {
    if (value === undefined) return null;
    const place = "rules.protected_machines";
    const rule = this.object(value, place, ["level", "machines"]);
    return {
      level: this.level(rule["level"], `${place}.level`),
      machines: this.list(rule["machines"], `${place}.machines`, "ids, names or patterns").map((item, index) =>
        // YAML reads an unquoted id as a number, and rounds it: a wrong machine would be protected.
        this.text(item, `${place}.machines[${index}]`, "an id, a name or a pattern, in quotes"),
      ),
    };
  }

  private level(value: unknown, place: string): Level {
    if (value === "warn" || value === "deny") return value;
    this.wrong(place, "warn or deny", value);
    return "deny";
  }

  private object(value: unknown, place: string, allowed: readonly string[]): JsonObject {
    if (!isObject(value)) {
      this.wrong(place, `an object with ${allowed.join(", ")}`, value);
      return {};
    }
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key))
        this.mistakes.push(`${place}: ${JSON.stringify(key)} is not known; allowed are ${allowed.join(", ")}.`);
    }
    return value;
  }

  private list(value: unknown, place: string, what: string): readonly unknown[] {
    if (Array.isArray(value) && value.length > 0) return value as readonly unknown[];
    this.wrong(place, `a list of ${what}, with at least one`, value);
    return [];
  }

  private text(value: unknown, place: string, what: string): string {
    if (typeof value === "string" && value !== "") return value;
    this.wrong(place, what, value);
    return "";
  }

  private parsed(value: unknown, parse: (text: string) => number | null, place: string, what: string): number {
    const parsed = typeof value === "string" ? parse(value) : null;
    if (parsed === null) this.wrong(place, what, value);
    return parsed ?? 0;
  }

  private wrong(place: string, allowed: string, value: unknown): void {
    const found = value === undefined ? "it is missing" : `not ${JSON.stringify(value).slice(0, 80)}`;
    this.mistakes.push(`${place}: must be ${allowed}; ${found}.`);
  }
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}
