// The second build of the constructs: the same compiled files for cdktn, the living successor of cdktf, in dist/cdktn. One source, two names of a library.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { filesBelow } from "./files.mjs";
import { ROOT } from "./root.mjs";

const FROM = join(ROOT, "dist", "lib");
const TO = join(ROOT, "dist", "cdktn");

/** Rooms that load the library, and the package's own index. All others are shared by both builds. */
const ROOMS = ["rendering", "bindings", "constructs", "testing"];
const INDEX = ["index.js", "index.d.ts"];

/** Only cdktf has these. */
const LEFT_OUT = /[\\/]null-bindings\./;

/** A file `x.cdktn.ts` stands in for `x.ts` there. */
const STAND_IN = /\.cdktn(\.d\.ts|\.js)$/;

export function buildForCdktn() {
  rmSync(TO, { recursive: true, force: true });
  const files = [...ROOMS.flatMap((room) => filesBelow(join(FROM, room))), ...INDEX.map((name) => join(FROM, name))];
  for (const file of files.filter((each) => existsSync(each) && !STAND_IN.test(each) && !LEFT_OUT.test(each))) {
    const standIn = file.replace(/(\.d\.ts|\.js)$/, ".cdktn$1");
    const path = relative(FROM, file);
    mkdirSync(dirname(join(TO, path)), { recursive: true });
    const text = readFileSync(existsSync(standIn) ? standIn : file, "utf8");
    writeFileSync(join(TO, path), forCdktn(text, path.split(sep).length - 1));
  }
}

/** The text of a file so many folders below dist/cdktn: with the other library's name, and with the shared rooms where they are. */
function forCdktn(text, depth) {
  const up = "../".repeat(depth);
  const shared = readdirSync(FROM).filter((name) => !name.includes(".") && !ROOMS.includes(name));
  const rooms = new RegExp(`(["'])${up.replaceAll(".", "\\.")}(${shared.join("|")})(?=["'/])`, "g");
  const named = text.replace(/(\b(?:require|import)\(|\bfrom |\bimport )(["'])cdktf(?=["'/])/g, "$1$2cdktn");
  return depth === 0 ? named : named.replace(rooms, `$1${up}../lib/$2`);
}
