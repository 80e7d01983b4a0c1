// Reading a policy file: every mistake is named with its place, what was found and what is allowed.
import { isObject, type JsonObject } from "../input/json";
import type { Ceiling, Level, Policy, Scope, Waiver } from "./policy";
import { parseInstant, parseOffset, parseWeekTime, type FreezeWindow } from "./windows";

const RULES = [
  "no_destroy",
  "no_erase",
  "no_downgrade",
  "max_charge_per_change",
  "max_charge_total",
  "max_monthly_increase",
  "no_unknown_price",
  "freeze_windows",
  "protected_machines",
];

const EXPIRY = 'a day such as "2026-12-31", or a time with its offset';
const DAY = 86_400_000;

/** The first moment after a day of UTC, or a time itself. */
function parseExpiry(text: string): number | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
  return day === null ? parseInstant(text) : day + DAY;
}

/** Collects mistakes while reading; a value that is wrong reads as a harmless one, because the policy is refused anyway. */
export class PolicyReader {
  constructor(private readonly mistakes: string[]) {}

  policy(content: unknown): Policy {
    const root = this.object(content, "the policy", ["version", "rules", "waivers"]);
    if (root["version"] !== 1) this.wrong("version", "1", root["version"]);
    const rules = this.object(root["rules"], "rules", RULES);
    if (Object.keys(rules).length === 0 && isObject(root["rules"]))
      this.mistakes.push("rules: has no rule; a policy needs one.");
    return {
      noDestroy: this.scopes(rules["no_destroy"], "rules.no_destroy"),
      noErase: this.scopes(rules["no_erase"], "rules.no_erase"),
      noDowngrade: this.plain(rules, "no_downgrade"),
      noUnknownPrice: this.plain(rules, "no_unknown_price"),
      maxChargePerChange: this.ceiling(rules, "max_charge_per_change"),
      maxChargeTotal: this.ceiling(rules, "max_charge_total"),
      maxMonthlyIncrease: this.increase(rules["max_monthly_increase"]),
      freezeWindows: this.freezeWindows(rules),
      protectedMachines: this.protectedMachines(rules),
      waivers: this.waivers(root["waivers"]),
    };
  }

  private plain(rules: JsonObject, name: string): Level | null {
    const value = rules[name];
    if (value === undefined) return null;
    if (!isObject(value)) return this.level(value, `rules.${name}`);
    return this.level(this.object(value, `rules.${name}`, ["level"])["level"], `rules.${name}.level`);
  }

  /** A level, an object with patterns, or a list of such objects. */
  private scopes(value: unknown, place: string): readonly Scope[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) {
      return this.list(value, place, "scopes").flatMap((item, index) => this.scopes(item, `${place}[${index}]`));
    }
    if (!isObject(value)) return [{ level: this.level(value, place), types: null, addresses: null }];
    const scope = this.object(value, place, ["level", "types", "addresses"]);
    return [
      {
        level: this.level(scope["level"], `${place}.level`),
        types: this.patterns(scope["types"], `${place}.types`),
        addresses: this.patterns(scope["addresses"], `${place}.addresses`),
      },
    ];
  }

  private increase(value: unknown): Policy["maxMonthlyIncrease"] {
    if (value === undefined) return null;
    const place = "rules.max_monthly_increase";
    const rule = this.object(value, place, ["level", "amount", "percent", "currency"]);
    if (rule["amount"] === undefined && rule["percent"] === undefined && isObject(value)) {
      this.mistakes.push(`${place}: needs amount, percent, or both.`);
    }
    const limit = (name: string) => (rule[name] === undefined ? null : this.number(rule[name], `${place}.${name}`));
    return {
      level: this.level(rule["level"], `${place}.level`),
      amount: limit("amount"),
      percent: limit("percent"),
      currency: this.currency(rule["currency"], `${place}.currency`),
    };
  }

  private waivers(value: unknown): readonly Waiver[] {
    if (value === undefined) return [];
    return this.list(value, "waivers", "waivers").map((item, index): Waiver => {
      const place = `waivers[${index}]`;
      const waiver = this.object(item, place, [
        ...["rule", "owner", "reason", "expires"],
        ...["plans", "addresses", "machines"],
      ]);
      const rule = waiver["rule"];
      if (typeof rule !== "string" || ![...RULES, "not_reviewable"].includes(rule)) {
        this.wrong(`${place}.rule`, `one of ${[...RULES, "not_reviewable"].join(", ")}`, rule);
      }
      return {
        rule: String(rule),
        owner: this.text(waiver["owner"], `${place}.owner`, "who answers for it"),
        reason: this.text(waiver["reason"], `${place}.reason`, "why it is waived"),
        expires: this.text(waiver["expires"], `${place}.expires`, EXPIRY),
        ends: this.parsed(waiver["expires"], parseExpiry, `${place}.expires`, EXPIRY),
        plans: this.patterns(waiver["plans"], `${place}.plans`),
        addresses: this.patterns(waiver["addresses"], `${place}.addresses`),
        machines: this.patterns(waiver["machines"], `${place}.machines`),
      };
    });
  }

  private patterns(value: unknown, place: string): readonly string[] | null {
    if (value === undefined) return null;
    return this.list(value, place, "patterns").map((item, index) =>
      this.text(item, `${place}[${index}]`, "a pattern, in quotes"),
    );
  }

  /** A rule with a level and further fields; null: the policy does not have it. */
  private leveled<T>(
    rules: JsonObject,
    name: string,
    fields: readonly string[],
    read: (rule: JsonObject, place: string) => T,
  ): ({ readonly level: Level } & T) | null {
    if (rules[name] === undefined) return null;
    const place = `rules.${name}`;
    const rule = this.object(rules[name], place, ["level", ...fields]);
    return { level: this.level(rule["level"], `${place}.level`), ...read(rule, place) };
  }

  private ceiling(rules: JsonObject, name: string): Ceiling | null {
    return this.leveled(rules, name, ["amount", "currency"], (rule, place) => ({
      amount: this.number(rule["amount"], `${place}.amount`),
      currency: this.currency(rule["currency"], `${place}.currency`),
    }));
  }

  private number(value: unknown, place: string): number {
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
    this.wrong(place, "a number of at least 0", value);
    return 0;
  }

  private currency(value: unknown, place: string): string | null {
    if (value === undefined) return null;
    if (typeof value === "string" && value !== "") return value;
    this.wrong(place, 'a currency such as "USD"', value);
    return null;
  }

  private freezeWindows(rules: JsonObject): Policy["freezeWindows"] {
    return this.leveled(rules, "freeze_windows", ["windows"], (rule, place) => ({
      windows: this.list(rule["windows"], `${place}.windows`, "windows").map((item, index) =>
        this.window(item, `${place}.windows[${index}]`),
      ),
    }));
  }

  private window(value: unknown, place: string): FreezeWindow {
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
      return { kind: "weekly", name, from, to, offset };
    }
    const time = 'a time with its offset such as "2026-12-24T18:00:00+08:00"';
    const before = this.mistakes.length;
    const from = this.parsed(window["from"], parseInstant, `${place}.from`, time);
    const to = this.parsed(window["to"], parseInstant, `${place}.to`, time);
    if (from >= to && this.mistakes.length === before) this.mistakes.push(`${place}: ends before it begins.`);
    return { kind: "dates", name, from, to };
  }

  private protectedMachines(rules: JsonObject): Policy["protectedMachines"] {
    return this.leveled(rules, "protected_machines", ["machines"], (rule, place) => ({
      machines: this.list(rule["machines"], `${place}.machines`, "ids, names or patterns").map((item, index) =>
        // YAML reads an unquoted id as a number, and rounds it: a wrong machine would be protected.
        this.text(item, `${place}.machines[${index}]`, "an id, a name or a pattern, in quotes"),
      ),
    }));
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
