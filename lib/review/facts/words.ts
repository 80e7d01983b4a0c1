// How values are said to people: the same words in every format.
import { upToCents } from "../../engine";
import type { DiagnosticFact, MachineFact, PriceFact } from "./facts";

const AXIS_LABELS: Readonly<Record<string, string>> = {
  instance_type: "Type",
  internet_max_bandwidth_out: "Bandwidth",
  traffic_package_size: "Traffic package",
};

export function axisLabel(axis: string): string {
  return AXIS_LABELS[axis] ?? axis;
}

/** `400 Mbps`, `2.5 TB`, `c.4c8g`; unlimited bandwidth is 0 in the API. */
export function valueLabel(axis: string, value: string | null): string {
  if (value === null) return "none";
  if (axis === "internet_max_bandwidth_out") {
    if (value === "0") return "unlimited";
    return /^\d/.test(value) ? `${value} Mbps` : value;
  }
  return axis === "traffic_package_size" && /^\d/.test(value) ? `${value} TB` : value;
}

export function machineLabel(machine: MachineFact): string {
  if (machine.name !== null && machine.name !== "") return machine.name;
  return machine.id ?? "a machine known only at apply";
}

/** `1,234.50 USD`; at least two decimals, four where the price has them. */
export function amountText(amount: number, currency: string | null): string {
  const text = Math.abs(amount).toFixed(Number.isInteger(Math.round(amount * 1e6) / 1e4) ? 2 : 4);
  const [whole = "0", decimals = "00"] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0 ? "−" : ""}${grouped}.${decimals}${currency === null ? "" : ` ${currency}`}`;
}

/** With its sign; 0 has none. */
export function differenceText(amount: number, currency: string | null): string {
  return `${amount > 0 ? "+" : ""}${amountText(amount, currency)}`;
}

/** `2026-02-01 00:00 UTC`; a time that is written otherwise stays as it is. */
export function timeText(time: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|\+00:00)$/.exec(time);
  return match === null ? time : `${match[1]} ${match[2]} UTC`;
}

export function takesEffectText(takesEffect: string, effectiveAt: string | null): string {
  if (takesEffect === "immediately") return "when applied";
  if (takesEffect === "decided_by_zenlayer") return "decided by Zenlayer";
  return effectiveAt === null ? "next billing cycle" : timeText(effectiveAt);
}

/** What Zenlayer's rule gives, to the cent. */
export function aboutText(amount: number, currency: string | null): string {
  return `about ${amountText(Math.round(amount * 100) / 100, currency)}`;
}

/** A bound, to the cent. */
export function atMostText(amount: number, currency: string | null): string {
  return `at most ${amountText(upToCents(amount), currency)}`;
}

/** What a change charges at once: first what is expected, then the bound. */
export function chargeTexts(charge: string, price: PriceFact): readonly string[] {
  if (charge === "usage_based") return ["by usage"];
  if (charge === "none") return ["nothing"];
  if (price.charged_now === null) return ["unknown"];
  const most = atMostText(price.charged_now, price.currency);
  return price.charged_about === null ? [most] : [aboutText(price.charged_about, price.currency), most];
}

export function monthlyText(price: PriceFact): string {
  return price.monthly_difference === null ? "unknown" : differenceText(price.monthly_difference, price.currency);
}

export function count(amount: number, singular: string, plural = `${singular}s`): string {
  return `${amount} ${amount === 1 ? singular : plural}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Control and direction characters can forge a terminal or a page; they become a visible mark, line breaks a space. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, "\u{fffd}")
    .trim();
}

/** At most so many characters; what is cut ends in an ellipsis. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  // A character has at most two code units: no need to take a long text apart.
  const characters = [...text.slice(0, 2 * length + 2)];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join("")}…`;
}

/** `main.tf:12`, where a message is about the configuration; null where it is about no place in it. */
export function placeText({ file, line }: Pick<DiagnosticFact, "file" | "line">): string | null {
  return file === null ? null : line === null ? file : `${file}:${line}`;
}
