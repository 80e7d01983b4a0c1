// Code inside the plugin executable as text: it is compiled at its first use, and until then costs a start no more than reading over it.
import { createHash } from "node:crypto";

/** What the comment with the texts begins with; whoever looks for it takes the last one of the file. */
export const BEGIN = "\n/*@@";

/** The texts of one executable. `lib/launcher` finds and compiles them. */
export class EmbeddedTexts {
  #texts = new Map();

  /** @param source the inside of a CommonJS module */
  add(name, source) {
    const text = `(function (module, exports, require, embedded) {${source}\n})`;
    if (/[^\x00-\x7f]|\n(\/\*)?@@|\*@@\//.test(text)) throw new Error(`${name} cannot be embedded as it is.`);
    this.#texts.set(name, text);
  }

  digest() {
    return createHash("sha256").update(this.toString()).digest("hex");
  }

  /** The comment behind the launcher, which undoes what keeps a text from ending it. */
  toString() {
    const texts = [...this.#texts].map(([name, text]) => `@@${name}\n${text}`);
    return `\n/*${texts.join("\n").replaceAll("*/", "*@@/")}\n*/\n`;
  }
}

/** The CommonJS module that runs an embedded text. `require` is what the text calls for what it does not hold itself. */
export function moduleOf(name, require = "require") {
  return `embedded("${name}")(module, exports, ${require}, embedded);`;
}
