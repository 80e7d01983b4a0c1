// A message against the bytes of another encoder, both ways. They were made with protobufjs 8 from tfplugin6.proto, version 6.11.
import type { MessageTable } from "../../../lib/plugin/wire/protobuf";

/** Checks that the fields are written as these bytes, and read from them. */
export function wireForm<Out, In extends object>(table: MessageTable<Out, In>, fields: In): (hex: string) => void {
  return (hex) => {
    expect(table.encode(fields).toString("hex")).toBe(hex);
    expect(table.decode(Buffer.from(hex, "hex"))).toMatchObject(fields);
  };
}
