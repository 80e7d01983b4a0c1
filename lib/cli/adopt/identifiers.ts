// Names for machines in generated source: valid as a Terraform name and as a construct id, readable, unique, and the same at every run.

/** What is to be named. */
export interface Nameable {
  readonly product: string;
  readonly instanceId: string;
  readonly instanceName: string;
}

export interface Style {
  /** Between words: `_` in HCL, `-` in construct ids. */
  readonly separator: "_" | "-";
  /** `ascii` for construct ids: CDKTF drops every other letter from the names that it makes of them. */
  readonly letters: "ascii" | "unicode";
  /** Names that something else has already. */
  readonly reserved: readonly string[];
}

/** Long enough for every name that Zenlayer accepts. */
const LONGEST = 64;

/** Beyond ASCII the letters that every version of Terraform takes in names: Greek, Cyrillic, kana, Hangul, Han. */
const WORDS: { readonly [L in Style["letters"]]: RegExp } = {
  ascii: /[a-z0-9]+/g,
  unicode: /[a-z0-9\u03b1-\u03c9\u0430-\u045f\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7a3\u4e00-\u9fa5]+/g,
};

/** Letters that have no decomposition into an ASCII one. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};

/** The name of a machine as an identifier, whatever the name is. Two machines may get the same one. */
export function identifierOf(machine: Nameable, { separator, letters }: Omit<Style, "reserved">): string {
  const words = wordsOf(machine.instanceName, letters);
  if (words.length === 0) return [machine.product, ...wordsOf(machine.instanceId, letters)].join(separator);
  const name = [...words.join(separator)].slice(0, LONGEST).join("");
  // Neither language lets a name begin with a digit.
  const valid = /^[0-9]/.test(name) ? `${machine.product}${separator}${name}` : name;
  return valid.endsWith(separator) ? valid.slice(0, -1) : valid;
}

/**
 * One identifier per machine, in their order. The first machine of a name gets it as it is; further ones are numbered from 2. `takes` says which
 * names an identifier uses up (a bare-metal machine may become two constructs).
 */
export function identifiersOf<M extends Nameable>(
  machines: readonly M[],
  style: Style,
  takes: (machine: M, identifier: string) => readonly string[] = (_machine, identifier) => [identifier],
): readonly string[] {
  const taken = new Set(style.reserved);
  const claim = (machine: M, identifier: string): string | null => {
    const names = takes(machine, identifier);
    if (names.some((name) => taken.has(name))) return null;
    for (const name of names) taken.add(name);
    return identifier;
  };
  const bases = machines.map((machine) => identifierOf(machine, style));
  // All plain names first: a machine called web-2 keeps its name even if there are two called web.
  const plain = machines.map((machine, index) => claim(machine, bases[index] ?? ""));
  const next = new Map<string, number>();
  return machines.map((machine, index) => {
    const base = bases[index] ?? "";
    let identifier = plain[index] ?? null;
    for (let number = next.get(base) ?? 2; identifier === null; number += 1) {
      identifier = claim(machine, `${base}${style.separator}${number}`);
      next.set(base, number + 1);
    }
    return identifier;
  });
}

function wordsOf(name: string, letters: Style["letters"]): readonly string[] {
  const spelled = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => SPELLED[letter] ?? letter)
    // Accents of Latin, Greek and Cyrillic letters only: in kana and Hangul the marks are part of the letter.
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
  return spelled.match(WORDS[letters]) ?? [];
}
