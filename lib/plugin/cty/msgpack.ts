// MessagePack's own layer: reading tokens within bounds, writing the few forms that we send.

/** The bytes are not what they claim to be. */
export class MsgpackError extends Error {
  public override readonly name = "MsgpackError";
}

/** Reads one token at a time. Every length is checked against the bytes that are left, so nothing large is ever allocated for a lie. */
export class MsgpackReader {
  private offset = 0;

  public constructor(private readonly bytes: Buffer) {}

  public get atEnd(): boolean {
    return this.offset >= this.bytes.length;
  }

  /** Consumes a nil if there is one. */
  public nil(): boolean {
    if (this.peek() !== 0xc0) return false;
    this.offset += 1;
    return true;
  }

  public bool(): boolean {
    const tag = this.unsigned(1);
    if (tag === 0xc2 || tag === 0xc3) return tag === 0xc3;
    return this.fail("a bool", tag);
  }

  /** A string, or binary data taken as one. */
  public string(): string {
    return this.textBytes().toString("utf8");
  }

  public textBytes(): Buffer {
    const tag = this.unsigned(1);
    if (tag >= 0xa0 && tag <= 0xbf) return this.take(tag & 0x1f);
    if (tag === 0xd9 || tag === 0xc4) return this.take(this.unsigned(1));
    if (tag === 0xda || tag === 0xc5) return this.take(this.unsigned(2));
    if (tag === 0xdb || tag === 0xc6) return this.take(this.unsigned(4));
    return this.fail("a string", tag);
  }

  /** An integer or a fraction; a text number comes back as text. */
  public number(): bigint | number | string {
    const tag = this.peek();
    if (isTextTag(tag)) return this.string();
    this.offset += 1;
    if (tag <= 0x7f) return BigInt(tag);
    if (tag >= 0xe0) return BigInt(tag - 0x100);
    switch (tag) {
      case 0xca:
        return this.take(4).readFloatBE();
      case 0xcb:
        return this.take(8).readDoubleBE();
      case 0xcc:
      case 0xcd:
      case 0xce:
        return BigInt(this.unsigned(1 << (tag - 0xcc)));
      case 0xcf:
        return this.take(8).readBigUInt64BE();
      case 0xd0:
        return BigInt(this.take(1).readInt8());
      case 0xd1:
        return BigInt(this.take(2).readInt16BE());
      case 0xd2:
        return BigInt(this.take(4).readInt32BE());
      case 0xd3:
        return this.take(8).readBigInt64BE();
      default:
        return this.fail("a number", tag);
    }
  }

  public arrayLength(): number {
    const tag = this.unsigned(1);
    if (tag >= 0x90 && tag <= 0x9f) return this.count(tag & 0x0f, 1);
    if (tag === 0xdc) return this.count(this.unsigned(2), 1);
    if (tag === 0xdd) return this.count(this.unsigned(4), 1);
    return this.fail("an array", tag);
  }

  public mapLength(): number {
    const tag = this.unsigned(1);
    if (tag >= 0x80 && tag <= 0x8f) return this.count(tag & 0x0f, 2);
    if (tag === 0xde) return this.count(this.unsigned(2), 2);
    if (tag === 0xdf) return this.count(this.unsigned(4), 2);
    return this.fail("a map", tag);
  }

  /** Consumes an extension if there is one. */
  public extension(): { readonly type: number; readonly payload: Buffer } | null {
    const tag = this.peek();
    let size: number;
    if (tag >= 0xd4 && tag <= 0xd8) {
      this.offset += 1;
      size = 1 << (tag - 0xd4);
    } else if (tag >= 0xc7 && tag <= 0xc9) {
      this.offset += 1;
      size = this.unsigned(1 << (tag - 0xc7));
    } else {
      return null;
    }
    const type = this.take(1).readInt8();
    return { type, payload: this.take(size) };
  }

  /** Consumes any value, for keys that a later version may add. */
  public skip(depth = 0): void {
    if (depth > 32) throw new MsgpackError("nested too deeply");
    const tag = this.peek();
    if (this.nil() || this.extension() !== null) return;
    if (tag === 0xc2 || tag === 0xc3) {
      this.bool();
    } else if (isArrayTag(tag)) {
      for (let left = this.arrayLength(); left > 0; left -= 1) this.skip(depth + 1);
    } else if (isMapTag(tag)) {
      for (let left = this.mapLength() * 2; left > 0; left -= 1) this.skip(depth + 1);
    } else if (isTextTag(tag) || (tag >= 0xc4 && tag <= 0xc6)) {
      this.textBytes();
    } else {
      this.number();
    }
  }

  private peek(): number {
    const tag = this.bytes[this.offset];
    if (tag === undefined) throw new MsgpackError("the value ends too early");
    return tag;
  }

  private unsigned(size: number): number {
    return this.take(size).readUIntBE(0, size);
  }

  private take(size: number): Buffer {
    const end = this.offset + size;
    if (end > this.bytes.length) throw new MsgpackError("the value ends too early");
    const part = this.bytes.subarray(this.offset, end);
    this.offset = end;
    return part;
  }

  private count(count: number, bytesEach: number): number {
    if (count * bytesEach > this.bytes.length - this.offset) throw new MsgpackError("the value ends too early");
    return count;
  }

  private fail(wanted: string, tag: number): never {
    throw new MsgpackError(`expected ${wanted}, found the byte 0x${tag.toString(16).padStart(2, "0")}`);
  }
}

function isTextTag(tag: number): boolean {
  return (tag >= 0xa0 && tag <= 0xbf) || (tag >= 0xd9 && tag <= 0xdb);
}

function isArrayTag(tag: number): boolean {
  return (tag >= 0x90 && tag <= 0x9f) || tag === 0xdc || tag === 0xdd;
}

function isMapTag(tag: number): boolean {
  return (tag >= 0x80 && tag <= 0x8f) || tag === 0xde || tag === 0xdf;
}

/** Writes tokens; `finish` gives the bytes. */
export class MsgpackWriter {
  private readonly parts: Buffer[] = [];

  public nil(): void {
    this.parts.push(Buffer.of(0xc0));
  }

  public bool(value: boolean): void {
    this.parts.push(Buffer.of(value ? 0xc3 : 0xc2));
  }

  public integer(value: number): void {
    if (value >= 0 && value <= 0x7f) {
      this.parts.push(Buffer.of(value));
    } else {
      const part = Buffer.alloc(9, 0xd3);
      part.writeBigInt64BE(BigInt(value), 1);
      this.parts.push(part);
    }
  }

  public double(value: number): void {
    const part = Buffer.alloc(9, 0xcb);
    part.writeDoubleBE(value, 1);
    this.parts.push(part);
  }

  public string(value: string): void {
    const text = Buffer.from(value, "utf8");
    this.head(text.length, [0xa0, 0x1f], [0xd9, 0xda, 0xdb]);
    this.parts.push(text);
  }

  public binary(value: Buffer): void {
    this.head(value.length, null, [0xc4, 0xc5, 0xc6]);
    this.parts.push(value);
  }

  public arrayLength(length: number): void {
    this.head(length, [0x90, 0x0f], [null, 0xdc, 0xdd]);
  }

  public mapLength(length: number): void {
    this.head(length, [0x80, 0x0f], [null, 0xde, 0xdf]);
  }

  public extension(type: number, payload: Buffer): void {
    if (payload.length === 1) this.parts.push(Buffer.of(0xd4));
    else this.head(payload.length, null, [0xc7, 0xc8, 0xc9]);
    this.parts.push(Buffer.of(type), payload);
  }

  public finish(): Buffer {
    return Buffer.concat(this.parts);
  }

  /** The shortest of: one byte with the length inside, then 8, 16 and 32 bits of length. */
  private head(
    length: number,
    short: readonly [tag: number, maximum: number] | null,
    [one, two, four]: readonly [number | null, number, number],
  ): void {
    if (short !== null && length <= short[1]) {
      this.parts.push(Buffer.of(short[0] | length));
    } else if (one !== null && length <= 0xff) {
      this.parts.push(Buffer.of(one, length));
    } else if (length <= 0xffff) {
      this.parts.push(Buffer.of(two, length >> 8, length & 0xff));
    } else {
      const part = Buffer.alloc(5, four);
      part.writeUInt32BE(length, 1);
      this.parts.push(part);
    }
  }
}
