// The first code of the plugin executable. What the plugin consists of stands behind it in the same file, as texts in a comment: a start reads over them, and
// compiles each when it is needed, from the code cache where there is one.
import { readFileSync } from "node:fs";
import { cacheDirectory, CodeCache } from "./code-cache";

/** What each text is: the inside of a CommonJS module, with the way to the other texts. */
type Embedded = (module: NodeJS.Module, exports: unknown, require: NodeJS.Require, embedded: FindEmbedded) => void;
type FindEmbedded = (name: string) => Embedded;

/** The whole file, where the header has read it already (`scripts/tasks/plugin-header.mjs`). */
declare const content: string | undefined;
/** Which texts they are. Put in by the build (`scripts/tasks/embed.mjs`). */
declare const TEXTS_DIGEST: string;
/** Before the texts, and before the name of each. */
const BEGIN = "\n/*@@";
const NEXT = "\n@@";
/** What would end the comment is written with this in it. */
const UNENDED = "*@@/";

const file = typeof content === "string" ? content : readFileSync(__filename, "utf8");
const texts = new Map(
  file
    .slice(file.lastIndexOf(BEGIN) + BEGIN.length, file.lastIndexOf("\n*/"))
    .split(NEXT)
    .map((text) => [text.slice(0, text.indexOf("\n")), text.slice(text.indexOf("\n") + 1)] as const),
);
const cache = new CodeCache(cacheDirectory(process.env, process.platform), TEXTS_DIGEST, [...texts.keys()]);
const embedded: FindEmbedded = (name) =>
  cache.compile(name, (texts.get(name) ?? "").replaceAll(UNENDED, "*/")) as Embedded;

process.on("exit", (code) => {
  if (code === 0) cache.keep();
});
embedded("main")(module, exports, require, embedded);
