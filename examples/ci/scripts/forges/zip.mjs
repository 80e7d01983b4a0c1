// The one file of an artifact that GitHub hands out as a zip.
import { inflateRawSync } from "node:zlib";

const LARGEST = 10 * 1024 * 1024;

/** @throws unless the archive holds exactly one file */
export function onlyFileOf(archive) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || archive.readUInt16LE(end + 10) !== 1) throw new Error("the artifact does not hold exactly one file");
  const entry = archive.readUInt32LE(end + 16);
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const data = archive.subarray(start, start + size);
  return (method === 0 ? data : inflateRawSync(data, { maxOutputLength: LARGEST })).toString("utf8");
}
