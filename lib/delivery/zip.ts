// Zip archives that are the same bytes on every machine: registries and lock files hold their hash. Files are stored, not compressed, because the result of
// a compressor differs between versions of Node; each keeps its mode, without which Terraform could not start the plugin.
import { crc32 } from "node:zlib";
import type { PackageFile } from "./packages";

const VERSION_NEEDED = 10;
/** Upper byte: made on Unix, so that the mode counts. */
const MADE_BY = (3 << 8) | 20;
/** 1980-01-01, the beginning of the format's time. */
const DATE = 0x21;
const REGULAR_FILE = 0o100000;
/** Names are UTF-8. */
const FLAGS = 0x800;

export function zip(files: readonly PackageFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, mode } of files) {
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION_NEEDED, 0);
    common.writeUInt16LE(FLAGS, 2);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, path, bytes);

    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((REGULAR_FILE | mode) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02", "latin1"), Buffer.of(MADE_BY & 0xff, MADE_BY >> 8), common, rest, path);
    offset += 4 + common.length + path.length + bytes.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, Buffer.from("PK\x05\x06", "latin1"), end]);
}
