// Finding secrets in free text however they are written there: quoted, wrapped over lines, cut short, or a line of a longer one.
import { nestedValues, parsedJson } from "../input/json";
import { HIDDEN } from "./sensitive";

/** Shorter texts are hidden where they stand as a word: replacing every "1" would destroy a message. */
const SHORTEST_SECRET = 4;
/** Of a part of a secret, such as one of its lines. Shorter ones are likely to be no secret. */
const SHORTEST_PART = 8;
/** What is drawn before a line that goes on. */
const FRAME = "[│╷╵|>]";
const NOT_FRAME = String.raw`[^\s│╷╵|>]`;
const LINE_BREAK = new RegExp(String.raw`[ \t]*\r?\n(?:\s|${FRAME})*`, "y");
const SPACE = new RegExp(String.raw`\s(?:\s|${FRAME})*`, "y");

/** Takes these values out of texts. */
export function redactorOf(secrets: Iterable<string>): (text: string) => string {
  const words = new Set<string>();
  // By their first characters, so that a long message and many secrets cost their sum and not their product.
  const index = new Map<string, string[]>();
  for (const secret of new Set(secrets)) {
    for (const spelling of spellingsOf(secret)) {
      if (isWord(spelling)) words.add(spelling);
      else add(index, spelling);
    }
  }
  for (const spellings of index.values()) spellings.sort((a, b) => b.length - a.length);
  const patterns = [...words].sort((a, b) => b.length - a.length).map(wordPattern);
  return (text) =>
    patterns.reduce((result, pattern) => result.replace(pattern, () => HIDDEN), withoutSpellings(text, index));
}

function isWord(text: string): boolean {
  return compact(text).length < SHORTEST_SECRET || isNumber(text);
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** A number may have its unit behind it, or more zeros, but is no part of another number. */
function wordPattern(secret: string): RegExp {
  const zeros = isNumber(secret) ? (secret.includes(".") ? "0*" : String.raw`(?:\.0+)?`) : "";
  const after = isNumber(secret) ? String.raw`(?!\d|\.\d|,\d{3})` : String.raw`(?![\p{L}\p{N}_])`;
  return new RegExp(String.raw`(?<![\p{L}\p{N}_]|\d[.,])` + escaped(secret) + zeros + after, "gu");
}

/** As it is, quoted as Terraform, Go and JSON do, as in an address, and its parts that would be secrets by themselves. */
function spellingsOf(secret: string): ReadonlySet<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = json.replace(
    /[<>&]/g,
    (character) => String.raw`\u00` + (character.codePointAt(0) ?? 0).toString(16).padStart(2, "0"),
  );
  return new Set([
    secret,
    json,
    html,
    json.replace(/([$%])\{/g, "$1$1{"),
    encodeURIComponent(secret.replace(/\p{Surrogate}/gu, "\u{fffd}")),
    ...linesOf(secret),
    ...leavesOf(secret),
  ]);
}

function linesOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n|\r/).map((line) => line.trim());
  // The frame of a key is no secret.
  return lines.length < 2 ? [] : lines.filter((line) => line.length >= SHORTEST_PART && !/^-{5}.*-{5}$/.test(line));
}

/** The texts inside of a secret that is a document of JSON. */
function leavesOf(secret: string): readonly string[] {
  if (!/^\s*[[{]/.test(secret)) return [];
  return [...nestedValues(parsedJson(secret))].flatMap((value) =>
    typeof value === "string" && value.length >= SHORTEST_PART ? [value, JSON.stringify(value).slice(1, -1)] : [],
  );
}

function add(index: Map<string, string[]>, text: string): void {
  const key = compact(text).slice(0, SHORTEST_SECRET);
  const spellings = index.get(key) ?? [];
  index.set(key, spellings);
  spellings.push(text.trim());
}

function withoutSpellings(text: string, index: ReadonlyMap<string, readonly string[]>): string {
  if (index.size === 0) return text;
  const places = [...text.matchAll(new RegExp(NOT_FRAME, "g"))].map(({ index: at }) => at);
  const dense = compact(text);
  let [result, kept] = ["", 0];
  places.forEach((at, number) => {
    if (at < kept) return;
    for (const spelling of index.get(dense.slice(number, number + SHORTEST_SECRET)) ?? []) {
      const end = endOf(spelling, text, at);
      if (end === null) continue;
      result += text.slice(kept, at) + HIDDEN;
      kept = end;
      return;
    }
  });
  return result + text.slice(kept);
}

/**
 * Where a secret ends that begins at a place of a text; null: it is not there. Where the secret has a space, the text may have a line break, and
 * between any two characters of a long one, too; what ends in dots may be cut short.
 */
function endOf(secret: string, text: string, start: number): number | null {
  let place = start;
  const pass = (pattern: RegExp) => {
    pattern.lastIndex = place;
    const passed = pattern.test(text);
    if (passed) place = pattern.lastIndex;
    return passed;
  };
  for (let at = 0; at < secret.length;) {
    if (/\s/.test(secret.charAt(at))) {
      if (!pass(SPACE)) return null;
      while (/\s/.test(secret.charAt(at))) at += 1;
    } else if (text[place] === secret[at]) {
      place += 1;
      at += 1;
    } else if (at >= SHORTEST_PART && /^(?:\.\.\.|…)/.test(text.slice(place, place + 3))) return place;
    else if (secret.length < SHORTEST_PART || !pass(LINE_BREAK) || text[place] !== secret[at]) return null;
  }
  return place;
}

function compact(text: string): string {
  return text.replace(new RegExp(String.raw`\s|${FRAME}`, "g"), "");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
