// How the test driver speaks to the provider: the codec and the handlers of the real calls, with the transport alone missing.
import { decodeMsgpack } from "../cty/decode";
import { encodeMsgpack } from "../cty/encode";
import { blockType } from "../cty/type";
import { isObject } from "../cty/values";
import type { Connection } from "../server/connection";
import { PROVIDER_METHODS } from "../server/methods";
import { completeObject, type DynamicMessage } from "../server/values";
import type { AttributePath, BlockSchema, ObjectValue } from "../types";
import type { MessageTable } from "../wire/protobuf";
import type { TestDiagnostic } from "./types";

/** Through the codec and the handler of the real call, so that only the transport is missing. */
export async function call<RequestOut, RequestIn, ResponseOut, ResponseIn>(
  connection: Connection,
  name: string,
  request: MessageTable<RequestOut, RequestIn>,
  response: MessageTable<ResponseOut, ResponseIn>,
  values: RequestIn,
): Promise<ResponseOut> {
  const method = PROVIDER_METHODS.get(name);
  if (method === undefined) throw new TypeError(`there is no call ${name}`);
  const bytes = await connection.track(() => method.handle(connection, request.encode(values)));
  return response.decode(bytes);
}

export function encode(schema: BlockSchema, value: ObjectValue | null): { readonly msgpack: Buffer } {
  const complete = value === null ? null : completeObject(value, schema);
  return { msgpack: encodeMsgpack(complete, blockType(schema)) };
}

export function decode(schema: BlockSchema, message: DynamicMessage | undefined): ObjectValue | null {
  if (message?.msgpack === undefined || message.msgpack.length === 0) return null;
  const value = decodeMsgpack(message.msgpack, blockType(schema));
  return isObject(value) ? value : null;
}

export function diagnosticsOf({ diagnostics }: WireDiagnostics): TestDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severity === 2 ? "warning" : "error",
    summary,
    detail,
    path: pathOf(attribute?.steps ?? []),
  }));
}

export function pathOf(steps: readonly WireStep[]): AttributePath {
  return steps.map((step) => step.attribute_name ?? step.element_key_string ?? step.element_key_int ?? 0);
}

interface WireDiagnostics {
  readonly diagnostics: readonly {
    readonly severity: number;
    readonly summary: string;
    readonly detail: string;
    readonly attribute: { readonly steps: readonly WireStep[] } | undefined;
  }[];
}

interface WireStep {
  readonly attribute_name: string | undefined;
  readonly element_key_string: string | undefined;
  readonly element_key_int: number | undefined;
}
