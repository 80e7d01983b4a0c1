// How wide a text is in a terminal, and where it may be broken.

/** Columns that a text takes: wide characters (East Asian, emoji) take two, combining ones none. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

function widthOf(character: string): number {
  if (character <= "~") return 1;
  if (/\p{Mark}|\u{200d}|\p{Variation_Selector}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const WIDE =
  /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Emoji_Presentation}|[\u{3000}-\u{303f}\u{ff01}-\u{ff60}]/u;

/** A value stays with its unit. */
export const WORDS = /\d{4}-\d\d-\d\d \d\d:\d\d UTC|[+−]?\d[\d.,]* (?:Mbps|TB|[A-Z]{3})(?![\w-])|\s+|\S+/gu;

/** A word in pieces of at most this width; a character that is wider stands alone. */
export function brokenAt(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let [used, start, at] = [0, 0, 0];
  for (const character of word) {
    const next = widthOf(character);
    if (used + next > width && at > start) {
      pieces.push(word.slice(start, at));
      [used, start] = [0, at];
    }
    used += next;
    at += character.length;
  }
  return [...pieces, word.slice(start)];
}
