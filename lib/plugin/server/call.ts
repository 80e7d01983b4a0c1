// One remote call: bytes in, bytes out, on one connection; and the frame that turns exceptions into diagnostics.
import type { Type } from "../types";
import type { MessageTable } from "../wire/protobuf";
import type { Connection } from "./connection";
import { CollectedDiagnostics, DiagnosticError, type DiagnosticMessage } from "./diagnostics";
import { ValueError } from "../cty/decode";

export interface Call {
  handle(connection: Connection, request: Buffer): Promise<Buffer>;
}

export function call<RequestOut, RequestIn, ResponseOut, ResponseIn>(
  request: MessageTable<RequestOut, RequestIn>,
  response: MessageTable<ResponseOut, ResponseIn>,
  answer: (connection: Connection, request: RequestOut) => Promise<ResponseIn>,
): Call {
  return {
    async handle(connection, bytes) {
      const message = request.decode(bytes);
      return response.encode(await answer(connection, message));
    },
  };
}

/**
 * Runs an author's code and encodes what it returned. Exceptions become error diagnostics with the fields of `onError`, so that nothing that
 * Terraform holds gets lost.
 */
export async function withDiagnostics<Fields extends object>(
  connection: Connection,
  doing: string,
  type: Type | (() => Type),
  work: (diagnostics: CollectedDiagnostics) => Promise<Fields>,
  onError: () => Partial<Fields> = () => ({}),
): Promise<Partial<Fields> & { diagnostics: readonly DiagnosticMessage[] }> {
  const diagnostics = new CollectedDiagnostics();
  let fields: Partial<Fields>;
  try {
    fields = await work(diagnostics);
  } catch (error) {
    report(connection, diagnostics, error, doing);
    fields = onError();
  }
  return { ...fields, diagnostics: diagnostics.toMessages(resolve(type)) };
}

/** An exception as a diagnostic, and in the log with its stack unless it was meant for the user. */
export function report(connection: Connection, diagnostics: CollectedDiagnostics, error: unknown, doing: string): void {
  diagnostics.exception(error, doing);
  if (!(error instanceof DiagnosticError) || error instanceof ValueError) {
    connection.log.error(`exception when ${doing}`, { error });
  }
}

function resolve(type: Type | (() => Type)): Type {
  if (typeof type !== "function") return type;
  try {
    return type();
  } catch {
    return "dynamic";
  }
}
